"""Whom an alarm is told, and when: the plan of its steps by the dated rule, and the messages."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from circle.calendar.legal_parameters import rule_in_force
from circle.models import Alarm, AlarmStep, DutyShift, Guardianship, Mandate, StaffPost, User
from circle.models.posts import logins_with_role
from circle.models.roles import Role
from circle.notifications.outbox import notify

RULE = "alarm_steps"
# Where the rule says nothing, nobody waits; only what is repeated needs a distance.
WITHOUT_RULE = {"retry": 0, "contacts": 0, "each": 0, "nearby": 0, "leader": 0, "director": 0}
WITHOUT_RULE |= {"repeat": 60, "silence": 60}
CHILD = Alarm.Source.NOT_COLLECTED
Kind = AlarmStep.Kind
Reader = dict[str, Any]  # the argument of `notify` that says who reads it


@dataclass(frozen=True)
class PlannedStep:
    kind: str
    position: int
    minutes: int
    event: str
    readers: Sequence[Reader]


def alarm_minutes(at: dt.datetime) -> dict[str, int]:
    """Minutes from `waits_from` to each step, by the rule of the day."""
    try:
        params: dict[str, int] = rule_in_force(RULE, on=localdate(at)).params
    except ValidationError:
        return WITHOUT_RULE
    return WITHOUT_RULE | params


def planned_steps(alarm: Alarm, minutes: dict[str, int], at: dt.datetime) -> Iterator[PlannedStep]:
    """In the order of the rule's chain; a step without anybody to tell is left out."""
    yield PlannedStep(Kind.RETRY, 0, minutes["retry"], "alarm_again", on_duty(alarm, at))
    contacts, event = contacts_of(alarm, at), "alarm_child" if alarm.source == CHILD else "alarm_contact"
    for position, contact in enumerate(contacts):
        wait = minutes["contacts"] + position * minutes["each"]
        yield PlannedStep(Kind.CONTACT, position, wait, event, [contact])
    near = logins_nearby(alarm, at)
    if near:
        yield PlannedStep(Kind.NEARBY, 0, minutes["nearby"], "alarm_nearby", near)
    leader = Role.NURSERY_HEAD if alarm.source == CHILD else Role.VOLUNTEER_LEADER
    yield PlannedStep(Kind.LEADER, 0, minutes["leader"], "alarm_again", role_holders(alarm, leader, at))
    yield PlannedStep(
        Kind.DIRECTOR, 0, minutes["director"], "alarm_again", role_holders(alarm, Role.DIRECTOR, at)
    )


def on_duty(alarm: Alarm, at: dt.datetime) -> list[Reader]:
    """Who is on the roster now; else who runs the care of the source; else the director."""
    roster = DutyShift.objects.on_duty(at).filter(community=alarm.community_id, user__is_active=True)
    logins = User.objects.filter(duty_shifts__in=roster).distinct()
    if alarm.source != CHILD and logins:
        return [{"user": login} for login in logins]
    role = Role.NURSERY_HEAD if alarm.source == CHILD else Role.ELDER_COORDINATOR
    return role_holders(alarm, role, at) or role_holders(alarm, Role.DIRECTOR, at)


def role_holders(alarm: Alarm, role: Role, at: dt.datetime) -> list[Reader]:
    logins = logins_with_role(alarm.community_id, role, localdate(at), alarm.facility_id)
    return [{"user": login} for login in logins]


def contacts_of(alarm: Alarm, at: dt.datetime) -> list[Reader]:
    """A child's guardians by their rank, then who may act for the person, the oldest mandate first."""
    guardians = Guardianship.objects.current(localdate(at)).filter(child=alarm.resident_id)
    found: list[Reader] = [{"resident": each.adult} for each in guardians.select_related("adult")]
    mandates = Mandate.objects.active(localdate(at)).filter(principal=alarm.resident_id)
    agents = {each.agent_id: each.agent for each in mandates.select_related("agent").order_by("pk")}
    return found + [{"user": agent} for agent in agents.values()]


def logins_nearby(alarm: Alarm, at: dt.datetime) -> list[Reader]:
    """The grid worker and the head of the building; of a child not collected nobody."""
    if alarm.source == CHILD:
        return []
    posts = StaffPost.objects.active(localdate(at)).looking_after(alarm.resident.building_id)
    logins = {post.user_id: post.user for post in posts.select_related("user") if post.user.is_active}
    return [{"user": login} for login in logins.values()]


def notify_duty(alarm: Alarm, at: dt.datetime) -> None:
    """At once: who is on duty."""
    notify_readers(alarm, PlannedStep(Kind.RAISED, 0, 0, "alarm_raised", on_duty(alarm, at)), at)


def notify_readers(alarm: Alarm, step: PlannedStep, at: dt.datetime) -> None:
    for number, reader in enumerate(step.readers):
        notify(
            event=step.event,
            community=alarm.community_id,
            at=at,
            dedupe=f"alarm:{alarm.pk}:{alarm.round}:{step.kind}:{step.position}:{number}",
            values={"code": alarm.code, "source": source_in_both(alarm.source)},
            **reader,
        )


def source_in_both(source: str) -> tuple[str, str]:
    """Its label in Chinese and in English, as a message takes it."""
    from django.utils.translation import override

    label = Alarm.Source(source).label
    with override("zh-hans"):
        zh = str(label)
    with override("en"):
        return zh, str(label)
