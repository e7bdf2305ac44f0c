"""What older people are entitled to, with the demo's amounts, none of them verified."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from circle.demo.source import pick_columns
from circle.models import Community
from eldercare.models import CareKind, Right, RightTerms
from services.models import ServiceItem

DATA = Path(__file__).resolve().parents[1] / "data" / "rights.json"
SINCE = dt.date(2024, 1, 1)
SOURCE = {
    "source_zh": "参照外地公开标准的演示值，本地标准待核",
    "source_en": "Demo values after standards published elsewhere; the local ones are to be verified",
}


def load_rights(community: Community) -> None:
    """A right that is there already stays as it is."""
    items = {item.code: item for item in ServiceItem.objects.filter(community=community)}
    kinds = {kind.code: kind for kind in CareKind.objects.filter(community=community)}
    for order, row in enumerate(json.loads(DATA.read_text(encoding="utf-8"))):
        values: dict[str, Any] = pick_columns(row, "name", "what", also=["sort"])
        values |= {name: row[name] for name in ("group", "is_announced") if name in row}
        values |= {"item": items.get(row["item"]), "kind": kinds.get(row.get("kind", "")), "order": order}
        right, is_new = Right.objects.get_or_create(community=community, code=row["code"], defaults=values)
        if is_new:
            RightTerms.objects.create(right=right, valid_from=SINCE, **row["terms"], **SOURCE)
