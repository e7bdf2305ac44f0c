"""Slots of counters: generated from opening hours and calendar, places moved between the two shares."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.slots import sync_slots
from circle.calendar.opening_hours import merged_spans, slot_times
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Community, Facility, User
from circle.proximity.nearby import facility_timetable
from services.models import Counter, Slot

EMPTY_SLOT_RETENTION = dt.timedelta(days=60)


def lay_out_slots(*, community: Community, at: dt.datetime) -> int:
    """Create the missing slots of all counters from the places' opening hours; returns the number created.

    A slot that no longer fits (a closure, a holiday, new hours) is closed, and reopened when it fits again;
    one that staff closed stays closed. The places of existing slots are unchanged.
    """
    facilities = Facility.objects.with_timetable(at)
    counters = list(
        Counter.objects.working()
        .filter(community=community)
        .prefetch_related(Prefetch("facility", facilities))
    )
    today = at.astimezone(SHANGHAI).date()
    reach = max((counter.days_ahead for counter in counters), default=0)
    # From yesterday on, whose night may not be over.
    calendar = Calendar.load(today - ONE_DAY, today + dt.timedelta(days=reach))
    return sum(_lay_out_counter(counter, calendar, at) for counter in counters)


def _lay_out_counter(counter: Counter, calendar: Calendar, at: dt.datetime) -> int:
    length = dt.timedelta(minutes=counter.slot_minutes)
    spans = merged_spans(facility_timetable(counter.facility), calendar, counter.days_ahead + 1)
    shares = [(Slot.Channel.ONLINE, counter.online_places), (Slot.Channel.COUNTER, counter.counter_places)]
    wanted = {
        (starts_at, channel): Slot(
            community_id=counter.community_id,
            counter=counter,
            channel=channel,
            day=starts_at.date(),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=places,
        )
        for starts_at, ends_at in slot_times(spans, length)
        for channel, places in shares
        if starts_at > at
    }
    coming = Slot.objects.filter(counter=counter).upcoming(at)
    return sync_slots(
        coming=coming, wanted=wanted, key=lambda slot: (slot.starts_at, slot.channel), spans=spans
    )


def forget_empty_slots(*, at: dt.datetime) -> int:
    """Delete old slots without bookings; returns the number deleted."""
    return Slot.objects.filter(ends_at__lt=at - EMPTY_SLOT_RETENTION, bookings=None).delete()[0]


@transaction.atomic
def move_places(*, source: Slot, target: Slot, places: int, at: dt.datetime, by: User) -> None:
    """Move free places from one share to the other share of the same time.

    Refuses: wrong_slot (not the two shares of one time), places_missing (fewer than one), full (not free).
    """
    same = (source.counter_id, source.starts_at) == (target.counter_id, target.starts_at)
    if not same or source.pk == target.pk:
        raise ValidationError(_("These are not the two shares of one time."), code="wrong_slot")
    if places < 1:
        raise ValidationError(_("Say how many places to move, at least one."), code="places_missing")
    for slot, by_places in sorted([(source, -places), (target, places)], key=lambda pair: pair[0].pk):
        slot.resize(by_places)
    record(
        verb="places_moved",
        subject=source,
        community=source.community_id,
        at=at,
        actor=by,
        to=target.pk,
        places=places,
    )
