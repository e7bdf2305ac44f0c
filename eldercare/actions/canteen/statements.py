"""The meal money of a month: by person, by funder, and line by line. Every sum comes from the same lines."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from circle.formats.money import format_yuan
from circle.models import Community
from eldercare.models import MealCharge
from eldercare.models.prices import CarePrice

SUMS = {name: Sum(F("sign") * F(f"{name}_cents")) for name in ("price", "subsidy", "own")}


@dataclass(frozen=True)
class PersonSum:
    resident: int
    name: str
    building: str
    meals: int
    price: int
    subsidy: int
    own: int


@dataclass(frozen=True)
class FunderSum:
    funder: str
    scheme: str
    is_verified: bool
    meals: int
    cents: int

    @property
    def label(self) -> str:
        return str(CarePrice.Funder(self.funder).label)


@dataclass(frozen=True)
class MonthOfMeals:
    people: list[PersonSum]
    funders: list[FunderSum]

    @property
    def price(self) -> int:
        return sum(row.price for row in self.people)

    @property
    def own(self) -> int:
        return sum(row.own for row in self.people)

    @property
    def subsidy(self) -> int:
        return sum(row.cents for row in self.funders)


def month_of_meals(community: Community, first: dt.date, last: dt.date) -> MonthOfMeals:
    """Two queries for any number of people."""
    lines = MealCharge.objects.filter(community=community).of_days(first, last).order_by()
    by_person: Any = lines.values(
        "order__resident", "order__resident__name", "order__resident__building__name_zh"
    ).annotate(meals=Sum(F("sign") * F("order__portions")), **SUMS)
    people = [
        PersonSum(
            row["order__resident"],
            row["order__resident__name"],
            row["order__resident__building__name_zh"] or "",
            row["meals"],
            row["price"],
            row["subsidy"],
            row["own"],
        )
        for row in by_person
    ]
    paid = lines.filter(subsidy_cents__gt=0)
    by_scheme = paid.values(
        "scheme__funder", "scheme__code", "scheme__name_zh", "scheme__is_verified"
    ).annotate(meals=Sum("sign"), cents=SUMS["subsidy"])
    funders = [
        FunderSum(
            row["scheme__funder"],
            row["scheme__name_zh"],
            row["scheme__is_verified"],
            row["meals"],
            row["cents"],
        )
        for row in by_scheme
    ]
    return MonthOfMeals(
        sorted(people, key=lambda row: (row.building, row.name, row.resident)),
        sorted(funders, key=lambda row: (row.funder, row.scheme)),
    )


def shown_lines(rows: "QuerySet[MealCharge]") -> "QuerySet[MealCharge]":
    return rows.select_related("order__dish", "order__resident", "scheme").order_by("day", "order", "number")


def line_words(line: MealCharge) -> str:
    """How the own share comes about: 15 yuan − 2 yuan (scheme) = 13 yuan."""
    words: dict[str, Any] = {
        "price": format_yuan(line.price_cents),
        "subsidy": format_yuan(line.subsidy_cents),
        "own": format_yuan(line.own_cents),
        "scheme": line.scheme.name if line.scheme else "",
    }
    if line.subsidy_cents:
        found = _("%(price)s yuan − %(subsidy)s yuan (%(scheme)s) = %(own)s yuan") % words
    else:
        found = _("%(price)s yuan, no subsidy") % words
    return found if line.sign > 0 else _("taken back: %(line)s") % {"line": found}
