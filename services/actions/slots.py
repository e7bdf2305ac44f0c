"""Slots: laid out from opening hours and calendar, closed and opened, places moved between shares."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from circle.calendar import SHANGHAI, Calendar, times
from circle.models import Community, Facility, User
from circle.nearby import timetable
from circle.records import record
from services.models import Counter, Slot

ClosedBy = Slot.ClosedBy
EMPTY_KEPT = dt.timedelta(days=60)


def lay_out_slots(*, community: Community, at: dt.datetime) -> int:
    """Make the slots that the counters' opening hours ask for and are not there yet; the number made.

    A slot that no longer fits (a closure, a holiday, new hours) is closed, and opened when it fits again; one
    that staff closed stays closed. Places of existing slots stay as they are.
    """
    facilities = Facility.objects.with_timetable(at)
    counters = list(
        Counter.objects.working()
        .filter(community=community)
        .prefetch_related(Prefetch("facility", facilities))
    )
    today = at.astimezone(SHANGHAI).date()
    reach = max((counter.days_ahead for counter in counters), default=0)
    calendar = Calendar.load(today, today + dt.timedelta(days=reach))
    return sum(_lay_out_counter(counter, calendar, at) for counter in counters)


@transaction.atomic
def _lay_out_counter(counter: Counter, calendar: Calendar, at: dt.datetime) -> int:
    """One query where nothing has changed since the last minute."""
    length = dt.timedelta(minutes=counter.slot_minutes)
    wanted = dict(times(timetable(counter.facility), calendar, counter.days_ahead, length))
    coming = Slot.objects.filter(counter=counter).upcoming(at)
    known = {(slot.starts_at, slot.channel): slot for slot in coming}
    shares = [(Slot.Channel.ONLINE, counter.online_places), (Slot.Channel.COUNTER, counter.counter_places)]
    new = [
        Slot(
            community_id=counter.community_id,
            counter=counter,
            channel=channel,
            day=starts_at.date(),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=places,
        )
        for starts_at, ends_at in wanted.items()
        for channel, places in shares
        if starts_at > at and (starts_at, channel) not in known
    ]
    # Another machine may lay out the same minute: the unique key keeps one of the two.
    Slot.objects.bulk_create(new, ignore_conflicts=True)
    Slot.objects.bulk_update(_with_new_ends(known.values(), wanted), ["ends_at"])
    _follow_timetable(
        known.values(), ClosedBy.NOBODY, ClosedBy.TIMETABLE, lambda slot: slot.starts_at not in wanted
    )
    _follow_timetable(
        known.values(), ClosedBy.TIMETABLE, ClosedBy.NOBODY, lambda slot: slot.starts_at in wanted
    )
    return len(new)


def _with_new_ends(slots: Iterable[Slot], wanted: dict[dt.datetime, dt.datetime]) -> list[Slot]:
    """Slots that begin as before and now take longer or shorter; they keep their bookings."""
    changed = [slot for slot in slots if wanted.get(slot.starts_at, slot.ends_at) != slot.ends_at]
    for slot in changed:
        slot.ends_at = wanted[slot.starts_at]
    return changed


def _follow_timetable(slots: Iterable[Slot], now: str, then: str, changes: Callable[[Slot], bool]) -> None:
    keys = [slot.pk for slot in slots if slot.closed_by == now and changes(slot)]
    if keys:
        Slot.objects.filter(pk__in=keys, closed_by=now).update(closed_by=then)


def forget_empty_slots(*, at: dt.datetime) -> int:
    """Times long over that nobody booked; the number removed."""
    return Slot.objects.filter(ends_at__lt=at - EMPTY_KEPT, bookings=None).delete()[0]


@transaction.atomic
def close_slot(*, slot: Slot, at: dt.datetime, by: User) -> None:
    """Take no more bookings for it; those that are there stay. A closed one stays as it is."""
    if Slot.objects.open().filter(pk=slot.pk).update(closed_by=ClosedBy.STAFF):
        record(verb="slot_closed", subject=slot, community=slot.community_id, at=at, actor=by)
    slot.refresh_from_db()


@transaction.atomic
def reopen_slot(*, slot: Slot, at: dt.datetime, by: User) -> None:
    """Open what staff closed. What the timetable closed opens with the timetable."""
    closed = Slot.objects.filter(pk=slot.pk, closed_by=ClosedBy.STAFF)
    if closed.update(closed_by=ClosedBy.NOBODY):
        record(verb="slot_reopened", subject=slot, community=slot.community_id, at=at, actor=by)
    slot.refresh_from_db()


@transaction.atomic
def move_places(*, source: Slot, target: Slot, places: int, at: dt.datetime, by: User) -> None:
    """Give free places of one share to the other share of the same time.

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
