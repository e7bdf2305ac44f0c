"""A month of ratings at the demo hall, by the actions of links, tablets and clerks; all words invented."""

import datetime as dt
import random

from django.core.exceptions import ValidationError
from django.utils import timezone

from circle.actions import answer_rating, call_back_about_rating, give_rating, open_rating
from circle.demo.staff import demo_staff
from circle.models import Community, Rating, RatingFollowUp
from services import actions
from services.models import Booking, Ticket

HEAD = "head@demo.invalid"
RATED = 160  # of the visits of the past two months
LEVELS = [5] * 12 + [4] * 5 + [3] * 2
LOW = [(2, "waited", "排了四十分钟才叫到号（演示）"), (1, "came_again", "少带一张照片，跑了两趟（演示）")]
WORDS = {5: "讲得明白，一次就办好了（演示）", 4: "还可以（演示）"}


def load_ratings(community: Community) -> None:
    """Not again once there is one."""
    if Rating.objects.filter(community=community).exists():
        return
    chance, now = random.Random(20261130), timezone.now()  # noqa: S311 - a demo, no secret
    done = Ticket.objects.filter(community=community, status=Ticket.Status.DONE, done_at__isnull=False)
    visits = list(done.filter(booking=None).order_by("-done_at")[:RATED])
    for number, visit in enumerate(visits):
        at = visit.done_at + dt.timedelta(minutes=chance.randint(12, 90)) if visit.done_at else now
        said = LOW[number] if number < len(LOW) else (chance.choice(LEVELS), "", "")
        channel = Rating.Channel.DEVICE if number % 6 == 5 else Rating.Channel.LINK
        rate(Ticket._meta.label_lower, visit.pk, min(at, now), channel, *said)
    served = Booking.objects.filter(community=community, status=Booking.Status.SERVED).order_by("-status_at")
    for booking in served[:RATED]:
        at = min(booking.status_at + dt.timedelta(minutes=chance.randint(12, 90)), now)
        rate(Booking._meta.label_lower, booking.pk, at, Rating.Channel.LINK, chance.choice(LEVELS), "", "")
    answer_first(community, now)
    actions.measure_items(at=now)


def rate(
    label: str, pk: int, at: dt.datetime, channel: str, level: int, reason: str, words: str
) -> Rating | None:
    """None where it is not to be rated any more."""
    try:
        rating = open_rating(label=label, pk=pk, at=at)
        return give_rating(
            rating=rating,
            level=level,
            at=at,
            channel=channel,
            reasons=[reason] if reason else [],
            words=words or WORDS.get(level, ""),
        )
    except ValidationError:
        return None


def answer_first(community: Community, now: dt.datetime) -> None:
    """One is answered, the other waits."""
    low = RatingFollowUp.objects.filter(community=community).order_by("pk").last()
    if low is None:
        return
    head = demo_staff(community, HEAD)
    if low.rating.is_served_by(head):
        return
    at = min(low.status_at + dt.timedelta(hours=2), now)
    call_back_about_rating(follow_up=low, words="已电话致歉，说明了缺哪张照片（演示）", at=at, by=head)
    answer = "今后取号时就提醒带齐照片，窗口可以当场拍（演示）"
    answer_rating(follow_up=low, words=answer, at=min(at + dt.timedelta(hours=1), now), by=head)
