"""From confirmation over the assignment to the outcome of a booking."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.models import StaffPost, User
from eldercare.actions.bookings import already_booked_error, day_of, notify_booking, refuse_past
from eldercare.models import CareBooking
from eldercare.models.bookings import VISIT

Status = CareBooking.Status
OUTCOME_LENGTH = 200


def confirm_booking(
    *, booking: CareBooking, at: dt.datetime, by: User, day: dt.date | None = None
) -> CareBooking:
    """Confirm it. A request gets the agreed day; of a booked time the day is not changed.

    Refuses: day_missing, day_past, already_booked (another one of that day), already_confirmed, not_possible.
    """
    day = booking.day if booking.slot_id else (day or booking.day)
    if day is None:
        raise ValidationError(_("Say which day you agreed on."), code="day_missing")
    if booking.status == Status.REQUESTED:
        refuse_past(day, at)
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
            notify_booking(booking, "care_confirmed", at)
    except IntegrityError as clash:
        booking.refresh_from_db()
        raise already_booked_error() from clash
    return booking


@transaction.atomic
def assign_worker(*, booking: CareBooking, worker: User, at: dt.datetime, by: User) -> CareBooking:
    """Assign a member of the care team, in place of who was assigned before.

    Refuses: not_on_the_team, already_assigned (to this very person), not_possible (not confirmed yet, over),
    changed_meanwhile (somebody else has just assigned this person).
    """
    if not care_team(booking, at).filter(user=worker).exists():
        raise ValidationError(_("This person is not on the care team."), code="not_on_the_team")
    if CareBooking.objects.filter(pk=booking.pk, status=Status.ASSIGNED, assigned_to=worker).exists():
        raise ValidationError(_("This person is assigned already."), code="already_assigned")
    change_status(
        booking,
        verb="care_assigned",
        allowed=[Status.CONFIRMED, Status.ASSIGNED],
        to=Status.ASSIGNED,
        at=at,
        by=by,
        rows=CareBooking.objects.exclude(status=Status.ASSIGNED, assigned_to=worker),
        details={"worker": worker.pk},
        assigned_to=worker,
    )
    return booking


def care_team(booking: CareBooking, at: dt.datetime) -> "QuerySet[StaffPost]":
    """The posts whose holders may be sent to this elder: a grid worker only within their grid."""
    posts = StaffPost.objects.active(day_of(at)).giving(VISIT).filter(community=booking.community_id)
    near = Q(grid=None) | Q(grid__buildings__people=booking.elder_id)
    return posts.filter(near, building=None, user__is_active=True)


@transaction.atomic
def complete_booking(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Enter that the care was given.

    Refuses: not_yours (neither assigned to `by` nor of its coordinators), too_early (not half of its time
    is over), already_done, not_possible (nobody is assigned, over), changed_meanwhile (somebody else is
    assigned now).
    """
    refuse_before_half(booking, at)
    enter_outcome(booking, "care_done", Status.DONE, at, by)
    return booking


@transaction.atomic
def record_not_home(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Nobody opened or came; it stays urgent in the coordinator's queue until it is settled.

    Refuses: not_yours, too_early, already_not_home, not_possible, changed_meanwhile.
    """
    enter_outcome(booking, "care_not_home", Status.NOT_HOME, at, by)
    return booking


def enter_outcome(booking: CareBooking, verb: str, to: str, at: dt.datetime, by: User) -> None:
    rows = CareBooking.objects.closable_by(by)
    refuse_not_yours(booking, rows)
    refuse_before_start(booking, at)
    change_status(
        booking, verb=verb, allowed=[Status.ASSIGNED], to=to, at=at, by=by, rows=rows, outcome_by=by
    )


def refuse_not_yours(booking: CareBooking, rows: "QuerySet[CareBooking]") -> None:
    if not rows.filter(pk=booking.pk).exists():
        raise ValidationError(
            _("Only who is assigned, or who coordinates the care, can enter this."), code="not_yours"
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
    elif booking.settled_at is None:
        raise ValidationError(_("Nobody was missed here."), code="not_possible")
    return booking


def undo_transition(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Undo an outcome that was entered by mistake, on the day it was entered.

    Refuses: not_yours, too_late (entered on another day, or settled since), already_booked (there is a newer
    booking), already_assigned, not_possible.
    """
    rows = CareBooking.objects.closable_by(by)
    refuse_not_yours(booking, rows)
    is_over = booking.status in (Status.DONE, Status.NOT_HOME)
    if is_over and (day_of(booking.status_at) != day_of(at) or booking.settled_at):
        raise ValidationError(_("It can be taken back on the same day only."), code="too_late")
    try:
        with transaction.atomic():
            change_status(
                booking,
                verb="care_undone",
                allowed=[Status.DONE, Status.NOT_HOME],
                to=Status.ASSIGNED,
                at=at,
                by=by,
                rows=rows.filter(settled_at=None),
                outcome_by=None,
            )
    except IntegrityError as clash:
        booking.refresh_from_db()
        raise already_booked_error() from clash
    return booking


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
