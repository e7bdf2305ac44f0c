"""The three rates of topics, for everybody: as a page, a picture on it, and a table."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.models import Community
from circle.web.export_formats import csv_response
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from council.models.rates import (
    FEWEST,
    HEADS,
    OURS,
    RATES,
    SOURCES,
    Month,
    few,
    months_before,
    rate_rows,
    rates_of,
    sums_of,
)

WIDTH, HEIGHT, LEFT = 640, 180, 34  # of the picture, and where its months begin


@dataclass(frozen=True)
class Mark:
    """One month of one rate in the picture."""

    x: int
    y: int
    percent: int


@require_safe
@cache_for_a_minute
def council_rates(request: PortalRequest) -> HttpResponse:
    """/council/rates/: twelve whole months, by body; the hotline apart."""
    months = rates_of(request.community, months_before(timezone.localdate()))
    context = {
        "months": [(month, cells_of(month), few(month.not_reached), few(month.reopened)) for month in months],
        "sums": [
            (body, SOURCES[source], [(RATES[name], tally) for name, tally in tallies.items()])
            for body, source, tallies in sums_of(months)
        ],
        "heads": list(RATES.values()),
        "fewest": FEWEST,
        "sources": SOURCES,
        "picture": picture_of(months),
        "width": WIDTH,
        "height": HEIGHT,
        "lines": [(percent, y_of(percent)) for percent in (0, 50, 100)],
    }
    return render(request, "council/rates.html", context)


@require_safe
@cache_for_a_minute
def council_rates_csv(request: PortalRequest) -> HttpResponse:
    """/council/rates/table.csv: the figures of the page, and no others."""
    months = rates_of(request.community, months_before(timezone.localdate()))
    return csv_response("council-rates.csv", [HEADS, *rate_rows(months)])


def last_rates(community: Community, today: dt.date) -> list[tuple[object, str]]:
    """Of the residents' council and the last whole month, each rate with its figures."""
    months = rates_of(community, months_before(today, 1))
    own = next((month for month in months if month.body.is_main and month.source == OURS), None)
    return list(zip(RATES.values(), cells_of(own), strict=True)) if own else []


def cells_of(month: Month) -> list[str]:
    """Such as 78 % (7/9); of fewer than five that they are so few."""
    return [
        f"{tally.percent}% ({tally.some}/{tally.of})" if tally.is_shown else f"<{FEWEST}"
        for tally in month.rates.values()
    ]


def picture_of(months: list[Month]) -> list[tuple[str, object, list[Mark], str]]:
    """Of the residents' council: each rate with its marks from left to right, and the line through them."""
    own = [month for month in reversed(months) if month.body.is_main and month.source == OURS]
    first = own[0].first if own else None
    drawn: list[tuple[str, object, list[Mark], str]] = []
    for name, label in RATES.items():
        marks = [
            Mark(x_of(months_between(first, month.first)), y_of(percent), percent)
            for month in own
            if first and (percent := month.rates[name].percent) is not None
        ]
        drawn.append((name, label, marks, " ".join(f"{mark.x},{mark.y}" for mark in marks)))
    return drawn


def months_between(first: dt.date, later: dt.date) -> int:
    return 12 * (later.year - first.year) + later.month - first.month


def x_of(number: int) -> int:
    return LEFT + 10 + number * (WIDTH - LEFT - 20) // 11


def y_of(percent: int) -> int:
    return HEIGHT - 20 - percent * (HEIGHT - 40) // 100
