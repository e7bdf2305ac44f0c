"""What the secretary does with a meeting; the actions have the last word."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, action_table, is_in, pass_row_as
from council import actions
from council.actions.agenda import AGENDA_OPEN, statuses_before_agenda
from council.actions.proposals import has_proposals
from council.actions.roll import are_results_open
from council.backoffice.public_texts import AgendaPublicForm
from council.backoffice.reasons import CouncilReasonForm
from council.backoffice.sessions import AdjournmentForm, EndForm, OpeningForm, SessionTimesForm
from council.backoffice.waivers import LateItemForm, WaiverForm, parts_without_waiver
from council.models import Meeting, roll_of

Status = Meeting.Status


def is_call_running(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.is_calling(at)


def is_agenda_ready(meeting: Meeting, at: dt.datetime) -> bool:
    is_time = meeting.status in statuses_before_agenda(meeting) and not meeting.is_calling(at)
    return is_time and meeting.items.exists()


def has_session_times(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.opened_at is not None and are_results_open(meeting)


def has_no_minutes(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.status in (Status.HELD, Status.CLOSED) and not meeting.minutes.exists()


def has_unfinished_items(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.status in AGENDA_OPEN and has_proposals(meeting)


def is_last_of_its_body(meeting: Meeting, at: dt.datetime) -> bool:
    if meeting.status not in (Status.HELD, Status.CLOSED, Status.ADJOURNED):
        return False
    return not Meeting.objects.filter(body=meeting.body_id, starts_at__gt=meeting.starts_at).exists()


def is_without_quorum(meeting: Meeting, at: dt.datetime) -> bool:
    is_time = meeting.status == Status.NOTICED and meeting.starts_at <= at
    return is_time and not roll_of(meeting, at).is_quorate


def needs_waiver(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.opened_at is not None and are_results_open(meeting) and bool(parts_without_waiver(meeting))


MEETING_ACTIONS = action_table(
    "council.change_meeting",
    RowAction(
        "open_call",
        _("Open the call for topics"),
        pass_row_as("meeting", actions.open_call),
        available=is_in(Status.PLANNED),
        sentence=_("From now on residents can send topics until the call closes."),
    ),
    RowAction(
        "close_call",
        _("Close the call now"),
        pass_row_as("meeting", actions.close_call),
        available=is_call_running,
        sentence=_("From now on no more topics are taken for this meeting."),
    ),
    RowAction(
        "publish_agenda",
        _("Publish the agenda"),
        pass_row_as("meeting", actions.publish_agenda),
        available=is_agenda_ready,
        form=AgendaPublicForm,
        sentence=_(
            "Everybody reads it from now on, and it no longer changes. Who raised a topic on it is told."
        ),
    ),
    RowAction(
        "open_session",
        _("Open the session"),
        pass_row_as("meeting", actions.open_session),
        available=is_in(Status.NOTICED),
        form=OpeningForm,
        sentence=_("The roll must show a quorum. From now on hands can be counted."),
    ),
    RowAction(
        "late_item",
        _("Put a late item on the agenda"),
        pass_row_as("meeting", actions.add_late_item),
        available=is_in(Status.NOTICED, Status.IN_SESSION),
        form=LateItemForm,
        sentence=_("It comes at the end. For decision it waits until two thirds of those present agree."),
    ),
    RowAction(
        "waive_notice",
        _("Put down a waiver of notice"),
        pass_row_as("meeting", actions.record_waiver),
        available=needs_waiver,
        form=WaiverForm,
        sentence=_("Two thirds of the voting members present agree to decide in spite of the late notice."),
    ),
    RowAction(
        "hold",
        _("End the session"),
        pass_row_as("meeting", actions.end_session),
        available=is_in(Status.IN_SESSION),
        form=EndForm,
        sentence=_("Every item has its result."),
    ),
    RowAction(
        "session_times",
        _("Set when it began and ended"),
        pass_row_as("meeting", actions.set_session_times),
        available=has_session_times,
        form=SessionTimesForm,
        sentence=_("The minutes say these times. They are fixed once the minutes are submitted."),
    ),
    RowAction(
        "draft_minutes",
        _("Begin the minutes"),
        pass_row_as("meeting", actions.draft_minutes),
        available=has_no_minutes,
        sentence=_("Roll, results and resolutions are taken over; you write what was said."),
    ),
    RowAction(
        "close_meeting",
        _("Close the meeting"),
        pass_row_as("meeting", actions.close_meeting),
        available=is_in(Status.HELD),
        sentence=_("The minutes are public, and everybody who raised a topic has an answer."),
    ),
    RowAction(
        "remove_plan",
        _("Remove this plan"),
        pass_row_as("meeting", actions.remove_plan),
        available=is_in(Status.PLANNED),
        sentence=_("For a meeting that was planned by mistake. Nothing of it stays."),
    ),
    RowAction(
        "take_over_items",
        _("Take over what proposes itself"),
        pass_row_as("meeting", actions.take_over_items),
        available=has_unfinished_items,
        sentence=_(
            "The last minutes come first; what was put off and actions that are not verified come at the end."
        ),
    ),
    RowAction(
        "plan_next",
        _("Plan the next meeting"),
        pass_row_as("meeting", actions.plan_next_meeting),
        available=is_last_of_its_body,
        sentence=_("In the next month, on the same weekday, at the same hours and place, with its call."),
    ),
    RowAction(
        "adjourn_meeting",
        _("Adjourn it: no quorum"),
        pass_row_as("meeting", actions.adjourn_meeting),
        available=is_without_quorum,
        form=AdjournmentForm,
        sentence=_("Its items and topics go on in one other meeting, whose agenda you then publish."),
    ),
    RowAction(
        "cancel_meeting",
        _("Call the meeting off"),
        pass_row_as("meeting", actions.cancel_meeting),
        available=is_in(Status.PLANNED, Status.CALL_OPEN, Status.NOTICED),
        form=CouncilReasonForm,
        sentence=_("Its page and calendar entry stay, marked so. Who raised a topic for it is told."),
    ),
)
