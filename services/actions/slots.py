"""Slots of counters: generated from opening hours and calendar, places moved between the two shares."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking import slots
from circle.booking.capacity import ClosedBy
from circle.booking.slots import sync_slots
from circle.calendar.opening_hours import merge_overlaps
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Community, User
from services.actions.offers import lock_counter, serve_line, serve_slots
from services.models import Counter, Slot
from services.models.counters import SlotQuerySet
from services.models.hours import Hours, hours_of, turns_of, with_hours

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
    """Nothing where the counter's slots follow the same hours as the last time."""
    hours = hours_of(counter, calendar, counter.days_ahead + 1)
    fingerprint = _fingerprint_of(calendar.first, hours)
    if counter.laid_out == fingerprint:
        return 0
    with transaction.atomic():
        rows = Counter.objects.filter(pk=counter.pk)
        list(rows.select_for_update(no_key=True).values_list("pk"))  # the fingerprint is of the last to write
        coming, wanted = Slot.objects.filter(counter=counter).upcoming(at), _wanted_slots(counter, hours, at)
        spans = merge_overlaps(sorted((span for span, _terms in hours), key=lambda span: span.start))
        made = sync_slots(coming=coming, wanted=wanted, key=_share_of_time, spans=spans)
        rows.update(laid_out=fingerprint if _is_settled(coming, wanted) else "")
        serve_slots(coming, at)
    return made


def _fingerprint_of(first: dt.date, hours: list[Hours]) -> str:
    """Of all that decides which slots there are. The day is part of it: what was missed lasts no longer."""
    told = [(span.start.isoformat(), span.end.isoformat(), terms) for span, terms in hours]
    return hashlib.sha256(repr((first, told)).encode()).hexdigest()


def _wanted_slots(
    counter: Counter, hours: list[Hours], at: dt.datetime
) -> dict[tuple[dt.datetime, str], Slot]:
    return {
        (turn.starts_at, channel): Slot(
            community_id=counter.community_id,
            counter=counter,
            channel=channel,
            day=turn.starts_at.date(),
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            capacity=places,
        )
        for turn in turns_of(hours)
        for channel, places in (
            (Slot.Channel.ONLINE, turn.terms.online),
            (Slot.Channel.COUNTER, turn.terms.counter),
        )
        if turn.starts_at > at
    }


def _share_of_time(slot: Slot) -> tuple[dt.datetime, str]:
    return slot.starts_at, slot.channel


def _is_settled(coming: SlotQuerySet, wanted: dict[tuple[dt.datetime, str], Slot]) -> bool:
    """Whether nothing but a change of the hours changes the slots again.

    A booked time of the old length goes with its booking; one outside the hours that staff closed may be
    reopened by them.
    """
    ends = {name: slot.ends_at for name, slot in wanted.items()}
    rest = coming.exclude(closed_by=ClosedBy.TIMETABLE)
    return all(ends.get(_share_of_time(slot)) == slot.ends_at for slot in rest)


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
