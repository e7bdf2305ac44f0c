"""What the kitchen cooks, the labels, and the doors: all counted from the same orders."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from eldercare.actions.rounds import building_order
from eldercare.models import Dish, MealOrder, Portion
from eldercare.models.canteen import Meal, Variant, Way
from eldercare.models.canteen.menus import labels_of
from eldercare.models.canteen.orders import MealOrderQuerySet


@dataclass
class DishCount:
    """Portions of one dish, by how they are cooked and how they reach people."""

    dish: Dish
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # variants, way
    kept: int = 0  # for who comes in without an order

    @property
    def rows(self) -> list[tuple[str, list[int], int]]:
        """How it is cooked, the portions of each way, and their sum."""
        found = []
        for cooked in sorted({cooked for cooked, _way in self.counts}):
            by_way = [self.counts[cooked, way] for way in Way.values]
            found.append((cooked or str(_("as it is")), by_way, sum(by_way)))
        return found

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Label:
    order: MealOrder
    number: int
    allergens: list[str]


@dataclass(frozen=True)
class Kitchen:
    dishes: list[DishCount]
    orders: list[MealOrder]

    @property
    def total(self) -> int:
        return sum(dish.total for dish in self.dishes)

    @property
    def labels(self) -> list[Label]:
        """One for each portion, as many as the kitchen cooks; those that are brought home first."""
        return [
            Label(order, number, order.dish.allergen_labels)
            for order in [*self.doors, *self.counter]
            for number in range(1, order.portions + 1)
        ]

    @property
    def doors(self) -> list[MealOrder]:
        """Meals that are brought home, building by building as one walks, then by door."""
        brought = [order for order in self.orders if order.way == Way.DELIVERY]
        places = building_order(order.building for order in brought if order.building)
        return sorted(
            brought, key=lambda order: (places.get(order.building_id or 0, 0), order.door, order.pk)
        )

    @property
    def counter(self) -> list[MealOrder]:
        """Meals that are fetched or eaten there, by name."""
        found = [order for order in self.orders if order.way != Way.DELIVERY]
        return sorted(found, key=lambda order: (order.resident.name, order.pk))


def kitchen_of(own: MealOrderQuerySet, day: dt.date, meal: str) -> Kitchen:
    """`own`: the orders within one's posts. Three queries for any number of orders."""
    orders = list(own.filter(day=day, meal=meal).cooked_for().shown())
    return Kitchen(count_dishes(orders, day, meal), orders)


def count_dishes(orders: Iterable[MealOrder], day: dt.date, meal: str) -> list[DishCount]:
    found: dict[int, DishCount] = {}
    for order in orders:
        row = found.setdefault(order.dish_id, DishCount(order.dish))
        cooked = "、".join(labels_of(Variant, order.variants))
        row.counts[cooked, order.way] += order.portions
    kept = Portion.objects.filter(dish__in=found, share=Portion.Share.WALK_IN)
    for dish, capacity in kept.values_list("dish", "capacity"):
        found[dish].kept = capacity
    return sorted(found.values(), key=lambda row: (row.dish.menu_id, row.dish.order, row.dish.pk))


def meal_named(text: str, at: dt.datetime) -> str:
    """Of the address; else the next one that is eaten."""
    if text in Meal.values:
        return text
    return Meal.LUNCH if at.hour < 14 else Meal.SUPPER
