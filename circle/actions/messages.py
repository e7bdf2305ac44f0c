"""Changes to messages by staff."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Message, User
from circle.notifications import can_be_notified, find_untrue, message_events
from circle.notifications.in_person import in_person_assignee
from circle.notifications.still_true import NO_LONGER_TRUE

Status = Message.Status


@transaction.atomic
def send_again(*, message: Message, at: dt.datetime, by: User) -> Message:
    """Queue a dead letter again with all its attempts. One that waits or was sent is unchanged.

    Refuses: outdated (its content was useful for some minutes only), resident_gone, no_longer_true.
    """
    check_not_outdated(message, at)
    again = {"status": Status.QUEUED, "due_at": at, "attempts": 0, "fault": ""}
    if Message.objects.dead().filter(pk=message.pk).update(**again):
        record(verb="message_sent_again", subject=message, community=message.community_id, at=at, actor=by)
    message.refresh_from_db()
    return message


@transaction.atomic
def queue_in_person_message(*, message: Message, at: dt.datetime, by: User) -> Message:
    """Turn a dead letter into an in-person message for the grid worker or building head.

    Refuses: outdated, resident_gone, no_longer_true, nobody_to_knock_for (it was for a login without a
    person).
    """
    check_not_outdated(message, at)
    if message.resident is None:
        raise ValidationError(
            _("This was for a login; there is no door to knock at."), code="nobody_to_knock_for"
        )
    knock = {"status": Status.QUEUED, "channel": Message.Channel.DESK, "due_at": at, "attempts": 0}
    knock["assigned_to"] = in_person_assignee(message.resident, at)
    if Message.objects.dead().filter(pk=message.pk).update(**knock):
        record(verb="message_to_knock", subject=message, community=message.community_id, at=at, actor=by)
    message.refresh_from_db()
    return message


def check_not_outdated(message: Message, at: dt.datetime) -> None:
    event = message_events().get(message.event)
    if event and event.has_secret:
        raise ValidationError(
            _("A sign-in code is of use for some minutes only. They can ask for a new one."), code="outdated"
        )
    if message.resident and not can_be_notified(message.resident):
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if find_untrue([message], at):
        raise ValidationError(_("What this message says is no longer true."), code=NO_LONGER_TRUE)
