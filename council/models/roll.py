import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import SHANGHAI
from council.models.bodies import Membership
from council.models.meetings import Meeting


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

    def is_there(self, at: dt.datetime) -> bool:
        came = self.arrived_at is None or self.arrived_at <= at
        return self.status == self.Status.PRESENT and came and (self.left_at is None or at < self.left_at)


@dataclass(frozen=True)
class Roll:
    """The figures of a roll: voting members only, but for the observers."""

    entitled: int
    present: int
    excused: int
    absent: int
    observers: int
    quorum: int

    @property
    def is_quorate(self) -> bool:
        return self.present >= self.quorum


def seats_of(meeting: Meeting) -> "models.QuerySet[Membership]":
    """The seats held on the day of the meeting, with their people."""
    day = meeting.starts_at.astimezone(SHANGHAI).date()
    return Membership.objects.filter(body=meeting.body_id).on(day).select_related("resident", "body")


def roll_of(meeting: Meeting, at: dt.datetime) -> Roll:
    """Who is there at that moment; two queries."""
    marks = {row.membership_id: row for row in Attendance.objects.filter(meeting=meeting)}
    return count_roll(meeting, list(seats_of(meeting)), marks.values(), at)


def count_roll(
    meeting: Meeting, seats: list[Membership], marks: Iterable[Attendance], at: dt.datetime
) -> Roll:
    """A seat without a mark counts as absent."""
    by_seat = {row.membership_id: row for row in marks}
    voting = [by_seat.get(seat.pk) for seat in seats if seat.is_voting]
    others = [by_seat.get(seat.pk) for seat in seats if not seat.is_voting]
    present = sum(mark is not None and mark.is_there(at) for mark in voting)
    excused = sum(mark is not None and mark.status == Attendance.Status.EXCUSED for mark in voting)
    return Roll(
        entitled=len(voting),
        present=present,
        excused=excused,
        absent=len(voting) - present - excused,
        observers=sum(mark is not None and mark.is_there(at) for mark in others),
        quorum=meeting.body.quorum_needed(len(voting)),
    )
