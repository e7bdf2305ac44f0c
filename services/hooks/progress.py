"""Where a booking stands: the hook `progress`."""

from django.urls import reverse
from django.utils.http import urlencode

from circle.search.progress import Progress, numbers_of
from circle.templatetags.circle_tags import clock_time, month_day
from services.models import Booking


def progress_of_booking(code: str) -> Progress | None:
    rows = Booking.objects.shown().select_related("resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return None
    starts_at = found.slot.starts_at
    return Progress(
        title=found.item.name,
        state=found.get_status_display(),
        note=f"{month_day(starts_at)} {clock_time(starts_at)} · {found.slot.counter.facility.name}",
        url=f"{reverse('find_booking')}?{urlencode({'code': code})}",
        phones=numbers_of(found.resident, found.mandate),
    )
