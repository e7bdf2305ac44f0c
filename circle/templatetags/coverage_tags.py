"""Filters and tags for coverage figures and what-if scenarios."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.coverage import tables
from circle.coverage.comparison import outcome_sentence
from circle.models import Scenario
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.marks import whole_minutes

register = template.Library()


@register.filter
def whole_percent(part: float | None, whole: float = 1) -> str:
    return tables.percent_text(part, whole)


@register.filter
def people_count(count: int | None) -> str:
    """A count, or "not shown" where it would single out a few people."""
    return _("not shown") if count is None else str(count)


@register.filter
def minutes_or_none(minutes: float | None) -> str:
    """Whole minutes, or "none within reach"."""
    if minutes is None:
        return _("none within reach")
    whole = whole_minutes(minutes)
    return ngettext("%(count)s min", "%(count)s min", whole) % {"count": whole}


@register.inclusion_tag("circle/_share_bar.html")
def share_bar(row: tables.ShareRow, whole: int) -> dict[str, float]:
    """Three lengths in percent; one whose count is not shown is as long as the next shorter one."""
    lengths, last = [], 0
    for count in row.residents:
        last = count if count is not None else last
        lengths.append(round(100 * last / whole, 1) if whole else 0)
    return {"five": lengths[0], "ten": lengths[1], "fifteen": lengths[2]}


@register.inclusion_tag("circle/_scenario.html")
def scenario_in_short(scenario: Scenario) -> dict[str, Any]:
    """The what-if scenario attached to a topic, with its outcome."""
    figures = scenario.figures
    return {
        "scenario": scenario,
        "figures": figures,
        "outcome": outcome_sentence(figures) if figures else "",
        "limit_minutes": LIMIT_MINUTES,
    }
