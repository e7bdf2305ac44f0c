"""What the secretary does with a meeting; the actions have the last word."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, action_table, is_in, pass_row_as
from council import actions
from council.actions.roll import are_results_open
from council.backoffice.reasons import CouncilReasonForm, PublicForm
from council.backoffice.sessions import EndForm, OpeningForm, SessionTimesForm
from council.models import Meeting

Status = Meeting.Status


def is_call_running(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.is_calling(at)


def is_agenda_ready(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.status == Status.CALL_OPEN and not meeting.is_calling(at) and meeting.items.exists()


def has_session_times(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.opened_at is not None and are_results_open(meeting)


def has_no_minutes(meeting: Meeting, at: dt.datetime) -> bool:
    return meeting.status in (Status.HELD, Status.CLOSED) and not meeting.minutes.exists()


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
        form=PublicForm,
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
        "cancel_meeting",
        _("Call the meeting off"),
        pass_row_as("meeting", actions.cancel_meeting),
        available=is_in(Status.PLANNED, Status.CALL_OPEN, Status.NOTICED),
        form=CouncilReasonForm,
        sentence=_("Its page and calendar entry stay, marked so. Who raised a topic for it is told."),
    ),
)
