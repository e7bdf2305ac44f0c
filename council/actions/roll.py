"""Who is there, and from when to when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import User
from council.actions.counting import recount_votes
from council.actions.meetings import lock_meeting, not_possible_error
from council.actions.revisions import claim_revision
from council.models import Attendance, Meeting, MinutesVersion, Stay, roll_entries

Status = Meeting.Status
WRITTEN = ["seat", "is_voting", "status", "arrived_at", "left_at"]
RECORDED = [Status.IN_SESSION, Status.HELD, Status.CLOSED]


@dataclass(frozen=True)
class Mark:
    """One seat on the roll; without times present means from the beginning to the end."""

    membership: int
    status: str
    arrived_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    returns: Sequence[tuple[dt.datetime, dt.datetime | None]] = ()  # came back at, left again at


def lock_recordable_meeting(meeting: Meeting, *also: Status) -> Meeting:
    """The locked meeting, while roll and results may still be put down: until its minutes are submitted.

    Refuses: not_possible, minutes_fixed (the minutes are in review, or published and no correction is begun).
    """
    meeting = lock_meeting(meeting)
    if meeting.status not in (*RECORDED, *also):
        raise not_possible_error(meeting)
    if not are_results_open(meeting):
        raise ValidationError(
            _("The minutes are fixed. Return them to their writer or begin a correction first."),
            code="minutes_fixed",
        )
    return meeting


def are_results_open(meeting: Meeting) -> bool:
    """Whether no minutes are in review, or published without a correction begun."""
    versions = MinutesVersion.objects.filter(meeting=meeting)
    replaced = [MinutesVersion.Status.SUPERSEDED, MinutesVersion.Status.REDACTED]
    last = versions.exclude(status__in=replaced).order_by("-version").first()
    return last is None or last.status == MinutesVersion.Status.DRAFT


@transaction.atomic
def record_attendance(
    *, meeting: Meeting, marks: Sequence[Mark], at: dt.datetime, by: User, seen: int | None = None
) -> Meeting:
    """Put down the roll, all of it or some seats; what was put down before is replaced.

    Resolutions follow: those present are counted anew for each. `seen` is the revision of the roll that it
    was filled in upon.
    Refuses: changed_meanwhile (the roll has another revision by now), unknown_seat, roll_times_wrong,
    not_possible, minutes_fixed, and as record_resolution does.
    """
    meeting = lock_recordable_meeting(meeting, Status.NOTICED)
    claim_revision(meeting, Meeting.objects.all(), "roll_revision", seen)
    entries = {entry.membership_id: entry for entry in roll_entries(meeting)}
    for mark in marks:
        if mark.membership not in entries:
            raise ValidationError(_("This seat is not held on that day."), code="unknown_seat")
        check_mark(mark)
        apply_mark(entries[mark.membership], mark)
    save_entries([entries[mark.membership] for mark in marks])
    recount_votes(meeting, entries.values())
    record(
        verb="roll_recorded",
        subject=meeting,
        community=meeting.community_id,
        at=at,
        actor=by,
        seats=len(marks),
    )
    return meeting


def apply_mark(entry: Attendance, mark: Mark) -> None:
    entry.status, entry.arrived_at, entry.left_at = mark.status, mark.arrived_at, mark.left_at
    entry.returns = list(mark.returns)


def save_entries(entries: Sequence[Attendance]) -> None:
    """With their further stays."""
    rows = [
        Attendance(**{name: getattr(entry, name) for name in ("meeting_id", "membership_id", *WRITTEN)})
        for entry in entries
    ]
    rows = Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "membership"], update_fields=WRITTEN
    )
    if any(entry.pk and entry.stays.all() for entry in entries):  # read with the entries
        Stay.objects.filter(attendance__in=rows).delete()
    Stay.objects.bulk_create(
        Stay(attendance=row, came_at=came, left_at=left)
        for row, entry in zip(rows, entries, strict=True)
        for came, left in entry.returns
    )


def copy_seats(meeting: Meeting) -> None:
    """Every seat of the day with its kind and its vote: from now on the roll alone says who counts."""
    entries = roll_entries(meeting)
    held = [entry.membership_id for entry in entries]
    Attendance.objects.filter(meeting=meeting).exclude(membership__in=held).delete()
    save_entries(entries)


def check_mark(mark: Mark) -> None:
    """Refuses: roll_times_wrong."""
    was_there = mark.status == Attendance.Status.PRESENT
    if not was_there and (mark.arrived_at or mark.left_at or mark.returns):
        raise ValidationError(_("Only who was there came or left."), code="roll_times_wrong")
    times = [mark.arrived_at, mark.left_at, *chain.from_iterable(mark.returns)]
    if mark.returns and None in times[1:-1]:
        raise ValidationError(_("Only who had left comes back."), code="roll_times_wrong")
    said = [time for time in times if time]
    if any(later <= earlier for earlier, later in pairwise(said)):
        raise ValidationError(_("Nobody leaves before they came."), code="roll_times_wrong")
