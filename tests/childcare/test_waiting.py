"""While a child waits: class and day are changed, and an application that ended is taken up again."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from childcare import actions
from childcare.models import Application
from circle.actions import withdraw_consent
from circle.models import Consent, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
LATER = MORNING + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def who(application, **more):
    by = application.guardian.login
    return {"application": application, "via": "online", "at": LATER, "by": by} | more


def wish(application, **more):
    group = application.nursery_class
    return who(application) | {"nursery_class": group, "start_on": START + dt.timedelta(days=7)} | more


def kept(application) -> Application:
    return Application.objects.shown().get(pk=application.pk)


def lapsed() -> Application:
    found = make.offered()
    actions.lapse_offers(at=found.offer.expires_at)
    return kept(found)


# Class and day ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["submitted", "verified"])
def test_class_and_day_change_and_the_place_in_line_stays(state):
    found = getattr(make, state)()
    mixed = make.nursery_class("mixed")
    actions.change_wish(**wish(found, nursery_class=mixed))
    row = kept(found)
    assert (row.nursery_class, row.start_on, row.status) == (mixed, START + dt.timedelta(days=7), state)
    assert row.submitted_at == found.submitted_at
    assert Record.objects.get(verb="application_wish_changed").details["class"] == mixed.pk


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"start_on": MORNING.date()}, "start_past"),
        ({"start_on": dt.date(2027, 9, 1)}, "wrong_age"),
    ],
)
def test_wish_is_asked_as_the_first_one(values, code):
    assert refused(actions.change_wish, **wish(make.verified(), **values)) == code


def test_wish_is_refused_elsewhere_and_of_strangers():
    found = make.verified()
    foreign = make.nursery_class(community=ground.community())
    assert refused(actions.change_wish, **wish(found, nursery_class=foreign)) == "other_community"
    assert refused(actions.change_wish, **wish(found, by=ground.own_resident().login)) == "not_allowed"
    assert refused(actions.change_wish, **wish(make.offered())) == "not_possible"
    stale = kept(found)
    actions.withdraw_application(**who(found))
    assert refused(actions.change_wish, **wish(stale)) == "not_possible"


def test_family_changes_class_and_day_on_a_page(client):
    found = make.verified()
    client.force_login(found.guardian.login)
    url = reverse("application_wish", args=[found.code])
    assert url in client.get(found.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    said = {"nursery_class": found.nursery_class.code, "start_on": "2027-01-11"}
    assert client.post(url, said | {"start_on": "2026-01-01"}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert kept(found).start_on == dt.date(2027, 1, 11)
    assert client.get(reverse("application_wish", args=[make.offered(guardian=found.guardian).code])).url


# Taken up again ---------------------------------------------------------------------------------------------


def test_lapsed_application_is_taken_up_again_as_it_was_filled_in():
    found = lapsed()
    actions.reopen_application(**who(found))
    row = kept(found)
    assert (row.status, row.undone(), row.offer) == ("draft", [], None)
    actions.submit_application(consents=True, **who(row))
    assert (kept(row).status, kept(row).submitted_at) == ("submitted", LATER)
    by = {"at": LATER, "by": ground.user()}
    actions.verify_application(application=row, papers=make.PAPERS, **by)
    assert kept(row).status == "verified"


def test_declined_and_withdrawn_are_taken_up_again_and_others_not():
    for state, act in (("offered", actions.decline_offer), ("verified", actions.withdraw_application)):
        found = getattr(make, state)()
        act(**who(found, at=MORNING))
        assert actions.reopen_application(**who(found)).status == "draft"
    for state in ("submitted", "offered", "enrolled"):
        assert refused(actions.reopen_application, **who(getattr(make, state)())) == "not_possible"


def test_not_taken_up_again_beside_another_one_or_by_a_stranger():
    found = lapsed()
    assert refused(actions.reopen_application, **who(found, by=ground.own_resident().login)) == "not_allowed"
    make.filled(guardian=found.guardian, child_name=found.child.name)
    assert refused(actions.reopen_application, **who(found)) == "already_applied"
    assert kept(found).status == "lapsed"


def test_a_forgotten_child_is_not_taken_up_again():
    found = make.verified()
    consent = Consent.objects.get(purpose="nursery_application", matter=found.code)
    by = found.guardian.login
    withdraw_consent(consent=consent, via="online", at=LATER, by=by)
    assert refused(actions.reopen_application, **who(kept(found))) == "not_possible"


def test_family_takes_it_up_again_by_a_button(client):
    found = lapsed()
    client.force_login(found.guardian.login)
    url = reverse("application_reopen", args=[found.code])
    assert url in client.get(found.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 405
    assert client.post(url).url == found.get_absolute_url()
    assert kept(found).status == "draft"
