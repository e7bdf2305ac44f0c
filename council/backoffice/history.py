"""Every recorded step of a meeting: its own, and those of its items, resolutions, postings and minutes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from circle.audit.action_labels import action_label
from circle.models import Record
from council.models import AgendaItem, AnnulledResolution, Meeting, MinutesVersion, Posting, Resolution


@dataclass(frozen=True)
class MeetingStep:
    """As the history page of the admin shows an entry."""

    action_time: dt.datetime
    verb: str
    actor: str
    subject: str

    @property
    def user(self) -> "MeetingStep":
        return self

    def get_username(self) -> str:
        return self.actor

    def get_change_message(self) -> str:
        label = str(action_label(self.verb))
        return f"{label} · {self.subject}" if self.subject else label


def steps_of_meeting(meeting: Meeting) -> list[MeetingStep]:
    """The latest first."""
    items = {row.pk: str(row) for row in AgendaItem.objects.filter(meeting=meeting)}
    resolutions = dict(Resolution.objects.filter(item__meeting=meeting).values_list("pk", "number"))
    posted = Posting.objects.filter(resolution__item__meeting=meeting)
    postings = dict(posted.values_list("pk", "resolution__number"))
    names: dict[str, dict[int, str]] = {
        label_of(Meeting): {meeting.pk: ""},
        label_of(AgendaItem): items,
        label_of(Resolution): resolutions | annulled_rows(items, "resolution_recorded"),
        label_of(Posting): postings | annulled_rows(items, "resolution_posted"),
        label_of(MinutesVersion): {row.pk: f"v{row.version}" for row in meeting.minutes.all()},
    }
    wanted = Q()
    for label, rows in names.items():
        wanted |= Q(subject_type=label, subject_id__in=list(rows))
    return [
        MeetingStep(step.at, step.verb, str(step.actor or "–"), names[step.subject_type][step.subject_id])
        for step in Record.objects.filter(wanted).select_related("actor").order_by("-id")
    ]


def annulled_rows(items: Iterable[int], verb: str) -> dict[int, str]:
    """The numbers of counts that were taken back: their rows are gone, the records of `verb` are not."""
    annulled = AnnulledResolution.objects.filter(item__in=list(items)).values_list("community", "number")
    found: dict[int, str] = {}
    for community, number in annulled:
        steps = Record.objects.filter(community=community, verb=verb, details__number=number)
        found |= dict.fromkeys(steps.values_list("subject_id", flat=True), number)
    return found


def label_of(model: type[Model]) -> str:
    return model._meta.label_lower
