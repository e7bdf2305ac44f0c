"""Telling those who live where water, power … is off, each by their own channel."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Message, Notice, Resident, User
from circle.notifications import notify
from circle.notifications.outbox import expected_channel

EVENT = "outage"


@dataclass(frozen=True)
class Reach:
    """How many people a notice would be told to, and how."""

    by_message: int
    in_person: int

    @property
    def people(self) -> int:
        return self.by_message + self.in_person


def people_hit(notice: Notice, at: dt.datetime) -> list[Resident]:
    """Who lives there and has not been told of these times yet."""
    told = Message.objects.filter(dedupe__startswith=dedupe_of(notice)).values("resident")
    people = notice.people(localtime(at).date()).exclude(pk__in=told)
    return list(people.select_related("login").order_by("pk"))


def reach_of(notice: Notice, at: dt.datetime) -> Reach:
    channels = [expected_channel(person, person.login) for person in people_hit(notice, at)]
    in_person = channels.count(Message.Channel.DESK)
    return Reach(len(channels) - in_person, in_person)


@transaction.atomic
def tell_who_is_hit(*, notice: Notice, at: dt.datetime, by: User) -> int:
    """Each is told once of the same times; returns how many are told now.

    Refuses: not_published, no_outage (without times, or over), nobody (all have been told, or nobody lives
    there).
    """
    notice = Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    if not Notice.objects.visible(notice.community, at).filter(pk=notice.pk).exists():
        raise ValidationError(_("Publish it first."), code="not_published")
    if notice.outage_until is None or notice.outage_until <= at:
        raise ValidationError(_("Give the times of the outage, which are still to come."), code="no_outage")
    people = people_hit(notice, at)
    if not people:
        raise ValidationError(_("Nobody is left to be told."), code="nobody")
    for person in people:
        tell_one(notice, person, at)
    record(
        verb="notice_told",
        subject=notice,
        community=notice.community_id,
        at=at,
        actor=by,
        people=len(people),
    )
    return len(people)


def tell_one(notice: Notice, person: Resident, at: dt.datetime) -> None:
    notify(
        event=EVENT,
        community=notice.community,
        resident=person,
        user=person.login,
        at=at,
        dedupe=f"{dedupe_of(notice)}{person.pk}",
        values={
            "notice": notice.pk,
            "title": (notice.title_zh, notice.title_en),
            "starts_at": notice.outage_from or at,
            "ends_at": notice.outage_until or at,
        },
    )


def dedupe_of(notice: Notice) -> str:
    """Of its times: other times are told anew."""
    times = [each for each in (notice.outage_from, notice.outage_until) if each]
    return ":".join([EVENT, str(notice.pk), *(str(int(each.timestamp())) for each in times), ""])
