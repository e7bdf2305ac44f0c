"""Nobody in two places: quarter hours of elders and of who gives the care."""

import datetime as dt
import importlib
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from circle.app_hooks.schedule import tick
from circle.booking.busy import QUARTER, quarters_between, take_time
from circle.models import Absence, Busy
from eldercare import actions
from eldercare.actions.assigning import care_team
from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking, CareKind
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING


def slot(start: float, end: float, *, kind: CareKind | None = None, day: int = 1, **values):
    """From that hour until that one, tomorrow."""
    midnight = make.moment(day, 0)
    starts_at, ends_at = (midnight + dt.timedelta(hours=hour) for hour in (start, end))
    return care.slot(kind=kind or care.kind(), starts_at=starts_at, ends_at=ends_at, **values)


def code_of(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(**values)
    return refusal.value.code


def assign(booking: CareBooking, worker, **values) -> CareBooking:
    boss = care.coordinator(community=booking.community)
    return actions.assign_worker(booking=booking, worker=worker, at=AT, by=boss, **values)


@pytest.fixture
def elder():
    return make.own_resident()


@pytest.fixture
def worker():
    return care.care_worker()


# Elders -----------------------------------------------------------------------------------------------------


def test_elder_is_not_in_two_places_for_a_part_of_the_time(elder):
    care.booking(resident=elder, slot=slot(7.5, 11.5))
    assert code_of(care.booking, resident=elder, slot=slot(9, 10)) == "resident_busy"
    assert CareBooking.objects.count() == 1
    assert set(Busy.objects.values_list("resident", flat=True)) == {elder.pk}
    assert Busy.objects.count() == 16


def test_back_to_back_and_another_elder_are_no_clash(elder):
    care.booking(resident=elder, slot=slot(9, 10))
    care.booking(resident=elder, slot=slot(10, 11))
    care.booking(slot=slot(9, 11))
    assert Busy.objects.filter(resident=elder).count() == 8


def test_bath_during_the_day_place_is_no_clash(elder):
    care.booking(resident=elder, slot=slot(8.5, 17, kind=care.kind(is_shared=True)))
    care.booking(resident=elder, slot=slot(9, 10))
    assert Busy.objects.filter(resident=elder).count() == 4


@pytest.mark.parametrize("act", ["cancel", "revoke"])
def test_time_is_free_again_with_the_booking(elder, act):
    first = care.booking(resident=elder, slot=slot(9, 11))
    if act == "cancel":
        actions.cancel_booking(booking=first, at=AT, via="online", by=elder.login)
    else:
        actions.revoke_booking(booking=first, at=AT, by=care.coordinator(), reason="停水")
    assert not Busy.objects.exists()
    care.booking(resident=elder, slot=slot(9.5, 10.5))


def test_moved_care_takes_the_new_time_and_frees_the_old_one(elder):
    kind = care.kind()
    first = care.booking(resident=elder, slot=slot(9, 10, kind=kind))
    care.booking(resident=elder, slot=slot(14, 16))
    there, here = slot(15, 16, kind=kind, day=1), slot(9.5, 10.5, kind=kind)
    given = {"booking": first, "at": AT, "via": "online", "by": elder.login}
    assert code_of(actions.move_booking, slot=there, **given) == "resident_busy"
    first.refresh_from_db()
    assert first.slot.taken == 1
    actions.move_booking(slot=here, **given)
    mine = Busy.objects.filter(subject_id=first.pk, subject_type="eldercare.carebooking")
    assert list(mine.values_list("quarter", flat=True)) == list(
        quarters_between(here.starts_at, here.ends_at)
    )


def test_times_to_move_to_and_next_free_times_leave_out_what_overlaps(elder):
    kind = care.kind()
    first = care.booking(resident=elder, slot=slot(9, 10, kind=kind))
    care.booking(resident=elder, slot=slot(14, 16))
    clash, free = slot(15.5, 16.5, kind=kind), slot(16, 17, kind=kind)
    assert list(actions.times_to_move_to(first, AT)) == [free]
    care.booking(resident=elder, slot=slot(9, 12, day=2))
    slot(10, 11, kind=kind, day=2)
    later = slot(12, 13, kind=kind, day=2)
    assert list(actions.next_free_times(first, AT)) == [later]
    assert clash not in actions.times_to_move_to(first, AT)


def test_booking_at_the_hall_is_a_hint_and_no_reason_to_refuse(client, elder):
    care_slot = slot(9, 10)
    hall = make.booking(resident=elder, slot=make.slot(starts_at=make.moment(1, 9)))
    client.force_login(elder.login)
    with time_machine.travel(AT, tick=False):
        url = f"/eldercare/{care_slot.kind.code}/"
        chosen = {"resident": elder.code, "slot": care_slot.code}
        client.post(f"{url}needs/?resident={elder.code}&slot={care_slot.code}", {})
        page = client.get(f"{url}check/", chosen)
    assert page.context["at_the_hall"] == hall
    care.booking(resident=elder, slot=care_slot)


# Who gives it -----------------------------------------------------------------------------------------------


def test_worker_is_not_sent_to_two_at_once(worker):
    first, second = care.confirmed(slot=slot(9, 10)), care.confirmed(slot=slot(9.5, 10.5))
    assign(first, worker)
    assert code_of(assign, booking=second, worker=worker) == "worker_busy"
    second.refresh_from_db()
    assert (second.status, second.assigned_to) == ("confirmed", None)
    assign(first, care.care_worker())
    assign(CareBooking.objects.get(pk=second.pk), worker)


def test_both_of_a_crew_are_taken():
    kind = care.kind(crew_size=2)
    lead, other = care.care_worker(), care.care_worker()
    assign(care.confirmed(slot=slot(9, 10, kind=kind)), lead, assistant=other)
    assert code_of(assign, booking=care.confirmed(slot=slot(9, 10)), worker=other) == "worker_busy"


def test_one_carer_looks_after_all_of_a_shared_time(worker):
    shared = slot(8.5, 17, kind=care.kind(is_shared=True))
    first, second = care.confirmed(slot=shared), care.confirmed(slot=shared)
    assign(first, worker)
    assign(second, worker)
    assert Busy.objects.filter(worker=worker).count() == 34
    third = care.confirmed(slot=slot(9, 10))
    assert code_of(assign, booking=third, worker=worker) == "worker_busy"
    actions.revoke_booking(booking=first, at=AT, by=care.coordinator(), reason="停水")
    assert code_of(assign, booking=third, worker=worker) == "worker_busy"
    actions.revoke_booking(booking=second, at=AT, by=care.coordinator(), reason="停水")
    assign(CareBooking.objects.get(pk=third.pk), worker)


def test_worker_of_moved_care_is_free(worker):
    kind = care.kind()
    first = care.confirmed(slot=slot(9, 10, kind=kind))
    assign(first, worker)
    actions.move_booking(
        booking=first, slot=slot(9, 10, kind=kind, day=2), at=AT, via="phone", by=care.coordinator()
    )
    assert not Busy.objects.filter(worker=worker).exists()
    assert Busy.objects.filter(resident=first.resident).count() == 4


def test_team_is_asked_for_the_day_of_the_care(worker):
    booking = care.confirmed(slot=slot(9, 10, day=3))
    [post] = worker.posts.all()
    substitute = make.post("care_worker")
    day = booking.day
    assert post in care_team(booking, AT)
    Absence.objects.create(post=post, starts_on=day, ends_on=day, substitute=substitute)
    assert post not in care_team(booking, AT)
    assert code_of(assign, booking=booking, worker=worker) == "not_on_the_team"
    assign(care.confirmed(slot=slot(9, 10, day=2)), worker)


# The database -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["worker", "resident", "both", "nobody"])
def test_database_refuses_two_places_and_rows_of_nobody(who, elder, worker):
    person = {"worker": worker} if who in ("worker", "both") else {}
    person |= {"resident": elder} if who in ("resident", "both") else {}
    row = {"community": elder.community, "quarter": 7, "subject_type": "x", "subject_id": 1} | person
    if who in ("worker", "resident"):
        Busy.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Busy.objects.create(**row)


def test_times_that_touch_a_quarter_take_it():
    nine = make.moment(1, 9)
    odd = quarters_between(nine + dt.timedelta(minutes=10), nine + dt.timedelta(minutes=31))
    assert len(odd) == 3
    assert odd[0] == int(nine.timestamp()) // QUARTER


@pytest.mark.parametrize("values", [{"opens": dt.time(9, 10)}, {"slot_minutes": 50}])
def test_shifts_begin_and_last_in_whole_quarters(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        care.shift(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        care.kind(places=1, minutes=50)
    care.kind(places=0, minutes=50)


def test_what_is_over_is_forgotten(elder):
    old = care.booking(resident=elder, slot=slot(9, 10))
    list(tick(make.moment(1, 23)))
    assert Busy.objects.count() == 4
    list(tick(make.moment(4, 9)))
    assert not Busy.objects.exists()
    assert old.pk


# What was arranged before -----------------------------------------------------------------------------------


@pytest.mark.planted
@time_machine.travel(AT, tick=False)
def test_migration_fills_it_and_what_clashes_waits_for_the_coordinator(elder, worker):
    day = care.booking(resident=elder, slot=slot(8.5, 17, kind=care.kind(is_shared=True)), at=AT)
    first = care.booking(resident=elder, slot=slot(7.5, 11.5), at=AT)
    later = care.assigned(slot=slot(14, 15), worker=worker)
    boss = care.coordinator()
    Busy.objects.all().delete()
    second = CareBooking.objects.get(pk=later.pk)
    clash = slot(9, 10)
    CareBooking.objects.filter(pk=second.pk).update(
        slot=clash,
        kind=clash.kind,
        starts_at=clash.starts_at,
        resident=elder,
        booked_at=AT + dt.timedelta(days=1),
    )
    migration = importlib.import_module("eldercare.migrations.0018_fill_busy")
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert list(CareBooking.objects.clashing(AT)) == [second]
    assert Busy.objects.filter(subject_id=first.pk, resident=elder).count() == 16
    assert Busy.objects.filter(worker=worker).count() == 4
    [queue] = [queue for queue in care_queues(boss) if "clashing" in queue.url]
    assert (queue.count, queue.is_urgent) == (1, True)
    assert day not in CareBooking.objects.clashing(AT)
    span = (clash.starts_at, clash.ends_at)
    assert code_of(lambda: take_time(second, elder, *span, community=elder.community_id)) == "resident_busy"
