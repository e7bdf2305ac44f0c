"""Whether a post has something to do for a person: the hook `works_for`."""

from circle.models import Resident, User, within_posts
from council.models import Topic


def has_open_topic(resident: Resident, user: User) -> bool:
    waiting = [Topic.Status.RECEIVED, Topic.Status.ACCEPTED]
    own = Topic.objects.filter(within_posts(user, "council.change_topic"), status__in=waiting)
    return own.filter(raised_by=resident).exists()
