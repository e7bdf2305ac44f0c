"""Working hours and leave of the care team, its week, and the board on which a day is assigned."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle.models import Absence
from eldercare import actions
from eldercare.actions.assigning_several import Choice
from eldercare.actions.working_hours import Rota
from eldercare.backoffice.board import board_rows, days_of_board
from eldercare.backoffice.candidates import candidates
from eldercare.backoffice.engagements import monday_of
from eldercare.backoffice.week import week_of
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING
TODAY = MORNING.date()
TOMORROW = make.moment(1, 9).date()
BOARD, WEEK = "admin:eldercare_carebooking_board", "admin:eldercare_carebooking_week"


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


@pytest.fixture
def worker():
    """Who works tomorrow from eight to twelve."""
    return care.working_hours().worker


def at_hour(hour, minute=0, **values):
    """To be given tomorrow at that hour."""
    return care.confirmed(slot=care.slot(starts_at=make.moment(1, hour, minute), **values))


def test_care_lies_within_the_working_hours(refusal, boss, worker):
    early, late = at_hour(9), at_hour(14)
    said = {"worker": worker.user, "at": MORNING, "by": boss}
    assert refusal(actions.assign_worker, booking=late, **said) == "off_shift"
    assert refusal(actions.assign_worker, booking=at_hour(11, 30), **said) == "off_shift"
    assert actions.assign_worker(booking=early, **said).assigned_to == worker.user


def test_hours_that_touch_are_one_and_a_date_counts_alone(worker):
    care.working_hours(worker=worker, opens=dt.time(12), closes=dt.time(16))
    care.working_hours(worker=worker, weekday=None, date=make.moment(3, 9).date(), opens=dt.time(22))
    days = [make.moment(number, 9).date() for number in range(5)]
    rota = Rota(worker.community_id, [worker.user], days[0], days[-1])
    assert rota.covers(worker.user.pk, at_hour(11, 30))
    assert [len(rota.hours_on(worker.user.pk, day)) for day in days] == [0, 1, 0, 1, 0]
    assert Rota(worker.community_id, [worker.user], days[4], days[4]).spans[worker.user.pk][-1].end == (
        make.moment(4, 12)  # of the night before
    )


def test_request_of_a_day_asks_for_any_hours_of_it(refusal, boss, worker):
    said = {"worker": worker.user, "at": MORNING, "by": boss}
    free = care.request(day=make.moment(2, 9).date())
    actions.confirm_booking(booking=free, at=MORNING, by=boss)
    assert refusal(actions.assign_worker, booking=free, **said) == "off_shift"
    meant = care.request(day=TOMORROW)
    actions.confirm_booking(booking=meant, at=MORNING, by=boss)
    assert actions.assign_worker(booking=meant, **said).assigned_to == worker.user


def test_who_does_not_work_then_is_named_with_the_reason(worker):
    other = care.carer()
    found = {each.user: each.obstacle for each in candidates(at_hour(14))}
    assert (found[worker.user], found[other.user]) == ("那个时间不上班", "")


def test_database_refuses_the_same_hours_twice(worker):
    with pytest.raises(IntegrityError), transaction.atomic():
        care.working_hours(worker=worker)


def test_board_proposes_nobody_twice_at_one_time(boss):
    workers = {care.carer().user.pk for _ in range(3)}
    kind = care.kind(crew_size=2)
    one, two = at_hour(9), at_hour(9, kind=kind)
    rows = {row.booking: row for row in board_rows(boss, TODAY, TOMORROW)}
    assert set(rows) == {one, two}
    named = [rows[one].lead, rows[two].lead, rows[two].second]
    assert len(set(named)) == 3
    assert {int(pk) for pk in named} <= workers | {boss.pk}
    assert days_of_board(boss, TODAY) == [(TOMORROW, 2)]


def test_board_does_not_propose_against_a_wish(boss):
    kind = care.kind()
    care.wish(kind=kind)
    booking = care.confirmed(slot=care.slot(kind=kind), answers=actions.Answers(needs=["woman"]))
    man = care.carer("man")
    (row,) = board_rows(boss, TODAY, TOMORROW)
    assert (row.booking, row.lead, row.is_ticked) == (booking, "", False)
    assert man.user in [each.user for each in row.able]


def test_several_are_assigned_at_once_and_the_refused_says_why(client, boss):
    first, second = care.carer().user, care.carer().user
    one, two, three = at_hour(9), at_hour(9), at_hour(11)
    client.force_login(boss)
    url = reverse(BOARD)
    codes = [one.code, two.code, three.code]
    said = {f"lead-{code}": first.pk for code in codes}
    page = client.post(url, {"chosen": codes} | said)
    assert page.status_code == 422
    assert [row.error for row in page.context["rows"]] == ["这名人员当时已有其他服务安排。"]
    for booking in (one, two, three):
        booking.refresh_from_db()
    assert {one.assigned_to, two.assigned_to, three.assigned_to} == {first, None}
    left = one if one.assigned_to is None else two
    assert client.post(url, {"chosen": [left.code], f"lead-{left.code}": second.pk}).status_code == 302
    left.refresh_from_db()
    assert left.assigned_to == second
    assert client.get(url).context["rows"] == []


def test_board_asks_for_somebody_and_takes_strangers_for_nobody(client, boss):
    booking, stranger = at_hour(9), make.user()
    client.force_login(boss)
    said = {"chosen": [booking.code], f"lead-{booking.code}": stranger.pk}
    assert client.post(reverse(BOARD), said).status_code == 422
    assert client.post(reverse(BOARD), {}).status_code == 302
    booking.refresh_from_db()
    assert booking.assigned_to is None


def test_board_that_was_shown_before_another_one_assigned_says_so(client, boss):
    first, second, third = (care.carer().user for _ in range(3))
    single, pair = at_hour(9), at_hour(11, kind=care.kind(crew_size=2))
    client.force_login(boss)
    shown = {row.booking: row.crew_shown for row in client.get(reverse(BOARD)).context["rows"]}
    for booking in (single, pair):  # somebody else at the other desk
        actions.assign_worker(booking=booking, worker=first, at=MORNING, by=boss)
    said = {"chosen": [single.code, pair.code], f"lead-{pair.code}": second.pk}
    said |= {f"lead-{single.code}": third.pk, f"was-{pair.code}": shown[pair]}
    page = client.post(reverse(BOARD), said)
    assert (page.status_code, page.context["gone"]) == (422, [single.code])
    (row,) = page.context["rows"]
    assert (row.error, row.lead) == ("刚刚有人改过，请重新看一下。", str(first.pk))
    for booking in (single, pair):
        booking.refresh_from_db()
        assert booking.assigned_to == first
    said |= {"chosen": [pair.code], f"was-{pair.code}": row.crew_shown}
    assert client.post(reverse(BOARD), said).status_code == 302
    pair.refresh_from_db()
    assert pair.assigned_to == second


def test_board_refuses_an_unknown_second_carer(client, boss):
    first, stranger = care.carer().user, make.user()
    booking = at_hour(9, kind=care.kind(crew_size=2))
    client.force_login(boss)
    said = {"chosen": [booking.code], f"lead-{booking.code}": first.pk}
    page = client.post(reverse(BOARD), said | {f"second-{booking.code}": stranger.pk})
    assert (page.status_code, page.context["rows"][0].error) == (422, "请选择派谁去。")
    booking.refresh_from_db()
    assert booking.assigned_to is None


def test_board_is_the_coordinators(client, worker):
    client.force_login(worker.user)
    assert client.get(reverse(BOARD)).status_code == 403


def test_refusals_of_several_leave_the_others_assigned(boss, worker):
    early, late = at_hour(9), at_hour(14)
    choices = [Choice(each, worker.user) for each in (late, early)]
    refused = actions.assign_several(choices=choices, at=MORNING, by=boss)
    assert {pk: each.code for pk, each in refused.items()} == {late.pk: "off_shift"}
    early.refresh_from_db()
    assert early.assigned_to == worker.user


def test_board_takes_the_same_queries_for_five(client, boss):
    care.carer()
    client.force_login(boss)
    kind, counts = care.kind(), []
    board_rows(boss, TODAY, TOMORROW)  # from then on the login knows its permissions
    for number, more in enumerate((1, 4)):
        for each in range(more):
            at_hour(9 + number * 4 + each, kind=kind)
        with CaptureQueriesContext(connection) as asked:
            board_rows(boss, TODAY, TOMORROW)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_week_shows_hours_leave_care_and_what_nobody_gives(client, boss, worker, html):
    given = actions.assign_worker(booking=at_hour(9), worker=worker.user, at=MORNING, by=boss)
    open_one = at_hour(15)
    second = care.carer()
    post = second.user.posts.get()
    stand_in = worker.user.posts.get()
    Absence.objects.create(post=post, substitute=stand_in, starts_on=TOMORROW, ends_on=TOMORROW)
    week = week_of(boss, monday_of(TOMORROW))
    rows = {row.user: row for row in week.rows}
    place = TOMORROW.weekday()
    cell = rows[worker.user].cells[place]
    assert ([each for each, _outside in cell.bookings], cell.is_away) == ([given], False)
    assert [span.start.hour for span in cell.hours] == [8]
    assert [day.is_away for day in rows[second.user].cells].count(True) == 1
    assert rows[second.user].cells[place].is_away
    assert week.open_ones[place] == [open_one]
    client.force_login(boss)
    page = html(client.get(reverse(WEEK), {"date": TOMORROW.isoformat()}))
    assert given.resident.name in page
    assert open_one.resident.name in page


def test_care_outside_changed_hours_is_marked(boss, worker):
    booking = actions.assign_worker(booking=at_hour(9), worker=worker.user, at=MORNING, by=boss)
    worker.shifts.update(opens=dt.time(10))
    (row,) = [row for row in week_of(boss, monday_of(TOMORROW)).rows if row.user == worker.user]
    assert row.cells[TOMORROW.weekday()].bookings == [(booking, True)]


def test_day_that_no_calendar_reaches_is_today(client, boss):
    client.force_login(boss)
    urls = [reverse(WEEK), reverse(BOARD), reverse("admin:eldercare_carebooking_day")]
    pages = [client.get(url, {"date": day}) for url in urls for day in ("0001-01-01", "9999-12-31")]
    assert [page.status_code for page in pages] == [200] * 6
    assert pages[0].context["week"].days[0] == monday_of(TODAY)


def test_post_in_another_community_is_no_presence_here(boss, worker):
    other = make.community()
    make.post("care_worker", user=worker.user, community=other)
    post = worker.user.posts.get(community=boss.posts.get().community)
    stand_in = care.carer().user.posts.get()
    Absence.objects.create(post=post, substitute=stand_in, starts_on=TOMORROW, ends_on=TOMORROW)
    (row,) = [row for row in week_of(boss, monday_of(TOMORROW)).rows if row.user == worker.user]
    assert row.cells[TOMORROW.weekday()].is_away


def test_carer_sees_the_own_week_alone(client, boss, worker, html):
    mine = actions.assign_worker(booking=at_hour(9), worker=worker.user, at=MORNING, by=boss)
    others = care.assigned(worker=care.carer().user)
    client.force_login(worker.user)
    page = html(client.get(reverse(WEEK), {"date": TOMORROW.isoformat()}))
    assert (mine.resident.name in page, others.resident.name in page) == (True, False)


def test_week_takes_the_same_queries_for_five(boss):
    counts = []
    week_of(boss, monday_of(TOMORROW))  # from then on the login knows its permissions
    for more in (1, 4):
        for _ in range(more):
            care.assigned(worker=care.carer().user, slot=care.slot(starts_at=make.moment(1, 9)))
        with CaptureQueriesContext(connection) as asked:
            week_of(boss, monday_of(TOMORROW))
        counts.append(len(asked))
    assert counts[0] == counts[1]
