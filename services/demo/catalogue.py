"""The catalogue: 54 items, 23 of them added after the demo's catalogue began."""

import datetime as dt
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission

from circle.demo.staff import EDITORS
from circle.models import Community, Facility
from services.models import Audience, Category, Material, ResidenceRule, ServiceItem, Step

DATA = Path(__file__).resolve().parent.parent / "data" / "catalogue.json"
RESIDENCE = DATA.with_name("residence.json")
LANGUAGES = ("zh", "en")
ON_HOME = ("HL06", "SI03", "EL02", "HS02", "HL05", "CV01")  # whose times the home page leads to
REMINDED_AGAIN = ("HL06",)  # a child that is ill by then is not vaccinated, and its place helps a neighbour


def load_catalogue(community: Community, codes: Collection[str] = (), since: dt.date | None = None) -> None:
    """An item that is there already stays as it is. With codes only these, of places that are there.

    `since`: for a real community that takes over the catalogue on that day, without anything of the demo's.
    """
    data = json.loads(DATA.read_text(encoding="utf-8"))
    categories = {row["slug"]: add_heading(Category, row, n) for n, row in enumerate(data["categories"])}
    audiences = {row["slug"]: add_heading(Audience, row, n) for n, row in enumerate(data["audiences"])}
    facilities = {facility.code: facility for facility in Facility.objects.filter(community=community)}
    new = []
    rows = [
        row for row in data["items"] if not codes or (row["code"] in codes and row["facility"] in facilities)
    ]
    for row in rows:
        item, is_new = ServiceItem.objects.get_or_create(
            community=community,
            code=row["code"],
            defaults=item_columns(row)
            | (bare_columns(community, since) if since else {"facility": facilities[row["facility"]]})
            | {"category": categories[row["category"]]},
        )
        if is_new:
            item.audiences.set(audiences[slug] for slug in row["audiences"])
            add_parts(item, row)
            new.append((item, row["related"]))
    items = {item.code: item for item in ServiceItem.objects.filter(community=community)}
    for item, related in new:
        item.related.set(items[code] for code in related if code in items)
    add_residence_rules(items)
    let_editors_in()


def add_residence_rules(items: dict[str, ServiceItem]) -> None:
    """Of an item that has none: everybody is served here, but for those whom the file names."""
    data = json.loads(RESIDENCE.read_text(encoding="utf-8"))
    known = set(ResidenceRule.objects.filter(item__in=items.values()).values_list("item", flat=True))
    frame = {"valid_from": data["valid_from"], "source_zh": data["source_zh"]}
    named = {item: data["items"].get(code, {}) for code, item in items.items() if item.pk not in known}
    ResidenceRule.objects.bulk_create(
        ResidenceRule(item=item, status=status, **answer_columns(said, status), **frame)
        for item, said in named.items()
        for status in ResidenceRule.Status.values
    )


def answer_columns(said: dict[str, Any], status: str) -> dict[str, str]:
    """A word is the answer, a pair the place in both languages."""
    answer = said.get(status, "here")
    if isinstance(answer, str):
        return {"answer": answer}
    return {"answer": "elsewhere", "where_zh": answer[0], "where_en": answer[1]}


def let_editors_in() -> None:
    """Once, so that what was taken off the group since stays off; without sign-ins there is no group."""
    own = Permission.objects.filter(content_type__app_label="services")
    for group in Group.objects.filter(name=EDITORS).exclude(permissions__in=own):
        group.permissions.add(*own)


def add_heading(model: type[Any], row: dict[str, Any], order: int) -> Any:
    texts = {"name_zh": row["name_zh"], "name_en": row["name_en"], "order": order}
    return model.objects.get_or_create(slug=row["slug"], defaults=texts)[0]


def item_columns(row: dict[str, Any]) -> dict[str, Any]:
    texts = ("name", "summary", "eligibility", "result", "provider", "fee")
    same = (
        "dimension", "statutory_days", "promised_days", "visits", "phone", "complaint_phone", "introduced_on",
        "checked_on",
    )  # fmt: skip
    return {
        **{f"{text}_{language}": row[f"{text}_{language}"] for text in texts for language in LANGUAGES},
        **{name: row[name] for name in same},
        "flow": row["flow"],
        "flow_pages": " ".join(row.get("flow_pages", [])),
        "is_confidential": row.get("confidential", False),
        "is_bookable": row["bookable"],
        "is_on_home": row["code"] in ON_HOME,
        "reminds_again": row["code"] in REMINDED_AGAIN,
        "release_minutes": row.get("release_minutes"),
        "times_in_a_row": row.get("times_in_a_row", 1),
        "has_agency": row["agency"],
        "synonyms": "\n".join(row["synonyms_zh"] + row["synonyms_en"]),
    }


def bare_columns(community: Community, since: dt.date) -> dict[str, Any]:
    """What differs in a real community: where, when and by whom an item is done is not known yet."""
    return {
        "facility": None,
        "phone": community.phone,
        "complaint_phone": "",
        "introduced_on": since,
        "checked_on": None,
        "is_bookable": False,
        "is_on_home": False,
        "reminds_again": False,
        "release_minutes": None,
        "has_agency": False,
    }


def add_parts(item: ServiceItem, row: dict[str, Any]) -> None:
    Material.objects.bulk_create(
        Material(item=item, order=order, **material) for order, material in enumerate(row["materials"])
    )
    Step.objects.bulk_create(Step(item=item, order=order, **step) for order, step in enumerate(row["steps"]))
