import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import SHANGHAI
from council.models.bodies import Membership
from council.models.meetings import Meeting
from council.models.rules import BodyRule

Span = tuple[dt.datetime | None, dt.datetime | None]
Return = tuple[dt.datetime, dt.datetime | None]


class Attendance(models.Model):
    """One seat at one meeting. Nobody's name leaves the back office: the public reads figures."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="roll", verbose_name=_("meeting"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="attendances", verbose_name=_("seat")
    )
    # As it was held that day: the seat itself may change afterwards.
    seat = models.CharField(_("seat"), max_length=12, choices=Membership.Seat)
    is_voting = models.BooleanField(_("votes"))
    status = models.CharField(_("status"), max_length=8, choices=Status)
    # Empty: from the beginning, to the end.
    arrived_at = models.DateTimeField(_("came later, at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left earlier, at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("roll")
        ordering = ["meeting", "membership"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="attendance_once",
                violation_error_message=_("This seat is on the roll already."),
            ),
            models.CheckConstraint(
                condition=Q(status="present") | Q(arrived_at=None, left_at=None),
                name="attendance_times_of_those_present",
                violation_error_message=_("Only who was there came or left."),
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gt=F("arrived_at")),
                name="attendance_leaves_after_coming",
                violation_error_message=_("Nobody leaves before they came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.get_status_display()}"

    @cached_property
    def returns(self) -> list[Return]:
        """Further stays of somebody who left and came back."""
        return [(stay.came_at, stay.left_at) for stay in self.stays.all()] if self.pk else []

    @property
    def spans(self) -> list[Span]:
        """From when until when they were there, one after the other; None: the beginning, the end."""
        if self.status != self.Status.PRESENT:
            return []
        return [(self.arrived_at, self.left_at), *self.returns]

    def is_there(self, at: dt.datetime) -> bool:
        return any((came is None or came <= at) and (left is None or at < left) for came, left in self.spans)

    def comes_after(self, at: dt.datetime) -> bool:
        """Not there at that moment, and there later."""
        return not self.is_there(at) and any(came and came > at for came, _left in self.spans)


class Stay(models.Model):
    """Somebody who had left came back. Up to when they first left stands in the row of their seat."""

    attendance = models.ForeignKey(
        Attendance, models.CASCADE, related_name="stays", verbose_name=_("attendance")
    )
    came_at = models.DateTimeField(_("came back, at"))
    left_at = models.DateTimeField(_("left again, at"), null=True, blank=True)

    class Meta:
        verbose_name = _("further stay")
        verbose_name_plural = _("further stays")
        ordering = ["attendance", "came_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance", "came_at"],
                name="stay_begins_once",
                violation_error_message=_("This person came back at that time already."),
            ),
            models.UniqueConstraint(
                fields=["attendance"],
                condition=Q(left_at=None),
                name="stay_one_to_the_end",
                violation_error_message=_("Nobody stays to the end twice."),
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gt=F("came_at")),
                name="stay_ends_after_it_begins",
                violation_error_message=_("Nobody leaves before they came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.came_at:%H:%M}–"


@dataclass(frozen=True)
class Roll:
    """The figures of a roll: voting members only, but for the observers."""

    entitled: int
    present: int
    excused: int
    absent: int
    observers: int
    quorum: int
    late: int = 0  # came after that moment
    unrepresented: list[str] = field(default_factory=list)  # seats of the rule with nobody there

    @property
    def is_quorate(self) -> bool:
        return self.present >= self.quorum

    @property
    def missing_seats(self) -> str:
        return gettext(", ").join(str(Membership.Seat(seat).label) for seat in self.unrepresented)


def seats_held(meeting: Meeting) -> "models.QuerySet[Membership]":
    """The seats held on the day of the meeting as the register says now, with their people."""
    day = meeting.starts_at.astimezone(SHANGHAI).date()
    return Membership.objects.filter(body=meeting.body_id).on(day).select_related("resident", "body")


def roll_entries(meeting: Meeting) -> list[Attendance]:
    """A row for each seat; one that has no mark yet is unsaved and absent.

    Up to the opening the register says who has a seat, from then on the roll itself.
    """
    rows = Attendance.objects.filter(meeting=meeting)
    marks = rows.select_related("membership__resident").prefetch_related("stays")
    if meeting.opened_at:
        return list(marks.order_by("seat", "membership"))
    by_seat = {row.membership_id: row for row in marks}
    entries = []
    for seat in seats_held(meeting):
        entry = by_seat.get(seat.pk) or Attendance(meeting=meeting, status=Attendance.Status.ABSENT)
        entry.membership, entry.seat, entry.is_voting = seat, seat.seat, seat.is_voting
        entries.append(entry)
    return entries


def roll_of(meeting: Meeting, at: dt.datetime) -> Roll:
    """Who is there at that moment, and how many would have to be."""
    return count_roll(rule_of(meeting), roll_entries(meeting), at)


def rule_of(meeting: Meeting) -> BodyRule | None:
    """Fixed with the notice; before it the one that would be."""
    if meeting.rule:
        return meeting.rule
    return (
        BodyRule.objects.filter(body=meeting.body_id)
        .on(localtime(meeting.starts_at, SHANGHAI).date())
        .first()
    )


def count_roll(rule: BodyRule | None, entries: Iterable[Attendance], at: dt.datetime) -> Roll:
    """Without a rule everybody has to be there."""
    entries = list(entries)
    voting = [entry for entry in entries if entry.is_voting]
    present = sum(entry.is_there(at) for entry in voting)
    excused = sum(entry.status == Attendance.Status.EXCUSED for entry in voting)
    seats = {entry.seat for entry in voting if entry.is_there(at)}
    late = sum(entry.comes_after(at) for entry in voting)
    return Roll(
        entitled=len(voting),
        present=present,
        excused=excused,
        absent=len(voting) - present - excused - late,
        observers=sum(entry.is_there(at) for entry in entries if not entry.is_voting),
        quorum=rule.quorum_needed(len(voting)) if rule else max(1, len(voting)),
        late=late,
        unrepresented=[seat for seat in (rule.seats_represented if rule else []) if seat not in seats],
    )


@dataclass(frozen=True)
class Movement:
    """How many voting members came and left at one minute of a session, and how many were there then."""

    at: str
    came: int
    left: int
    present: int


def movements_of(
    entries: Iterable[Attendance], begun: dt.datetime, ended: dt.datetime
) -> list[tuple[dt.datetime, int, int, int]]:
    """Moment, came, left, present: each time at which the number of voting members there changed."""
    voting = [entry for entry in entries if entry.is_voting]
    spans = [span for entry in voting for span in entry.spans]
    came = Counter(start for start, _end in spans if start and begun < start < ended)
    left = Counter(end for _start, end in spans if end and begun < end < ended)
    return [
        (moment, came[moment], left[moment], sum(entry.is_there(moment) for entry in voting))
        for moment in sorted({*came, *left})
    ]
