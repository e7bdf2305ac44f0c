"""The report as its readers see it, in the active language: tables, bars, who is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circle.reporting.content import Content, in_active_language

BAR_WIDTH = 100
FEWEST = 10  # of fewer no share in percent is told
NOTHING = "–"


@dataclass(frozen=True)
class Bar:
    """Of a small picture: how long, and what it says in words."""

    width: int
    y: int


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[str]
    numbers: Sequence[tuple[int | None, int | None]]  # value and n, for a spreadsheet
    bars: Sequence[Bar]

    @property
    def in_words(self) -> str:
        said = {"label": self.label, "month": self.cells[0], "before": self.cells[1]}
        return _("%(label)s: this month %(month)s, last month %(before)s") % said


@dataclass(frozen=True)
class LateRow:
    what: str
    due_on: dt.date
    days: int
    who: str


@dataclass(frozen=True)
class Table:
    title: str
    rows: Sequence[Row]
    late: Sequence[LateRow]


def column_headings() -> list[str]:
    return [_("Figure"), _("this month"), _("last month"), _("year so far")]


def late_heads() -> list[str]:
    return [_("Late"), _("was due on"), _("days late"), _("who has to act")]


def report_title(content: Content) -> str:
    month = date_format(dt.date.fromisoformat(content["month"]), "YEAR_MONTH_FORMAT")
    return _("%(community)s: work report of %(month)s") % {
        "community": in_active_language(content["community"]),
        "month": month,
    }


def tables_of(content: Content) -> list[Table]:
    return [
        Table(
            in_active_language(part["title"]),
            [row_of(figure) for figure in part["figures"]],
            [late_row(late) for late in part["late"]],
        )
        for part in content["parts"]
    ]


def row_of(figure: Content) -> Row:
    values = figure["values"]
    cells = [cell_text(value, figure["unit"]) for value in values]
    numbers = [(value["value"], value["n"]) for value in values]
    return Row(in_active_language(figure["label"]), cells, numbers, bars_of(values[:2], figure["unit"]))


def cell_text(value: Content, unit: str) -> str:
    """Never a share without the number that it is a share of, and none in percent of a handful."""
    number, n = value["value"], value["n"]
    if number is None or n == 0:
        return NOTHING
    if unit == "minutes":
        return _("%(minutes)s min (n = %(n)s)") % {"minutes": number, "n": n}
    if n is None:
        return str(number)
    if n < FEWEST:
        return _("%(part)s of %(n)s") % {"part": number, "n": n}
    return _("%(percent)s%% (n = %(n)s)") % {"percent": round(100 * number / n), "n": n}


def bars_of(values: Sequence[Content], unit: str) -> list[Bar]:
    """This month above, last month below it: a share as part of the whole width, others on one scale."""
    is_share = not unit and values[0]["n"] is not None
    numbers = [value["value"] or 0 for value in values]
    wholes = [value["n"] or 1 for value in values] if is_share else [max(*numbers, 1)] * len(values)
    lengths = [number / whole for number, whole in zip(numbers, wholes, strict=True)]
    return [Bar(round(BAR_WIDTH * length), 2 + 11 * line) for line, length in enumerate(lengths)]


def late_row(late: Content) -> LateRow:
    who = in_active_language(late["who"]) or _("nobody named")
    return LateRow(in_active_language(late["what"]), dt.date.fromisoformat(late["due_on"]), late["days"], who)


def foot_lines(content: Content, report: Any) -> list[str]:
    """Of which day it is, who checked it and by what it is recognised; of a draft that it is one."""
    as_of = date_format(dt.date.fromisoformat(content["as_of"]))
    if report is None:
        return [_("Draft as of %(day)s: not checked yet. Figures may still change.") % {"day": as_of}]
    who = {"name": report.checked_by, "at": date_format(report.checked_on)}
    return [
        _("Checked by %(name)s on %(at)s") % who,
        _("Edition %(edition)s; hash (SHA-256): %(digest)s")
        % {"edition": report.edition, "digest": report.digest},
    ]
