"""Finds rows by what people type: the database narrows by substrings, Python ranks the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from circle import text_matching
from circle.hooks import hook_functions
from circle.models import Community, Facility, Resident, Searchable

# The most rows that are ranked: a query so common that it matches more is answered from the first of them.
RANKED_AT_MOST = 6000
# The least likeness for "did you mean"; below it the suggestions are noise.
LIKE_ENOUGH = 0.45

Row = TypeVar("Row", bound=Searchable | Resident)
Found = TypeVar("Found")


@dataclass(frozen=True)
class SearchHit:
    """`facility_id`: whether that place is open and how far it is stands beside the hit.

    `signpost_id`: whether that office of others is open.
    """

    title: str
    url: str
    note: str = ""
    summary: str = ""
    facility_id: int | None = None
    signpost_id: int | None = None


@dataclass(frozen=True)
class SearchGroup:
    """One kind of thing in the header search."""

    slug: str
    label: str
    hits: Sequence[SearchHit]
    rank: int = 10**6  # of the first hit, the lower the better; groups without one come last


def find_matching_ids(rows: "QuerySet[Row]", query: str) -> list[int]:
    """The ids of the rows that match, best first. Reads two columns only, so thousands of rows are cheap."""
    probes = text_matching.search_probes(query)
    if not probes:
        return []
    narrowed = Q()
    for probe in probes:
        narrowed |= Q(search_key__contains=probe)
    candidates = rows.filter(narrowed).order_by("pk").values_list("pk", "search_key")[:RANKED_AT_MOST]
    ranked = [
        (rank, pk) for pk, key in candidates if (rank := text_matching.rank_match(query, key)) is not None
    ]
    return [pk for _rank, pk in sorted(ranked)]


def find_similar_ids(rows: "QuerySet[Row]", query: str, limit: int = 5) -> list[int]:
    """The ids of the rows most like the query, for "did you mean …"."""
    scored = [
        (text_matching.likeness_score(query, key), pk)
        for pk, key in rows.order_by("pk").values_list("pk", "search_key")[:RANKED_AT_MOST]
    ]
    close = sorted(
        (score for score in scored if score[0] >= LIKE_ENOUGH),
        key=lambda score: (-score[0], score[1]),
    )
    return [pk for _score, pk in close[:limit]]


def rows_in_order(rows: "QuerySet[Row]", ids: Sequence[int]) -> list[Row]:
    """The rows with these ids, in the order of the ids, in one query."""
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def find_best(rows: "QuerySet[Row]", query: str, limit: int, *, like: bool = False) -> list[Row]:
    """The best rows that match or, with `like`, those most like the query."""
    return rows_in_order(
        rows, find_similar_ids(rows, query, limit) if like else find_matching_ids(rows, query)[:limit]
    )


def search_everywhere(
    community: Community, query: str, limit: int = 8, *, like: bool = False
) -> list[SearchGroup]:
    """What every app finds (with `like`: the most similar), grouped; without empty groups."""
    groups = [offered(community, query, limit, like=like) for offered in hook_functions("search")]
    return [group for group in groups if group.hits]


def rank_of(rows: Sequence[Searchable], query: str) -> int:
    """Of the first row, to compare groups with one another."""
    rank = text_matching.rank_match(query, rows[0].search_key) if rows else None
    return SearchGroup.rank if rank is None else rank


def search_facilities(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of circle."""
    public = Facility.objects.public(community)
    rows = find_best(public, query, limit, like=like)
    if not rows and not like:
        rows = at_address(public, query, limit)
    hits = [
        SearchHit(row.name, row.get_absolute_url(), row.landmark or row.address, facility_id=row.pk)
        for row in rows
    ]
    return SearchGroup("facilities", _("Places"), hits, rank_of(rows, query))


def at_address(facilities: "QuerySet[Facility]", query: str, limit: int) -> list[Facility]:
    """Where a house number was typed, with blanks or without."""
    typed = "".join(text_matching.fold_text(query).split())
    if not any(sign.isdecimal() for sign in typed):
        return []
    place = Q(address_zh__icontains=typed) | Q(address_en__icontains=query.strip())
    return list(facilities.filter(place).order_by("code")[:limit])


def best_of(keyed: Iterable[tuple[str, Found]], query: str, limit: int, *, like: bool) -> list[Found]:
    """The best matches by their keys or, with `like`, the most similar."""
    if like:
        scored = [(text_matching.likeness_score(query, key), found) for key, found in keyed]
        close = [pair for pair in scored if pair[0] >= LIKE_ENOUGH]
        return [found for _score, found in sorted(close, key=lambda pair: -pair[0])][:limit]
    ranked = [
        (rank, found) for key, found in keyed if (rank := text_matching.rank_match(query, key)) is not None
    ]
    return [found for _rank, found in sorted(ranked, key=lambda pair: pair[0])][:limit]
