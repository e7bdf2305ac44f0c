"""What may be done with a meeting and with a version of its minutes; the actions have the last word."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from circle.models import User
from council import actions
from council.models import Meeting, MinutesVersion
from council.models.minutes import OPEN

Status = MinutesVersion.Status


@dataclass(frozen=True)
class Verb:
    """One thing that may be done with a row; each is asked for once more on a page of its own."""

    name: str
    label: Any
    act: Callable[..., Any]
    sentence: Any
    needs_reason: bool = False


MEETING_VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "open_call",
            _("Open the call for topics"),
            actions.open_call,
            _("From now on residents can send topics until the call closes."),
        ),
        Verb(
            "close_call",
            _("Close the call now"),
            actions.close_call,
            _("From now on no more topics are taken for this meeting."),
        ),
        Verb(
            "publish_agenda",
            _("Publish the agenda"),
            actions.publish_agenda,
            _("Everybody reads it from now on, and it no longer changes. Who raised a topic on it is told."),
        ),
        Verb(
            "open_session",
            _("Open the session"),
            actions.open_session,
            _("The roll must show a quorum. From now on hands can be counted."),
        ),
        Verb("hold", _("End the session"), actions.end_session, _("Every item has its result.")),
        Verb(
            "draft_minutes",
            _("Begin the minutes"),
            actions.draft_minutes,
            _("Roll, results and resolutions are taken over; you write what was said."),
        ),
        Verb(
            "close_meeting",
            _("Close the meeting"),
            actions.close_meeting,
            _("The minutes are public, and everybody who raised a topic has an answer."),
        ),
        Verb(
            "cancel_meeting",
            _("Call the meeting off"),
            actions.cancel_meeting,
            _("Its page and calendar entry stay, marked so. Who raised a topic for it is told."),
            needs_reason=True,
        ),
    )
}
MINUTES_VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "submit_minutes",
            _("Give them to review"),
            actions.submit_minutes,
            _("Roll, results and text are fixed until they are returned. Somebody else must approve them."),
        ),
        Verb(
            "approve_minutes",
            _("Approve the minutes"),
            actions.approve_minutes,
            _("You have read them and find them right. Whoever wrote in them cannot approve them."),
        ),
        Verb(
            "return_minutes",
            _("Return them to be written again"),
            actions.return_minutes,
            _("They become a draft again, with your reason."),
            needs_reason=True,
        ),
        Verb(
            "publish_minutes",
            _("Publish the minutes"),
            actions.publish_minutes,
            _("They become public for good: nobody can change them. A correction is a new version."),
        ),
        Verb(
            "correct_minutes",
            _("Begin a correction"),
            actions.correct_minutes,
            _("A new version begins with the published text. Say what is wrong: everybody reads it."),
            needs_reason=True,
        ),
    )
}
# Whoever holds the one permission may not therefore do what the other stands for.
APPROVING = {"approve_minutes", "return_minutes"}


def perform_action(verb: Verb, row: Any, *, at: dt.datetime, by: User, reason: str = "", **said: Any) -> Any:
    """Refuses: whatever the verb's action refuses."""
    more = {"reason": reason} if verb.needs_reason else {}
    name = "meeting" if isinstance(row, Meeting) else "minutes"
    return verb.act(
        **{"published" if verb.name == "correct_minutes" else name: row}, at=at, by=by, **more, **said
    )


def available_minutes_actions(minutes: MinutesVersion) -> list[Verb]:
    """What can be done with this version now; the actions have the last word."""
    names = {
        Status.DRAFT: ["submit_minutes"],
        Status.IN_REVIEW: ["approve_minutes", "return_minutes"],
        Status.APPROVED: ["publish_minutes", "return_minutes"],
        Status.PUBLISHED: ["correct_minutes"],
    }
    found = names.get(Status(minutes.status), [])
    is_corrected = minutes.meeting.minutes.filter(status__in=OPEN).exists()
    return [MINUTES_VERBS[name] for name in found if not (name == "correct_minutes" and is_corrected)]
