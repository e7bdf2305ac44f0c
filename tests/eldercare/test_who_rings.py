"""Who rings: the number on the badge and a word of the day that both sides know."""

import datetime as dt

import pytest
from django.urls import reverse

from eldercare import actions
from eldercare.actions.word_of_day import WORDS, word_of
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def worker():
    return care.carer()


@pytest.fixture
def visit(worker):
    """Tomorrow at nine."""
    return care.assigned(worker=worker.user)


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
    visit = care.assigned(worker=worker.user, resident=elder, by=agent)
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
