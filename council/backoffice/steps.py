"""A meeting as a list of steps, from plan to close: how each stands, and what may be done there now."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, available_actions
from circle.calendar.working_days import SHANGHAI
from council.actions.topic_stations import without_new_answer
from council.backoffice.meetings import MEETING_ACTIONS
from council.models import AgendaItem, Meeting, roll_of

Status = Meeting.Status


@dataclass
class Step:
    """One line of the guided list: what it is, how it stands, and what may be done there now."""

    label: Any
    state: str = "later"  # or "now", "done"
    words: str = ""
    verbs: list[RowAction] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


ORDER = [Status.PLANNED, Status.CALL_OPEN, Status.NOTICED, Status.IN_SESSION, Status.HELD, Status.CLOSED]


def steps_of(meeting: Meeting, at: dt.datetime) -> list[Step]:
    """From plan to close; of a meeting that was called off only that."""
    if meeting.status == Status.CANCELLED:
        return [Step(_("Called off"), "done", meeting.reason)]
    if meeting.status == Status.ADJOURNED:
        return [adjourned_step(meeting)]
    steps = [
        call_step(meeting, at),
        agenda_step(meeting, at),
        roll_step(meeting, at),
        results_step(meeting, at),
        minutes_step(meeting, at),
        answers_step(meeting, at),
    ]
    following = actions_of(meeting, at, "plan_next")
    if following:
        steps.append(Step(_("The next meeting"), verbs=following))
    cancelling = actions_of(meeting, at, "cancel_meeting", "remove_plan", "adjourn_meeting")
    if cancelling:
        steps.append(Step(_("If it cannot take place"), verbs=cancelling))
    return steps


def adjourned_step(meeting: Meeting) -> Step:
    step = Step(_("Adjourned, no quorum"), "done")
    successor = getattr(meeting, "continued_by", None)
    if successor:
        url = reverse("admin:council_meeting_change", args=[successor.pk])
        step.links = [(gettext("It goes on: %(meeting)s") % {"meeting": successor.name}, url)]
    return step


def actions_of(meeting: Meeting, at: dt.datetime, *names: str) -> list[RowAction]:
    """Those of this step that can be done now."""
    return available_actions([each for each in MEETING_ACTIONS if each.name in names], meeting, at)


def step_state(meeting: Meeting, first: Status, done_from: Status) -> str:
    place = ORDER.index(Status(meeting.status))
    if place >= ORDER.index(done_from):
        return "done"
    return "now" if place >= ORDER.index(first) else "later"


def call_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Call for topics"), step_state(meeting, Status.PLANNED, Status.NOTICED))
    words = {"count": meeting.topics.count()}
    step.words = gettext("Topics received: %(count)s") % words
    step.links = [(gettext("Topics of this meeting"), topics_url(meeting))]
    step.verbs = actions_of(meeting, at, "open_call", "close_call")
    if meeting.status == Status.CALL_OPEN and not meeting.is_calling(at):
        step.state = "done"
    return step


def topics_url(meeting: Meeting) -> str:
    return f"{reverse('admin:council_topic_changelist')}?meeting__id__exact={meeting.pk}"


def agenda_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Agenda"), step_state(meeting, Status.PLANNED, Status.NOTICED))
    step.words = gettext("Items: %(count)s") % {"count": meeting.items.count()}
    url = reverse("admin:council_meeting_agenda", args=[meeting.pk])
    papers = (
        pgettext("of a meeting", "Papers"),
        reverse("admin:council_meeting_papers", args=[meeting.pk]),
    )
    if meeting.status in (Status.PLANNED, Status.CALL_OPEN):
        step.links = [(gettext("Write the agenda"), url), papers]
        step.verbs = actions_of(meeting, at, "publish_agenda", "take_over_items")
    else:
        printed = reverse("admin:council_meeting_print", args=[meeting.pk])
        step.links = [
            (gettext("Read the agenda"), url),
            (gettext("Agenda, sheet to sign and slips to print"), printed),
            papers,
        ]
    return step


def roll_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Roll"), step_state(meeting, Status.NOTICED, Status.IN_SESSION))
    if step.state == "later":
        return step
    roll = roll_of(meeting, meeting.opened_at or at)
    words = {"present": roll.present, "entitled": roll.entitled, "quorum": roll.quorum}
    step.words = gettext("%(present)s of %(entitled)s voting members present, %(quorum)s needed.") % words
    step.links = [
        (gettext("Session on one page"), reverse("admin:council_meeting_session", args=[meeting.pk])),
        (gettext("Call the roll"), reverse("admin:council_meeting_roll", args=[meeting.pk])),
    ]
    step.verbs = actions_of(meeting, at, "open_session", "late_item")
    return step


def results_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Results"), step_state(meeting, Status.IN_SESSION, Status.HELD))
    if step.state == "later":
        return step
    step.links = [
        (f"{item} · {item.get_status_display()}", result_url(item))
        for item in meeting.items.order_by("number")
    ]
    step.words = session_sentence(meeting)
    step.verbs = actions_of(meeting, at, "hold", "session_times", "waive_notice", "late_item")
    return step


def session_sentence(meeting: Meeting) -> str:
    words = {"began": format_time(meeting.opened_at), "ended": format_time(meeting.ended_at)}
    if meeting.ended_at:
        return gettext("In session from %(began)s to %(ended)s") % words
    return gettext("In session since %(began)s") % words


def format_time(moment: dt.datetime | None) -> str:
    return f"{localtime(moment, SHANGHAI):%H:%M}" if moment else "–"


def result_url(item: AgendaItem) -> str:
    return reverse("admin:council_meeting_result", args=[item.meeting_id, item.pk])


def minutes_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Minutes"), step_state(meeting, Status.HELD, Status.CLOSED))
    if step.state == "later":
        return step
    versions = list(meeting.minutes.order_by("version"))
    step.links = [
        (
            gettext("Version %(number)s: %(status)s")
            % {"number": row.version, "status": row.get_status_display()},
            reverse("admin:council_minutesversion_change", args=[row.pk]),
        )
        for row in versions
    ]
    step.verbs = actions_of(meeting, at, "draft_minutes")
    if versions and versions[-1].is_public:
        step.state = "done"
    return step


def answers_step(meeting: Meeting, at: dt.datetime) -> Step:
    step = Step(_("Answers, and the end"), step_state(meeting, Status.HELD, Status.CLOSED))
    if step.state == "later":
        return step
    waiting = list(without_new_answer(meeting).values_list("pk", "receipt"))
    step.words = gettext("Topics without an answer since the session: %(count)s") % {"count": len(waiting)}
    step.links = [
        (gettext("Topics of this meeting"), topics_url(meeting)),
        *((receipt, reverse("admin:council_topic_change", args=[pk])) for pk, receipt in waiting),
    ]
    step.verbs = actions_of(meeting, at, "close_meeting")
    return step
