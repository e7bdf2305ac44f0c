"""In-person messages: the outcome of a visit, and who visits."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Message, StaffPost, User
from circle.notifications.in_person import IN_PERSON_PERMISSION

IN_PERSON_FROM = dt.time(9)  # earliest hour for a visit
Outcome = Message.Outcome
Status = Message.Status


@transaction.atomic
def record_in_person_outcome(
    *, message: Message, at: dt.datetime, by: User, outcome: str = Outcome.TOLD
) -> Message:
    """Record a visit: notified or note left closes the message, nobody met makes it due again tomorrow.

    Also for a dead letter. A message sent by phone or e-mail is unchanged, and so is one already closed.
    """
    rows = Message.objects.filter(pk=message.pk)
    if outcome == Outcome.NOT_MET:
        done = (
            rows.awaiting_in_person()
            .filter(due_at__lte=at)
            .update(outcome=outcome, due_at=next_in_person_time(at), attempts=F("attempts") + 1)
        )
    else:
        waiting = (
            rows.awaiting_in_person() | rows.dead() if outcome == Outcome.TOLD else rows.awaiting_in_person()
        )
        done = waiting.update(outcome=outcome, status=Status.SENT, sent_at=at)
    if done:
        verb = "message_told" if outcome == Outcome.TOLD else f"message_{outcome}"
        record(verb=verb, subject=message, community=message.community_id, at=at, actor=by)
    message.refresh_from_db()
    return message


def next_in_person_time(at: dt.datetime) -> dt.datetime:
    day = localtime(at) + dt.timedelta(days=1)
    return day.replace(hour=IN_PERSON_FROM.hour, minute=IN_PERSON_FROM.minute, second=0, microsecond=0)


@transaction.atomic
def reassign_in_person_message(*, message: Message, to: User, at: dt.datetime, by: User) -> Message:
    """Assign the visit to another colleague who does home visits.

    Refuses: not_waiting (the person has been notified meanwhile), cannot_knock (no post with home visits).
    """
    posts = StaffPost.objects.active(localtime(at).date()).giving(IN_PERSON_PERMISSION)
    if not posts.filter(user=to, user__is_active=True, community=message.community_id).exists():
        raise ValidationError(_("This colleague does not go to people's doors here."), code="cannot_knock")
    waiting = Message.objects.awaiting_in_person().filter(pk=message.pk)
    if waiting.exclude(assigned_to=to).update(assigned_to=to):
        record(
            verb="message_handed_over",
            subject=message,
            community=message.community_id,
            at=at,
            actor=by,
            to=to.pk,
        )
    elif not waiting.exists():
        raise ValidationError(_("They have been told meanwhile."), code="not_waiting")
    message.refresh_from_db()
    return message
