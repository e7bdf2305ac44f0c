"""Confirmation and outcome of a booking."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import settle_alarm
from circle.audit.log import record
from circle.booking import changes
from circle.booking.change_rules import notify_of_change
from circle.booking.transitions import change_status, checked_reason
from circle.models import User
from eldercare.actions.alarms import raise_not_home
from eldercare.actions.bookings import day_of, refuse_far_ahead, refuse_past
from eldercare.actions.care_rules import CARE, clash_error
from eldercare.actions.checks import refuse_not_yours, refuse_unready
from eldercare.actions.duties import VISITS
from eldercare.actions.messages import notify_not_home
from eldercare.actions.visit_news import CARE_GIVEN, tell_relatives
from eldercare.models import CareBooking, ServiceRecord

Status = CareBooking.Status
OUTCOME_LENGTH = 200


def confirm_booking(
    *, booking: CareBooking, at: dt.datetime, by: User, day: dt.date | None = None
) -> CareBooking:
    """Confirm it. A request gets the agreed day; of a booked time the day is not changed.

    Refuses: day_missing, day_past, too_far_ahead (an agreed day), already_booked (another one of that day),
    already_confirmed, not_possible.
    """
    day = booking.day if booking.slot_id else (day or booking.day)
    if day is None:
        raise ValidationError(_("Say which day you agreed on."), code="day_missing")
    if booking.status == Status.REQUESTED:
        refuse_past(day, at)
        if not booking.slot_id:
            refuse_far_ahead(booking.kind, day, at)
    try:
        with transaction.atomic():
            change_status(
                booking,
                verb="care_confirmed",
                allowed=[Status.REQUESTED],
                to=Status.CONFIRMED,
                at=at,
                by=by,
                day=day,
            )
            notify_of_change(CARE, booking, "confirmed", at)
    except IntegrityError as clash:
        booking.refresh_from_db()
        raise clash_error(clash) from clash
    return booking


@transaction.atomic
def complete_booking(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Enter that the care was given.

    Refuses: not_yours (neither assigned to `by` nor of its coordinators), too_early (not half of its time
    is over), crew_missing, check_missing, out_of_range (the check of the day), already_done, not_possible
    (nobody is assigned, over), changed_meanwhile (somebody else is assigned now).
    """
    refuse_before_half(booking, at)
    rows = CareBooking.objects.closable_by(by)
    enter_outcome(booking, "care_done", Status.DONE, at, by, rows.ready_for_care())
    settle_alarm(subject=booking, at=at, by=by, words=gettext("Back home."))
    if booking.kind.code == VISITS:
        tell_relatives(booking.resident, CARE_GIVEN, at, f"care:{booking.pk}")
    return booking


@transaction.atomic
def record_not_home(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Nobody opened or came: an alarm is raised, and the agents are notified.

    Refuses: not_yours, too_early, already_not_home, not_possible, changed_meanwhile.
    """
    enter_outcome(booking, "care_not_home", Status.NOT_HOME, at, by, CareBooking.objects.closable_by(by))
    notify_not_home(booking, at)
    raise_not_home(booking, at, by)
    return booking


def enter_outcome(
    booking: CareBooking, verb: str, to: str, at: dt.datetime, by: User, rows: "QuerySet[CareBooking]"
) -> None:
    refuse_not_yours(booking, by)
    refuse_before_start(booking, at)
    if to == Status.DONE:
        refuse_unready(booking)
    change_status(
        booking,
        verb=verb,
        allowed=[Status.ASSIGNED, Status.IN_SERVICE] if to == Status.DONE else [Status.ASSIGNED],
        to=to,
        at=at,
        by=by,
        rows=rows,
        outcome_by=by,
    )


@transaction.atomic
def settle_not_home(*, booking: CareBooking, at: dt.datetime, by: User, outcome: str) -> CareBooking:
    """Enter how the elder is. A second call changes nothing.

    Refuses: reason_missing, reason_too_long, not_possible (it is not "not at home").
    """
    outcome = checked_reason(outcome, OUTCOME_LENGTH)
    rows = CareBooking.objects.nobody_home().filter(pk=booking.pk)
    settled = rows.update(outcome=outcome, settled_at=at, settled_by=by)
    booking.refresh_from_db()
    if settled:
        record(verb="care_not_home_settled", subject=booking, community=booking.community_id, at=at, actor=by)
        settle_alarm(subject=booking, at=at, by=by, words=outcome)
    elif booking.settled_at is None:
        raise ValidationError(_("Nobody was missed here."), code="not_possible")
    return booking


def undo_transition(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Undo a beginning or an outcome that was entered by mistake, on the day it was entered.

    Refuses: not_yours, too_late (entered on another day, or settled since), already_booked (there is a newer
    booking), already_assigned, not_possible.
    """
    rows = CareBooking.objects.closable_by(by)
    refuse_not_yours(booking, by)
    booking.refresh_from_db(fields=["status", "status_at", "began_at", "settled_at"])
    undoable = [Status.DONE, Status.NOT_HOME, Status.STOPPED, Status.IN_SERVICE]
    if booking.settled_at:
        raise changes.late_undo_error()
    to, columns = status_before(booking)
    with transaction.atomic():
        changes.undo(
            CARE,
            booking,
            to,
            allowed=[booking.status] if booking.status in undoable else [],
            at=at,
            by=by,
            rows=rows.filter(settled_at=None),
            outcome_by=None,
            **columns,
        )
        ServiceRecord.objects.filter(booking=booking).delete()
        settle_alarm(subject=booking, at=at, by=by, words=gettext("Entered by mistake."))
    return booking


def status_before(booking: CareBooking) -> tuple[str, dict[str, Any]]:
    """The status before the last step, with the columns that go with it."""
    if booking.began_at and booking.status != Status.IN_SERVICE:
        return Status.IN_SERVICE, {}
    return Status.ASSIGNED, {"began_at": None, "home_by": None, "second_at": None}


def refuse_before_start(booking: CareBooking, at: dt.datetime) -> None:
    is_early = booking.starts_at > at if booking.starts_at else bool(booking.day and booking.day > day_of(at))
    if booking.is_live and is_early:
        raise ValidationError(_("It has not begun yet."), code="too_early")


def refuse_before_half(booking: CareBooking, at: dt.datetime) -> None:
    """Care may end early, but before half of its time the entry is a mistake."""
    slot = booking.slot
    if (
        slot
        and booking.is_live
        and slot.starts_at <= at < slot.starts_at + (slot.ends_at - slot.starts_at) / 2
    ):
        raise ValidationError(_("Not half of its time is over: it cannot be done yet."), code="too_early")
