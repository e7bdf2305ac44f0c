"""Dates of a series that could not be booked: the coordinator finds a time, or says why not."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import Building, User
from circle.notifications import Value
from eldercare.actions.answers import Answers, checked_address
from eldercare.actions.bookings import day_of
from eldercare.actions.messages import time_to_tell
from eldercare.actions.series import DateStatus, lock_series, set_booked, try_date
from eldercare.actions.series_changes import record_change, refuse_not_waiting
from eldercare.actions.series_words import noon, tell_of_series
from eldercare.models import CareSeries, CareSlot, SeriesDate

CAUSES = {
    "agreement_missing": _("the agreement is missing or has ended"),
    "already_booked": _("something of this kind is arranged for that day"),
    "already_series": _("something of this kind is arranged for that day"),
    "busy": _("the elder has something else then"),
    "resident_busy": _("the elder has something else then"),
    "consent_missing": _("the consent to health answers is missing"),
    "day_closed": _("the place is closed"),
    "full": _("no place is free"),
    "moved_home": _("the elder has moved"),
    "no_time": _("no time begins then"),
    "not_allowed": _("who asked may not act for the elder any more"),
    "not_bookable": _("this care is not offered any more"),
    "not_eligible": _("the ability grade does not suffice"),
    "not_for_age": _("not for this age"),
    "slot_closed": _("the time is closed"),
    "slot_past": _("the time is over"),
}


def cause_words(row: SeriesDate) -> str:
    return str(CAUSES.get(row.cause, _("it has to be looked at")))


@transaction.atomic
def book_date_again(
    *, row: SeriesDate, at: dt.datetime, by: User, slot: CareSlot | None = None, day: dt.date | None = None
) -> SeriesDate:
    """Book a date that waits, as it was planned or at another time; the elder is told when.

    Refuses: not_possible (it does not wait), wrong_slot, and what `book_slot` and `request_care` refuse.
    """
    lock_series(row.series)
    row.refresh_from_db(fields=["status", "cause", "booking"])
    refuse_not_waiting(row)
    planned = row.day
    if day:
        row.day = day
    booking = try_date(row, at, slot)
    row.day = planned
    set_booked(row, booking, at)
    record(
        verb="series_date_booked",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        after=row.status,
        booking=booking.pk,
    )
    told: dict[str, Value] = {
        "starts_at": time_to_tell(booking) or at,
        "has_time": int(booking.starts_at is not None),
    }
    tell_of_series(row.series, "care_series_date", at, once=f"{row.pk}:{at.isoformat()}", more=told)
    return row


@transaction.atomic
def skip_date(*, row: SeriesDate, at: dt.datetime, by: User, reason: str) -> SeriesDate:
    """Say that it does not take place, and why; the elder is told. A second time is refused.

    Refuses: reason_missing, reason_too_long, not_possible (it does not wait).
    """
    reason = checked_reason(reason)
    lock_series(row.series)
    row.refresh_from_db(fields=["status", "cause"])
    refuse_not_waiting(row)
    row.status, row.status_at, row.reason = DateStatus.SKIPPED, at, reason
    row.save()
    record(
        verb="series_date_skipped", subject=row, community=row.community_id, at=at, actor=by, after=row.status
    )
    more: dict[str, Value] = {"starts_at": noon(row.day), "has_time": 0, "reason": reason}
    tell_of_series(row.series, "care_series_skipped", at, once=str(row.pk), more=more)
    return row


@transaction.atomic
def readdress_series(
    *, series: CareSeries, building: Building | None, door: str, at: dt.datetime, by: User
) -> CareSeries:
    """Where to come from now on; for bookings that are made already nothing changes.

    Refuses: address_missing, other_community.
    """
    lock_series(series)
    columns = checked_address(series.kind, Answers(building=building, door=door))
    series.building, series.door = columns["building"], columns["door"]
    series.address_on = day_of(at)
    series.save(update_fields=["building", "door", "address_on"])
    record_change(series, "series_readdressed", at, by, {})
    return series
