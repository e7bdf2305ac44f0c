"""Published figures of ratings: per item and month, with nothing by which a few people could be found out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Max, Q, Value, When
from django.db.models.functions import TruncMonth

from circle.calendar.working_days import SHANGHAI
from circle.formats.language import is_english
from circle.models import Community, Rating
from circle.models.ratings import Level

FEWEST = 5  # below that a number is not shown
LEVELS = [int(level) for level in Level]  # the best first


def hide_small(cells: Sequence[int]) -> list[int | None]:
    """Of numbers whose sum is published: None for those below five, and for as many more that neither one
    hidden number nor fewer than five people follow from the sum."""
    shown: list[int | None] = [count if count >= FEWEST else None for count in cells]
    while any(each is None for each in shown) and any(each is not None for each in shown):
        hidden = [count for count, each in zip(cells, shown, strict=True) if each is None]
        if len(hidden) > 1 and sum(hidden) >= FEWEST:
            break
        least = min(each for each in shown if each is not None)
        shown[shown.index(least)] = None
    return shown


@dataclass(frozen=True)
class MonthOfRatings:
    """`cells` are the levels from the best to the worst; None where the number is not shown."""

    first: dt.date
    n: int
    cells: list[int | None]


@dataclass
class Rated:
    """One item or kind: what came by link, phone and paper, and apart from it what our own tablets took."""

    about: str
    title: str
    months: list[MonthOfRatings] = field(default_factory=list)
    on_devices: list[MonthOfRatings] = field(default_factory=list)

    @property
    def n(self) -> int:
        """Of the months shown: of all others no number could be told from it."""
        return sum(month.n for month in self.months)


def month_of(first: dt.date, counts: dict[int, int]) -> MonthOfRatings | None:
    """None for a month with fewer than five ratings."""
    cells = [counts.get(level, 0) for level in LEVELS]
    if sum(cells) < FEWEST:
        return None
    return MonthOfRatings(first, sum(cells), hide_small(cells))


def rated_things(community: Community, today: dt.date) -> list[Rated]:
    """What was rated often enough in one of the last twelve whole months; one query.

    The running month is left out: of two looks at it the second would tell the rating in between.
    """
    this_month = dt.datetime.combine(today.replace(day=1), dt.time.min, tzinfo=SHANGHAI)
    begin = this_month.replace(year=this_month.year - 1)
    rows = Rating.objects.filter(community=community, rated_at__gte=begin, rated_at__lt=this_month)
    found = (
        rows.exclude(about_id=0)
        .order_by()
        .annotate(
            month=TruncMonth("rated_at", tzinfo=SHANGHAI),
            is_device=Case(When(Q(channel=Rating.Channel.DEVICE), then=Value(1)), default=Value(0)),
        )
        .values_list("about_type", "about_id", "is_device", "month", "level")
        .annotate(count=Count("pk"), zh=Max("title_zh"), en=Max("title_en"))
    )
    counts: dict[tuple[str, int], dict[dt.date, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    titles: dict[str, str] = {}
    for kind, pk, is_device, month, level, count, zh, en in found:
        about = f"{kind.replace('.', '-')}-{pk}"
        titles[about] = (en or zh) if is_english() else (zh or en)
        counts[about, is_device][month.astimezone(SHANGHAI).date()][level] = count
    things = [
        Rated(about, title, months_of(counts[about, 0]), months_of(counts[about, 1]))
        for about, title in titles.items()
    ]
    return sorted((each for each in things if each.months or each.on_devices), key=lambda each: -each.n)


def months_of(counts: dict[dt.date, dict[int, int]]) -> list[MonthOfRatings]:
    found = (month_of(first, counts[first]) for first in sorted(counts, reverse=True))
    return [month for month in found if month]
