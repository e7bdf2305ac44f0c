"""Many at once: as many get a place as there are, and no elder is arranged for twice."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from circle.booking.idempotency import new_key, once
from circle.booking.transitions import change_status
from circle.models import Resident
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking, CareKind, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MANY = 8
AT = make.MORNING


def told(answers: list) -> list[str]:
    """The code of each refusal, "got" for each call that came through."""
    return sorted(answer.code if isinstance(answer, ValidationError) else "got" for answer in answers)


def errors(answers: list) -> list:
    return [each for each in answers if isinstance(each, Exception) and not isinstance(each, ValidationError)]


def booker(slot: CareSlot, elder: Resident):
    """A call with rows of its own, as a request has them."""

    def call() -> str:
        fresh = CareSlot.objects.select_related("kind__facility", "kind__community").get(pk=slot.pk)
        person = Resident.objects.select_related("login").get(pk=elder.pk)
        return actions.book_slot(
            kind=fresh.kind,
            slot=fresh,
            resident=person,
            answers=Answers(),
            via="online",
            at=AT,
            by=person.login,
        ).code

    return call


def test_last_places_go_to_as_many_as_there_are(at_once):
    slot = care.slot(capacity=3)
    elders = [make.own_resident() for _ in range(MANY)]
    answers = at_once(*[booker(slot, elder) for elder in elders])
    assert errors(answers) == []
    assert told(answers) == ["full"] * (MANY - 3) + ["got"] * 3
    assert CareSlot.objects.get().taken == CareBooking.objects.count() == 3


def test_one_elder_gets_one_of_a_kind_a_day(at_once):
    kind, elder = care.kind(), make.own_resident()
    slots = [care.slot(kind=kind, starts_at=make.moment(1, 9 + number)) for number in range(MANY)]
    answers = at_once(*[booker(slot, elder) for slot in slots])
    assert errors(answers) == []
    assert told(answers) == ["already_booked"] * (MANY - 1) + ["got"]


def test_one_elder_is_in_one_place_at_a_time(at_once):
    elder = make.own_resident()
    slots = [care.slot() for _ in range(MANY)]
    answers = at_once(*[booker(slot, elder) for slot in slots])
    assert errors(answers) == []
    assert told(answers) == ["busy"] * (MANY - 1) + ["got"]


def test_double_click_makes_one_booking(at_once):
    slot, elder, key = care.slot(), make.own_resident(), new_key()
    click = booker(slot, elder)
    answers = at_once(*[lambda: once(actor="user:1", key=key, at=AT, act=click)] * MANY)
    assert len(set(answers)) == 1
    assert CareBooking.objects.get().code == answers[0]


def test_open_request_is_kept_once(at_once):
    kind, elder = care.request_kind(), make.own_resident()

    def ask() -> CareBooking:
        fresh = CareKind.objects.select_related("facility", "community").get(pk=kind.pk)
        person = Resident.objects.select_related("login").get(pk=elder.pk)
        return actions.request_care(
            kind=fresh, resident=person, answers=Answers(), via="online", at=AT, by=person.login
        )

    answers = at_once(*[ask] * MANY)
    assert errors(answers) == []
    assert told(answers) == ["already_booked"] * (MANY - 1) + ["got"]


def fresh(booking: CareBooking) -> CareBooking:
    found = CareBooking.objects.select_related("community", "kind", "slot", "resident__login", "booked_by")
    return found.get(pk=booking.pk)


def test_cancelling_and_assigning_at_once_end_in_cancelled_and_free_one_place(at_once):
    booking, boss, worker = care.confirmed(), care.coordinator(), care.care_worker()

    def cancel():
        return actions.cancel_booking(booking=fresh(booking), at=AT, via="phone", by=boss)

    def assign():
        return actions.assign_worker(booking=fresh(booking), worker=worker, at=AT, by=boss)

    answers = at_once(*[cancel, assign] * (MANY // 2))
    assert errors(answers) == []
    assert sum(not isinstance(each, Exception) for each in answers[0::2]) == 1
    booking.refresh_from_db()
    assert (booking.status, CareSlot.objects.get().taken) == ("cancelled", 0)


def test_done_and_not_home_at_once_have_one_outcome(at_once):
    booking, at = care.assigned(), make.moment(1, 10)
    by = booking.assigned_to
    acts = [actions.complete_booking, actions.record_not_home] * (MANY // 2)
    answers = at_once(*[lambda act=act: act(booking=fresh(booking), at=at, by=by) for act in acts])
    assert errors(answers) == []
    assert told(answers).count("got") == 1


def test_outcome_is_of_who_stands_as_assigned_when_another_is_sent_at_once(at_once):
    booking, at = care.assigned(), make.moment(1, 10)
    first, boss = booking.assigned_to, care.coordinator(community=booking.community)
    other = care.care_worker(community=booking.community)

    def finish():
        return actions.complete_booking(booking=fresh(booking), at=at, by=first)

    def replace():
        return actions.assign_worker(booking=fresh(booking), worker=other, at=at, by=boss)

    answers = at_once(*[finish, replace] * (MANY // 2))
    assert errors(answers) == []
    assert told(answers).count("got") == 1
    booking.refresh_from_db()
    assert (booking.status, booking.assigned_to, booking.outcome_by) in [
        ("done", first, first),
        ("assigned", other, None),
    ]


def while_written(booking: CareBooking, late: Callable[[], object], **written: object) -> object:
    """What `late` gives or raises where it begins while another transaction has written the row.

    That one ends half a second later, so on PostgreSQL `late` waits for it in the midst of its UPDATE.
    """
    is_written = threading.Event()

    def write() -> None:
        with transaction.atomic():
            CareBooking.objects.filter(pk=booking.pk).update(**written)
            is_written.set()
            time.sleep(0.5)

    def wait() -> object:
        is_written.wait(timeout=20)
        return late()

    def run(call: Callable[[], object]) -> object:
        try:
            return call()
        except ValidationError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, [write, wait]))[1]


def joined(booking: CareBooking):
    """Rows that Django finds with a join, and so in a subquery of the UPDATE."""
    return CareBooking.objects.filter(resident__name=booking.resident.name)


def enter_done(booking: CareBooking, rows) -> str:
    with transaction.atomic():
        change_status(
            fresh(booking), verb="care_done", allowed=["assigned"], to="done", at=AT, by=None, rows=rows
        )
    return "done"


def test_status_that_changes_while_a_narrowed_transition_waits_refuses_it():
    booking = care.assigned()
    outcome = while_written(booking, lambda: enter_done(booking, joined(booking)), status="not_home")
    booking.refresh_from_db()
    assert (outcome, booking.status) == ("not_possible", "not_home")
    actions.raise_missing_alarms(at=AT)  # as `tick` does for what was written here without the action


def test_condition_of_another_table_that_changes_while_a_transition_waits_refuses_it():
    booking, other = care.assigned(), care.care_worker()
    rows = CareBooking.objects.filter(assigned_to__name=booking.assigned_to.name)
    outcome = while_written(booking, lambda: enter_done(booking, rows), assigned_to=other)
    booking.refresh_from_db()
    assert (outcome, booking.status) == ("changed_meanwhile", "assigned")


@pytest.mark.planted
def test_naive_transition_overwrites_a_status_that_it_found_in_a_subquery():
    """The negative control, on PostgreSQL: after waiting it does not look at the joined rows again."""
    booking = care.assigned()

    def naive() -> str:
        rows = joined(booking).filter(pk=booking.pk, status="assigned")
        return "done" if rows.update(status="done") else "nothing"

    outcome = while_written(booking, naive, status="not_home")
    assert outcome == ("done" if connection.vendor == "postgresql" else "nothing")


@pytest.mark.planted
def test_naive_outcome_is_of_somebody_who_was_replaced():
    """The negative control: whose visit it is was asked, another one is sent, then it is written."""
    booking, first = care.assigned(), CareBooking.objects.get().assigned_to
    assert CareBooking.objects.closable_by(first).filter(pk=booking.pk).exists()
    boss = care.coordinator(community=booking.community)
    other = care.care_worker(community=booking.community)
    actions.assign_worker(booking=fresh(booking), worker=other, at=make.moment(1, 10), by=boss)
    CareBooking.objects.filter(pk=booking.pk, status="assigned").update(status="done", outcome_by=first)
    booking.refresh_from_db()
    assert (booking.assigned_to, booking.outcome_by) == (other, first)


@pytest.mark.planted
def test_naive_code_oversells():
    """The negative control: read, compare, write, as one does first. Only PostgreSQL can be oversold."""
    slot = care.slot(capacity=1)
    elders = [make.own_resident() for _ in range(MANY)]
    sold = naively_booked(slot, elders)
    assert sold > 1 if connection.vendor == "postgresql" else sold == 1


def naively_booked(slot: CareSlot, elders: list[Resident]) -> int:
    start = threading.Barrier(len(elders))

    def naive(elder: Resident) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                if CareBooking.objects.filter(slot=slot).count() < slot.capacity:
                    insert(slot, elder)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(elders)) as pool:
        list(pool.map(naive, elders))
    return CareBooking.objects.filter(slot=slot).count()


def insert(slot: CareSlot, elder: Resident) -> None:
    CareBooking.objects.create(
        community_id=slot.community_id,
        kind_id=slot.kind_id,
        way="booking",
        slot=slot,
        resident=elder,
        day=slot.day,
        starts_at=slot.starts_at,
        status_at=AT,
        booked_at=AT,
        booked_by=elder.login,
        via="online",
    )
