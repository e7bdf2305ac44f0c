import datetime as dt
from dataclasses import dataclass
from math import inf

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.coverage.export_tables import TABLES
from circle.coverage.sentences import coverage_sentence
from circle.coverage.tables import Report, report_of
from circle.models import Coverage, CoverageHome, Dimension, Facility
from circle.proximity.street_cache import streets_of
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.plan import Plan, Spot, draw_plan
from circle.web.export_formats import csv_response, json_table_response
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

TEN, MEAN = "ten", "mean"


@dataclass(frozen=True)
class Choice:
    """The chosen moment, pace and view; unknown values in the address give the default."""

    stamp: str
    pace: str
    plan: str  # how many of the ten, a dimension, or the mean over the required kinds

    @classmethod
    def of(cls, request: PortalRequest) -> "Choice":
        said = request.GET
        usual = Coverage.Pace.ELDER if request.preferences.walking_pace == "elder" else Coverage.Pace.PLANNING
        return cls(
            known_or_default(said.get("when"), Coverage.Stamp.values, Coverage.Stamp.WORKDAY),
            known_or_default(said.get("pace"), Coverage.Pace.values, usual),
            known_or_default(said.get("plan"), [*Dimension.values, TEN, MEAN], TEN),
        )


def known_or_default(word: str | None, words: list[str], usual: str) -> str:
    return word if word in words else usual


@require_safe
@cache_for_a_minute
def coverage(request: PortalRequest) -> HttpResponse:
    """/circle/coverage/?when=&pace=&plan=: how complete the circle is, for residents and for planners."""
    choice = Choice.of(request)
    found = Coverage.objects.at(request.community, choice.stamp, choice.pace)
    context = {
        "choice": choice,
        "stamps": Coverage.Stamp.choices,
        "paces": Coverage.Pace.choices,
        "ten": Dimension.ten(),
        "tables": TABLES,
    }
    if found is None:
        return render(request, "circle/coverage.html", context)
    report = report_of(found, request.community)
    context |= {
        "report": report,
        "coverage": found,
        "sentence": coverage_sentence(report.dimensions, found.pace),
        "plan": plan_of(request, report, choice.plan),
        "plan_title": plan_title(choice.plan),
        "plan_counts": choice.plan == TEN,
        "standards": sorted({row.norm.standard for row in report.gaps}),
        "now": timezone.localtime(),
    }
    return render(request, "circle/coverage.html", context)


@require_safe
@cache_for_a_minute
def coverage_table(request: PortalRequest, table: str, form: str) -> HttpResponse:
    """/circle/coverage/<table>.csv and .json, of the same moment and pace as the page."""
    choice = Choice.of(request)
    found = Coverage.objects.at(request.community, choice.stamp, choice.pace)
    if found is None or table not in TABLES or form not in ("csv", "json"):
        raise Http404
    report = report_of(found, request.community)
    if form == "csv":
        name = f"coverage-{table}-{found.stamp}-{found.pace}-{iso_day(found.computed_at)}.csv"
        return csv_response(name, [TABLES[table].heads(), *TABLES[table].rows(report)])
    return json_table_response(
        TABLES[table].records(report),
        table=table,
        community=request.community.slug,
        when=found.stamp,
        moment=timezone.localtime(found.moment).isoformat(),
        pace=found.pace,
        computed_at=timezone.localtime(found.computed_at).isoformat(),
        streets=found.source or None,
        has_estimates=found.is_estimate,
        holidays_tentative=found.is_tentative,
        is_demo=request.community.is_demo,
        columns=dict(TABLES[table].columns),
    )


def iso_day(moment: dt.datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def plan_of(request: PortalRequest, report: Report, subject: str) -> Plan:
    """Homes by what they have; with a dimension also its places."""
    homes = [spot_of(home, subject) for home in report.homes]
    places = Facility.objects.public(request.community).filter(kind__dimension=subject)
    streets = streets_of(request.community)
    return draw_plan(
        homes,
        [Spot(place.point, place.name, 0) for place in places],
        streets=streets.lines if streets else [],
    )


def spot_of(home: CoverageHome, subject: str) -> Spot:
    spot = Spot(home.building.point, home.building.name)
    if subject == TEN:
        return spot._replace(of_ten=home.within_fifteen)
    return spot._replace(minutes=home.mean if subject == MEAN else home.minutes.get(subject, inf))


def plan_title(subject: str) -> str:
    if subject == TEN:
        return _("How many of the ten lie within %(limit)s minutes of each building") % {
            "limit": LIMIT_MINUTES
        }
    if subject == MEAN:
        return _("Mean minutes from each building over the required kinds")
    return _("Minutes from each building to the nearest place for %(dimension)s") % {
        "dimension": Dimension(subject).label
    }
