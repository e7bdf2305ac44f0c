"""Who was looked in on: duties by building and week, and the elders whom nobody saw for long."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import TruncWeek
from django.utils import timezone

from circle.models import Building, Resident, User, within_posts
from eldercare.models import DutyRest, RiskTag, Visit, VisitDuty
from eldercare.models.duties import DUTY_VIEW

WEEKS = 4
ONE_WEEK = dt.timedelta(days=7)
UNSEEN_DAYS = 14  # what the page begins with
MOST_DAYS = 365
COUNTS = ("total", "done", "missed", "resting")


@dataclass
class WeekCount:
    """Duties whose last day lies in this week."""

    total: int = 0
    done: int = 0
    missed: int = 0
    resting: int = 0

    @property
    def asked(self) -> int:
        """A duty that rests asks nobody to look in."""
        return self.total - self.resting


@dataclass
class BuildingWeeks:
    building: Building
    weeks: list[WeekCount] = field(default_factory=list)


def weeks_up_to(today: dt.date) -> list[dt.date]:
    """The Mondays of this week and of those before it, oldest first."""
    monday = today - dt.timedelta(days=today.weekday())
    return [monday - ONE_WEEK * n for n in reversed(range(WEEKS))]


def weeks_by_building(user: User, today: dt.date) -> list[BuildingWeeks]:
    """Of the buildings within one's posts, in their order; a duty that was dropped does not count."""
    mondays = weeks_up_to(today)
    status = VisitDuty.Status
    counted = (
        VisitDuty.objects.filter(within_posts(user, DUTY_VIEW, near="resident__building__"))
        .filter(ends_on__gte=mondays[0], ends_on__lt=mondays[-1] + ONE_WEEK, resident__building__isnull=False)
        .exclude(status=status.DROPPED)
        .order_by()
        .values("resident__building", week=TruncWeek("ends_on"))
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(status=status.DONE)),
            missed=Count("pk", filter=Q(status=status.MISSED)),
            resting=Count("pk", filter=Q(status=status.RESTING)),
        )
    )
    found = {
        (row["resident__building"], row["week"]): WeekCount(
            row["total"], row["done"], row["missed"], row["resting"]
        )
        for row in counted
    }
    buildings = Building.objects.filter(pk__in={building for building, _week in found})
    return [
        BuildingWeeks(building, [found.get((building.pk, monday), WeekCount()) for monday in mondays])
        for building in buildings
    ]


@dataclass(frozen=True)
class Unseen:
    resident: Resident
    last_seen: dt.datetime | None
    days: int | None  # None: nobody ever put down a visit


def unseen_elders(user: User, days: int, now: dt.datetime) -> list[Unseen]:
    """Elders with a reason to look in whom nobody met or heard for so many days; the longest first.

    Whom nobody ever met counts from the day of the first reason. Whose visits rest today, in hospital or with
    the children, is left out.
    """
    today, long_ago = timezone.localdate(now), now - dt.timedelta(days=days)
    first = RiskTag.objects.on(today).filter(resident=OuterRef("pk")).order_by("since").values("since")[:1]
    last = Visit.objects.seen().filter(resident=OuterRef("pk")).order_by("-at").values("at")[:1]
    people = (
        Resident.objects.filter(within_posts(user, DUTY_VIEW, near="building__"))
        .exclude(pk__in=DutyRest.objects.on(today).values("resident"))
        .annotate(last_seen=Subquery(last), since=Subquery(first))
        .filter(since__isnull=False)
        .filter(Q(last_seen__lt=long_ago) | Q(last_seen=None, since__lte=timezone.localdate(long_ago)))
        .select_related("building")
    )
    found = [Unseen(each, each.last_seen, days_since(each.last_seen, today)) for each in people]
    return sorted(found, key=lambda each: (each.days is not None, -(each.days or 0), each.resident.pk))


def days_since(seen: dt.datetime | None, today: dt.date) -> int | None:
    return (today - timezone.localdate(seen)).days if seen else None


def sum_weeks(rows: list[BuildingWeeks]) -> Iterator[WeekCount]:
    for weeks in zip(*(row.weeks for row in rows), strict=True):
        yield WeekCount(*(sum(getattr(week, name) for week in weeks) for name in COUNTS))
