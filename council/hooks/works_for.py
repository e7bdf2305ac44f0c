"""What a post has to do for a person now: the hook `works_for`."""

from django.db.models import QuerySet

from circle.models import Resident, User, within_posts
from council.models import Topic


def open_topics(resident: Resident, user: User) -> QuerySet[Topic]:
    waiting = [Topic.Status.RECEIVED, Topic.Status.ACCEPTED]
    own = Topic.objects.filter(within_posts(user, "council.change_topic"), status__in=waiting)
    return own.filter(raised_by=resident)
