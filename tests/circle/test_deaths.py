"""A death stops what stands, in every app, without a word to the dead."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import report_death, sweep_after_deaths, take_back_death
from circle.models import Message, Record, Resident
from circle.notifications import notify, send_messages
from tests import make

pytestmark = pytest.mark.django_db

AT = make.MORNING
TODAY = AT.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def report(resident, died_on=TODAY, by=None) -> list:
    return report_death(resident=resident, died_on=died_on, at=AT, by=by or make.clerk())


def code_of(*args) -> str:
    with pytest.raises(ValidationError) as refusal:
        report(*args)
    return refusal.value.code


def test_a_death_stops_bookings_and_messages_at_once(mailoutbox):
    booking = make.booking()
    queued = Message.objects.get()
    clerk = make.clerk()
    for _ in range(2):
        report(booking.resident, by=clerk)
    booking.refresh_from_db()
    booking.slot.refresh_from_db()
    queued.refresh_from_db()
    assert (booking.status, booking.slot.taken) == ("cancelled", 0)
    assert (queued.status, queued.fault, Message.objects.count()) == ("dropped", "gone", 1)
    assert send_messages(at=AT) == 0
    kept = Record.objects.about(booking.resident).get()
    assert (kept.verb, kept.actor) == ("death_reported", clerk)


def test_nobody_writes_to_the_dead():
    resident = make.resident(phone=make.mobile(), died_on=TODAY)
    notify(event="booking_made", community=resident.community, resident=resident, at=AT, dedupe="x")
    assert Message.objects.count() == 0


def test_mandates_and_guardianships_end_with_the_person():
    resident = make.own_resident()
    given, held = make.mandate(principal=resident), make.mandate(agent=resident.login)
    ward = make.guardianship(adult=resident)
    report(resident)
    for row in (given, held):
        row.refresh_from_db()
        assert row.revoked_at == AT
    ward.refresh_from_db()
    assert ward.ended_at == AT


def test_a_login_that_others_share_keeps_its_mandates(client):
    resident = make.own_resident()
    make.resident(login=resident.login)
    held = make.mandate(agent=resident.login)
    client.force_login(resident.login)
    report(resident)
    held.refresh_from_db()
    assert held.revoked_at is None
    assert client.get("/me/").status_code == 200


def test_a_death_is_refused():
    resident = make.resident(born_on=dt.date(1940, 1, 1))
    assert code_of(resident, TODAY + dt.timedelta(days=1)) == "death_in_future"
    assert code_of(resident, dt.date(1939, 12, 31)) == "death_before_birth"
    assert Resident.objects.living().get() == resident


def test_a_booking_made_in_the_same_moment_is_swept_afterwards():
    booking = make.booking()
    report(make.resident())
    report(booking.resident)
    type(booking).objects.update(status="booked")
    booking.slot.take(1)
    assert sweep_after_deaths(AT) == 2
    booking.refresh_from_db()
    assert booking.status == "cancelled"
    assert sweep_after_deaths(AT + dt.timedelta(days=3)) == 0


def test_a_mistake_is_taken_back_with_a_reason():
    resident = make.resident()
    report(resident)
    with pytest.raises(ValidationError) as refusal:
        take_back_death(resident=resident, reason=" ", at=AT, by=make.clerk())
    assert refusal.value.code == "reason_missing"
    take_back_death(resident=resident, reason="another of that name", at=AT, by=make.clerk())
    assert Resident.objects.living().filter(pk=resident.pk).exists()
