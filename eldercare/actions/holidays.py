"""Before the Spring Festival: who is alone over it, and who looks in on which day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import CalendarDay, Resident, User
from eldercare.actions.profiles import refuse_dead
from eldercare.models import HolidayLook, HolidayStay
from eldercare.models.duties import looked_after_by

FESTIVAL = "春节"
ONE_DAY = dt.timedelta(days=1)
Where = HolidayStay.Where


def spring_festival(on: dt.date) -> list[dt.date]:
    """The days off of the next one, or of the one that runs; empty where the calendar has none yet."""
    ahead = CalendarDay.objects.holidays().between(on - 15 * ONE_DAY, on + 370 * ONE_DAY)
    dates = {day.date: day.name_zh for day in ahead}
    for first in sorted(date for date, name in dates.items() if FESTIVAL in name):
        days = [first]
        while days[0] - ONE_DAY in dates:
            days.insert(0, days[0] - ONE_DAY)
        while days[-1] + ONE_DAY in dates:
            days.append(days[-1] + ONE_DAY)
        if days[-1] >= on:
            return days
    return []


@dataclass(frozen=True)
class Festival:
    """What somebody said about an elder's festival; who looks in, on which of its days."""

    where: str
    said_by: str
    user: User | None = None
    days: Sequence[dt.date] = ()


@transaction.atomic
def plan_festival(*, resident: Resident, festival: Festival, at: dt.datetime, by: User) -> HolidayStay:
    """Note where an elder spends the festival; who is alone is looked in on by `user` on these days.

    Other days of the plan stay as they are; whoever is not alone any more is taken off it.
    Refuses: not_living, reason_missing, reason_too_long (who said so), no_festival (not in the calendar),
    not_a_day_of_it, not_yours (`user` may not look in on this elder), nobody_named (days without anybody).
    """
    refuse_dead(resident)
    days = spring_festival(localdate(at))
    if not days:
        raise ValidationError(
            _("The calendar does not have the next Spring Festival yet."), code="no_festival"
        )
    said_by = checked_reason(festival.said_by, 60)
    known = HolidayStay.objects.of_festival(days).filter(resident=resident).last()
    stay, _is_new = HolidayStay.objects.update_or_create(
        resident=resident,
        festival=known.festival if known else days[0],
        defaults={
            "community": resident.community,
            "where": festival.where,
            "said_by": said_by,
            "noted_at": at,
            "noted_by": by,
        },
    )
    if festival.where == Where.ALONE:
        plan_looks(resident, festival, days)
    else:
        HolidayLook.objects.of_festival(days).filter(resident=resident).delete()
    record(verb="festival_planned", subject=stay, community=stay.community_id, at=at, actor=by)
    return stay


def plan_looks(resident: Resident, festival: Festival, days: Sequence[dt.date]) -> None:
    if not festival.days:
        return
    if set(festival.days) - set(days):
        raise ValidationError(_("This is no day of the festival."), code="not_a_day_of_it")
    if festival.user is None:
        raise ValidationError(_("Say who looks in on these days."), code="nobody_named")
    if not Resident.objects.filter(looked_after_by(festival.user), pk=resident.pk).exists():
        raise ValidationError(_("This person may not look in on the elder."), code="not_yours")
    for day in festival.days:
        HolidayLook.objects.update_or_create(
            resident=resident,
            day=day,
            defaults={"community": resident.community, "user": festival.user},
        )
