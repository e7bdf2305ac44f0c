"""After a restore: what the backup did not know to be sent yet may have gone out since."""

from circle.models import Message

RESTORED = "restored"
Status = Message.Status


def hold_unsent() -> int:
    """Put every message that waits before staff, as not delivered: they know what went out. Returns how many.

    Tasks to tell somebody in person stay: people carry them out, who see what was done.
    """
    waiting = Message.objects.filter(status__in=[Status.QUEUED, Status.SENDING])
    return waiting.exclude(channel=Message.Channel.DESK).update(
        status=Status.DEAD, secret_sealed="", lease_until=None, fault=RESTORED
    )
