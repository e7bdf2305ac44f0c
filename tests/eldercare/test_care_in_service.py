"""Care begins with a full crew and a passed check, and may be stopped for safety; the database holds both."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle.models import Message, Record
from eldercare import actions
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care
from tests.eldercare.test_care_crew import NINE, THERE, assign, bath, crewed, measure

pytestmark = pytest.mark.django_db
AT = make.MORNING


def of_crew(booking: CareBooking, at=NINE, **values) -> dict:
    return {"booking": booking, "at": at, "by": booking.assigned_to} | values


def bathing() -> CareBooking:
    booking = crewed()
    measure(booking)
    return actions.begin_care(**of_crew(booking))


def test_bath_begins_with_two_after_the_check(refusal):
    booking = assign(bath(), care.care_worker())
    assert refusal(actions.begin_care, **of_crew(booking)) == "crew_missing"
    assign(booking, booking.assigned_to, care.care_worker())
    assert refusal(actions.begin_care, **of_crew(booking)) == "check_missing"
    measure(booking, systolic=180)
    assert refusal(actions.begin_care, **of_crew(booking)) == "out_of_range"
    measure(booking)
    actions.begin_care(**of_crew(booking))
    booking.refresh_from_db()
    assert (booking.status, booking.began_at, booking.is_live) == ("in_service", NINE, True)
    actions.complete_booking(**of_crew(booking, at=THERE))
    assert booking.status == "done"
    assert refusal(actions.begin_care, **of_crew(booking)) == "not_possible"


def test_care_begins_on_its_day_and_not_before_its_time(refusal):
    booking = care.assigned()
    assert refusal(actions.begin_care, **of_crew(booking, at=NINE - dt.timedelta(minutes=1))) == "too_early"
    assert refusal(actions.begin_care, **of_crew(booking, at=make.moment(2, 9))) == "wrong_day"
    assert refusal(actions.begin_care, **of_crew(booking, by=care.care_worker())) == "not_yours"
    actions.begin_care(**of_crew(booking))
    assert refusal(actions.begin_care, **of_crew(booking)) == "already_in_service"


def test_what_has_begun_is_neither_cancelled_nor_called_off_nor_missed(refusal):
    booking = bathing()
    boss = care.coordinator()
    assert refusal(actions.cancel_booking, booking=booking, at=NINE, via="phone", by=boss) == "not_possible"
    given = {"booking": booking, "at": NINE, "by": boss}
    assert refusal(actions.revoke_booking, **given, reason="停水") == "not_possible"
    assert refusal(actions.record_not_home, **of_crew(booking)) == "not_possible"


@pytest.mark.parametrize("has_begun", [True, False])
def test_stopped_for_safety_costs_nothing_and_is_told_with_a_new_time(refusal, has_begun):
    booking = bathing() if has_begun else crewed()
    care.slot(kind=booking.kind, starts_at=make.moment(3, 9))
    assert refusal(actions.stop_for_safety, **of_crew(booking), reason=" ") == "reason_missing"
    by = care.care_worker()
    assert refusal(actions.stop_for_safety, **of_crew(booking, by=by), reason="头晕") == "not_yours"
    actions.stop_for_safety(**of_crew(booking), reason="头晕")
    booking.refresh_from_db()
    assert (booking.status, booking.reason, booking.is_free, booking.is_live) == (
        "stopped",
        "头晕",
        True,
        False,
    )
    message = Message.objects.get(event="care_stopped")
    assert "头晕" not in str(message.values)
    assert dt.datetime.fromisoformat(message.values["next_at"]) == make.moment(3, 9)
    assert Record.objects.about(booking).latest("id").verb == "care_stopped"
    assert refusal(actions.complete_booking, **of_crew(booking, at=THERE)) == "not_possible"


def test_new_time_is_one_at_which_the_elder_is_free():
    booking = crewed()
    care.booking(resident=booking.resident, slot=care.slot(starts_at=make.moment(3, 9)))
    care.slot(kind=booking.kind, starts_at=make.moment(3, 9))
    care.slot(kind=booking.kind, starts_at=make.moment(4, 9), capacity=0)
    later = care.slot(kind=booking.kind, starts_at=make.moment(5, 9))
    assert list(actions.next_free_times(booking, NINE)) == [later]


def test_mis_tap_is_taken_back_step_by_step():
    booking = bathing()
    actions.stop_for_safety(**of_crew(booking), reason="头晕")
    actions.undo_transition(**of_crew(booking))
    booking.refresh_from_db()
    assert (booking.status, booking.reason, booking.began_at) == ("in_service", "", NINE)
    actions.undo_transition(**of_crew(booking))
    booking.refresh_from_db()
    assert (booking.status, booking.began_at) == ("assigned", None)


@pytest.mark.parametrize(
    ("maker", "values"),
    [
        (crewed, {"status": "in_service", "began_at": NINE}),  # no check
        (lambda: assign(bath(), care.care_worker()), {"status": "in_service", "began_at": NINE}),
        (care.assigned, {"status": "in_service"}),  # since when?
        (care.confirmed, {"status": "in_service", "began_at": NINE}),  # by nobody
        (care.assigned, {"status": "stopped"}),  # without a reason
        (care.confirmed, {"status": "stopped", "reason": "头晕"}),
    ],
)
def test_database_refuses_care_that_must_not_begin_or_stops_without_a_reason(maker, values):
    booking = maker()
    with pytest.raises(IntegrityError), transaction.atomic():
        CareBooking.objects.filter(pk=booking.pk).update(**values)


def test_elder_in_service_has_no_second_care_of_the_time(refusal):
    booking = bathing()
    other = care.assigned(resident=booking.resident, slot=care.slot(starts_at=make.moment(1, 11)))
    with pytest.raises(IntegrityError), transaction.atomic():
        CareBooking.objects.filter(pk=other.pk).update(starts_at=booking.starts_at)


def test_death_during_care_is_entered_and_the_care_waits_for_its_outcome():
    from circle.actions import report_death

    booking = bathing()
    report_death(resident=booking.resident, died_on=NINE.date(), at=THERE, by=care.coordinator())
    booking.refresh_from_db()
    assert booking.status == "in_service"
