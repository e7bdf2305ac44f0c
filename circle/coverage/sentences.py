"""Coverage said in sentences."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from circle.coverage.tables import ShareRow
from circle.models import (
    Coverage,
)
from circle.walking.limits import LIMIT_MINUTES

COUNT_WORDS = [
    pgettext_lazy("so many of ten", "None"),
    pgettext_lazy("so many of ten", "One"),
    pgettext_lazy("so many of ten", "Two"),
    pgettext_lazy("so many of ten", "Three"),
    pgettext_lazy("so many of ten", "Four"),
    pgettext_lazy("so many of ten", "Five"),
    pgettext_lazy("so many of ten", "Six"),
    pgettext_lazy("so many of ten", "Seven"),
    pgettext_lazy("so many of ten", "Eight"),
    pgettext_lazy("so many of ten", "Nine"),
    pgettext_lazy("so many of ten", "Ten"),
]

MISSING = gettext_lazy("Missing: %(names)s.")
UNKNOWN = gettext_lazy("Not known, as not all places are entered yet: %(names)s.")
PARTLY = gettext_lazy("Not for every home: %(names)s.")


def coverage_sentence(dimensions: Iterable[ShareRow], pace: str) -> str:
    """How complete the circle is, in a few sentences."""
    rows = list(dimensions)
    whole = [row for row in rows if row.reached == "all"]
    lacking = [row for row in rows if row.reached == "none"]
    slowly = pace == Coverage.Pace.ELDER
    values = {"count": COUNT_WORDS[len(whole)], "limit": LIMIT_MINUTES}
    if len(whole) == len(rows):
        return (
            _("All ten kinds of place lie within %(limit)s minutes' slow walk of every home.")
            if slowly
            else _("All ten kinds of place lie within %(limit)s minutes' walk of every home.")
        ) % values
    sentences = [
        (
            _("%(count)s of ten kinds of place lie within %(limit)s minutes' slow walk of every home.")
            if slowly
            else _("%(count)s of ten kinds of place lie within %(limit)s minutes' walk of every home.")
        )
        % values
    ]
    sentences += naming_sentences(MISSING, [row for row in lacking if row.is_known])
    sentences += naming_sentences(UNKNOWN, [row for row in lacking if not row.is_known])
    sentences += naming_sentences(PARTLY, [row for row in rows if row.reached == "some"])
    return join_sentences(sentences)


def naming_sentences(text: Any, rows: list[ShareRow]) -> list[str]:
    if not rows:
        return []
    names = _(", ").join(row.name for row in rows)
    return [str(text) % {"names": names, "count": COUNT_WORDS[len(rows)]}]


def join_sentences(sentences: Iterable[str]) -> str:
    """With a blank between sentences in English, without one in Chinese."""
    return reduce(lambda one, other: _("%(one)s %(other)s") % {"one": one, "other": other}, sentences)
