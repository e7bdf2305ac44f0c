"""A column of the overview of a district, as each app offers them by the hook `district_figures`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from circle.coverage.tables import percent_text

FEWEST = 10  # a share of fewer says more about the few than about the community


@dataclass(frozen=True)
class Column:
    """`values`: by the id of a community; one that is missing has no figure."""

    label: Any
    values: Mapping[int, str]


def share_text(part: int, whole: int) -> str:
    return percent_text(part, whole) if whole >= FEWEST else "–"
