"""The figures of a what-if proposal as labelled lines, before and after, and a sentence on the outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.coverage.tables import percent_text
from circle.walking.limits import LIMIT_MINUTES

LABELS = {
    "kind_residents_5": gettext_lazy("this kind within 5 minutes, residents"),
    "kind_residents_10": gettext_lazy("this kind within 10 minutes, residents"),
    "kind_residents_15": gettext_lazy("this kind within 15 minutes, residents"),
    "kind_elders_5": gettext_lazy("this kind within 5 minutes, elders"),
    "kind_elders_10": gettext_lazy("this kind within 10 minutes, elders"),
    "kind_elders_15": gettext_lazy("this kind within 15 minutes, elders"),
    "dimension_residents_5": gettext_lazy("this part of life within 5 minutes, residents"),
    "dimension_residents_10": gettext_lazy("this part of life within 10 minutes, residents"),
    "dimension_residents_15": gettext_lazy("this part of life within 15 minutes, residents"),
    "dimension_elders_5": gettext_lazy("this part of life within 5 minutes, elders"),
    "dimension_elders_10": gettext_lazy("this part of life within 10 minutes, elders"),
    "dimension_elders_15": gettext_lazy("this part of life within 15 minutes, elders"),
    "required": gettext_lazy("required kinds of this part of life met"),
    "mean": gettext_lazy("mean of the ten"),
    "lowest": gettext_lazy("lowest of the ten"),
    "full_residents": gettext_lazy("residents with every required kind"),
    "full_elders": gettext_lazy("elders with every required kind"),
    "home_minutes": gettext_lazy("mean minutes of a home"),
    "gini": gettext_lazy("Gini"),
    "gini_elders": gettext_lazy("Gini, for elders"),
}
NUMBERS = {"home_minutes": 1, "gini": 4, "gini_elders": 4}  # decimals; everything else is a share


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def comparison_lines(compared: Iterable[tuple[str, float | None, float | None]]) -> list[Line]:
    return [
        Line(str(LABELS[name]), figure_text(name, before), figure_text(name, after))
        for name, before, after in compared
    ]


def figure_text(name: str, figure: float | None) -> str:
    if figure is None or name not in NUMBERS:
        return percent_text(figure)
    return number_format(figure, NUMBERS[name])


def outcome_sentence(figures: dict[str, Any]) -> str:
    """The outcome of the proposal in one sentence."""
    if figures["loses_more"]:
        return _("This takes the service from more people than it brings it to.")
    if figures["won_homes"] and figures["lost_homes"]:
        text = _("Some homes come within %(limit)s minutes and fewer people fall out of reach.")
    elif figures["won_homes"]:
        text = _("More homes come within %(limit)s minutes.")
    else:
        text = _("No further home comes within %(limit)s minutes.")
    return text % {"limit": LIMIT_MINUTES}
