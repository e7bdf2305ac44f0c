"""Pages that offer only what can be done: last day, classes of an offer, families in line, decisions."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from childcare import actions
from childcare.backoffice.offer_form import OfferForm
from childcare.hooks.schedule import tick
from childcare.models import HeadTask, SeatDay
from circle.models import Resident
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def notice(application, last_day):
    by = application.guardian.login
    return {"application": application, "last_day": last_day, "via": "online", "at": MORNING, "by": by}


def test_last_day_is_not_before_the_first_nor_in_decades():
    found = make.enrolled()
    assert refused(actions.give_notice, **notice(found, START - ONE_DAY)) == "before_first_day"
    assert refused(actions.give_notice, **notice(found, dt.date(2099, 1, 1))) == "too_far"
    assert actions.give_notice(**notice(found, START)).last_day == START


def test_absence_after_the_last_day_names_the_day():
    make.absence_rule()
    found = make.enrolled()
    actions.give_notice(**notice(found, START))
    by = found.guardian.login
    with pytest.raises(ValidationError) as refusal:
        actions.report_absence(
            application=found,
            first_day=START,
            last_day=START + ONE_DAY,
            reason="ill",
            via="online",
            at=MORNING,
            by=by,
        )
    assert refusal.value.code == "not_enrolled"
    assert "1月5日" in refusal.value.messages[0]


def test_offer_form_lists_classes_of_the_childs_age_with_a_place():
    found = make.verified()
    mixed = make.nursery_class("mixed")
    make.nursery_class("older")
    make.offered(nursery_class=make.nursery_class(capacity=1))
    listed = OfferForm(row=found).fields["nursery_class"].queryset
    assert set(listed) == {found.nursery_class, mixed}


def test_class_says_how_many_families_are_in_line(client):
    group = make.nursery_class(capacity=2)
    for _ in range(2):
        make.verified(nursery_class=group)
    make.filled(nursery_class=group)
    page = " ".join(client.get("/en/childcare/").content.decode().split())
    assert "2 families in line" in page
    assert "one place left" not in page


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("enrolled", "withdraw"),
        ("offered", "withdraw"),
        ("submitted", "accept"),
        ("accepted", "decline"),
        ("submitted", "object"),
    ],
)
def test_page_of_a_decision_that_is_not_possible_leads_back(client, state, name):
    found = getattr(make, state)()
    client.force_login(found.guardian.login)
    answer = client.get(reverse(f"application_{name}", args=[found.code]))
    assert (answer.status_code, answer.url) == (302, found.get_absolute_url())


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_a_corrected_birthday_of_a_waiting_child_is_a_task(state):
    found = getattr(make, state)()
    list(tick(MORNING))
    assert not HeadTask.objects.exists()
    Resident.objects.filter(pk=found.child_id).update(born_on=dt.date(2024, 7, 1))
    list(tick(MORNING))
    assert HeadTask.objects.open().get().kind == "age"


def test_class_in_which_nobody_waits_says_its_places(client):
    make.nursery_class(capacity=1)
    assert "one place left" in client.get("/en/childcare/").content.decode()
    assert not SeatDay.objects.exists()
