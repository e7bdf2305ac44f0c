"""Valid rows of what older people are entitled to, on top of tests/make.py."""

import datetime as dt
from typing import Any

from circle.models import Resident, Rule
from eldercare import actions
from eldercare.actions.right_notices import RULE, News, tell_person
from eldercare.models import CarePrice, HeldCard, Right, RightNotice, RightTerms
from tests import make
from tests import make_eldercare as care

AT = make.MORNING
TERMS = [field.name for field in RightTerms._meta.fields]


def right(**values: Any) -> Right:
    """For everybody from 80 on, 100 yuan a month; what the terms are called goes to them."""
    make.belongs(values, community=make.here)
    own = {name: values.pop(name) for name in TERMS if name in values and name != "id"}
    number = next(make.numbers)
    defaults = make.names("高龄津贴", "Old-age allowance") | {
        "code": f"right-{number}",
        "sort": "allowance",
        "what_zh": "每月发放",
    }
    found = Right.objects.create(**defaults | values)
    terms(right=found, **own)
    return found


def terms(**values: Any) -> RightTerms:
    make.belongs(values, right=right)
    defaults = {"valid_from": dt.date(2024, 1, 1), "from_age": 80, "cents": 10_000, "per": "month"}
    return RightTerms.objects.create(**defaults | {"source_zh": "测试值"} | values)


def announced(**values: Any) -> Right:
    """Told thirty days before it begins; a yes opens an errand."""
    if not Rule.objects.filter(kind=RULE).exists():
        make.rule(RULE, params={"days": 30})
    if "item" not in values:
        community = values.get("community") or make.here()
        values["item"] = make.item(community=community, flow="agency", has_agency=True)
    return right(is_announced=True, **{"community": values["item"].community} | values)


def turns(age: int, day: dt.date, **values: Any) -> Resident:
    """Somebody whose birthday with that age is on that day."""
    return make.resident(**{"born_on": day.replace(year=day.year - age)} | values)


def notice(*, at: dt.datetime = AT, **values: Any) -> RightNotice:
    """A right that begins in ten days; told by the clock's own action."""
    make.belongs(values, right=announced)
    make.belongs(values, resident=lambda: make.resident(community=values["right"].community))
    values = {"day": (at + dt.timedelta(days=10)).date(), "cause": "begins"} | values
    resident, said = values.pop("resident"), values.pop("right")
    tell_person(News(resident, said, values["cause"], values["day"]), at)
    return RightNotice.objects.get(resident=resident, right=said, day=values["day"])


def card(**values: Any) -> HeldCard:
    make.belongs(values, right=lambda: announced(sort="card"))
    community = values["right"].community
    make.belongs(values, resident=lambda: make.resident(community=community))
    values.setdefault("ends_on", (AT + dt.timedelta(days=20)).date())
    boss = make.post("hall_clerk", community=community).user
    return actions.note_card(at=AT, by=boss, **values)


def price(**values: Any) -> CarePrice:
    """Twenty yuan each time, paid by the elder."""
    make.belongs(values, kind=care.kind)
    defaults = {
        "valid_from": dt.date(2026, 1, 1),
        "unit": "visit",
        "elder_cents": 2000,
        "source_zh": "测试值",
    }
    return CarePrice.objects.create(**defaults | values)
