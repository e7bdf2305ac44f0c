"""Messages of the demo are sent in the moment in which they would have been."""

import contextlib
import datetime as dt
import io

from django.conf import settings
from django.db.models import Max

from circle.models import (
    Message,
)
from circle.notifications import send_messages


def send_demo_messages(at: dt.datetime) -> None:
    """Send what was written until then, also within quiet hours, so that nothing old waits in the outbox.

    Only where text messages are printed: a real gateway would send them to invented numbers.
    """
    if not settings.SMS_URL.startswith("console://"):
        return
    with contextlib.redirect_stdout(io.StringIO()):
        while Message.objects.due(at).exists():  # a batch may be dropped as a whole
            send_messages(at=at, also_at_night=True)


def last_message() -> int:
    """The highest id in the outbox, 0 for an empty one."""
    last: int = Message.objects.aggregate(last=Max("pk", default=0))["last"]
    return last


def drop_messages_after(pk: int) -> None:
    """Nobody is to be told of invented bookings; what staff tell in person stays on their list."""
    waiting = [Message.Status.QUEUED, Message.Status.SENDING]
    rows = Message.objects.filter(pk__gt=pk, status__in=waiting).exclude(channel=Message.Channel.DESK)
    rows.update(status=Message.Status.DROPPED, secret_sealed="", lease_until=None, fault="demo")
