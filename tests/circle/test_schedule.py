"""What is done by the clock, and the promises that can be checked at any time."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from circle.app_hooks import schedule
from circle.audit import append_only
from circle.booking.idempotency import new_key, once
from circle.models import Message, Once, Record, Seal, User
from services.models import Booking, Slot
from tests import make

pytestmark = pytest.mark.django_db

HOOKS = {name: apps.get_app_config(name).hooks for name in ("circle", "services")}


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    with time_machine.travel(make.MORNING, tick=False) as clock:
        yield clock


def tick() -> str:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue()


def check() -> str:
    """What `check_invariants` complains of; nothing where it exits with 0."""
    complaints = StringIO()
    try:
        call_command("check_invariants", stdout=StringIO(), stderr=complaints)
    except CommandError as error:
        return f"{error.returncode}: {complaints.getvalue()}"
    return ""


def busy_day() -> Booking:
    """Something for every duty."""
    booking = make.booking(at=make.MORNING)
    once(actor="user:1", key=new_key(), at=make.MORNING - dt.timedelta(days=8), act=str)
    make.resident_login(phone_verified_at=None, date_joined=make.MORNING - dt.timedelta(days=3))
    make.message(secret_sealed="x", channel="desk", created_at=make.MORNING - dt.timedelta(hours=1))
    return booking


# tick -------------------------------------------------------------------------------------------------------


def failing_duty(at: dt.datetime):
    yield "something was done"
    raise LookupError("planted")


def test_tick_does_every_duty_of_every_app():
    booking = busy_day()
    logins = User.objects.count()
    said = tick()
    assert "1 records sealed" in said
    assert Seal.objects.get().record.subject_id == booking.pk
    assert Message.objects.get(event="booking_made").status == Message.Status.SENT
    assert not Message.objects.exclude(secret_sealed="").exists()
    assert not Once.objects.exists()
    assert User.objects.count() == logins - 1
    assert Slot.objects.filter(counter=booking.slot.counter).count() > 100


def rows() -> list:
    tables = (Record, Seal, Message, Once, Slot, Booking, User)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def test_tick_twice_changes_nothing_the_second_time(clock):
    busy_day()
    tick()
    before = rows()
    tick()
    assert rows() == before
    clock.shift(60)
    tick()
    assert rows() == before


def test_tick_late_catches_up_with_what_is_still_true(clock):
    over = busy_day()
    to_come = make.booking(slot=make.slot(of=over.item, starts_at=make.moment(5, 9)), at=make.MORNING)
    clock.move_to(make.moment(3, 17))
    assert "2 records sealed" in tick()
    confirmations = Message.objects.filter(event="booking_made")
    told = dict(confirmations.values_list("values__code", "status"))
    assert told == {over.code: "dropped", to_come.code: "sent"}


@pytest.mark.django_db(transaction=True)
def test_ticks_at_once_are_as_good_as_one(at_once):
    busy_day()
    answers = at_once(*[tick] * 3)
    assert all(isinstance(answer, str) for answer in answers)
    assert (Seal.objects.count(), Message.objects.filter(status="sent", attempts=1).count()) == (1, 1)


@pytest.mark.parametrize("app", ["circle", "services"])
def test_failing_duty_keeps_no_other_app_from_its_own(app, monkeypatch, caplog):
    monkeypatch.setitem(HOOKS[app], "tick", f"{__name__}.failing_duty")
    busy_day()
    with pytest.raises(CommandError) as failure:
        tick()
    assert failure.value.returncode == 1
    assert "failing_duty" in str(failure.value)
    assert "LookupError: planted" in caplog.text
    done = Slot.objects.count() > 100 if app == "circle" else Seal.objects.exists()
    assert done


def test_tick_without_any_community_has_nothing_to_do():
    assert "0 messages sent" in tick()


# Promises ---------------------------------------------------------------------------------------------------


def test_every_promise_holds_after_a_busy_day():
    busy_day()
    tick()
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert out.getvalue() == "every promise holds\n"


@pytest.mark.planted
@pytest.mark.parametrize("drift", [1, -1])
def test_counter_that_differs_from_its_bookings_is_found(drift):
    slot = make.booking().slot
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + drift)
    assert check().startswith("1: ")
    assert f"slot {slot.pk}: {1 + drift} taken, 1 bookings" in check()


@pytest.mark.planted
def test_place_held_by_nobody_is_found():
    slot = make.slot(taken=1)
    assert f"slot {slot.pk}: 1 taken, 0 bookings" in check()


@pytest.mark.parametrize("status", Booking.Status.values)
def test_counter_counts_the_bookings_that_hold_a_place(status):
    booking = make.booking()
    Booking.objects.filter(pk=booking.pk).update(status=status)
    frees = status in {"cancelled", "revoked"}
    Slot.objects.filter(pk=booking.slot_id).update(taken=0 if frees else 1)
    assert check() == ""


@pytest.mark.planted
def test_booking_of_another_day_or_community_than_its_slot_is_found():
    moved, strange = make.booking(), make.booking()
    Booking.objects.filter(pk=moved.pk).update(day=make.moment(5, 0).date())
    Booking.objects.filter(pk=strange.pk).update(community=make.community())
    complaints = check()
    assert f"booking {moved.pk}: its slot is of another day" in complaints
    assert f"booking {strange.pk}: its slot is of another day" in complaints


@pytest.mark.planted
def test_missing_trigger_is_found():
    assert list(schedule.find_violations()) == []
    connection.cursor().execute(append_only.drop_statement(connection.vendor, Record, "DELETE"))
    assert check() == "1: the trigger circle_record_no_delete is missing\n"


def test_promises_are_asked_in_the_same_few_queries_for_any_number_of_rows(django_assert_num_queries):
    with CaptureQueriesContext(connection) as none_there:
        assert check() == ""
    item = make.bookable()
    for number in range(3):
        make.booking(slot=make.slot(of=item, starts_at=make.moment(1, 9 + number)))
    with django_assert_num_queries(len(none_there)):
        assert check() == ""
