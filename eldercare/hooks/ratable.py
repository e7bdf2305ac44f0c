"""What people rate of the care: each booking that was done. The hook `ratable`."""

import datetime as dt
from collections.abc import Iterable, Sequence

from circle.booking.ratable import Ratable, Served
from eldercare.models import CareBooking, CareKind

SOON_CLOSED = dt.timedelta(days=7)


def ratable_care() -> list[Ratable]:
    label = CareBooking._meta.label_lower
    return [Ratable(label, "eldercare.view_carebooking", served_care, find_care)]


def served_care(since: dt.datetime, until: dt.datetime) -> Iterable[int]:
    rows = CareBooking.objects.given().filter(
        status_at__gt=since,
        status_at__lte=until,
        day__gte=(since - SOON_CLOSED).date(),
    )
    return rows.exclude(resident__is_nobody=True).values_list("pk", flat=True)


def find_care(ids: Sequence[int]) -> dict[int, Served]:
    rows = CareBooking.objects.given().filter(pk__in=ids)
    return {
        row.pk: Served(
            row.community_id,
            (row.kind.name_zh, row.kind.name_en),
            (CareKind._meta.label_lower, row.kind_id),
            row.status_at,
            [pk for pk in (row.assigned_to_id, row.assistant_id) if pk],
            row.resident,
            row.mandate,
        )
        for row in rows.select_related("kind", "resident__login", "mandate__agent")
    }
