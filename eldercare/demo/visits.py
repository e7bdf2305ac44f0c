"""A month of visit duties in the demo, with a team of five volunteers, all made by the actions."""

import datetime as dt
import random
from typing import Any

from django.utils.timezone import localdate, make_aware

from circle.models import Community, Resident, User
from eldercare import actions
from eldercare.actions import Festival, Found
from eldercare.actions.holidays import spring_festival
from eldercare.models import HolidayStay, Pairing, Visit, VisitDuty, Volunteer

ONE_DAY = dt.timedelta(days=1)
DAYS = 28
TEAM = 5
REASONS = ["alone", "empty_nest", "alone", "left_behind", "alone", "disabled", "aged_80", "destitute"]
NOTES = {
    Visit.Outcome.NEEDS: "灯泡坏了，请帮忙换（演示）",
    Visit.Outcome.NOT_HOME: "",
    Visit.Outcome.WELL: "",
}


def add_visits(community: Community, now: dt.datetime, boss: User) -> None:
    """Reasons, profiles and pairings of four weeks ago; then day by day what was found."""
    elders = list(
        Resident.objects.filter(community=community, building__isnull=False, born_on__lt=dt.date(1960, 1, 1))
        .living()
        .select_related("community")
        .order_by("born_on", "pk")[: len(REASONS)]
    )
    began = now - DAYS * ONE_DAY
    for elder, kind in zip(elders, REASONS, strict=False):
        said: dict[str, Any] = {"resident": elder, "at": began, "by": boss}
        facts = {"grade": 1, "graded_on": began.date(), "hearing": "hard", "dialect": "贵阳话"}
        actions.write_profile(facts=facts | {"key": "同楼邻居（演示）"}, **said)
        actions.tag_resident(kind=kind, evidence="入户核实（演示）", **said)
    team = add_team(community, began, boss)
    pair_up(team, elders, began, boss)
    chance = random.Random(20260101)  # noqa: S311 - a demo, no secret
    for number in range(DAYS + 1):
        live_a_day(community, began + number * ONE_DAY, now, chance)
    plan_tomorrow(team, now)
    rest_of_one(elders, now, boss)
    ask_about_festival(elders, now, boss)


def add_team(community: Community, at: dt.datetime, boss: User) -> list[Volunteer]:
    """Neighbours of working age; one more has asked and waits."""
    people = Resident.objects.filter(
        community=community, login__isnull=False, building__isnull=False, born_on__gt=dt.date(1965, 1, 1)
    )
    logins = [person.login for person in people.select_related("login").order_by("pk")[: TEAM + 1]]
    team = [
        actions.join_volunteers(community=community, user=login, at=at)
        for login in logins
        if login and login != boss
    ]
    for volunteer in team[:TEAM]:
        actions.check_volunteer(volunteer=volunteer, at=at, by=boss)
        actions.train_volunteer(volunteer=volunteer, at=at, by=boss)
    return team[:TEAM]


def pair_up(team: list[Volunteer], elders: list[Resident], at: dt.datetime, boss: User) -> None:
    for number, elder in enumerate(elders[:-1] if team else []):  # of the last one the grid worker sees to it
        volunteer = team[number % len(team)]
        pairing = actions.pair_elder(volunteer=volunteer, resident=elder, at=at, by=boss)
        actions.introduce_volunteer(pairing=pairing, at=at, by=boss)


def plan_tomorrow(team: list[Volunteer], now: dt.datetime) -> None:
    """Each comes to one of their elders; on the eve these are told who."""
    for volunteer in team:
        if pairing := volunteer.pairings.order_by("pk").first():
            actions.plan_look(pairing=pairing, day=localdate(now) + ONE_DAY, at=now, by=volunteer.user)


def live_a_day(community: Community, at: dt.datetime, now: dt.datetime, chance: random.Random) -> None:
    """What is due is done one day in three; so now and then one is missed."""
    evening = min(make_aware(dt.datetime.combine(at.date(), dt.time(17))), now)
    actions.close_duties(at=min(at, now))
    actions.lay_out_duties(community=community, at=min(at, now))
    due = VisitDuty.objects.due().of_day(evening.date()).filter(community=community, due_at__gt=evening)
    for duty in due.select_related("resident").order_by("pk"):
        pairing = Pairing.objects.introduced().filter(resident=duty.resident).first()
        if pairing is None or chance.random() > 0.3:
            continue
        outcome = chance.choice([Visit.Outcome.WELL] * 8 + [Visit.Outcome.NEEDS])
        actions.record_visit(
            resident=duty.resident,
            found=Found(outcome, note=NOTES[outcome]),
            at=evening,
            by=pairing.volunteer.user,
        )


def rest_of_one(elders: list[Resident], now: dt.datetime, boss: User) -> None:
    for elder in elders[1:2]:
        actions.rest_visits(
            resident=elder,
            starts_on=now.date(),
            ends_on=now.date() + 40 * ONE_DAY,
            reason="去女儿家过冬（演示）",
            said_by="女儿",
            at=now,
            by=boss,
        )


def ask_about_festival(elders: list[Resident], now: dt.datetime, boss: User) -> None:
    """Of all but the last one: some are with the family; who is alone has their volunteer, one not on every
    day."""
    days = spring_festival(now.date())
    if not days:
        return
    alone, away, company = HolidayStay.Where.ALONE, HolidayStay.Where.AWAY, HolidayStay.Where.COMPANY
    places = [alone, away, alone, company, company, alone, company]
    for number, (elder, where) in enumerate(zip(elders[:-1], places, strict=False)):
        pairing = Pairing.objects.introduced().filter(resident=elder).first()
        plan: dict[str, Any] = {}
        if where == alone and pairing:
            plan = {"user": pairing.volunteer.user, "days": days[: len(days) - number]}
        said = Festival(where=where, said_by="本人（演示）", **plan)
        actions.plan_festival(resident=elder, festival=said, at=now, by=boss)
