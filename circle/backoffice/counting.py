"""Counts that stop early, since 3,000 or 300,000 is all the same to a clerk; many by one query."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet

COUNTED_AT_MOST = 1000


def count_together(rows: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each of them has, in one query; more than COUNTED_AT_MOST come as one more than that."""
    parts: list[str] = []
    values: list[Any] = []
    places: dict[int, int] = {}
    for number, each in enumerate(rows):
        try:
            sql, params = each.order_by().values("pk")[: COUNTED_AT_MOST + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        places[number] = len(parts)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) part{len(parts)})")  # noqa: S608 (from querysets)
        values += params
    if not parts:
        return [0] * len(rows)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone()
    return [found[places[number]] if number in places else 0 for number in range(len(rows))]


class CappedPaginator(Paginator):
    """Of a list in the back office: counts up to COUNTED_AT_MOST, or one row past the page that is asked for.

    So there is always a next page to go to, and no list counts a million rows.
    """

    def __init__(self, *args: Any, page: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted_at_most = max(COUNTED_AT_MOST, page * self.per_page)

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet[Any], self.object_list)
        return rows.order_by()[: self.counted_at_most + 1].count()

    @property
    def shown_most(self) -> str:
        return f"{self.counted_at_most:,}"

    @property
    def is_capped(self) -> bool:
        return self.count > self.counted_at_most
