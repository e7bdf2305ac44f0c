"""Who pays which part of the meals of one person on one day. Plain reckoning, without the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Scheme(Protocol):
    """A row of `MealSubsidy`, as far as it is reckoned with."""

    @property
    def pk(self) -> int: ...
    @property
    def per(self) -> str: ...
    @property
    def cents(self) -> int: ...
    @property
    def least_cents(self) -> int: ...
    @property
    def delivery_cents(self) -> int: ...
    @property
    def year_cents(self) -> int | None: ...


@dataclass(frozen=True)
class MealPrice:
    """One order: the price of a portion, how many, and whether it is brought home."""

    key: int
    cents: int
    portions: int = 1
    is_brought: bool = False


@dataclass(frozen=True)
class Share:
    """Of one order: price = subsidy + own, all of them never negative."""

    key: int
    price: int
    subsidy: int
    scheme: int | None

    @property
    def own(self) -> int:
        return self.price - self.subsidy


def share_out(meals: Sequence[MealPrice], schemes: Sequence[Scheme], used: Mapping[int, int]) -> list[Share]:
    """By the one scheme with which the person pays least that day; of two alike the older row counts.

    `used`: what each scheme has paid for this person in the year, without this day. Only the first portion
    of an order is subsidised: the others are for guests.
    """
    best: tuple[int, int | None, list[int]] = (0, None, [0] * len(meals))
    for scheme in sorted(schemes, key=lambda each: each.pk):
        paid = subsidies(meals, scheme, used.get(scheme.pk, 0))
        if sum(paid) > best[0]:
            best = (sum(paid), scheme.pk, paid)
    _sum, chosen, paid = best
    return [
        Share(meal.key, meal.cents * meal.portions, subsidy, chosen if subsidy else None)
        for meal, subsidy in zip(meals, paid, strict=True)
    ]


def subsidies(meals: Sequence[MealPrice], scheme: Scheme, used: int) -> list[int]:
    """What the scheme pays of each meal, in their order."""
    left = None if scheme.year_cents is None else max(scheme.year_cents - used, 0)
    is_per_day, found, has_paid = scheme.per == "day", [], False
    reached = sum(meal.cents for meal in meals) >= scheme.least_cents
    for meal in meals:
        counts = reached if is_per_day else meal.cents >= scheme.least_cents
        amount = 0 if is_per_day and has_paid else scheme.cents
        amount += scheme.delivery_cents if meal.is_brought else 0
        amount = min(amount, meal.cents) if counts else 0
        if left is not None:
            amount = min(amount, left)
            left -= amount
        has_paid = has_paid or amount > 0
        found.append(amount)
    return found
