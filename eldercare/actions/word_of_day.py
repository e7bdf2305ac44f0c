"""A word that both sides know: the elder asks for it at the door, and whoever comes says it."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.models import Resident, StaffPost, User
from eldercare.actions.photos import photo_uri
from eldercare.models import CareBooking, CareWorker, Volunteer
from eldercare.models.bookings import VISIT

# Two characters that sound alike in no dialect around here, of things that every elder knows.
WORDS = [
    "豆腐", "萝卜", "白菜", "辣椒", "苞谷", "糯米", "核桃", "板栗",
    "枇杷", "杨梅", "石榴", "柿子", "茶叶", "蜂蜜", "生姜", "花生",
    "灯笼", "雨伞", "扇子", "剪刀", "竹椅", "木桶", "簸箕", "算盘",
    "棉袄", "草帽", "围巾", "布鞋", "铜锣", "二胡", "风筝", "象棋",
]  # fmt: skip
EVE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Caller:
    user: User
    number: str  # empty where none was given out yet
    post: str = ""
    photo: str = ""  # for the `src` of a picture


def word_of(booking: CareBooking, at: dt.datetime) -> str:
    """From the eve on, while it is to come or under way and somebody is assigned to come; else empty.

    One for each visit and day, told by nothing that stands in the booking.
    """
    today = localdate(at)
    shown = [CareBooking.Status.ASSIGNED, CareBooking.Status.IN_SERVICE]
    if booking.day is None or booking.status not in shown or not booking.is_at_door:
        return ""
    if not today <= booking.day <= today + EVE:
        return ""
    return pick_word(f"word of the day {booking.pk} {booking.day}")


def word_of_round(volunteer: int, resident: Resident, day: dt.date) -> str:
    """What this volunteer says on that day to this elder, who may be looked in on on any."""
    return pick_word(f"word of the round {volunteer} {resident.pk} {day}")


def pick_word(text: str) -> str:
    return WORDS[hmac.digest(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256)[0] % len(WORDS)]


def caller_on_round(volunteer: Volunteer) -> Caller:
    return Caller(volunteer.user, volunteer.number, _("volunteer"), photo_uri(volunteer.photo))


def callers(booking: CareBooking) -> list[Caller]:
    """Who comes, the lead first: the number on the badge, the post and the photo of each; three queries."""
    crew = booking.crew
    if not crew:
        return []
    numbers = numbers_of(booking.community_id, crew)
    workers = CareWorker.objects.filter(community=booking.community_id, user__in=crew).exclude(photo=b"")
    photos = {pk: photo_uri(photo) for pk, photo in workers.values_list("user", "photo")}
    posts = posts_of_crew(booking, crew)
    return [
        Caller(user, numbers.get(user.pk, ""), posts.get(user.pk, ""), photos.get(user.pk, ""))
        for user in crew
    ]


def posts_of_crew(booking: CareBooking, crew: Sequence[User]) -> dict[int, str]:
    """The first of each that sends them on visits on the day of the care, as it is called."""
    if booking.day is None:
        return {}
    posts = StaffPost.objects.active(booking.day).giving(VISIT).filter(community=booking.community_id)
    found = posts.filter(user__in=crew).order_by("-pk")
    return {post.user_id: post.get_role_display() for post in found}


def numbers_of(community: int, people: Sequence[User]) -> dict[int, str]:
    """Of care workers, and of volunteers who look in."""
    found: dict[int, str] = {}
    for model in (Volunteer, CareWorker):
        rows = model._default_manager.filter(community=community, user__in=people)
        found |= dict(rows.values_list("user", "number"))
    return found
