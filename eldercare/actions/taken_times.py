"""The times that care takes of the elder and of who gives it: circle/booking/busy.py has them.

Where one carer looks after several at a time, the carer is taken by the time itself, and the elders are not.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef

from circle.booking.busy import free_time, lock_people, take_time
from circle.models import User
from eldercare.models import CareBooking, CareBookingQuerySet, CareKind, CareSlot
from eldercare.models.slots import CareSlotQuerySet


def take_elder(booking: CareBooking) -> None:
    """Refuses: resident_busy."""
    slot = booking.slot
    if slot and not booking.kind.is_shared:
        take_time(booking, booking.resident, slot.starts_at, slot.ends_at, community=booking.community_id)


def take_crew(booking: CareBooking, before: Sequence[User]) -> None:
    """Of who goes now; who was to go before is free.

    Refuses: worker_busy.
    """
    slot = booking.slot
    if slot is None:
        return
    lock_people(*booking.crew, *before)
    free_crew(booking, slot, [each for each in before if each not in booking.crew])
    subject = slot if booking.kind.is_shared else booking
    for worker in sorted(booking.crew, key=lambda each: each.pk):
        take_time(subject, worker, slot.starts_at, slot.ends_at, community=booking.community_id)


def free_crew(booking: CareBooking, slot: CareSlot, crew: Iterable[User]) -> None:
    """Unless they look after others at that time."""
    for worker in crew:
        free_time(booking, worker)
        others = CareBooking.objects.holding().given_by(worker).filter(slot=slot).exclude(pk=booking.pk)
        if not others.exists():
            free_time(slot, worker)


def free_all(booking: CareBooking, crew: Iterable[User]) -> None:
    free_time(booking)
    if booking.slot:
        free_crew(booking, booking.slot, crew)


def without_clashes(slots: CareSlotQuerySet, others: CareBookingQuerySet, kind: CareKind) -> CareSlotQuerySet:
    """The times of this kind that the elder of these bookings can have besides them."""
    days = others.filter(kind=kind, day__isnull=False).values("day")
    same_start = others.filter(starts_at__isnull=False).values("starts_at")
    found = slots.exclude(starts_at__in=same_start)
    if not kind.is_halved:
        found = found.exclude(day__in=days)
    if kind.is_shared:
        return found
    meanwhile = others.filter(
        kind__is_shared=False,
        slot__starts_at__lt=OuterRef("ends_at"),
        slot__ends_at__gt=OuterRef("starts_at"),
    )
    return found.exclude(Exists(meanwhile))
