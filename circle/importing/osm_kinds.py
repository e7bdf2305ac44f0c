"""Which kind of ours an object of OpenStreetMap is, by one named and versioned table: data/osm_kinds.json."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

Tags = Mapping[str, str]
NAMES = ("name:zh", "name:zh-Hans", "name", "name:en")


@dataclass(frozen=True)
class KindRule:
    kind: str
    tags: Mapping[str, list[str]]  # each of these tags has one of the values
    name: str = ""  # a pattern that its name has
    min_m2: float = 0

    def fits(self, tags: Tags, area_m2: float) -> bool:
        if area_m2 < self.min_m2 or any(tags.get(key) not in values for key, values in self.tags.items()):
            return False
        return not self.name or re.search(self.name, name_of(tags), re.IGNORECASE) is not None


@dataclass(frozen=True)
class KindTable:
    version: int
    place_keys: tuple[str, ...]  # an object with one of these tags is a place of some sort
    no_homes: frozenset[str]  # values of building= where nobody lives
    rules: tuple[KindRule, ...]  # the first that fits decides

    def kind_of(self, tags: Tags, area_m2: float = 0) -> str:
        """The code of the kind; empty for what is no kind of ours."""
        return next((rule.kind for rule in self.rules if rule.fits(tags, area_m2)), "")

    def describe_other(self, tags: Tags) -> str:
        """Of a place without a kind, the tag that says what it is; empty where it is no place at all."""
        return next((f"{key}={tags[key]}" for key in self.place_keys if key in tags), "")

    def is_home(self, tags: Tags) -> bool:
        kind = tags.get("building", "no")
        is_place = any(key in tags for key in self.place_keys)
        return kind != "no" and kind not in self.no_homes and not (is_place and kind == "yes")


def name_of(tags: Tags) -> str:
    return " ".join(tags[key] for key in NAMES if key in tags)


@cache
def kind_table() -> KindTable:
    path = settings.BASE_DIR / "circle/data/osm_kinds.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return KindTable(
        found["version"],
        tuple(found["place_keys"]),
        frozenset(found["no_homes"]),
        tuple(KindRule(**rule) for rule in found["rules"]),
    )
