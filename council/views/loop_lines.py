"""The six stations of a matter, from raised to judged, as its page shows them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circle.calendar.working_days import SHANGHAI
from council.models import (
    ActionItem,
    AgendaItem,
    Decision,
    Office,
    PublicAnswer,
    Resolution,
    Station,
    Support,
    Topic,
)
from council.models.postings import Posting
from council.views.resolutions import decisions_of

Kind, Status = Station.Kind, Topic.Status
RAISED, TAKEN, TALKED, DECIDED, DONE, JUDGED = range(6)
PLACE_OF = {
    Kind.RECEIVED: RAISED,
    Kind.ACKNOWLEDGED: RAISED,
    Kind.MERGED: RAISED,
    Kind.WITHDRAWN: RAISED,
    Kind.ACCEPTED: TAKEN,
    Kind.WORDS: TAKEN,
    Kind.REFERRED: TAKEN,
    Kind.RETURNED: TAKEN,
    Kind.EXTENDED: TAKEN,
    Kind.DECLINED: TAKEN,
    Kind.HIDDEN: TAKEN,
    Kind.PLACED: TALKED,
    Kind.QUEUED: TALKED,
    Kind.ON_AGENDA: TALKED,
    Kind.SIGNING: TALKED,
    Kind.REQUESTED: TALKED,
    Kind.INTERIM: DONE,
    Kind.ANSWERED: JUDGED,
    Kind.CORRECTED: JUDGED,
    Kind.EVALUATED: JUDGED,
    Kind.REOPENED: JUDGED,
}
ANSWERS = [Kind.DECLINED, Kind.INTERIM, Kind.ANSWERED, Kind.CORRECTED]


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, by which office, until when, in which words, and where it stands."""

    on: dt.date
    title: str
    office: str = ""
    due_on: dt.date | None = None
    text: str = ""
    url: str = ""
    name: str = ""  # of the link
    is_late: bool = False
    kind: str = ""  # of its station


@dataclass
class Step:
    title: str
    sign: str  # the two signs that stand for it in Chinese, also on the English page
    lines: list[Line] = field(default_factory=list)
    waits: str = ""


@dataclass(frozen=True)
class Loop:
    steps: list[Step]
    people: int
    joined: list[str]


def loop_of(topic: Topic, today: dt.date) -> Loop:
    """Some ten queries, however long the way was."""
    steps = [Step(title, sign) for title, sign in step_titles()]
    stations = list(topic.stations.select_related("meeting__body", "target").order_by("pk"))
    answers = list(topic.answers.select_related("evaluation").order_by("pk"))
    for station, line in zip(stations, station_lines(topic, stations, answers), strict=True):
        steps[PLACE_OF[Kind(station.kind)]].lines.append(line)
    resolutions = resolutions_of(topic) if topic.shows_words else []
    decisions = decisions_of({row.item.meeting_id for row in resolutions}) if resolutions else {}
    for row in resolutions:
        if row.number in decisions:
            steps[DECIDED].lines += decision_lines(row, decisions[row.number])
            steps[DONE].lines += action_lines(row.action_items.all(), today)
    for step in steps:
        step.lines.sort(key=lambda line: line.on)
    tell_waiting(topic, steps, resolutions, answers, today)
    family = list(Topic.objects.filter(merged_into=topic).values_list("receipt", "raised_by").order_by("pk"))
    return Loop(steps, people_in(topic, family), [receipt for receipt, _raiser in family])


def step_titles() -> list[tuple[str, str]]:
    return [
        (pgettext("station of the loop", "Raised"), "点事"),
        (pgettext("station of the loop", "Taken up"), "定事"),
        (pgettext("station of the loop", "Discussed"), "议事"),
        (pgettext("station of the loop", "Decided"), "决事"),
        (pgettext("station of the loop", "Carried out"), "办事"),
        (pgettext("station of the loop", "Answered and judged"), "评事"),
    ]


def people_in(topic: Topic, family: Sequence[tuple[str, int | None]]) -> int:
    supports = Support.objects.filter(topic__in=Topic.objects.filter(pk=topic.pk) | topic.merged.all())
    everybody = [topic.raised_by_id, *(raiser for _receipt, raiser in family)]
    everybody += supports.values_list("resident", flat=True)
    return len(set(everybody) - {None}) + everybody.count(None)


def station_lines(
    topic: Topic, stations: Iterable[Station], answers: Iterable[PublicAnswer]
) -> Iterable[Line]:
    """Each with the answer that was given at it; without words where these are not public."""
    said = iter(answers)
    for station in stations:
        kind = Kind(station.kind)
        answer = next(said, None) if kind in ANSWERS else None
        text = answer.text if answer else station.note
        url = name = ""
        if station.meeting and station.meeting.body.is_public:
            url, name = station.meeting.get_absolute_url(), station.meeting.name
        elif station.target:
            url, name = station.target.loop_url, station.target.receipt
        yield Line(
            on=localdate(station.at, SHANGHAI),
            title=str(kind.label),
            office=str(Office(station.office).label) if station.office else "",
            due_on=station.due_on,
            text=text if topic.shows_words else "",
            url=url,
            name=name,
            kind=kind,
        )


def resolutions_of(topic: Topic) -> list[Resolution]:
    """On the items under which it was dealt with, as far as the minutes are public."""
    items = AgendaItem.objects.filter(topics=topic).values("pk")
    carried = ActionItem.objects.select_related("firm", "body").prefetch_related("steps")
    rows = Resolution.objects.public(topic.community).filter(item__in=items)
    rows = rows.select_related("posting", "item__meeting__body", "item__meeting__community")
    actions = Prefetch("action_items", carried.order_by("due_on", "pk"))
    return list(rows.prefetch_related(actions, "posting__objections").order_by("voted_at"))


def decision_lines(row: Resolution, decision: Decision) -> list[Line]:
    """As the published minutes say it, then its posting and what was said against it."""
    url = row.item.meeting.get_absolute_url()
    lines = [
        Line(
            localdate(row.voted_at, SHANGHAI),
            f"{row.number} · {decision.outcome_label}",
            office=row.item.meeting.body.name,
            text=decision.text,
            url=url,
            name=row.item.meeting.name,
        )
    ]
    posting: Posting | None = getattr(row, "posting", None)
    if posting:
        lines.append(Line(posting.posted_on, posting.get_status_display(), due_on=posting.ends_on))
        for each in posting.objections.all():
            title = f"{_('Objection')} · {each.get_status_display()}"
            text = " → ".join(filter(None, (each.text, each.answer)))
            lines.append(Line(each.received_on, title, due_on=each.due_on, text=text))
    return lines


def action_lines(actions: Iterable[ActionItem], today: dt.date) -> list[Line]:
    lines = []
    for action in actions:
        begun = [step.said_at for step in action.steps.all()]
        first = localdate(min(begun or [action.status_at]), SHANGHAI)
        is_late = action.is_late(today)
        title = f"{action.title} · {action.get_status_display()}"
        lines.append(Line(first, title, action.owner, action.due_on, is_late=is_late))
        lines += [
            Line(localdate(step.said_at, SHANGHAI), step.get_kind_display(), action.owner, text=step.text)
            for step in action.steps.all()
        ]
    return lines


def tell_waiting(
    topic: Topic,
    steps: list[Step],
    resolutions: Sequence[Resolution],
    answers: Sequence[PublicAnswer],
    today: dt.date,
) -> None:
    """At one station: who is waited for, and until when; an office that is late is named, never a person."""
    if topic.status == Status.RECEIVED:
        steps[TAKEN].waits = waiting_sentence(topic.get_office_display(), topic.due_on, today)
    elif topic.status == Status.ACCEPTED:
        requested = next((line for line in steps[TALKED].lines if line.kind == Kind.REQUESTED), None)
        if requested and topic.meeting_id is None:
            steps[TALKED].waits = waiting_sentence(
                _("a meeting: requested, not yet called"), requested.due_on, today
            )
            return
        place, who, due = waiting_at(topic, resolutions)
        steps[place].waits = waiting_sentence(who, due, today)
    elif topic.status == Status.ANSWERED:
        asked = getattr(answers[-1], "evaluation", None) if answers else None
        if asked and asked.given_at is None:
            until = localdate(asked.until, SHANGHAI)
            steps[JUDGED].waits = waiting_sentence(_("who raised it"), until, today)


def waiting_at(topic: Topic, resolutions: Sequence[Resolution]) -> tuple[int, str, dt.date | None]:
    for row in resolutions:
        for action in row.action_items.all():
            if action.status != ActionItem.Status.VERIFIED:
                return DONE, action.owner, action.due_on
    last = resolutions[-1] if resolutions else None
    posting: Posting | None = getattr(last, "posting", None)
    if posting and posting.status == Posting.Status.POSTED:
        return DECIDED, _("the days of the notice"), posting.ends_on
    if topic.meeting and topic.meeting.ended_at is None:
        return TALKED, topic.meeting.name, localdate(topic.meeting.starts_at, SHANGHAI)
    if topic.is_queued:
        return TALKED, _("the next meeting"), topic.due_on
    return JUDGED, topic.get_office_display(), topic.due_on


def waiting_sentence(who: str, until: dt.date | None, today: dt.date) -> str:
    if until is None:
        return _("Waiting for: %(who)s") % {"who": who}
    words = {"who": who, "day": date_format(until, "DATE_FORMAT")}
    if until < today:
        return _("Late, it was due on %(day)s: %(who)s") % words
    return _("Waiting for: %(who)s, until %(day)s at the latest") % words
