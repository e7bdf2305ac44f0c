"""The tables behind the coverage page, for CSV and JSON; counts that would single out people are empty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from circle.coverage.tables import Report, ShareRow
from circle.models import Dimension

Row = Sequence[Any]
Columns = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Table:
    columns: Columns
    rows: Callable[[Report], list[Row]]

    def heads(self) -> list[str]:
        return [str(label) for _name, label in self.columns]

    def records(self, report: Report) -> list[dict[str, Any]]:
        names = [name for name, _label in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows(report)]


def figure_rows(report: Report) -> list[Row]:
    coverage = report.coverage
    return [
        ["buildings", _("buildings"), coverage.homes],
        ["residents", _("residents"), coverage.residents],
        ["elders", _("elders"), coverage.elders],
        ["mean_of_ten", _("mean of the dimensions"), round_share(coverage.mean)],
        ["lowest_of_ten", _("lowest of the dimensions"), round_share(coverage.lowest)],
        ["mean_of_ten_elders", _("mean of the dimensions, for elders"), round_share(coverage.mean_elders)],
        [
            "lowest_of_ten_elders",
            _("lowest of the dimensions, for elders"),
            round_share(coverage.lowest_elders),
        ],
        ["full_circle_residents", _("residents with every required kind"), report.full],
        ["full_circle_elders", _("elders with every required kind"), report.full_elders],
        ["home_minutes", _("mean minutes of a home"), round(coverage.home_minutes, 2)],
        ["gini", _("Gini"), round(coverage.gini, 6)],
        ["gini_elders", _("Gini, for elders"), round(coverage.gini_elders, 6)],
        ["places", _("places counted"), coverage.places],
        [
            "mean_of_ten_certain",
            _("mean, with places known to be open only"),
            round_share(coverage.mean_sure),
        ],
        ["places_closed", _("places closed then"), coverage.places_shut],
        ["places_without_hours", _("places without opening hours"), coverage.places_unknown],
    ]


def round_share(share: float | None) -> float | None:
    """To whole percent, since finer shares would reveal counts of a few people."""
    return None if share is None else round(share, 2)


def share_counts(row: ShareRow) -> list[Any]:
    return [*row.residents, *row.elders]


def dimension_rows(report: Report) -> list[Row]:
    return [
        [
            row.dimension.value,
            row.name,
            *share_counts(row),
            round_share(row.required),
            round_share(row.required_elders),
            row.is_known,
        ]
        for row in report.dimensions
    ]


def kind_rows(report: Report) -> list[Row]:
    return [
        [row.dimension.value, row.kind.code if row.kind else "", row.name, *share_counts(row), row.is_known]
        for row in report.kinds
    ]


def gap_rows(report: Report) -> list[Row]:
    return [
        [
            row.norm.kind.code,
            row.norm.name,
            row.norm.standard,
            row.norm.clause,
            row.norm.is_verified,
            row.norm.is_required,
            row.norm.tier,
            row.norm.radius_m,
            row.residents,
            row.elders,
            row.late,
            row.far,
            row.gap.worst.name,
            None if row.gap.minutes is None else round(row.gap.minutes, 1),
            row.is_known,
        ]
        for row in report.gaps
    ]


def home_rows(report: Report) -> list[Row]:
    """Minutes from each building, without counts of people: anybody could measure these times."""
    return [
        [
            home.building.code,
            home.building.name,
            float(home.building.longitude),
            float(home.building.latitude),
            *(home.minutes.get(row.dimension.value) for row in report.dimensions),
            round(home.mean, 2),
            None if home.longest is None else round(home.longest, 2),
            home.longest_kind.name if home.longest_kind else "",
        ]
        for home in report.homes
    ]


WITHIN: Columns = [
    ("residents_within_5", gettext_lazy("residents within 5 minutes")),
    ("residents_within_10", gettext_lazy("residents within 10 minutes")),
    ("residents_within_15", gettext_lazy("residents within 15 minutes")),
    ("elders_within_5", gettext_lazy("elders within 5 minutes")),
    ("elders_within_10", gettext_lazy("elders within 10 minutes")),
    ("elders_within_15", gettext_lazy("elders within 15 minutes")),
]
CODE: Columns = [("code", gettext_lazy("code")), ("name", pgettext_lazy("of a place or kind", "name"))]
KNOWN: Columns = [("inventory_complete", gettext_lazy("all places entered"))]
TEN: Columns = [(dimension.value, dimension.label) for dimension in Dimension.ten()]  # minutes
TABLES = {
    "figures": Table([*CODE, ("value", gettext_lazy("value"))], figure_rows),
    "dimensions": Table(
        [
            *CODE,
            *WITHIN,
            ("required_met", gettext_lazy("required kinds met")),
            ("required_met_elders", gettext_lazy("required kinds met, for elders")),
            *KNOWN,
        ],
        dimension_rows,
    ),
    "kinds": Table([("dimension", gettext_lazy("dimension")), *CODE, *WITHIN, *KNOWN], kind_rows),
    "gaps": Table(
        [
            *CODE,
            ("standard", gettext_lazy("standard")),
            ("clause", gettext_lazy("clause")),
            ("verified", gettext_lazy("verified")),
            ("required", gettext_lazy("required")),
            ("minutes", gettext_lazy("minutes of the tier")),
            ("radius_m", gettext_lazy("radius (m)")),
            ("residents", gettext_lazy("residents without")),
            ("elders", gettext_lazy("elders without")),
            ("residents_beyond_minutes", gettext_lazy("residents beyond the minutes")),
            ("residents_beyond_radius", gettext_lazy("residents beyond the radius")),
            ("worst_home", gettext_lazy("farthest building")),
            ("worst_minutes", gettext_lazy("minutes from there")),
            *KNOWN,
        ],
        gap_rows,
    ),
    "homes": Table(
        [
            *CODE,
            ("longitude", gettext_lazy("longitude")),
            ("latitude", gettext_lazy("latitude")),
            *TEN,
            ("mean", gettext_lazy("mean over the required kinds")),
            ("longest", gettext_lazy("longest")),
            ("longest_kind", gettext_lazy("to which kind")),
        ],
        home_rows,
    ),
}
