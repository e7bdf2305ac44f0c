"""Nothing is arranged under a mandate once its end is kept, however close the two come."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from circle.actions import give_mandate, refuse_acting, revoke_mandate
from circle.models import Mandate
from services.actions import bookings
from services.models import Booking
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def both(at_once) -> list:
    """The mandate ends in a transaction that stays open for a moment; in it, its holder books."""
    mandate, slot = make.mandate(), make.slot()
    by, is_ending = make.user(), threading.Event()

    def revoke() -> None:
        with transaction.atomic():
            revoke_mandate(mandate=Mandate.objects.get(pk=mandate.pk), at=make.MORNING, by=by)
            is_ending.set()
            time.sleep(0.5)

    def book() -> Booking:
        assert is_ending.wait(timeout=20)
        return make.booking(slot=slot, resident=mandate.principal, by=mandate.agent)

    return at_once(revoke, book)


def test_a_booking_under_a_mandate_that_is_being_ended_is_refused(at_once):
    _, answer = both(at_once)
    assert isinstance(answer, ValidationError)
    assert (answer.code, Booking.objects.count()) == ("not_allowed", 0)


@pytest.mark.planted
def test_without_holding_the_mandate_the_booking_would_slip_through(at_once, monkeypatch):
    monkeypatch.setattr(bookings, "lock_mandate", lambda mandate, at: None)
    _, answer = both(at_once)
    assert isinstance(answer, Booking)


def test_a_mandate_given_while_they_refuse_is_refused_or_ended(at_once):
    principal, clerk = make.own_resident(), make.clerk()
    phone = make.mobile()

    def give() -> Mandate:
        mandate = Mandate(principal=principal, basis="window", valid_from=make.MORNING.date())
        return give_mandate(mandate=mandate, phone=phone, at=make.MORNING, by=clerk)

    def refuse() -> None:
        refuse_acting(principal=principal, agent=None, at=make.MORNING, by=principal.login)

    given, refused = at_once(give, refuse)
    assert not isinstance(refused, Exception)
    assert isinstance(given, Mandate) or given.code == "refused_by_principal"
    assert not Mandate.objects.filter(revoked_at=None).exists()
