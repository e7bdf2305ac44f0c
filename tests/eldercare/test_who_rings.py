"""Who rings: the number on the badge and a word of the day that both sides know."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Message
from circle.notifications import send_messages
from eldercare import actions
from eldercare.actions.word_of_day import WORDS, callers, word_of, word_of_round
from eldercare.backoffice.door_check import expected_today
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING
TOMORROW_AT_NINE = make.moment(1, 9)


def at_door(*, starts_at=TOMORROW_AT_NINE, **values):
    """Assigned, to be given at the elder's home."""
    slot = care.slot(kind=care.kind(is_at_home=True), starts_at=starts_at)
    answers = actions.Answers(building=care.home(slot.community), door="3-1")
    return care.assigned(slot=slot, answers=answers, **values)


@pytest.fixture
def worker():
    return care.carer()


@pytest.fixture
def visit(worker):
    """Tomorrow at nine."""
    return at_door(worker=worker.user)


def test_word_is_known_from_the_eve_until_the_visit_is_over(visit):
    word = word_of(visit, MORNING)
    assert word in WORDS
    assert word_of(visit, make.moment(1, 9)) == word
    assert word_of(visit, MORNING - dt.timedelta(days=1)) == ""
    assert word_of(visit, make.moment(2, 9)) == ""
    actions.complete_booking(booking=visit, at=make.moment(1, 10), by=visit.assigned_to)
    assert word_of(visit, make.moment(1, 11)) == ""


def test_word_needs_somebody_assigned_and_differs_from_day_to_day(visit):
    assert word_of(care.confirmed(), MORNING) == ""
    slot = visit.slot
    words = set()
    for number in range(40):
        visit.day = slot.day + dt.timedelta(days=number)
        words.add(word_of(visit, MORNING + dt.timedelta(days=number)))
    assert len(words) > 10


def test_elder_and_worker_see_the_same_word(client, visit, worker, html):
    word = word_of(visit, MORNING)
    client.force_login(visit.resident.login)
    page = html(client.get(visit.get_absolute_url()))
    assert (word in page, worker.number in page) == (True, True)
    client.force_login(worker.user)
    sheet = html(client.get(reverse("admin:eldercare_carebooking_day"), {"date": visit.day.isoformat()}))
    assert word in sheet


def test_agent_sees_the_word_and_a_stranger_nothing(client, worker, html):
    agent, elder = make.resident_login(), make.resident()
    make.mandate(principal=elder, agent=agent)
    visit = at_door(worker=worker.user, resident=elder, by=agent)
    client.force_login(agent)
    assert word_of(visit, MORNING) in html(client.get(visit.get_absolute_url()))
    client.force_login(make.resident_login())
    assert word_of(visit, MORNING) not in html(client.get(visit.get_absolute_url(), follow=True))


def test_grid_worker_who_only_looks_does_not_see_the_word(client, visit, html):
    word = word_of(visit, MORNING)
    client.force_login(make.post("volunteer_leader").user)
    sheet = html(client.get(reverse("admin:eldercare_carebooking_day"), {"date": visit.day.isoformat()}))
    assert word not in sheet


def test_words_are_two_characters_and_no_two_alike():
    assert {len(word) for word in WORDS} == {2}
    assert len(set(WORDS)) == len(WORDS) == 32


EVE = make.moment(0, 16)


def told(event="care_who_comes"):
    return list(Message.objects.filter(event=event).order_by("pk"))


def test_on_the_eve_the_elder_is_told_once_who_comes(visit, worker):
    assert actions.tell_who_comes(at=MORNING) == 0  # it is not four in the afternoon yet
    assert [actions.tell_who_comes(at=EVE) for _ in range(2)] == [1, 0]
    [message] = told()
    assert (message.resident, message.values["number"]) == (visit.resident, worker.number)
    assert message.values["word"] == word_of(visit, EVE)


def test_agents_are_told_as_well_and_nobody_twice(worker):
    agent, other, elder = make.resident_login(), make.resident_login(), make.resident(phone="")
    for each in (agent, other):
        make.mandate(principal=elder, agent=each)
    at_door(worker=worker.user, resident=elder, by=agent)
    actions.tell_who_comes(at=EVE)
    assert {message.user for message in told()} == {agent, other}
    assert len(told()) == 2


def test_another_crew_is_told_anew_and_what_still_waits_is_dropped(visit):
    actions.tell_who_comes(at=EVE)
    second = care.carer()
    boss = care.coordinator(community=visit.community)
    actions.assign_worker(booking=visit, worker=second.user, at=EVE, by=boss)
    assert actions.tell_who_comes(at=EVE) == 1
    send_messages(at=EVE, also_at_night=True)
    first, later = told()
    assert (first.status, first.fault) == ("dropped", "no_longer_true")
    assert (later.status, later.values["number"]) == ("sent", second.number)


def test_first_crew_that_comes_after_all_is_told_once_more(visit, worker):
    boss, second = care.coordinator(community=visit.community), care.carer()
    for minute, people in enumerate((worker, second, worker)):
        at = make.moment(0, 16, minute)
        if visit.assigned_to != people.user:
            actions.assign_worker(booking=visit, worker=people.user, at=at, by=boss)
        assert [actions.tell_who_comes(at=at) for _ in range(2)] == [1, 0]
    assert [message.values["number"] for message in told()] == [
        worker.number,
        second.number,
        worker.number,
    ]


def test_care_at_the_station_has_no_word_and_nobody_is_told_who_comes(client, worker, html):
    booking = care.assigned(worker=worker.user)
    assert actions.tell_who_comes(at=EVE) == 0
    assert word_of(booking, EVE) == ""
    client.force_login(booking.resident.login)
    page = html(client.get(booking.get_absolute_url()))
    assert ("今日暗号" in page, "也可以到了再报" in page) == (False, True)
    today = care.assigned(resident=booking.resident, slot=care.slot(starts_at=make.moment(0, 15)))
    assert expected_today(today.resident, MORNING) == []


def test_meal_that_is_brought_home_has_its_word(worker):
    kind = care.kind()
    care.question(kind=kind, sort="need", code="home", asks_address=True)
    answers = actions.Answers(needs=["home"], building=care.home(kind.community), door="3-1")
    meal = care.assigned(worker=worker.user, slot=care.slot(kind=kind), answers=answers)
    assert word_of(meal, EVE) in WORDS
    assert actions.tell_who_comes(at=EVE) == 1


def test_care_of_today_assigned_late_is_told_until_it_begins(worker):
    booking = at_door(worker=worker.user, starts_at=make.moment(0, 15))
    assert actions.tell_who_comes(at=make.moment(0, 15)) == 0
    assert actions.tell_who_comes(at=make.moment(0, 14)) == 1
    assert told()[0].values["code"] == booking.code


def test_nobody_is_told_who_comes_while_nobody_is_assigned():
    care.confirmed()
    assert actions.tell_who_comes(at=EVE) == 0
    assert not CareBooking.objects.exclude(crew_told="").exists()


def test_photo_and_post_stand_on_the_page_of_the_booking(client, visit, worker):
    worker.photo = b"face"
    worker.save()
    [caller] = callers(visit)
    assert (caller.number, caller.post) == (worker.number, "护理员")
    client.force_login(visit.resident.login)
    page = client.get(visit.get_absolute_url()).text
    assert caller.photo in page
    assert caller.photo.startswith("data:image/webp;base64,")


def test_duty_phone_hears_whom_to_expect_and_the_look_is_recorded(client, html):
    worker = care.carer()
    today = at_door(worker=worker.user, starts_at=make.moment(0, 15))
    pairing = care.pairing(resident=care.tag(resident=today.resident).resident)
    clerk = make.post("hall_clerk", community=today.community).user
    client.force_login(clerk)
    ask = {"resident": today.resident.code}
    page = html(client.get(reverse("admin:eldercare_carebooking_rings"), ask))
    spoken = word_of_round(pairing.volunteer.pk, today.resident, MORNING.date())
    for text in (worker.number, word_of(today, MORNING), pairing.volunteer.number, spoken):
        assert text in page
    assert today.kind.name not in page  # what is given stays with who plans it


def test_volunteer_and_family_see_the_same_word_of_the_round(client, html):
    pairing = care.pairing()
    agent = make.resident_login()
    make.mandate(principal=pairing.resident, agent=agent)
    word = word_of_round(pairing.volunteer.pk, pairing.resident, MORNING.date())
    client.force_login(pairing.volunteer.user)
    assert f'<strong lang="zh-Hans">{word}</strong>' in client.get(reverse("visit_round")).text
    client.force_login(agent)
    page = html(client.get(reverse("who_looks_in")))
    assert (word in page, pairing.volunteer.number in page) == (True, True)
