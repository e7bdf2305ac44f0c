"""Where a topic stands: the hook `progress`."""

import re

from circle.search.progress import Progress, numbers_of
from council.models import Topic

RECEIPT = re.compile(r"SJ(\d{4})(\d{5})")


def progress_of_topic(code: str) -> Progress | None:
    """`code` comes without hyphens."""
    parts = RECEIPT.fullmatch(code)
    if parts is None:
        return None
    rows = Topic.objects.select_related("raised_by__login", "mandate", "meeting__body", "body")
    found = rows.filter(receipt=f"SJ-{parts[1]}-{parts[2]}").first()
    if found is None:
        return None
    return Progress(
        title=found.receipt,
        state=found.get_status_display(),
        note=found.meeting.name if found.meeting else found.body.name,
        url=found.get_absolute_url(),
        phones=numbers_of(found.raised_by, found.mandate),
    )
