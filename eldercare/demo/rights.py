"""What older people are entitled to and what care costs: the demo's amounts, none of them verified."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from circle.demo.messages import send_demo_messages
from circle.demo.source import pick_columns
from circle.demo.staff import demo_clerk
from circle.models import Community, Resident, Via
from eldercare import actions
from eldercare.models import CareKind, CarePrice, HeldCard, Right, RightNotice, RightTerms
from services.models import ServiceItem

DATA = Path(__file__).resolve().parents[1] / "data" / "rights.json"
CARDS = 5
# Kind, reason, unit, what the elder pays, who pays the rest and how much of it; in fen.
PRICES: list[tuple[str, str, str, int, str, int]] = [
    ("bathing", "", "visit", 4000, "", 0),
    ("bathing", "destitute", "visit", 0, "civil", 4000),
    ("bathing", "disabled", "visit", 2000, "insurance", 2000),
    ("cleaning", "", "hour", 3500, "", 0),
    ("cleaning", "alone", "hour", 2500, "charity", 1000),
    ("doctor", "", "visit", 8000, "", 0),
    ("doctor", "severe", "visit", 4000, "disabled", 4000),
    ("day-care", "", "visit", 6000, "", 0),
    ("company", "", "visit", 0, "", 0),
    ("visits", "", "visit", 0, "", 0),
]
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


def load_prices(community: Community) -> None:
    """A price that is there already stays as it is."""
    kinds = {kind.code: kind for kind in CareKind.objects.filter(community=community)}
    for code, reason, unit, own, funder, rest in PRICES:
        if code in kinds:
            values = {"unit": unit, "elder_cents": own, "funder": funder, "funder_cents": rest, **SOURCE}
            key = {"kind": kinds[code], "reason": reason, "valid_from": SINCE}
            CarePrice.objects.get_or_create(**key, defaults=values)


def add_right_notices(community: Community, now: dt.datetime, elders: list[Resident]) -> None:
    """Cards that end soon: one wants it renewed, one does not, the others have not answered."""
    card = Right.objects.filter(community=community, code="senior-card").first()
    if card is None or card.item is None or HeldCard.objects.filter(community=community).exists():
        return
    clerk = demo_clerk(community)
    living = Resident.objects.living().filter(pk__in=[person.pk for person in elders]).order_by("-pk")
    for number, person in enumerate(living.select_related("community")[:CARDS]):
        ends_on = now.date() + dt.timedelta(days=9 + 3 * number)
        actions.note_card(resident=person, right=card, ends_on=ends_on, at=now, by=clerk)
    actions.tell_rights(at=now)
    send_demo_messages(now)
    said: dict[str, Any] = {"via": Via.PHONE, "at": now, "by": clerk}
    told = RightNotice.objects.filter(community=community, right=card).order_by("day", "pk")
    for notice, action in zip(told, (actions.accept_right, actions.decline_right), strict=False):
        action(notice=notice, **said)
