"""The plan of a new community: a TOML file with its names, gate, grids and director."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

NEEDED = ("slug", "name_zh", "name_en", "phone", "longitude", "latitude")
OPTIONAL = (
    "datum", "host", "district_zh", "district_en", "address_zh", "address_en", "province_zh", "province_en",
    "city_zh", "city_en", "postal_code", "gate_zh", "gate_en", "phone_hours_zh", "phone_hours_en",
)  # fmt: skip
OF_GRID = {"code", "name_zh", "name_en"}
OF_DIRECTOR = {"email", "name"}
PARTS = {"community", "grids", "director", "catalogue"}

TEMPLATE = """\
# Everything that a community begins with. What has no value here may be left out.

catalogue = true  # the 54 items of the catalogue: without places, times and checked facts

[community]
slug = "erlizhuang"  # short name in addresses: letters, digits, hyphens
name_zh = "二里庄社区"
name_en = "Erlizhuang community"
phone = "010-0000 0001"
longitude = 116.3512  # the gate: minutes are counted from there while no building is chosen
latitude = 40.0034
datum = "wgs84"  # of these two numbers: wgs84 (GPS, Tianditu), gcj02 (Amap, Tencent) or bd09 (Baidu)
gate_zh = "社区正门"
gate_en = "the main gate"
district_zh = "海淀区"
district_en = "Haidian district"

[[grids]]
code = "g1"
name_zh = "第一网格"
name_en = "Grid 1"

[director]
email = "director@example.org"
name = "主任"
"""


@dataclass
class CommunityPlan:
    community: dict[str, Any]
    grids: list[dict[str, str]] = field(default_factory=list)
    director: dict[str, str] = field(default_factory=dict)
    catalogue: bool = True


def read_plan(path: Path) -> CommunityPlan:
    """Refuses: no_file, not_toml, unknown_words, missing_words."""
    if not path.is_file():
        raise ValidationError(_("There is no file %(path)s."), code="no_file", params={"path": path})
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        sentence = _("This is no TOML file: %(error)s.")
        raise ValidationError(sentence, code="not_toml", params={"error": error}) from error
    refuse_words(found, set(), PARTS, "")
    plan = CommunityPlan(
        found.get("community", {}),
        found.get("grids", []),
        found.get("director", {}),
        found.get("catalogue", True),
    )
    check_plan(plan)
    return plan


def check_plan(plan: CommunityPlan) -> None:
    """Refuses: unknown_words, missing_words."""
    refuse_words(plan.community, set(NEEDED), {*NEEDED, *OPTIONAL}, "[community]")
    for grid in plan.grids:
        refuse_words(grid, OF_GRID, OF_GRID, "[[grids]]")
    if plan.director:
        refuse_words(plan.director, OF_DIRECTOR, OF_DIRECTOR, "[director]")


def refuse_words(given: dict[str, Any], needed: set[str], known: set[str], where: str) -> None:
    if unknown := sorted(given.keys() - known):
        sentence = _("These words are not known in %(where)s: %(words)s.")
        said = {"where": where or "TOML", "words": ", ".join(unknown)}
        raise ValidationError(sentence, code="unknown_words", params=said)
    if missing := sorted(word for word in needed if given.get(word) in (None, "")):
        sentence = _("These words are missing in %(where)s: %(words)s.")
        raise ValidationError(
            sentence, code="missing_words", params={"where": where, "words": ", ".join(missing)}
        )
