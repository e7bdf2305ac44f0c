"""Meals that were asked for before the canteen had a menu become orders."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from circle.models import Community, User, Via
from eldercare.actions.bookings import cancel_booking, day_of, revoke_booking
from eldercare.actions.canteen.orders import Asked, place_order
from eldercare.actions.canteen.profiles import MealWish
from eldercare.models import CareBooking, Dish, MealOrder
from eldercare.models.canteen import Meal, Variant, Way

KIND = "meals"
# What was ticked in the form of the request, and what it is called on the menu.
VARIANT_OF_NEED = {"soft": Variant.SOFT, "low-salt": Variant.LOW_SALT, "no-sugar": Variant.NO_SUGAR}


@dataclass
class CarriedOver:
    orders: list[MealOrder] = field(default_factory=list)
    refused: list[CareBooking] = field(default_factory=list)  # called off, and the person was told
    left: list[CareBooking] = field(default_factory=list)  # for days whose menu is not written yet


def open_requests(community: Community, at: dt.datetime) -> Any:
    rows = CareBooking.objects.live().shown().filter(community=community, kind__code=KIND)
    return rows.filter(day__gte=day_of(at), slot=None)


def carry_requests_over(*, community: Community, at: dt.datetime, by: User) -> CarriedOver:
    """Each request of a day with a menu, in a transaction of its own; a second time finds none of them.

    Where no order can be made of it, it is called off with a message that says why.
    """
    found = CarriedOver()
    for booking in open_requests(community, at).order_by("day", "pk"):
        wanted = [need for need in Meal.values if need in booking.needs] or [Meal.LUNCH]
        dishes = [first_dish(booking, meal) for meal in wanted]
        if None in dishes:
            found.left.append(booking)
            continue
        try:
            with transaction.atomic():
                orders = [order_instead(booking, dish, at, by) for dish in dishes if dish]
                cancel_booking(booking=booking, at=at, via=Via.WINDOW, by=by, is_told=False)
        except ValidationError as refusal:
            reason = gettext("Your meal could not be ordered: %(why)s") % {"why": refusal.messages[0]}
            revoke_booking(booking=booking, at=at, by=by, reason=reason[:120])
            found.refused.append(booking)
        else:
            found.orders += orders
    return found


def first_dish(booking: CareBooking, meal: str) -> Dish | None:
    """The first of the menu that can be had as it was asked for, else the first of all."""
    of_day: dict[str, Any] = {"menu__day": booking.day, "menu__meal": meal}
    rows = Dish.objects.public(booking.community).filter(**of_day)
    dishes = list(rows.order_by("order", "pk"))
    suiting = [dish for dish in dishes if set(variants_of(booking)) <= set(dish.variants)]
    return next(iter(suiting or dishes), None)


def variants_of(booking: CareBooking) -> list[str]:
    return [str(variant) for need, variant in VARIANT_OF_NEED.items() if need in booking.needs]


def order_instead(booking: CareBooking, dish: Dish, at: dt.datetime, by: User) -> MealOrder:
    way = Way.DELIVERY if "home" in booking.needs else Way.PICKUP
    variants = [code for code in variants_of(booking) if code in dish.variants]
    wish = MealWish(way, 1, variants, booking.building, booking.door)
    return place_order(Asked(dish, booking.resident, booking.mandate, wish, booking.via, at, by))
