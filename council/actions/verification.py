"""Published minutes against their hashes, their records, each other, and the rows of their meeting."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from circle.models import Record
from council.actions.sheets import changed_parts
from council.models import MinutesVersion

Status = MinutesVersion.Status
PUBLISHED = "minutes_published"


def find_minutes_faults() -> Iterator[str]:
    """One sentence for each fault; none where all agree."""
    versions = MinutesVersion.objects.select_related("meeting").order_by("meeting", "version")
    recorded = recorded_publications()
    hashes = {details["sha256"] for details in recorded.values() if "sha256" in details}
    there: set[int] = set()
    gaps: list[object] = []
    published = {row.sha256: (row.published_at, row.pk) for row in versions if row.published_at}
    for _meeting, group in groupby(versions, key=lambda row: row.meeting_id):
        rows = list(group)
        there |= {row.pk for row in rows}
        gaps += missing_versions(rows)
        yield from meeting_faults(rows, recorded)
        yield from chain_faults(rows, published, hashes)
    for pk, details in recorded.items():
        if pk not in there:
            if details["version"] in gaps:  # said already, with its meeting
                gaps.remove(details["version"])
            else:
                yield f"minutes v{details['version']}, published as row {pk}: it is gone"


def recorded_publications() -> dict[int, dict[str, object]]:
    """What was recorded of each published version; those recorded before have no hash."""
    rows = Record.objects.filter(verb=PUBLISHED, subject_type=MinutesVersion._meta.label_lower)
    return dict(rows.values_list("subject_id", "details"))


def meeting_faults(rows: list[MinutesVersion], recorded: dict[int, dict[str, object]]) -> Iterator[str]:
    known = {row.version: row for row in rows}
    public = [row for row in rows if row.is_public or row.is_redacted]
    for number in missing_versions(rows):
        yield f"minutes {rows[0].meeting.slug} v{number}: it is gone"
    for row in public:
        for fault in version_faults(row, known.get(row.version - 1), recorded.get(row.pk, {})):
            yield f"minutes {row.meeting.slug} v{row.version}: {fault}"
    if public and public[-1].status == Status.PUBLISHED and public[-1] is rows[-1]:
        parts = changed_parts(public[-1])
        if parts:
            names = ", ".join(parts)
            yield (
                f"minutes {public[-1].meeting.slug} v{public[-1].version}:"
                f" the rows of the meeting say something else: {names}"
            )


def chain_faults(
    rows: list[MinutesVersion], published: dict[str, tuple[Any, int]], recorded: set[object]
) -> Iterator[str]:
    """A text that is gone or was rewritten is named with its own meeting, also where this one replaces it."""
    for row in rows:
        if row.is_redacted:
            continue
        sheet = row.sheet
        previous = sheet.previous if row.is_public and sheet.previous != sheet.replaces else None
        is_known = previous in recorded or (
            previous in published and published[previous] < (row.published_at, row.pk)
        )
        if previous and not is_known:
            fault = "it names as the one before it a text that was not published before"
            yield f"minutes {row.meeting.slug} v{row.version}: {fault}"


def missing_versions(rows: list[MinutesVersion]) -> list[int]:
    """A version is only replaced by the next one, so that one was there."""
    last, known = rows[-1], {row.version for row in rows}
    count = last.version + (last.status == Status.SUPERSEDED)
    return [number for number in range(1, count + 1) if number not in known]


def version_faults(
    row: MinutesVersion, before: MinutesVersion | None, recorded: dict[str, object]
) -> Iterator[str]:
    if not row.is_unbroken:
        yield "the text differs from its hash"
    if recorded.get("sha256", row.sha256) != row.sha256:
        yield "another hash was recorded when it was published"
    if row.is_redacted:
        return
    replaces = row.sheet.replaces
    if (before and replaces != before.sha256) or (row.version == 1 and replaces):
        yield f"it replaces another text than that of version {row.version - 1}"
