"""A visit or a trial half-day is booked, moved, cancelled, called off; and whether the family came."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.visit_rules import (
    VISITS,
    check_plan,
    check_receiving,
    check_trial,
    clash_error,
    first_stay,
)
from childcare.models import Application, NurseryVisit, VisitPlan, VisitSlot
from childcare.models.visits import CHANGE
from circle.audit.log import record
from circle.booking import changes
from circle.booking.change_rules import notify_of_change, refuse_late
from circle.booking.slots import claim
from circle.booking.transitions import change_status, checked_reason
from circle.models import Mandate, Resident, User
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for

Status = NurseryVisit.Status


def book_visit(
    *,
    slot: VisitSlot,
    resident: Resident,
    via: str,
    at: dt.datetime,
    by: User,
    application: Application | None = None,
) -> NurseryVisit:
    """A place of this time for a guardian or whoever else wants to look round; for a trial half-day with the
    application of the child.

    Refuses: other_community, not_bookable, other_head, not_allowed, resident_gone, number_in_doubt,
    not_for_trial, trial_without_place, not_your_child, trial_too_late, already_booked (one at a time),
    slot_closed, slot_past, full.
    """
    check_plan(slot.plan, resident, via, by)
    mandate = mandate_for(
        by=by, resident=resident, scope=Mandate.Scope.CHILDCARE, via=via, staff_permission=CHANGE
    )
    try:
        with transaction.atomic():
            lock_mandate(mandate, at)
            check_trial(slot, resident, lock_application(application))
            visit = NurseryVisit.objects.create(
                community_id=slot.community_id,
                plan=slot.plan,
                slot=slot,
                resident=resident,
                application=application,
                day=slot.day,
                status_at=at,
                via=via,
                booked_at=at,
                booked_by=by,
                mandate=mandate,
            )
            details = {"slot": slot.pk, "via": via} | mandate_details(mandate)
            record_booking(visit, at, by, details)
            claim(slot, Q(starts_at__gt=at))
    except IntegrityError as clash:
        raise clash_error(clash) from clash
    return visit


def lock_application(application: Application | None) -> Application | None:
    """As it is now: whoever gives its place up at this moment comes first, or ends this trial with it."""
    if application is None:
        return None
    rows = Application.objects.select_for_update(no_key=True, of=("self",))
    return rows.get(pk=application.pk)


def record_booking(visit: NurseryVisit, at: dt.datetime, by: User, details: dict[str, Any]) -> None:
    record(
        verb="nursery_visit_booked",
        subject=visit,
        community=visit.community_id,
        at=at,
        actor=by,
        after=visit.status,
        **details,
    )
    notify_of_change(VISITS, visit, "booked", at)


def cancel_visit(
    *, booking: NurseryVisit, at: dt.datetime, via: str, by: User | None = None, is_proved: bool = False
) -> NurseryVisit:
    """`is_proved`: phone number and booking code stand for the person, whoever is signed in.

    Refuses: too_late, already_cancelled, not_possible, changed_meanwhile, not_allowed.
    """
    return changes.cancel(VISITS, booking, at=at, via=via, by=by, is_proved=is_proved)


def revoke_visit(*, booking: NurseryVisit, at: dt.datetime, by: User, reason: str) -> NurseryVisit:
    """Refuses: reason_missing, reason_too_long, already_revoked, not_possible, changed_meanwhile."""
    return changes.revoke(VISITS, booking, at=at, by=by, reason=checked_reason(reason))


@transaction.atomic
def move_visit(
    *,
    booking: NurseryVisit,
    slot: VisitSlot,
    at: dt.datetime,
    via: str,
    by: User | None = None,
    is_proved: bool = False,
    reason: str = "",
) -> NurseryVisit:
    """Another time of the same kind in the same nursery; its code stays the same.

    Refuses: too_late, same_slot, wrong_slot, not_bookable, trial_without_place, trial_too_late, slot_closed,
    slot_past, full, not_possible, changed_meanwhile, not_allowed.
    """
    refuse_late(VISITS, booking, at, via)
    if slot.pk == booking.slot_id:
        raise ValidationError(_("It is booked for this time already."), code="same_slot")
    if slot.plan_id != booking.plan_id:
        raise ValidationError(_("This time is for something else."), code="wrong_slot")
    if booking.status == Status.BOOKED:  # any other is refused below, with its own reason
        check_receiving(slot.plan)
        check_trial(slot, booking.resident, lock_application(booking.application))
    where = changes.Move(slot, slot.day, Status.BOOKED, {})
    return changes.move(VISITS, booking, where, at=at, via=via, by=by, is_proved=is_proved, reason=reason)


def times_to_move_to(visit: NurseryVisit, at: dt.datetime) -> "list[VisitSlot]":
    """With a place, later than the one it has first; of a trial only those before the first day. None where
    the nursery receives nobody."""
    plans = VisitPlan.objects.receiving().filter(pk=visit.plan_id)
    free = VisitSlot.objects.open().upcoming(at).with_places_left().filter(plan__in=plans)
    if visit.application:
        first = first_stay(visit.application, visit.plan)
        free = free.filter(day__lt=first) if first else free.none()
    found = list(free.exclude(pk=visit.slot_id).select_related("plan__facility").order_by("starts_at"))
    return sorted(found, key=lambda slot: (slot.starts_at < visit.starts_at, slot.starts_at))


TRIES = 5
TRY_NEXT = ("full", "slot_closed", "slot_past")


def move_to_next_time(*, booking: NurseryVisit, at: dt.datetime, by: User, reason: str) -> NurseryVisit:
    """For one whose time no longer takes place.

    Refuses: reason_missing, reason_too_long, not_stranded, no_time, and as `move_visit`.
    """
    reason = checked_reason(reason)
    if not NurseryVisit.objects.stranded(at).filter(pk=booking.pk).exists():
        raise ValidationError(_("This booking takes place: it stays as it is."), code="not_stranded")
    for slot in times_to_move_to(booking, at)[:TRIES]:
        try:
            return move_visit(booking=booking, slot=slot, at=at, via="phone", by=by, reason=reason)
        except ValidationError as refusal:
            if refusal.code not in TRY_NEXT:
                raise
    raise ValidationError(
        _("No other time is free: it stays in this list. Add times, or call it off."), code="no_time"
    )


def end_trials(application: Application, at: dt.datetime, by: User | None) -> None:
    """Of a child that no longer has the place: its time is free for another family. The caller holds the
    application's row."""
    rows = NurseryVisit.objects.live().filter(application=application)
    for visit in rows.select_related("slot", "community", "plan__facility", "resident__login"):
        changes.free_place(VISITS, visit, Status.CANCELLED, at=at, by=by, details={"because": "no_place"})
        notify_of_change(VISITS, visit, "cancelled", at)


@transaction.atomic
def end_visits_of(resident: Resident, at: dt.datetime, by: User) -> None:
    """Of somebody who has died."""
    for visit in NurseryVisit.objects.live().filter(resident=resident).select_related("slot"):
        changes.free_place(VISITS, visit, Status.CANCELLED, at=at, by=by, details={"because": "died"})


# What became of it ------------------------------------------------------------------------------------------


def record_arrival(*, booking: NurseryVisit, at: dt.datetime, by: User) -> NurseryVisit:
    """Refuses: too_early (before its day), already_came, not_possible."""
    return record_outcome(booking, Status.CAME, at, by)


def record_family_absence(*, booking: NurseryVisit, at: dt.datetime, by: User) -> NurseryVisit:
    """Refuses: too_early (it has not begun), already_not_come, not_possible."""
    if booking.starts_at > at:
        raise ValidationError(_("It has not begun yet."), code="too_early")
    return record_outcome(booking, Status.NOT_COME, at, by)


@transaction.atomic
def record_outcome(booking: NurseryVisit, to: str, at: dt.datetime, by: User) -> NurseryVisit:
    if booking.day > localdate(at):
        raise ValidationError(_("It has not begun yet."), code="too_early")
    change_status(
        booking,
        verb=f"nursery_visit_{to}",
        allowed=[Status.BOOKED, Status.OVER],
        to=to,
        at=at,
        by=by,
    )
    return booking


def undo_outcome(*, booking: NurseryVisit, at: dt.datetime, by: User) -> NurseryVisit:
    """Refuses: too_late (of another day), not_possible, changed_meanwhile, already_booked."""
    return changes.undo(VISITS, booking, Status.BOOKED, allowed=[Status.CAME, Status.NOT_COME], at=at, by=by)


def close_unrecorded_visits(*, at: dt.datetime) -> int:
    """Of earlier days: else nobody of the family could book again. Returns their number."""
    rows = NurseryVisit.objects.unrecorded(localdate(at)).order_by("pk")
    return sum(close_visit(visit, at) for visit in rows)


@transaction.atomic
def close_visit(visit: NurseryVisit, at: dt.datetime) -> bool:
    try:
        change_status(
            visit, verb="nursery_visit_over", allowed=[Status.BOOKED], to=Status.OVER, at=at, by=None
        )
    except ValidationError:  # moved or recorded meanwhile
        return False
    return True
