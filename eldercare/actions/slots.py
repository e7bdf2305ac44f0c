"""Care times: laid out from the shifts of each kind, the calendar and the closures of its place."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from circle.booking.layout import Turn, lay_out
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Community
from eldercare.models import Arrangement, CareKind, CareSlot
from eldercare.models.hours import Terms, hours_of, with_hours

EMPTY_SLOT_RETENTION = dt.timedelta(days=60)


def lay_out_slots(*, community: Community, at: dt.datetime) -> int:
    """Create the missing times of the shifts or, without any, of the place; returns the number created.

    Six queries where nothing has changed since the last time, however many kinds there are.
    """
    booked = CareKind.objects.filter(community=community, way=Arrangement.BOOKING, is_active=True)
    kinds = list(with_hours(booked, at))
    today = at.astimezone(SHANGHAI).date()
    reach = max((kind.days_ahead for kind in kinds), default=0)
    # From yesterday on, whose night may not be over.
    calendar = Calendar.load_days(today - ONE_DAY, today + dt.timedelta(days=reach))
    return sum(_lay_out_kind(kind, calendar, at) for kind in kinds)


def _lay_out_kind(kind: CareKind, calendar: Calendar, at: dt.datetime) -> int:
    return lay_out(
        owner=kind,
        hours=hours_of(kind, calendar, kind.days_ahead + 1),
        first=calendar.first,
        coming=CareSlot.objects.filter(kind=kind).upcoming(at),
        wanted=partial(_slots_of_turn, kind),
        key=lambda slot: slot.starts_at,
        at=at,
    )


def _slots_of_turn(kind: CareKind, turn: Turn[Terms]) -> Iterator[CareSlot]:
    yield CareSlot(
        community_id=kind.community_id,
        kind=kind,
        day=turn.starts_at.date(),
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        capacity=turn.terms.places,
    )


def forget_empty_slots(*, at: dt.datetime) -> int:
    """Delete times that are long over and were never booked; returns the number deleted."""
    return CareSlot.objects.filter(ends_at__lt=at - EMPTY_SLOT_RETENTION, bookings=None).delete()[0]
