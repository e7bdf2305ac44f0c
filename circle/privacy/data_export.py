"""The data held about a person, for export and erasure: the hooks `personal_data` and `erasure`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from circle.hooks import hook_functions
from circle.models import Resident

WIPED_TEXT = "–"  # replaces an erased text in a column that may not be empty


@dataclass(frozen=True)
class Section:
    """Rows of one kind about some people; `subjects`: model and ids, for finding their audit records."""

    code: str
    title: Any
    labels: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    subjects: tuple[str, Sequence[int]]

    @property
    def lines(self) -> list[list[tuple[Any, Any]]]:
        """For the page: each row as pairs (label, value), without empty values."""
        return [
            [(self.labels[name], value) for name, value in row.items() if value not in ("", None, [])]
            for row in self.rows
        ]


def build_section(
    code: str,
    title: Any,
    rows: QuerySet[Any],
    labels: Mapping[str, Any],
    made: Mapping[str, Callable[[Any], Any]] | None = None,
) -> Section:
    """From a queryset; a name in `labels` is a column, a choice (shown by its label) or a path a.b.

    `made`: for a name in `labels` that is no column, the function that computes it from the row.
    """
    made = made or {}
    found = list(rows)
    return Section(
        code,
        title,
        labels,
        [
            {name: made[name](row) if name in made else value_of(row, name) for name in labels}
            for row in found
        ],
        (rows.model._meta.label_lower, [row.pk for row in found]),
    )


def value_of(row: Any, path: str) -> Any:
    *relations, last = path.split(".")
    for name in relations:
        row = getattr(row, name, None)
    display = getattr(row, f"get_{last}_display", None)
    value = display() if display else getattr(row, last, None)
    return str(value) if isinstance(value, Model) else value


def placeholder_resident(community: int) -> Resident:
    """The one row of a community to which anonymised rows belong."""
    found, _is_new = Resident.objects.get_or_create(
        community_id=community, is_nobody=True, defaults={"name": WIPED_TEXT, "erased_at": now()}
    )
    return found


def personal_data_sections(people: Sequence[Resident]) -> list[Section]:
    return [part for offered in hook_functions("personal_data") for part in offered(people)]


@dataclass(frozen=True)
class RetentionReason:
    """Data that an erasure retains, because the law or another person's right asks for it."""

    code: str
    sentence: Any


@dataclass(frozen=True)
class ErasurePlan:
    """An app's part of an erasure: `open_matters` block it, `holds` is retained, `wipe` erases the rest."""

    open_matters: Sequence[Any] = ()
    holds: Sequence[RetentionReason] = ()
    wipe: Callable[[dt.datetime], object] = field(default=lambda at: None, repr=False)


def erasure_plans(resident: Resident) -> list[ErasurePlan]:
    return [offered(resident) for offered in hook_functions("erasure")]


RECORDS_RETAINED = RetentionReason(
    "records", _("Who did what is kept for as long as the law asks. It holds no names.")
)


def retention_reasons(found: Sequence[ErasurePlan]) -> list[RetentionReason]:
    return [RECORDS_RETAINED, *(hold for plan in found for hold in plan.holds)]


def anonymise_bookings(bookings: "QuerySet[Any]", **wiped: str) -> int:
    """The rows remain for the figures, without people and without these texts; returns their number."""
    communities = set(bookings.values_list("community", flat=True))
    return sum(
        bookings.filter(community=community).update(
            resident=placeholder_resident(community), booked_by=None, mandate=None, **wiped
        )
        for community in communities
    )
