"""What somebody who enters a closure is told of the appointments that fall into it."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from circle.models import Closure

Told = tuple[str, str]  # the sentence, and the address of the list


def closure_warning(
    rows: "QuerySet[Any]", closure: Closure, words: Callable[[int], str], url: str
) -> Told | None:
    """`rows`: appointments of the place that no longer take place; `words`: the sentence for their number."""
    hit = rows.filter(day__gte=closure.starts_on)
    if closure.ends_on:
        hit = hit.filter(day__lte=closure.ends_on)
    return rows_warning(hit, words, url)


def rows_warning(rows: "QuerySet[Any]", words: Callable[[int], str], url: str) -> Told | None:
    """None where there are none."""
    count = rows.count()
    return (words(count) % {"count": count}, url) if count else None
