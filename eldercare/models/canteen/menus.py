"""The menu of the canteen: meals by day, their dishes, and how many portions of each there are."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.booking.capacity import LimitedCapacity, LimitedCapacityQuerySet
from circle.identifiers.public_codes import short_code
from circle.models import Bilingual, Closure, Community, Facility, User, within_posts

MENU_VIEW, MENU_CHANGE = "eldercare.view_menuday", "eldercare.change_menuday"
MOST_CENTS = 100_000  # of one portion
CANTEEN_KIND = "elder_canteen"


class Meal(models.TextChoices):
    LUNCH = "lunch", pgettext_lazy("meal", "lunch")
    SUPPER = "supper", pgettext_lazy("meal", "supper")


class Way(models.TextChoices):
    """How a meal reaches whoever eats it."""

    EAT_IN = "eat_in", _("eat at the canteen")
    PICKUP = "pickup", _("fetch it")
    DELIVERY = "delivery", _("have it brought home")


class Allergen(models.TextChoices):
    """After GB 7718-2011, 4.4.3: what a dish may contain that some must not eat."""

    WHEAT = "wheat", pgettext_lazy("in food", "wheat")
    SHELLFISH = "shellfish", pgettext_lazy("in food", "shrimp and crab")
    FISH = "fish", pgettext_lazy("in food", "fish")
    EGG = "egg", pgettext_lazy("in food", "egg")
    PEANUT = "peanut", pgettext_lazy("in food", "peanut")
    SOY = "soy", pgettext_lazy("in food", "soya")
    MILK = "milk", pgettext_lazy("in food", "milk")
    NUTS = "nuts", pgettext_lazy("in food", "nuts")


class Variant(models.TextChoices):
    SOFT = "soft", pgettext_lazy("dish", "soft")
    LOW_SALT = "low_salt", pgettext_lazy("dish", "low salt")
    MILD = "mild", pgettext_lazy("dish", "not spicy")
    HALAL = "halal", pgettext_lazy("dish", "halal")
    NO_SUGAR = "no_sugar", pgettext_lazy("dish", "no sugar")


class MenuDayQuerySet(models.QuerySet["MenuDay"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, MENU_VIEW))

    def public(self, community: Community) -> Self:
        return self.filter(community=community)

    def with_dishes(self) -> Self:
        return self.select_related("facility").prefetch_related("dishes__portions")


class MenuDay(models.Model):
    """What one canteen cooks for one meal of a day; the dishes are its rows."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="menu_days", verbose_name=_("canteen")
    )
    day = models.DateField(_("day"))
    meal = models.CharField(pgettext_lazy("lunch or supper", "meal"), max_length=6, choices=Meal)
    entered_at = models.DateTimeField(_("written down at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )

    same_community = ("facility",)

    objects = MenuDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("menu of a meal")
        verbose_name_plural = _("menus of the canteen")
        ordering = ["day", "meal", "facility"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "day", "meal"],
                name="menu_day_once",
                violation_error_message=_("There is a menu for this meal already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_meal_display()}"


class DishQuerySet(models.QuerySet["Dish"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, MENU_VIEW))

    def public(self, community: Community) -> Self:
        return self.filter(community=community).select_related("menu__facility__community", "community")

    def served_on(self, community: Community, day: dt.date) -> Self:
        """Of canteens that no closure shuts on that day; one query."""
        shut = Closure.objects.filter(facility=OuterRef("menu__facility"), from_time=None, starts_on__lte=day)
        shut = shut.filter(Q(ends_on=None) | Q(ends_on__gte=day))
        rows = self.filter(~Exists(shut), community=community, menu__day=day).select_related("menu")
        return rows.order_by("menu__meal", "menu__facility", "order", "pk")


class Dish(models.Model):
    """One dish of one meal, at the price of that day; what was ordered of it refers to this row."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    menu = models.ForeignKey(MenuDay, models.PROTECT, related_name="dishes", verbose_name=_("menu of a meal"))
    code = models.CharField(_("code"), max_length=8, unique=True, default=short_code, editable=False)
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    price_cents = models.PositiveIntegerField(_("price (fen)"), validators=[MaxValueValidator(MOST_CENTS)])
    allergens = models.JSONField(_("contains"), default=list, blank=True)
    variants = models.JSONField(_("can be had"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    same_community = ("menu",)

    objects = DishQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("dish")
        verbose_name_plural = _("dishes")
        ordering = ["menu", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["menu", "name_zh"], name="dish_once_a_meal"),
            models.CheckConstraint(
                condition=Q(price_cents__gte=0, price_cents__lte=MOST_CENTS), name="dish_price_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def share(self, share: str) -> "Portion | None":
        """Of a dish whose portions are loaded without a query."""
        return next((row for row in self.portions.all() if row.share == share), None)

    @property
    def left(self) -> int:
        """What can still be ordered; without the share of those who come without an order."""
        reserved = self.share(Portion.Share.RESERVED)
        return reserved.left if reserved else 0

    @property
    def allergen_labels(self) -> list[str]:
        return labels_of(Allergen, self.allergens)

    @property
    def variant_labels(self) -> list[str]:
        return labels_of(Variant, self.variants)


def labels_of(choices: type[models.TextChoices], codes: list[str]) -> list[str]:
    """In the order in which the choices stand."""
    return [str(each.label) for each in choices if each.value in codes]


class Portion(LimitedCapacity):
    """One of the two shares of a dish: what is ordered, and what is kept for who just comes in.

    The cut-offs are those of the rule, so that the UPDATE that takes a portion decides about the time too.
    """

    class Share(models.TextChoices):
        RESERVED = "reserved", _("for orders")
        WALK_IN = "walk_in", _("for who comes in")

    dish = models.ForeignKey(Dish, models.PROTECT, related_name="portions", verbose_name=_("dish"))
    share = models.CharField(_("share"), max_length=8, choices=Share)
    pickup_until = models.DateTimeField(_("orders until"))
    delivery_until = models.DateTimeField(_("orders to bring home until"))

    objects = LimitedCapacityQuerySet.as_manager()

    class Meta(LimitedCapacity.Meta):
        verbose_name = _("portions of a dish")
        verbose_name_plural = _("portions of dishes")
        ordering = ["dish", "share"]
        constraints = [
            *LimitedCapacity.Meta.constraints,
            models.UniqueConstraint(fields=["dish", "share"], name="portion_one_row_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.taken}/{self.capacity}"
