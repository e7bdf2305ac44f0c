"""Care times: laid out from the shifts of each kind, the calendar and the closures of its place."""

import datetime as dt

from django.db.models import Prefetch

from circle.booking.shifts import shift_spans, shift_turns
from circle.booking.slots import is_overlapping, sync_slots
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Community, Facility
from circle.proximity.nearby import facility_timetable
from eldercare.models import Arrangement, CareKind, CareShift, CareSlot

EMPTY_SLOT_RETENTION = dt.timedelta(days=60)


def lay_out_slots(*, community: Community, at: dt.datetime) -> int:
    """Create the missing times of the shifts; returns the number created."""
    kinds = list(
        CareKind.objects.filter(
            community=community, way=Arrangement.BOOKING, is_active=True
        ).prefetch_related(
            Prefetch("facility", Facility.objects.with_timetable(at)),
            Prefetch("shifts", CareShift.objects.order_by("slot_minutes", "places")),
        )
    )
    today = at.astimezone(SHANGHAI).date()
    reach = max((kind.days_ahead for kind in kinds), default=0)
    calendar = Calendar.load(today, today + dt.timedelta(days=reach))
    return sum(_lay_out_kind(kind, calendar, at) for kind in kinds)


def _lay_out_kind(kind: CareKind, calendar: Calendar, at: dt.datetime) -> int:
    place = facility_timetable(kind.facility)
    shifts = kind.shifts.all()
    dates = [calendar.first + number * ONE_DAY for number in range(kind.days_ahead + 1)]
    spans = [span for date in dates for span, _shift in shift_spans(shifts, place, calendar, date)]
    wanted: list[CareSlot] = []
    for starts_at, ends_at, shift in shift_turns(shifts, place, calendar, kind.days_ahead):
        slot = CareSlot(
            community_id=kind.community_id,
            kind=kind,
            day=starts_at.date(),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=shift.places,
        )
        same_day = (other for other in wanted if other.day == slot.day)
        # Of two shifts that overlap the first counts.
        if starts_at > at and not any(is_overlapping(slot, other) for other in same_day):
            wanted.append(slot)
    return sync_slots(
        coming=CareSlot.objects.filter(kind=kind).upcoming(at),
        wanted={slot.starts_at: slot for slot in wanted},
        key=lambda slot: slot.starts_at,
        spans=spans,
    )


def forget_empty_slots(*, at: dt.datetime) -> int:
    """Delete times that are long over and were never booked; returns the number deleted."""
    return CareSlot.objects.filter(ends_at__lt=at - EMPTY_SLOT_RETENTION, bookings=None).delete()[0]
