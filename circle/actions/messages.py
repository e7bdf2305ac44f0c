"""What staff do with the outbox."""

import datetime as dt

from django.db import transaction

from circle.models import Message, User
from circle.records import record


@transaction.atomic
def tell_in_person(*, message: Message, at: dt.datetime, by: User) -> None:
    """Staff have told somebody who has no channel; a second click changes nothing."""
    told = Message.objects.to_tell().filter(pk=message.pk)
    if told.update(status=Message.Status.SENT, sent_at=at):
        record(verb="message_told", subject=message, community=message.community, at=at, actor=by)
