"""A mandate for meals or for health is for these kinds of care and no other."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.models import Mandate
from eldercare import actions
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.MORNING, tick=False) as clock:
        yield clock


def booked(code: str, mandate: Mandate) -> CareBooking:
    kind = care.kind(code=code, community=mandate.principal.community)
    return care.booking(slot=care.slot(kind=kind), resident=mandate.principal, by=mandate.agent)


@pytest.mark.parametrize(
    ("scope", "code"), [("meals", "meals"), ("health", "doctor"), ("bookings", "meals"), ("all", "doctor")]
)
def test_mandate_for_meals_or_health_books_these(scope, code):
    mandate = make.mandate(scope=scope)
    booking = booked(code, mandate)
    assert booking.mandate == mandate
    assert list(CareBooking.objects.mine(mandate.agent)) == [booking]
    actions.cancel_booking(booking=booking, at=make.MORNING, via="online", by=mandate.agent)


@pytest.mark.parametrize(("scope", "code"), [("meals", "doctor"), ("health", "meals"), ("meals", "bathing")])
def test_mandate_for_meals_or_health_books_nothing_else(scope, code):
    with pytest.raises(ValidationError) as refusal:
        booked(code, make.mandate(scope=scope))
    assert (refusal.value.code, CareBooking.objects.count()) == ("not_allowed", 0)


def test_other_care_of_the_elder_stays_unseen():
    mandate = make.mandate(scope="meals")
    kind = care.kind(code="bathing", community=mandate.principal.community)
    care.booking(slot=care.slot(kind=kind), resident=mandate.principal, by=care.coordinator(), via="phone")
    assert not CareBooking.objects.for_user(mandate.agent).exists()
