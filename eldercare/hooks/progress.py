"""Where care at home stands: the hook `progress`."""

from circle.search.progress import Progress, numbers_of
from circle.templatetags.circle_tags import month_day
from eldercare.models import CareBooking


def progress_of_care(code: str) -> Progress | None:
    rows = CareBooking.objects.select_related("kind", "resident__login", "mandate")
    found = rows.filter(code=code).first()
    if found is None:
        return None
    return Progress(
        title=found.kind.name,
        state=found.get_status_display(),
        note=month_day(found.day) if found.day else "",
        url=found.get_absolute_url(),
        phones=numbers_of(found.resident, found.mandate),
    )
