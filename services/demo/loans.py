"""Aids that the demo lends: some there, all canes out, one wheelchair late, one broken and one lost."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle.demo.messages import send_demo_messages
from circle.demo.staff import demo_clerk
from circle.models import Community, Facility, Resident, Via
from services import actions
from services.models import AidLoan, AidStock

# Short name, names, notes, how many there are.
STOCKS = [
    ("wheelchair", "轮椅", "Wheelchair", "座宽 45 厘米，可折叠", "Seat 45 cm wide, folds", 4),
    ("walker", "助行器", "Walking frame", "高低可调，带轮", "Adjustable height, with wheels", 3),
    ("crutches", "腋拐（一副）", "Pair of crutches", "身高 1.5–1.8 米", "For a height of 1.5–1.8 m", 3),
    ("cane", "四脚拐杖", "Quad cane", "站得稳，适合刚下床", "Stands by itself, for the first steps", 1),
]
# What is lent, how many days ago, for how long, and what became of it.
LOANS = [
    ("wheelchair", 17, 14, ""),
    ("wheelchair", 5, 14, ""),
    ("walker", 30, 14, "returned"),
    ("crutches", 40, 20, "broken"),
    ("cane", 3, 14, ""),
    ("walker", 60, 14, "lost"),
]


def load_loans(community: Community) -> None:
    """Lent to the eldest who live here; not again once there is something to lend."""
    place = Facility.objects.filter(community=community, code="elder-station").first()
    if place is None or AidStock.objects.filter(community=community).exists():
        return
    stocks = {}
    for code, zh, en, note_zh, note_en, count in STOCKS:
        texts = {"name_zh": zh, "name_en": en, "note_zh": note_zh, "note_en": note_en}
        stocks[code] = AidStock.objects.create(
            community=community, facility=place, code=code, capacity=count, **texts
        )
    people = Resident.objects.living().filter(community=community, building__isnull=False)
    elders = list(people.exclude(born_on=None).order_by("born_on", "pk")[: len(LOANS) + 1])
    now = timezone.now()
    said: dict[str, Any] = {"via": Via.WINDOW, "by": demo_clerk(community)}
    for person, (code, ago, days, outcome) in zip(elders, LOANS, strict=False):
        at = now - dt.timedelta(days=ago)
        due_on = timezone.localdate(at) + dt.timedelta(days=days)
        loan = actions.lend_aid(stock=stocks[code], resident=person, due_on=due_on, at=at, **said)
        send_demo_messages(at)
        end_loan(loan, outcome, at + dt.timedelta(days=days), said["by"])
    for person in elders[len(LOANS) :]:
        actions.reserve_aid(stock=stocks["wheelchair"], resident=person, at=now, **said | {"via": Via.PHONE})


def end_loan(loan: AidLoan, outcome: str, at: dt.datetime, by: Any) -> None:
    if outcome == "returned":
        actions.return_aid(loan=loan, at=at, by=by, words="完好")
    elif outcome == "broken":
        actions.return_aid(loan=loan, at=at, by=by, is_usable=False, words="脚垫开裂（演示）")
    elif outcome == "lost":
        actions.lose_aid(loan=loan, reason="借用人说搬家时丢了（演示）", at=at, by=by)
