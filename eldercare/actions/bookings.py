"""Bookings and requests of care, up to cancellation and reminder."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import require_consent
from circle.audit.log import record
from circle.booking.reminders import due_reminders
from circle.booking.slots import claim, lock_slots
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.opening_hours import clock_text, is_closed_on
from circle.calendar.working_days import SHANGHAI, Calendar
from circle.models import Facility, Mandate, Resident, User, Via
from circle.notifications import Value, notify
from circle.permissions.age_bands import exception_details, refuse_unsuited
from circle.permissions.on_behalf import (
    lock_mandate,
    login_to_notify,
    mandate_details,
    mandate_for,
    mandate_to_represent,
)
from circle.proximity.nearby import facility_timetable
from eldercare.actions.answers import CONSENT, Answers, checked_answers, has_health_answers
from eldercare.actions.messages import booking_values, notify_released_crew
from eldercare.models import Arrangement, CareBooking, CareKind, CareSlot
from eldercare.models.bookings import LIVE, TO_COME, stranded_at

Status = CareBooking.Status


@transaction.atomic
def book_slot(
    *,
    kind: CareKind,
    slot: CareSlot,
    elder: Resident,
    answers: Answers,
    via: str,
    at: dt.datetime,
    by: User,
    age_reason: str = "",
) -> CareBooking:
    """Book a place of this time for the elder; the coordinator confirms it later.

    `age_reason`: why staff book it for somebody whose age it is not meant for.
    Refuses: not_bookable, wrong_slot, other_community, too_far_ahead (online), not_allowed (`by` may not act
    for the elder), resident_gone, not_for_age, need_unknown, precondition, address_missing, note_too_long,
    consent_missing, already_booked (one of this kind on a day), busy (another kind at that time),
    slot_closed, slot_past, full.
    """
    refuse_not_bookable(kind, Arrangement.BOOKING)
    if slot.kind_id != kind.pk:
        raise ValidationError(_("This time is for another kind of care."), code="wrong_slot")
    mandate = check_person(kind, elder, via, by)
    reason = refuse_unsuited(kind.age_bands, elder, via=via, at=at, reason=age_reason)
    if via == Via.ONLINE:
        refuse_far_ahead(kind, slot.day, at)
    columns = checked_answers(kind, answers) | {"slot": slot, "day": slot.day, "starts_at": slot.starts_at}
    columns["age_reason"] = reason
    refuse_double_booking(kind, elder, slot.day, slot.starts_at)
    refuse_without_consent(kind, elder, answers, via, at, by)
    try:
        with transaction.atomic():
            claim(slot, Q(starts_at__gt=at))
            booking = create_booking(kind, elder, mandate, via, at, by, columns)
    except IntegrityError as clash:  # another booking of this elder came in between
        raise clash_error(kind, elder, slot.day, slot.starts_at) from clash
    return booking


@transaction.atomic
def request_care(
    *,
    kind: CareKind,
    elder: Resident,
    answers: Answers,
    via: str,
    at: dt.datetime,
    by: User,
    day: dt.date | None = None,
    age_reason: str = "",
) -> CareBooking:
    """Request care on a day, or without one where staff agree on it by phone.

    Refuses: not_bookable, other_community, day_past, too_far_ahead, day_closed (of the kind's place),
    not_allowed, resident_gone, not_for_age, need_unknown, precondition, address_missing, note_too_long,
    consent_missing, already_booked.
    """
    refuse_not_bookable(kind, Arrangement.REQUEST)
    mandate = check_person(kind, elder, via, by)
    reason = refuse_unsuited(kind.age_bands, elder, via=via, at=at, reason=age_reason)
    if day:
        refuse_past(day, at)
        refuse_far_ahead(kind, day, at)
        refuse_closed_day(kind, day, at)
    columns = checked_answers(kind, answers) | {"day": day, "age_reason": reason}
    refuse_double_booking(kind, elder, day, None)
    refuse_without_consent(kind, elder, answers, via, at, by)
    try:
        with transaction.atomic():
            return create_booking(kind, elder, mandate, via, at, by, columns)
    except IntegrityError as clash:
        raise already_booked_error() from clash


def create_booking(
    kind: CareKind,
    elder: Resident,
    mandate: Mandate | None,
    via: str,
    at: dt.datetime,
    by: User,
    columns: dict[str, Any],
) -> CareBooking:
    lock_mandate(mandate, at)
    booking = CareBooking.objects.create(
        community_id=kind.community_id,
        kind=kind,
        way=kind.way,
        crew_size=kind.crew_size,
        needs_check=kind.is_checked,
        elder=elder,
        status_at=at,
        via=via,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
        **columns,
    )
    record(
        verb="care_requested",
        subject=booking,
        community=booking.community_id,
        at=at,
        actor=by,
        after=booking.status,
        kind=kind.code,
        via=via,
        **mandate_details(mandate),
        **exception_details(booking.age_reason),
    )
    notify_booking(booking, "care_requested", at)
    return booking


def refuse_not_bookable(kind: CareKind, arrangement: Arrangement) -> None:
    if not kind.is_active or kind.way != arrangement:
        raise ValidationError(_("This kind of care cannot be asked for like this."), code="not_bookable")


def check_person(kind: CareKind, elder: Resident, via: str, by: User) -> Mandate | None:
    """The mandate under which `by` acts, if it is not their own booking and they are not staff."""
    if elder.community_id != kind.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    return mandate_for(
        by=by,
        resident=elder,
        scope=kind.scope_of(by, elder),
        via=via,
        staff_permission="eldercare.add_carebooking",
    )


def refuse_without_consent(
    kind: CareKind, elder: Resident, answers: Answers, via: str, at: dt.datetime, by: User
) -> None:
    """Data on health is stored with the elder's consent only, which is asked once.

    Refuses: consent_missing.
    """
    if kind.is_checked or has_health_answers(answers):
        require_consent(purpose=CONSENT, resident=elder, consents=answers.consents, via=via, at=at, by=by)


def refuse_past(day: dt.date, at: dt.datetime) -> None:
    if day < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")


def refuse_far_ahead(kind: CareKind, day: dt.date, at: dt.datetime) -> None:
    if day > day_of(at) + dt.timedelta(days=kind.days_ahead):
        raise ValidationError(
            _("This can be asked for %(days)s days ahead, not earlier."),
            code="too_far_ahead",
            params={"days": kind.days_ahead},
        )


def refuse_closed_day(kind: CareKind, day: dt.date, at: dt.datetime) -> None:
    place = Facility.objects.with_timetable(at).get(pk=kind.facility_id)
    if is_closed_on(facility_timetable(place), Calendar.load(day, day), day):
        raise ValidationError(_("The place is closed on that day. Please choose another."), code="day_closed")


def refuse_double_booking(
    kind: CareKind, elder: Resident, day: dt.date | None, starts_at: dt.datetime | None
) -> None:
    """Asked before the lock, for a quick answer; the unique constraints decide."""
    live = CareBooking.objects.filter(elder=elder, status__in=LIVE)
    if live.filter(kind=kind, day=day).exists():
        raise already_booked_error()
    if starts_at and live.filter(starts_at=starts_at).exists():
        raise busy_error()


def clash_error(kind: CareKind, elder: Resident, day: dt.date, starts_at: dt.datetime) -> ValidationError:
    same = CareBooking.objects.filter(elder=elder, status__in=LIVE, kind=kind, day=day)
    return already_booked_error() if same.exists() else busy_error()


def already_booked_error() -> ValidationError:
    return ValidationError(
        _("This kind of care is already arranged for this person and day."), code="already_booked"
    )


def busy_error() -> ValidationError:
    return ValidationError(_("Something else is booked for this person at this time."), code="busy")


@transaction.atomic
def cancel_booking(*, booking: CareBooking, at: dt.datetime, via: str, by: User) -> CareBooking:
    """Cancel at the elder's wish: online until the kind's deadline, by staff until it has an outcome.

    Refuses: too_late, already_cancelled, not_possible (done, not at home, called off), not_allowed (online
    `by` may not act for the elder, or the mandate has ended meanwhile).
    """
    until = booking.cancellable_until(at)
    if via == Via.ONLINE and booking.is_live and at > until and not may_cancel_late(booking, at):
        raise ValidationError(
            _("It could be cancelled here until %(until)s. Please phone us."),
            code="too_late",
            params={"until": format_day_and_time(until)},
        )
    scope = booking.kind.scope_of(by, booking.elder)
    mandate = mandate_to_represent(by, booking.elder, scope) if via == Via.ONLINE else None
    details = {"via": via} | mandate_details(mandate)
    release_booked_place(booking, Status.CANCELLED, at, by, mandate=mandate, details=details)
    notify_booking(booking, "care_cancelled", at)
    return booking


@transaction.atomic
def revoke_booking(*, booking: CareBooking, at: dt.datetime, by: User, reason: str) -> CareBooking:
    """Cancel it from our side, and notify the elder of the reason.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible.
    """
    reason = checked_reason(reason)
    release_booked_place(booking, Status.REVOKED, at, by, reason=reason)
    notify_booking(booking, "care_revoked", at, reason=reason)
    return booking


def release_booked_place(
    booking: CareBooking,
    to: Status,
    at: dt.datetime,
    by: User,
    mandate: Mandate | None = None,
    **more: Any,
) -> None:
    """Cancel or revoke it, release its place and notify the crew.

    The slot is locked first, in the order that booking uses.
    """
    if booking.slot:
        lock_slots(booking.slot)
    lock_mandate(mandate, at)
    change_status(booking, verb=f"care_{to}", allowed=TO_COME, to=to, at=at, by=by, **more)
    if booking.slot:
        booking.slot.give_back(1)
    booking.refresh_from_db(fields=["assigned_to", "assistant"])  # of the row that is locked now
    notify_released_crew(booking, booking.crew, at)


def may_cancel_late(booking: CareBooking, at: dt.datetime) -> bool:
    """Whose time was closed may give up until it would have begun."""
    return CareBooking.objects.stranded(at).filter(pk=booking.pk).exists()


def format_day_and_time(at: dt.datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return gettext("%(day)s, %(time)s") % {
        "day": date_format(local, "MONTH_DAY_FORMAT"),
        "time": clock_text(local),
    }


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(SHANGHAI).date()


def notify_booking(
    booking: CareBooking,
    event: str,
    at: dt.datetime,
    reason: str = "",
    more: Mapping[str, Value] | None = None,
) -> None:
    """Notify the elder, or who acts for them where the elder has no phone; each event once for a booking."""
    notify(
        event=event,
        community=booking.community_id,
        resident=booking.elder,
        user=login_to_notify(booking.elder, booking.mandate, at),
        at=at,
        dedupe=f"{event}:{booking.pk}",
        values={**booking_values(booking, reason), **(more or {})},
    )


def send_reminders(*, at: dt.datetime) -> int:
    """Remind of tomorrow's confirmed bookings, and of today's where the eve was missed; returns their number.

    Once each, and not of what was booked on the eve or later, or confirmed on the day itself.
    """
    due = Q()
    for day, arranged_before in due_reminders(at):
        midnight = dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)
        due |= Q(day=day, booked_at__lt=arranged_before, status_at__lt=midnight)
    noon = dt.datetime.combine(day_of(at), dt.time(12), tzinfo=SHANGHAI)
    is_to_come = Q(starts_at__gt=at) | Q(starts_at=None, day__gt=day_of(at))
    if at < noon:  # of a day without a time it is too late in the afternoon
        is_to_come |= Q(starts_at=None, day=day_of(at))
    rows = CareBooking.objects.filter(
        due, is_to_come, status__in=[Status.CONFIRMED, Status.ASSIGNED], reminded_at=None
    ).select_related("community", "kind", "elder__login", "booked_by")
    rows = rows.exclude(stranded_at(at))  # they hear from staff
    return sum(_remind_one(booking, at) for booking in rows)


@transaction.atomic
def _remind_one(booking: CareBooking, at: dt.datetime) -> bool:
    still = CareBooking.objects.live().filter(pk=booking.pk, reminded_at=None, day=booking.day)
    if not still.update(reminded_at=at):
        return False
    notify_booking(booking, "care_reminder", at)
    return True
