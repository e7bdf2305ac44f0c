"""Messages about meals: to who eats, or to who ordered for them."""

import datetime as dt

from circle.models import Resident
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from eldercare.actions.series_words import noon
from eldercare.models import MealOrder, StandingOrder


def tell_of_meal(order: MealOrder, event: str, at: dt.datetime) -> None:
    dish = order.dish
    values: dict[str, Value] = {
        "code": order.code,
        "dish": (dish.name_zh, dish.name_en or dish.name_zh),
        "starts_at": noon(order.day),
        "has_time": 0,
        "is_supper": int(order.meal == "supper"),
        "way": order.way,
        "reason": order.reason,
    }
    tell(order, order.resident, event, at, values, once=f"{order.code}:{at.isoformat()}")


def tell_of_standing(standing: StandingOrder, event: str, at: dt.datetime) -> None:
    values: dict[str, Value] = {"code": standing.code, "is_supper": int(standing.meal == "supper")}
    tell(standing, standing.resident, event, at, values, once=f"{standing.code}:{at.isoformat()}")


def tell(
    row: MealOrder | StandingOrder,
    resident: Resident,
    event: str,
    at: dt.datetime,
    values: dict[str, Value],
    *,
    once: str,
) -> None:
    notify(
        event=event,
        community=row.community_id,
        resident=resident,
        user=login_to_notify(resident, row.mandate, at),
        at=at,
        dedupe=f"{event}:{once}",
        values=values,
    )
