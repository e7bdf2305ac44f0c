"""Care that is still to come takes the quarter hours of the elder and of who gives it.

In the order in which it was made; what clashes with earlier care takes none, and so waits in the queue of the
coordinator (CareBookingQuerySet.clashing).
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.utils import timezone

QUARTER = 15 * 60
LIVE = ["requested", "confirmed", "assigned", "in_service"]


def fill(apps: Any, schema_editor: Any) -> None:
    database = schema_editor.connection.alias
    kinds, bookings, busy = (
        apps.get_model(*name)
        for name in (("eldercare", "CareKind"), ("eldercare", "CareBooking"), ("circle", "Busy"))
    )
    kinds.objects.using(database).filter(code="day-care").update(is_shared=True)
    coming = bookings.objects.using(database).filter(slot__ends_at__gt=timezone.now(), status__in=LIVE)
    for booking in coming.select_related("slot", "kind").order_by("booked_at", "pk"):
        for subject, column, person in takers(booking):
            take(busy.objects.using(database), booking, subject, column, person)


def takers(booking: Any) -> Iterator[tuple[tuple[str, int], str, int]]:
    own, shared = ("eldercare.carebooking", booking.pk), ("eldercare.careslot", booking.slot_id)
    if not booking.kind.is_shared:
        yield own, "resident_id", booking.resident_id
    for worker in (booking.assigned_to_id, booking.assistant_id):
        if worker:
            yield shared if booking.kind.is_shared else own, "worker_id", worker


def take(busy: Any, booking: Any, subject: tuple[str, int], column: str, person: int) -> None:
    starts_at, ends_at = (int(at.timestamp()) for at in (booking.slot.starts_at, booking.slot.ends_at))
    quarters = range(starts_at // QUARTER, -(-ends_at // QUARTER))
    if busy.filter(quarter__in=quarters, **{column: person}).exists():
        return
    busy.bulk_create(
        busy.model(
            community_id=booking.community_id,
            quarter=quarter,
            subject_type=subject[0],
            subject_id=subject[1],
            **{column: person},
        )
        for quarter in quarters
    )


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0017_whole_quarters"), ("circle", "0011_busy")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
