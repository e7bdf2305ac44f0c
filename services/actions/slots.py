"""Slots of counters: generated from opening hours and calendar, places moved between the two shares."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking import slots
from circle.booking.layout import Turn, lay_out
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Community, User
from services.actions.offers import lock_counter, serve_line, serve_slots
from services.models import Counter, Slot
from services.models.hours import Terms, hours_of, with_hours

EMPTY_SLOT_RETENTION = dt.timedelta(days=60)


def lay_out_slots(*, community: Community, at: dt.datetime) -> int:
    """Create the missing slots of all counters from their hours or their place's; returns the number created.

    A slot that no longer fits (a closure, a holiday, new hours) is closed, and reopened when it fits again;
    one that staff closed stays closed. The places of existing slots are unchanged. Six queries where nothing
    has changed since the last time, however many counters there are.
    """
    counters = list(with_hours(Counter.objects.working().filter(community=community), at))
    today = at.astimezone(SHANGHAI).date()
    reach = max((counter.days_ahead for counter in counters), default=0)
    # From yesterday on, whose night may not be over.
    calendar = Calendar.load_days(today - ONE_DAY, today + dt.timedelta(days=reach))
    return sum(_lay_out_counter(counter, calendar, at) for counter in counters)


def _lay_out_counter(counter: Counter, calendar: Calendar, at: dt.datetime) -> int:
    return lay_out(
        owner=counter,
        hours=hours_of(counter, calendar, counter.days_ahead + 1),
        first=calendar.first,
        coming=Slot.objects.filter(counter=counter).upcoming(at),
        wanted=partial(_slots_of_turn, counter),
        key=lambda slot: (slot.starts_at, slot.channel),
        at=at,
        serve=serve_slots,
    )


def _slots_of_turn(counter: Counter, turn: Turn[Terms]) -> Iterator[Slot]:
    """One for each share."""
    for channel, places in (
        (Slot.Channel.ONLINE, turn.terms.online),
        (Slot.Channel.COUNTER, turn.terms.counter),
    ):
        yield Slot(
            community_id=counter.community_id,
            counter=counter,
            channel=channel,
            day=turn.starts_at.date(),
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            capacity=places,
        )


def forget_empty_slots(*, at: dt.datetime) -> int:
    """Delete old slots without bookings; returns the number deleted."""
    return Slot.objects.filter(ends_at__lt=at - EMPTY_SLOT_RETENTION, bookings=None).delete()[0]


@transaction.atomic
def open_share(*, slot: Slot, channel: str) -> Slot:
    """The other share of this time, created without places where its counter lays out none."""
    found, _made = Slot.objects.get_or_create(
        counter=slot.counter,
        starts_at=slot.starts_at,
        channel=channel,
        defaults={
            "community_id": slot.community_id,
            "day": slot.day,
            "ends_at": slot.ends_at,
            "closed_by": slot.closed_by,
            "capacity": 0,
        },
    )
    return found


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
    lock_counter(source.counter_id)
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
    serve_line(target, at)


@transaction.atomic
def reopen_slot(*, slot: Slot, at: dt.datetime, by: User) -> None:
    """Reopen a slot that staff closed; its places go to the waiting list first."""
    lock_counter(slot.counter_id)
    slots.reopen_slot(slot=slot, at=at, by=by)
    serve_line(slot, at)
