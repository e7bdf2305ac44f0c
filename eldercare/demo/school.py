"""The senior school in the demo: a term with a month of rolls, and one whose enrolment is open."""

import contextlib
import datetime as dt
import random
from typing import Any

from django.core.exceptions import ValidationError

from circle.calendar.working_days import SHANGHAI
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
    running = add_term(community, first=begins, opens=at_hour(begins - 3 * WEEK, 9))
    classes = add_classes(running, place)
    asked_at = begins - 2 * WEEK
    for number, elder in enumerate(elders):
        for school_class in classes[number % 3 : number % 3 + 2] or classes[:1]:
            ask_for_place(school_class, elder, boss, number, asked_at)
    send_demo_messages(asked_at)
    actions.draw_term(term=running, at=running.closes_at)
    send_demo_messages(running.closes_at)
    keep_rolls(classes, now, boss)
    soon = now + 9 * WEEK  # so that it falls into another season
    window = {"opens": at_hour(now - 2 * ONE_DAY, 9), "closes": at_hour(now + 10 * ONE_DAY, 17)}
    coming = add_term(community, first=soon, **window)
    open_now = add_classes(coming, place)
    for number, elder in enumerate(elders[:6]):
        ask_for_place(open_now[number % 3], elder, boss, number, now)


def add_term(
    community: Community,
    *,
    first: dt.datetime,
    opens: dt.datetime,
    closes: dt.datetime | None = None,
) -> Term:
    return Term.objects.create(
        community=community,
        year=first.astimezone(SHANGHAI).year,
        season=list(Term.Season)[first.astimezone(SHANGHAI).month % 12 // 3],  # December begins the winter
        first_day=first.astimezone(SHANGHAI).date(),
        last_day=(first + 12 * WEEK).astimezone(SHANGHAI).date(),
        opens_at=opens,
        closes_at=closes or at_hour(first - WEEK, 17),
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


def ask_for_place(
    school_class: SchoolClass, elder: Resident, boss: User, number: int, at: dt.datetime
) -> None:
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
            evening = at_hour(session.starts_at, 17)
            actions.take_roll(session=session, present=came, seen="", at=min(evening, now), by=boss)


def at_hour(moment: dt.datetime, hour: int) -> dt.datetime:
    """That hour of its day here."""
    return moment.astimezone(SHANGHAI).replace(hour=hour, minute=0, second=0, microsecond=0)
