"""The list of places below the circle: by dimension, kind and name, so many a page."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from circle.models import FacilityKind
from circle.proximity.nearby import NearbyFacility
from circle.text_matching import rank_match

PER_PAGE = 50


@dataclass(frozen=True)
class PlaceList:
    """Nearest first, narrowed down by dimension, kind and name."""

    chosen: list[NearbyFacility]
    kinds: list[tuple[FacilityKind, int]]  # of the dimension, or of all, with the number of places
    kind: str
    query: str

    @classmethod
    def of(cls, places: Iterable[NearbyFacility], dimension: str, kind: str, query: str) -> "PlaceList":
        """An unknown kind narrows nothing."""
        rows = [near for near in places if dimension in ("", near.dimension)]
        counts = Counter(near.facility.kind for near in rows)
        kinds = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].code))
        kind = kind if kind in {each.code for each, _count in kinds} else ""
        if kind:
            rows = [near for near in rows if near.facility.kind.code == kind]
        if query:
            rows = [near for near in rows if rank_match(query, near.facility.search_key) is not None]
        return cls(rows, kinds, kind, query)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.query)

    @property
    def is_long(self) -> bool:
        """Whether all of them are more than a page."""
        return sum(count for _kind, count in self.kinds) > PER_PAGE
