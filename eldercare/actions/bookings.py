"""Bookings and requests of care, up to cancellation and reminder."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.actions import require_consent
from circle.audit.log import record
from circle.booking import changes
from circle.booking.change_rules import notify_of_change
from circle.booking.slots import claim, refuse_if_unavailable
from circle.booking.transitions import checked_reason
from circle.calendar.opening_hours import is_closed_on
from circle.calendar.working_days import SHANGHAI, Calendar
from circle.models import Facility, Mandate, Resident, User, Via
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_for
from circle.proximity.nearby import facility_timetable
from eldercare.actions.answers import CONSENT, Answers, checked_answers, has_health_answers
from eldercare.actions.care_rules import CARE, already_booked_error, busy_error, clash_error
from eldercare.actions.eligibility import exception_made, refuse_unfit_person
from eldercare.actions.taken_times import take_elder
from eldercare.models import Arrangement, CareBooking, CareKind, CareSlot, DayAgreement
from eldercare.models.bookings import LIVE

Status = CareBooking.Status


@transaction.atomic
def book_slot(
    *,
    kind: CareKind,
    slot: CareSlot,
    resident: Resident,
    answers: Answers,
    via: str,
    at: dt.datetime,
    by: User,
    age_reason: str = "",
) -> CareBooking:
    """Book a place of this time for the elder; the coordinator confirms it later.

    `age_reason`: why staff book it for somebody whom it is not meant for, by age or grade.
    Refuses: not_bookable, wrong_slot, other_community, too_far_ahead (online), not_allowed (`by` may not act
    for the elder), resident_gone, not_for_age, not_eligible (the grade of the kind), need_unknown,
    precondition, address_missing, note_too_long, consent_missing, agreement_missing, already_booked (one of
    this kind on a day, or on a half of it), busy (another kind at that time), resident_busy (a part of that
    time), slot_closed, slot_past, full.
    """
    refuse_not_bookable(kind, Arrangement.BOOKING)
    if slot.kind_id != kind.pk:
        raise ValidationError(_("This time is for another kind of care."), code="wrong_slot")
    mandate = check_person(kind, resident, via, by)
    reason = refuse_unfit_person(kind, resident, via=via, at=at, reason=age_reason)
    if via == Via.ONLINE:
        refuse_far_ahead(kind, slot.day, at)
    asked = Asked(kind, resident, mandate, answers, via, at, by, reason)
    return book_place(asked, slot)


def book_place(asked: "Asked", slot: CareSlot, **more: Any) -> CareBooking:
    """The booking with its place of this time; whether the person may have it was asked before.

    Refuses: need_unknown, precondition, address_missing, note_too_long, agreement_missing, already_booked,
    busy, consent_missing, resident_busy, slot_closed, slot_past, full.
    """
    columns = checked_answers(asked.kind, asked.answers)
    columns |= {"slot": slot, "day": slot.day, "starts_at": slot.starts_at}
    columns["part"] = asked.kind.part_of(slot.starts_at)
    refuse_without_agreement(asked.kind, asked.resident, slot.day)
    refuse_double_booking(asked.kind, asked.resident, slot.day, slot.starts_at)
    refuse_without_consent(asked)
    coming = Q(starts_at__gt=asked.at)
    if not (slot.left and slot.is_open):  # as it was read: then the writes are not worth beginning
        refuse_if_unavailable(slot, coming)
    try:
        with transaction.atomic():
            booking = create_booking(asked, columns, **more)
            take_elder(booking)
            claim(slot, coming)
    except IntegrityError as clash:  # another booking of this elder came in between
        raise clash_error(clash) from clash
    return booking


@transaction.atomic
def request_care(
    *,
    kind: CareKind,
    resident: Resident,
    answers: Answers,
    via: str,
    at: dt.datetime,
    by: User,
    day: dt.date | None = None,
    age_reason: str = "",
) -> CareBooking:
    """Request care on a day, or without one where staff agree on it by phone.

    Refuses: not_bookable, other_community, day_past, too_far_ahead, day_closed (of the kind's place),
    not_allowed, resident_gone, not_for_age, not_eligible, need_unknown, precondition, address_missing,
    note_too_long, consent_missing, already_booked.
    """
    refuse_not_bookable(kind, Arrangement.REQUEST)
    mandate = check_person(kind, resident, via, by)
    reason = refuse_unfit_person(kind, resident, via=via, at=at, reason=age_reason)
    if day:
        refuse_past(day, at)
        refuse_far_ahead(kind, day, at)
        refuse_closed_day(kind, day, at)
    return book_day(Asked(kind, resident, mandate, answers, via, at, by, reason), day)


def book_day(asked: "Asked", day: dt.date | None, **more: Any) -> CareBooking:
    """The request for that day; whether the person may have it was asked before.

    Refuses: need_unknown, precondition, address_missing, note_too_long, already_booked, consent_missing.
    """
    columns = checked_answers(asked.kind, asked.answers) | {"day": day}
    refuse_double_booking(asked.kind, asked.resident, day, None)
    refuse_without_consent(asked)
    try:
        with transaction.atomic():
            return create_booking(asked, columns, **more)
    except IntegrityError as clash:
        raise clash_error(clash) from clash


@dataclass(frozen=True)
class Asked:
    """Who is to have which care, and who asked for it under what mandate."""

    kind: CareKind
    resident: Resident
    mandate: Mandate | None
    answers: Answers
    via: str
    at: dt.datetime
    by: User
    age_reason: str = ""


def create_booking(
    asked: Asked, columns: dict[str, Any], *, status: str = Status.REQUESTED, series: int | None = None
) -> CareBooking:
    """With its audit record. Of one that a series lays out nobody is told: the series was told of once."""
    kind, at = asked.kind, asked.at
    lock_mandate(asked.mandate, at)
    booking = CareBooking.objects.create(
        community_id=kind.community_id,
        kind=kind,
        way=kind.way,
        crew_size=kind.crew_size,
        needs_check=kind.is_checked,
        resident=asked.resident,
        status=status,
        status_at=at,
        via=asked.via,
        booked_at=at,
        booked_by=asked.by,
        mandate=asked.mandate,
        age_reason=asked.age_reason,
        **columns,
    )
    of_series: dict[str, Any] = {"series": series} if series else {}
    record(
        verb="care_requested",
        subject=booking,
        community=booking.community_id,
        at=at,
        actor=None if series else asked.by,
        after=booking.status,
        kind=kind.code,
        via=asked.via,
        **of_series,
        **mandate_details(asked.mandate),
        **exception_made(booking, day_of(at)),
    )
    if series is None:
        notify_of_change(CARE, booking, "requested", at)
    return booking


def refuse_not_bookable(kind: CareKind, arrangement: Arrangement) -> None:
    if not kind.is_active or kind.way != arrangement:
        raise ValidationError(_("This kind of care cannot be asked for like this."), code="not_bookable")


def check_person(kind: CareKind, resident: Resident, via: str, by: User) -> Mandate | None:
    """The mandate under which `by` acts, if it is not their own booking and they are not staff."""
    if resident.community_id != kind.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    return mandate_for(
        by=by,
        resident=resident,
        scope=kind.scope_of(by, resident),
        via=via,
        staff_permission="eldercare.add_carebooking",
    )


def refuse_without_consent(asked: Asked) -> None:
    """Data on health is stored with the elder's consent only, which is asked once.

    Refuses: consent_missing.
    """
    if asked.kind.is_checked or has_health_answers(asked.answers):
        require_consent(
            purpose=CONSENT,
            resident=asked.resident,
            consents=asked.answers.consents,
            via=asked.via,
            at=asked.at,
            by=asked.by,
        )


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


def refuse_without_agreement(kind: CareKind, resident: Resident, day: dt.date) -> None:
    if (
        not kind.needs_agreement
        or DayAgreement.objects.in_force(day).filter(kind=kind, resident=resident).exists()
    ):
        return
    raise ValidationError(
        _("Before the first day an agreement is signed. Please phone %(phone)s or come to the station."),
        code="agreement_missing",
        params={"phone": kind.community.phone},
    )


def refuse_double_booking(
    kind: CareKind,
    resident: Resident,
    day: dt.date | None,
    starts_at: dt.datetime | None,
    own: CareBooking | None = None,
) -> None:
    """Asked before the lock, for a quick answer; the unique constraints decide. `own`: what is moved."""
    live = CareBooking.objects.filter(resident=resident, status__in=LIVE)
    if own:
        live = live.exclude(pk=own.pk)
    if live.filter(kind=kind, day=day, part=kind.part_of(starts_at)).exists():
        raise already_booked_error()
    if starts_at and live.filter(starts_at=starts_at).exists():
        raise busy_error()


def cancel_booking(
    *,
    booking: CareBooking,
    at: dt.datetime,
    via: str,
    by: User | None = None,
    is_proved: bool = False,
    is_told: bool = True,
) -> CareBooking:
    """Cancel at the elder's wish: online until the kind's deadline, by staff until it has an outcome.

    `is_proved`: phone number and booking code stand for the person, whoever is signed in; `by` may be None.
    `is_told`: not where one message tells of several.
    Refuses: too_late, already_cancelled, not_possible (done, not at home, called off), changed_meanwhile,
    not_allowed (online `by` may not act for the elder, or the mandate has ended meanwhile).
    """
    return changes.cancel(CARE, booking, at=at, via=via, by=by, is_proved=is_proved, is_told=is_told)


def revoke_booking(
    *, booking: CareBooking, at: dt.datetime, by: User, reason: str, is_told: bool = True
) -> CareBooking:
    """Cancel it from our side, and notify the elder of the reason.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible, changed_meanwhile.
    """
    return changes.revoke(CARE, booking, at=at, by=by, reason=checked_reason(reason), is_told=is_told)


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(SHANGHAI).date()
