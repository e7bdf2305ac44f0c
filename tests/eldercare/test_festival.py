"""Before the Spring Festival: who is alone, who looks in on which day, whom nobody asked yet."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle.models import CalendarDay, User
from eldercare import actions
from eldercare.actions import Festival
from eldercare.actions.holidays import spring_festival
from eldercare.actions.rounds import round_of
from eldercare.backoffice.holidays import festival_rows
from eldercare.backoffice.profiles import FestivalForm
from eldercare.models import HolidayLook, HolidayStay
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING
FIRST = dt.date(2027, 2, 5)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(4)]


@pytest.fixture(autouse=True)
def calendar():
    for day, name in zip(DAYS, ["除夕", "春节", "春节", "春节假期"], strict=True):
        make.calendar_day(date=day, name_zh=name)
    make.calendar_day(date=dt.date(2027, 1, 1), name_zh="元旦")


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


@pytest.fixture
def mine():
    return care.pairing()


def plan(resident, by, *, where="alone", said_by="本人", at=MORNING, **values):
    festival = Festival(where=where, said_by=said_by, **values)
    return actions.plan_festival(resident=resident, festival=festival, at=at, by=by)


def test_festival_is_its_days_off_in_a_row():
    assert spring_festival(MORNING.date()) == DAYS
    assert spring_festival(DAYS[-1]) == DAYS
    assert spring_festival(DAYS[-1] + dt.timedelta(days=1)) == []


def test_who_is_alone_is_looked_in_on_day_by_day(mine, boss):
    elder, user = mine.resident, mine.volunteer.user
    plan(elder, boss, user=user, days=DAYS[:2])
    plan(elder, boss, user=boss, days=DAYS[1:])  # the second day goes to another one
    assert list(elder.holiday_looks.values_list("day", "user")) == [
        (DAYS[0], user.pk), *((day, boss.pk) for day in DAYS[1:])
    ]  # fmt: skip
    assert elder.holiday_stays.get().said_by == "本人"


def test_who_is_with_the_family_needs_nobody(mine, boss):
    plan(mine.resident, boss, user=boss, days=DAYS)
    plan(mine.resident, boss, where="away", said_by="女儿")
    assert not HolidayLook.objects.exists()
    assert HolidayStay.objects.get().where == "away"


def test_plan_refuses_what_cannot_be(mine, boss, refusal):
    elder, other = mine.resident, make.resident_login()
    step = {"resident": elder, "by": boss}
    assert refusal(plan, **step, said_by=" ") == "reason_missing"
    assert refusal(plan, **step, days=DAYS) == "nobody_named"
    assert refusal(plan, **step, user=other, days=DAYS) == "not_yours"
    assert refusal(plan, **step, user=boss, days=[MORNING.date()]) == "not_a_day_of_it"
    late = dt.datetime(2027, 3, 1, 9, tzinfo=MORNING.tzinfo)
    assert refusal(plan, **step, at=late) == "no_festival"
    elder.died_on = MORNING.date()
    elder.save()
    assert refusal(plan, **step) == "not_living"
    assert not HolidayStay.objects.exists()


def test_on_the_day_it_stands_first_on_the_round_until_somebody_was_met(mine, boss):
    elder, user = mine.resident, mine.volunteer.user
    plan(elder, boss, user=user, days=DAYS[:1])
    morning = dt.datetime.combine(FIRST, dt.time(9), tzinfo=MORNING.tzinfo)
    assert [stop.is_due for stop in round_of(user, morning)] == [True]
    care.visit(resident=elder, at=morning, by=user)
    assert [stop.is_due for stop in round_of(user, morning)] == [False]


def test_list_shows_first_who_was_not_asked_or_has_a_day_without_anybody(client, mine, boss, html):
    asked, alone = (care.tag().resident for _ in range(2))
    plan(asked, boss, where="company")
    plan(alone, boss, user=boss, days=DAYS[:3])
    client.force_login(boss)
    answer = client.get(reverse("admin:eldercare_visitduty_festival"))
    rows = answer.context["rows"]
    assert [row.resident for row in rows] == [alone, mine.resident, asked]
    page = html(answer)
    assert ("未问" in page, "还没有人" in page) == (True, True)


def test_list_takes_the_same_queries_for_five(client, mine, boss):
    client.force_login(boss)
    url = reverse("admin:eldercare_visitduty_festival")
    client.get(url)
    counts = []
    for more in (0, 4):
        for _ in range(more):
            plan(care.tag().resident, boss, user=boss, days=DAYS)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_grid_worker_plans_for_the_own_grid(client, mine, boss):
    elder = mine.resident
    worker = make.post("grid_worker", grid=elder.building.grid, community=elder.community).user
    client.force_login(worker)
    url = reverse("admin:eldercare_visitduty_ask", args=[elder.code, "festival"])
    assert client.get(url).status_code == 200
    said = {"where": "alone", "said_by": "本人", "user": worker.pk, "days": [DAYS[0].isoformat()]}
    assert client.post(url, said).status_code == 302
    assert HolidayLook.objects.get().user == worker
    assert client.post(url, said | {"user": make.resident_login().pk}).status_code == 422
    stranger = make.post("grid_worker", grid=make.grid(community=elder.community)).user
    client.force_login(stranger)
    assert client.get(url).status_code == 404


def cells(elder, boss):
    """The looks of this elder in the list, and whether something is missing."""
    row = next(row for row in festival_rows(boss, DAYS) if row.resident == elder)
    return [look.user if look else None for look in row.looks], row.lacks_somebody


def end_post(user):
    user.posts.update(ends_on=MORNING.date() - dt.timedelta(days=1))


def let_go(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def test_look_of_who_may_look_in_no_more_counts_as_empty(mine, boss):
    elder, volunteer = mine.resident, mine.volunteer
    grid = elder.building.grid
    workers = [make.post("grid_worker", grid=grid, community=elder.community).user for _ in range(3)]
    for user, day in zip([volunteer.user, *workers], DAYS, strict=True):
        plan(elder, boss, user=user, days=[day])
    assert cells(elder, boss) == ([volunteer.user, *workers], False)
    actions.end_pairing(pairing=mine, at=MORNING, by=boss)
    end_post(workers[0])
    let_go(workers[1])
    assert cells(elder, boss) == ([None, None, None, workers[2]], True)
    workers[2].posts.update(grid=make.grid(community=elder.community))  # of another grid from now on
    assert cells(elder, boss) == ([None] * 4, True)


def test_look_of_a_removed_volunteer_or_of_a_post_that_ends_before_counts_as_empty(mine, boss):
    elder, volunteer = mine.resident, mine.volunteer
    plan(elder, boss, user=volunteer.user, days=DAYS[:2])
    second = care.coordinator(community=elder.community)
    plan(elder, boss, user=second, days=DAYS[2:])
    second.posts.update(ends_on=DAYS[2])
    actions.remove_volunteer(volunteer=volunteer, reason="搬走", at=MORNING, by=boss)
    assert cells(elder, boss) == ([None, None, second, None], True)


def test_look_of_the_owner_of_the_installation_stands(mine, boss):
    owner = make.user(is_staff=True, is_superuser=True)
    plan(mine.resident, boss, user=owner, days=DAYS)
    assert cells(mine.resident, boss) == ([owner] * 4, False)


def offered(elder):
    return FestivalForm(row=elder).initial


def test_form_begins_with_the_answer_for_this_festival_alone(mine, boss):
    elder = mine.resident
    stay = plan(elder, boss, where="away", said_by="女儿")
    HolidayStay.objects.update(festival=dt.date(2026, 2, 15))  # the year before
    assert "where" not in offered(elder)
    HolidayStay.objects.update(festival=stay.festival)
    assert (offered(elder)["where"], offered(elder)["said_by"]) == ("away", "女儿")


@pytest.mark.parametrize("moved_by", [1, -1])
def test_day_added_or_taken_by_the_notice_leaves_the_answers(mine, boss, moved_by):
    elder = mine.resident
    plan(elder, boss, user=boss, days=DAYS)
    if moved_by > 0:
        CalendarDay.objects.filter(date=FIRST).delete()
    else:
        make.calendar_day(date=FIRST - dt.timedelta(days=1), name_zh="春节假期")
    days = spring_festival(MORNING.date())
    assert days[0] == FIRST + dt.timedelta(days=moved_by)
    row = next(row for row in festival_rows(boss, days) if row.resident == elder)
    assert row.is_alone
    assert offered(elder)["where"] == "alone"
    plan(elder, boss, where="company", said_by="儿子")
    assert HolidayStay.objects.get().where == "company"
    assert not HolidayLook.objects.exists()
