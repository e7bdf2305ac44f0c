"""What a post has to do for a person now: the hook `works_for`."""

from django.db.models import QuerySet

from circle.models import Message, Resident, User


def visits_to_make(resident: Resident, user: User) -> QuerySet[Message]:
    """A message that is to be told in person."""
    own = Message.objects.in_care_of(user).filter(resident=resident)
    return own.filter(channel=Message.Channel.DESK, status=Message.Status.QUEUED)
