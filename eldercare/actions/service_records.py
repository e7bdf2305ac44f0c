"""The record of care that was given: begun by both, what was done, and the elder's word."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.images.drawings import safe_drawing
from circle.models import User, within_posts
from eldercare.actions.checks import refuse_not_yours
from eldercare.actions.in_service import begin_care
from eldercare.actions.outcomes import complete_booking
from eldercare.actions.own_codes import check_own_code, may_have_codes, who_confirms
from eldercare.models import CareBooking, DrawnSignature, ServiceRecord
from eldercare.models.bookings import CHANGE

Signature = ServiceRecord.Signature


def begin_together(*, booking: CareBooking, code: str, at: dt.datetime, by: User) -> CareBooking:
    """As `begin_care`; where two give it, the other one types the own code on the same phone.

    Where the other one can have no code, it is recorded that nobody confirmed.
    Refuses: what `begin_care` refuses; code_missing, code_blocked, code_wrong.
    """
    second = who_confirms(booking, by)
    if second:
        check_own_code(second, booking.community_id, code)
    with transaction.atomic():
        begin_care(booking=booking, at=at, by=by)
        about: dict[str, Any] = {"subject": booking, "community": booking.community_id, "at": at}
        if second:
            CareBooking.objects.filter(pk=booking.pk).update(second_at=at)
            booking.second_at = at
            record(verb="care_second_confirmed", actor=second, **about)
        elif booking.crew_size > 1 and booking.has_in_crew(by):
            record(verb="care_second_unconfirmed", actor=by, **about)
    return booking


@transaction.atomic
def finish_care(
    *,
    booking: CareBooking,
    done: Collection[str],
    signature: str,
    at: dt.datetime,
    by: User,
    drawing: str = "",
) -> CareBooking:
    """As `complete_booking`, with what was done and how the elder agrees.

    `drawing`: what the elder drew on the phone, as a data URL; of no other signature is one stored.
    Refuses: what `complete_booking` and `safe_drawing` refuse; task_unknown, nothing_done, signature_missing,
    second_missing (the second carer did not confirm with the own code, and `by` does not coordinate it).
    """
    refuse_unconfirmed(booking, by)
    tasks = checked_tasks(booking, done)
    if signature not in Signature.values:
        raise ValidationError(_("Say how the elder agrees."), code="signature_missing")
    image = safe_drawing(drawing) if signature == Signature.GLASS else b""
    began_at = booking.began_at or booking.starts_at or at
    complete_booking(booking=booking, at=at, by=by)
    is_signed = signature != Signature.CALL
    made = ServiceRecord.objects.create(
        booking=booking,
        began_at=min(began_at, at),
        ended_at=at,
        done=tasks,
        signature=signature,
        signed_at=at if is_signed else None,
        signed_to=by if is_signed else None,
    )
    if image:
        DrawnSignature.objects.create(community_id=booking.community_id, record=made, image=image)
    return booking


def refuse_unconfirmed(booking: CareBooking, by: User) -> None:
    booking.refresh_from_db(fields=["second_at"])
    if booking.crew_size == 1 or booking.second_at or len(may_have_codes(booking)) < booking.crew_size:
        return
    if not is_coordinated_by(booking, by):
        raise ValidationError(
            _("The second carer has not confirmed with the own code. The station enters the end."),
            code="second_missing",
        )


def is_coordinated_by(booking: CareBooking, user: User) -> bool:
    return CareBooking.objects.filter(within_posts(user, CHANGE), pk=booking.pk).exists()


def checked_tasks(booking: CareBooking, done: Collection[str]) -> list[str]:
    """Their codes; refuses: task_unknown, nothing_done."""
    known = {each.code for each in booking.kind.tasks}
    if set(done) - known:
        raise ValidationError(_("This is not done in this kind of care."), code="task_unknown")
    if known and not done:
        raise ValidationError(_("Say what was done."), code="nothing_done")
    return sorted(done)


@transaction.atomic
def close_forgotten(
    *, booking: CareBooking, ended_at: dt.datetime, reason: str, at: dt.datetime, by: User
) -> CareBooking:
    """Nobody entered the end of care that began: the coordinator does, and the elder is called back.

    Refuses: what `complete_booking` refuses; reason_missing, reason_too_long, not_forgotten (its time is not
    over), time_wrong (before it began, or after now).
    """
    reason = checked_reason(reason)
    booking.refresh_from_db(fields=["status", "began_at"])
    if not is_forgotten(booking, at):
        raise ValidationError(_("Its time is not over yet."), code="not_forgotten")
    if booking.began_at is None or not booking.began_at <= ended_at <= at:
        raise ValidationError(_("It ended after it began, and before now."), code="time_wrong")
    complete_booking(booking=booking, at=at, by=by)
    ServiceRecord.objects.create(
        booking=booking,
        began_at=booking.began_at,
        ended_at=ended_at,
        signature=Signature.CALL,
        closed_by=by,
        reason=reason,
    )
    return booking


def is_forgotten(booking: CareBooking, at: dt.datetime) -> bool:
    """In service although its time, or without one its day, is over."""
    if booking.status != CareBooking.Status.IN_SERVICE or booking.day is None:
        return False
    return booking.slot.ends_at <= at if booking.slot else booking.day < localdate(at)


@transaction.atomic
def confirm_by_call(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """The elder said on the telephone that the care was given as written. A second call changes nothing.

    Refuses: not_yours, not_possible (nothing waits for a call).
    """
    refuse_not_yours(booking, by)
    rows = ServiceRecord.objects.filter(booking=booking, signature=Signature.CALL)
    if rows.filter(signed_at=None).update(signed_at=at, signed_to=by):
        record(
            verb="care_confirmed_by_call", subject=booking, community=booking.community_id, at=at, actor=by
        )
    elif not rows.exists():
        raise ValidationError(_("Nothing waits for a call here."), code="not_possible")
    return booking


@transaction.atomic
def record_dispute(*, booking: CareBooking, reason: str, at: dt.datetime, by: User) -> CareBooking:
    """The elder said on the telephone that the care was not given as written; `confirm_by_call` clears it up.

    Refuses: reason_missing, reason_too_long, not_yours (`by` does not coordinate the care), not_possible
    (nothing waits for a call).
    """
    reason = checked_reason(reason)
    if not is_coordinated_by(booking, by):
        raise ValidationError(_("The coordinator takes this down."), code="not_yours")
    rows = ServiceRecord.objects.filter(booking=booking, signature=Signature.CALL, signed_at=None)
    if not rows.filter(disputed_at=None).update(disputed_at=at, dispute=reason):
        raise ValidationError(_("Nothing waits for a call here."), code="not_possible")
    record(verb="care_disputed", subject=booking, community=booking.community_id, at=at, actor=by)
    return booking
