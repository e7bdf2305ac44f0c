"""The senior school in the demo: a term with a month of rolls, and one whose enrolment is open."""

import contextlib
import datetime as dt
import random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import make_aware

from circle.demo.messages import send_demo_messages
from circle.models import Community, Facility, Resident, User, Via
from eldercare import actions
from eldercare.models import Enrolment, SchoolClass, Term

ONE_DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
WEEKS_HELD = 5  # of the running term
# Name, what is learnt, weekday, from, places: more ask for the smallest one than it holds.
COURSES: list[tuple[str, str, str, str, int, int, int]] = [
    ("合唱班", "Choir", "练声和老歌新唱", "Voice training and songs everybody knows", 1, 9, 20),
    ("书法班", "Calligraphy", "楷书和行书入门", "Regular and running script from the beginning", 3, 14, 8),
    ("智能手机班", "Smartphone class", "微信、挂号、防诈骗", "WeChat, doctors' appointments, scams", 4, 9, 4),
]


def add_school(community: Community, now: dt.datetime, boss: User) -> None:
    """The running term was drawn before it began; in the coming one people may enrol now."""
    place = Facility.objects.get(community=community, code="elder-station")
    elders = list(
        Resident.objects.filter(community=community, born_on__lt=dt.date(1967, 1, 1))
        .living()
        .select_related("login")
        .order_by("pk")
    )
    begins = now - WEEKS_HELD * WEEK
    is_autumn = begins.month >= 7
    seasons = [(begins.year, Term.Season.SPRING), (begins.year, Term.Season.AUTUMN)]
    seasons += [(begins.year + 1, Term.Season.SPRING)]
    this, following = seasons[is_autumn:][:2]
    running = add_term(community, this, first=begins, opens=begins - 3 * WEEK)
    classes = add_classes(running, place)
    asked_at = begins - 2 * WEEK
    for number, elder in enumerate(elders):
        for school_class in classes[number % 3 : number % 3 + 2] or classes[:1]:
            ask(school_class, elder, boss, number, asked_at)
    send_demo_messages(asked_at)
    actions.draw_term(term=running, at=running.closes_at)
    send_demo_messages(running.closes_at)
    keep_rolls(classes, now, boss)
    soon = now + 8 * WEEK
    window = {"opens": now - ONE_DAY, "closes": now + 10 * ONE_DAY}
    coming = add_term(community, following, first=soon, **window)
    open_now = add_classes(coming, place)
    for number, elder in enumerate(elders[:6]):
        ask(open_now[number % 3], elder, boss, number, now)


def add_term(
    community: Community,
    season: tuple[int, str],
    *,
    first: dt.datetime,
    opens: dt.datetime,
    closes: dt.datetime | None = None,
) -> Term:
    year, name = season
    return Term.objects.create(
        community=community,
        year=year,
        season=name,
        first_day=first.date(),
        last_day=(first + 12 * WEEK).date(),
        opens_at=opens,
        closes_at=closes or first - WEEK,
        filling=Term.Filling.DRAW,
        is_former_first=True,
    )


def add_classes(term: Term, place: Facility) -> list[SchoolClass]:
    found = []
    for zh, en, what_zh, what_en, weekday, hour, places in COURSES:
        school_class = SchoolClass.objects.create(
            community_id=term.community_id,
            term=term,
            facility=place,
            name_zh=zh,
            name_en=en,
            what_zh=what_zh,
            what_en=what_en,
            teacher="老师（演示）",
            room="二楼活动室",
            weekday=weekday,
            opens=dt.time(hour),
            closes=dt.time(hour + 1, 30),
            last_join_day=term.first_day + 9 * WEEK,
            capacity=places,
        )
        actions.lay_out_sessions(school_class=school_class, at=term.opens_at)
        found.append(school_class)
    return found


def ask(school_class: SchoolClass, elder: Resident, boss: User, number: int, at: dt.datetime) -> None:
    said: dict[str, Any] = {"school_class": school_class, "resident": elder, "at": at}
    with contextlib.suppress(ValidationError):  # no more courses for this person
        if elder.login:
            actions.enrol(**said, via=Via.ONLINE, by=elder.login)
        else:
            is_on_paper = number % 2 == 0
            via = Via.WINDOW if is_on_paper else Via.PHONE
            actions.enrol(**said, via=via, by=boss, is_on_paper=is_on_paper)


def keep_rolls(classes: list[SchoolClass], now: dt.datetime, boss: User) -> None:
    """Of what has met so far; nine in ten come. The first pupil of each class is its monitor."""
    chance = random.Random(20260301)  # noqa: S311 - a demo, no secret
    for school_class in classes:
        pupils = list(Enrolment.objects.pupils().filter(school_class=school_class).order_by("pk"))
        if pupils:
            SchoolClass.objects.filter(pk=school_class.pk).update(monitor=pupils[0].resident_id)
        for session in school_class.sessions.filter(ends_at__lt=now).order_by("day"):
            came = [pupil.pk for pupil in pupils if chance.random() < 0.9]
            evening = make_aware(dt.datetime.combine(session.day, dt.time(17)))
            actions.take_roll(session=session, present=came, at=min(evening, now), by=boss)
