"""Valid rows of the canteen, on top of tests/make.py."""

import datetime as dt
from typing import Any

from circle.models import Facility, FacilityKind, Rule
from eldercare.actions.canteen import MealWish, charge_day, order_meal, order_standing, write_menu
from eldercare.actions.canteen.cut_offs import RULE
from eldercare.models import Dish, MealCharge, MealOrder, MealSubsidy, MenuDay, StandingDate, StandingOrder
from tests import make
from tests import make_eldercare as care

AT = make.MORNING
DAY = dt.timedelta(days=1)
TOMORROW = (AT + DAY).date()
CUT_OFFS = {
    "delivery": {"days_before": 1, "time": "16:00"},
    "pickup": {"days_before": 0, "time": "09:30"},
}
LINE = "红烧肉 / Braised pork / 15元 / 3+1份 / 可软、少盐 / 含大豆"


def cut_off_rule() -> Rule:
    rows = Rule.objects.filter(kind=RULE)
    return rows.first() or make.rule(RULE, params=CUT_OFFS)


def canteen(**values: Any) -> Facility:
    """Open every day from eight to eight."""
    kind = FacilityKind.objects.filter(code="elder_canteen").first()
    values.setdefault("kind", kind or make.kind(code="elder_canteen", dimension="food"))
    return make.facility(hours="8:00-20:00", **values)


def menu(text: str = LINE, **values: Any) -> MenuDay:
    """Of tomorrow's lunch, unless told otherwise."""
    cut_off_rule()
    make.belongs(values, facility=canteen)
    defaults = {"day": TOMORROW, "meal": "lunch", "at": AT, "by": make.user()}
    found = write_menu(text=text, **defaults | values)
    assert found is not None
    return found


def dish(text: str = LINE, **values: Any) -> Dish:
    found = menu(text, **values).dishes.get()
    return Dish.objects.select_related("menu__facility__community").get(pk=found.pk)


def wish(way: str = "pickup", **values: Any) -> MealWish:
    return MealWish(way, **values)


def brought(building: Any, **values: Any) -> MealWish:
    return MealWish("delivery", building=building, door="2-501", **values)


def order(*, at: dt.datetime = AT, **values: Any) -> MealOrder:
    """By phone, fetched, for an elder."""
    make.belongs(values, dish=dish, resident=care.elder, by=care.coordinator)
    return order_meal(**{"wish": wish(), "via": "phone", "at": at} | values)


def missed(row: StandingOrder) -> StandingDate:
    """A date of it on which nothing was left."""
    return StandingDate.objects.create(
        community_id=row.community_id,
        standing=row,
        day=TOMORROW,
        status="waiting",
        cause="full",
        status_at=AT,
    )


def standing(*, at: dt.datetime = AT, **values: Any) -> StandingOrder:
    """Lunch of every day, fetched."""
    make.belongs(values, resident=care.elder, by=care.coordinator)
    defaults = {"meal": "lunch", "weekdays": range(7), "wish": wish(), "via": "phone", "at": at}
    return order_standing(**defaults | values)


def subsidy(**values: Any) -> MealSubsidy:
    """Three yuan a day from eighty on, paid by civil affairs."""
    make.belongs(values, community=make.here)
    defaults = make.names("补贴", "Subsidy") | {
        "code": f"scheme-{next(make.numbers)}",
        "funder": "civil",
        "from_age": 80,
        "per": "day",
        "cents": 300,
        "valid_from": dt.date(2026, 1, 1),
        "source_zh": "示例",
    }
    return MealSubsidy.objects.create(**defaults | values)


def charge(**values: Any) -> MealCharge:
    """The line of one meal that was eaten."""
    eaten = order(**values)
    charge_day(resident=eaten.resident, day=eaten.day, at=AT + 3 * DAY)
    return eaten.charges.get()
