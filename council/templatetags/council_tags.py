from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils import timezone

from circle.models import Community, User
from council.models import Meeting, MinutesVersion, Sheet, Topic
from council.models.differences import count_sentence, movement_sentence, roll_sentence
from council.models.minutes import Decision

register = template.Library()

TOPICS_SHOWN = 10


@register.inclusion_tag("council/_next_meeting.html")
def next_meeting(community: Community) -> dict[str, Any]:
    """The residents' council on other pages: when it meets, and until when it takes topics."""
    at = timezone.now()
    found = Meeting.objects.public(community).of_the_council().to_come(at).first()
    return {"meeting": found, "is_calling": found is not None and found.is_calling(at)}


@register.inclusion_tag("council/_my_topics.html")
def my_topics(user: User) -> dict[str, Any]:
    """What this login's people brought before the council, the latest first; minutes they may read first."""
    topics = Topic.objects.mine(user).select_related("meeting__body", "body", "raised_by")[:TOPICS_SHOWN]
    return {"topics": topics, "reviews": MinutesVersion.objects.to_review_by(user)}


@register.simple_tag
def raise_with_council(dimension: str) -> str:
    """Where a gap in the circle is raised: the form, with what is known of it."""
    return f"{reverse('topic_new')}?about=home:{quote(dimension)}"


@register.filter
def roll_in_words(sheet: Sheet) -> str:
    return roll_sentence(sheet.roll)


@register.filter
def movements_in_words(sheet: Sheet) -> list[str]:
    return [movement_sentence(movement) for movement in sheet.movements or []]


@register.filter
def hands_in_words(decision: Decision) -> str:
    return count_sentence(decision)
