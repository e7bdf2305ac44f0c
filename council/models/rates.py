"""Three rates a month and body: answered in time, solved, satisfied. Each with numerator and denominator.

The cohort are the topics whose first answer was due in the month, so that no month looks better by what is
put off. Of fewer than five nothing is said, and no sum contains what is not said.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy

from circle.calendar.working_days import SHANGHAI
from circle.models import Community
from council.models.action_items import ActionItem
from council.models.bodies import Body
from council.models.resolutions import Resolution
from council.models.stations import Evaluation, Station
from council.models.topics import Topic

FEWEST = 5
MONTHS = 12
OURS, HOTLINE = "ours", "12345"
SOURCES = {
    OURS: pgettext_lazy("where topics came from", "all but the hotline"),
    HOTLINE: pgettext_lazy("where topics came from", "hotline 12345"),
}
RATES = {
    "response": pgettext_lazy("rate", "answered in time"),
    "solved": pgettext_lazy("rate", "solved"),
    "satisfied": pgettext_lazy("rate", "satisfied"),
}
GOOD = 4  # of the five levels, from here on somebody is satisfied


@dataclass
class Tally:
    """Some of so many; None where they are fewer than five."""

    some: int = 0
    of: int = 0

    @property
    def is_shown(self) -> bool:
        return self.of >= FEWEST

    @property
    def percent(self) -> int | None:
        """Rounded half up, in whole numbers: 3 of 8 is 38."""
        return (200 * self.some + self.of) // (2 * self.of) if self.is_shown else None


@dataclass
class Month:
    """The cohort of one month, body and source."""

    first: dt.date
    body: Body
    source: str
    rates: dict[str, Tally]
    not_reached: int = 0
    reopened: int = 0


Key = tuple[dt.date, int, str]


def months_before(day: dt.date, count: int = MONTHS) -> list[dt.date]:
    """The first days of so many whole months, the latest first; the running one is not over yet."""
    firsts, first = [], day.replace(day=1)
    for _number in range(count):
        first = (first - dt.timedelta(days=1)).replace(day=1)
        firsts.append(first)
    return firsts


def rates_of(community: Community, firsts: Iterable[dt.date]) -> list[Month]:
    """Of public bodies, the latest month first; three queries."""
    wanted = sorted(firsts)
    if not wanted:
        return []
    end = (wanted[-1].replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    cohort = Topic.objects.filter(community=community, respond_by__gte=wanted[0], respond_by__lt=end)
    cohort = cohort.on_loop().exclude(status=Topic.Status.WITHDRAWN)
    columns = ("pk", "body", "via", "respond_by", "responded_at", "reopened")
    months: dict[Key, Month] = {}
    month_of: dict[int, Month] = {}
    reopened: dict[int, int] = {}
    rows = list(cohort.values_list(*columns))
    bodies = Body.objects.in_bulk({row[1] for row in rows})
    for pk, body, via, due, at, times in rows:
        source = HOTLINE if via == Topic.Channel.HOTLINE else OURS
        key = (due.replace(day=1), body, source)
        if key not in months:
            tallies = {name: Tally() for name in RATES}
            months[key] = Month(key[0], bodies[body], source, tallies)
        month = month_of[pk] = months[key]
        reopened[pk] = times
        month.reopened += times > 0
        month.rates["response"].of += 1
        month.rates["response"].some += at is not None and localdate(at, SHANGHAI) <= due
    add_evaluations(month_of, reopened)
    return sorted(months.values(), key=order_of)


def order_of(month: Month) -> tuple[int, int, bool]:
    return -month.first.toordinal(), month.body.pk, month.source == HOTLINE


def add_evaluations(month_of: dict[int, Month], reopened: dict[int, int]) -> None:
    """The last word of each: what opened again counts as not solved, whoever was not reached as asked."""
    rows = Evaluation.objects.filter(topic__in=list(month_of)).order_by("pk")
    last = {row[0]: row for row in rows.values_list("topic", "given_at", "is_reached", "is_solved", "level")}
    for topic, given_at, is_reached, is_solved, level in last.values():
        if given_at is None:
            continue
        month = month_of[topic]
        month.not_reached += not is_reached
        month.rates["solved"].of += 1
        month.rates["solved"].some += bool(is_solved) and not reopened[topic]
        if level is not None:
            month.rates["satisfied"].of += 1
            month.rates["satisfied"].some += level >= GOOD


def sums_of(months: Iterable[Month]) -> Iterator[tuple[Body, str, dict[str, Tally]]]:
    """Over the months that are shown, so that nothing can be subtracted from them."""
    found: dict[tuple[int, str], dict[str, Tally]] = defaultdict(lambda: {name: Tally() for name in RATES})
    bodies: dict[int, Body] = {}
    for month in months:
        bodies[month.body.pk] = month.body
        for name, tally in month.rates.items():
            if tally.is_shown:
                found[month.body.pk, month.source][name].some += tally.some
                found[month.body.pk, month.source][name].of += tally.of
    for (body, source), tallies in found.items():
        yield bodies[body], source, tallies


HEADS = [
    "month",
    "body",
    "source",
    "rate",
    "numerator",
    "denominator",
    "percent",
    "not_reached",
    "reopened",
]


def few(count: int) -> str:
    """A number, or that it is one to four."""
    return f"<{FEWEST}" if 0 < count < FEWEST else str(count)


def rate_rows(months: Iterable[Month]) -> Iterator[list[str]]:
    """The open table: a row for each rate; of fewer than five neither part is told."""
    hidden = f"<{FEWEST}"
    for month in months:
        for name, tally in month.rates.items():
            shown = [str(tally.some), str(tally.of), str(tally.percent)]
            yield [
                f"{month.first:%Y-%m}",
                month.body.code,
                month.source,
                name,
                *(shown if tally.is_shown else [hidden, hidden, ""]),
                few(month.not_reached),
                few(month.reopened),
            ]


def month_so_far(community: Community, today: dt.date) -> dict[str, str]:
    """Of the running month: raised, on an agenda, decided, being done, found solved; one query."""
    since = dt.datetime.combine(today.replace(day=1), dt.time.min, tzinfo=SHANGHAI)
    topics = Topic.objects.filter(community=community).on_loop()
    public = Resolution.objects.public(community)
    counts = {
        "raised": topics.filter(came_at__gte=since),
        "on_agenda": topics.filter(
            pk__in=Station.objects.filter(kind=Station.Kind.ON_AGENDA, at__gte=since).values("topic")
        ),
        "decided": public.filter(voted_at__gte=since),
        "doing": ActionItem.objects.unverified().filter(resolution__in=public.values("pk")),
        "solved": Evaluation.objects.filter(
            topic__in=topics.values("pk"), given_at__gte=since, is_solved=True
        ),
    }
    row = Community.objects.filter(pk=community.pk).values(
        **{name: count_of(rows) for name, rows in counts.items()}
    )
    found: dict[str, Any] = {name: count or 0 for name, count in row.get().items()}
    return {name: few(count) if name == "solved" else str(count) for name, count in found.items()}


def count_of(rows: QuerySet[Any]) -> Subquery:
    """As a part of another query."""
    one = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(one.annotate(count=Count("pk")).values("count"))
