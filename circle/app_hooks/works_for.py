"""Whether a post has something to do for a person: the hook `works_for`."""

from circle.models import Message, Resident, User


def has_visit_to_make(resident: Resident, user: User) -> bool:
    """A message that is to be told in person."""
    own = Message.objects.in_care_of(user).filter(resident=resident)
    return own.filter(channel=Message.Channel.DESK, status=Message.Status.QUEUED).exists()
