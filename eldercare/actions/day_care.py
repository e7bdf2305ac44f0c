"""Day care: the agreement, both halves of a day, arrival and leaving."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Resident, User
from circle.permissions.on_behalf import refuse_gone
from eldercare.actions.bookings import book_slot, day_of
from eldercare.actions.checks import refuse_not_yours
from eldercare.models import CareBooking, CareKind, CareSlot, DayAgreement, DayStay
from eldercare.models.day_care import MOST_COLLECTORS, NAME_LENGTH

HERE = [CareBooking.Status.CONFIRMED, CareBooking.Status.ASSIGNED, CareBooking.Status.IN_SERVICE]


@transaction.atomic
def sign_agreement(
    *,
    resident: Resident,
    kind: CareKind,
    signed_on: dt.date,
    at: dt.datetime,
    by: User,
    until: dt.date | None = None,
    collectors: Sequence[str] = (),
    may_leave_alone: bool = False,
) -> DayAgreement:
    """Enter what was signed on paper.

    Refuses: resident_gone, other_community, day_in_future, day_past, nobody_collects, too_many_collectors,
    name_too_long, already_signed.
    """
    refuse_gone(resident)
    if kind.community_id != resident.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if signed_on > day_of(at):
        raise ValidationError(_("Enter it once it is signed."), code="day_in_future")
    if until and until < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    row = DayAgreement(
        community_id=resident.community_id,
        kind=kind,
        resident=resident,
        signed_on=signed_on,
        until=until,
        collectors=checked_collectors(collectors, may_leave_alone=may_leave_alone),
        may_leave_alone=may_leave_alone,
        entered_at=at,
        entered_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(
            _("This person has an agreement already. Change or end that one."), code="already_signed"
        ) from clash
    record(verb="agreement_signed", subject=row, community=row.community_id, at=at, actor=by)
    return row


def checked_collectors(names: Sequence[str], *, may_leave_alone: bool) -> list[str]:
    """Refuses: nobody_collects, too_many_collectors, name_too_long."""
    found = list(dict.fromkeys(name for name in (" ".join(each.split()) for each in names) if name))
    if not found and not may_leave_alone:
        raise ValidationError(
            _("Say who may collect, or that the elder may leave alone."), code="nobody_collects"
        )
    if len(found) > MOST_COLLECTORS:
        raise ValidationError(
            _("At most %(most)s people."), code="too_many_collectors", params={"most": MOST_COLLECTORS}
        )
    if any(len(name) > NAME_LENGTH for name in found):
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="name_too_long",
            params={"length": NAME_LENGTH},
        )
    return found


@transaction.atomic
def change_collectors(
    *, agreement: DayAgreement, collectors: Sequence[str], may_leave_alone: bool, at: dt.datetime, by: User
) -> DayAgreement:
    """Who may collect from now on.

    Refuses: nobody_collects, too_many_collectors, name_too_long, not_possible (it has ended).
    """
    names = checked_collectors(collectors, may_leave_alone=may_leave_alone)
    rows = DayAgreement.objects.live().filter(pk=agreement.pk)
    if not rows.update(collectors=names, may_leave_alone=may_leave_alone):
        raise ValidationError(_("This agreement has ended."), code="not_possible")
    agreement.refresh_from_db()
    record(verb="collectors_changed", subject=agreement, community=agreement.community_id, at=at, actor=by)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: DayAgreement, at: dt.datetime, by: User) -> DayAgreement:
    """No day is booked under it any more; booked ones stay. A second time changes nothing."""
    if DayAgreement.objects.live().filter(pk=agreement.pk).update(ended_at=at):
        record(verb="agreement_ended", subject=agreement, community=agreement.community_id, at=at, actor=by)
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def book_whole_day(*, slot: CareSlot, **asked: Any) -> CareBooking:
    """Both halves of the day, or none of them; the first is returned.

    Refuses: as `book_slot`, and no_other_half.
    """
    others = CareSlot.objects.open().filter(kind=slot.kind_id, day=slot.day).exclude(pk=slot.pk)
    halves = sorted([slot, *others.select_related("kind")], key=lambda each: each.starts_at)
    if len(halves) < 2 or not slot.kind.is_halved:
        raise ValidationError(_("This day has one half only. Book that."), code="no_other_half")
    first, *_rest = [book_slot(slot=half, **asked) for half in halves[:2]]
    return first


@transaction.atomic
def record_arrival(*, booking: CareBooking, at: dt.datetime, by: User) -> DayStay:
    """The elder is at the station now. A second time changes nothing.

    Refuses: not_yours, wrong_day, not_possible (not confirmed, or over).
    """
    refuse_not_yours(booking, by)
    booking.refresh_from_db(fields=["status", "day"])
    if booking.day != day_of(at):
        raise ValidationError(_("Care begins on its day."), code="wrong_day")
    if booking.status not in HERE:
        raise ValidationError(_("This day is not confirmed, or over."), code="not_possible")
    stay, is_new = DayStay.objects.get_or_create(
        booking=booking, defaults={"community_id": booking.community_id, "came_at": at, "entered_by": by}
    )
    if is_new:
        record(verb="day_came", subject=booking, community=booking.community_id, at=at, actor=by)
    return stay


@transaction.atomic
def record_leaving(*, booking: CareBooking, left_with: str, at: dt.datetime, by: User) -> DayStay:
    """The elder leaves with somebody of the agreement; alone with an empty name, where that was agreed.

    Refuses: not_yours, not_here (never came), already_left, not_collector, not_alone, agreement_missing.
    """
    refuse_not_yours(booking, by)
    signed = DayAgreement.objects.in_force(day_of(at)).filter(
        kind=booking.kind_id, resident=booking.resident_id
    )
    agreement = signed.first()
    if agreement is None:
        raise ValidationError(_("No agreement is in force."), code="agreement_missing")
    if left_with and left_with not in agreement.collectors:
        raise ValidationError(
            _("This person may not collect. Phone the family first, and enter them in the agreement."),
            code="not_collector",
        )
    if not left_with and not agreement.may_leave_alone:
        raise ValidationError(_("The elder may not leave alone."), code="not_alone")
    stays = DayStay.objects.filter(booking=booking)
    values = {"left_at": at, "left_with": left_with, "left_alone": not left_with}
    if not stays.filter(left_at=None, came_at__lte=at).update(**values):
        if stays.exists():
            raise ValidationError(_("It is entered already that they left."), code="already_left")
        raise ValidationError(_("Nobody has entered that they came."), code="not_here")
    record(verb="day_left", subject=booking, community=booking.community_id, at=at, actor=by)
    return stays.get()
