"""Meals that are ordered, and what is known of who eats them."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code
from circle.models import (
    Building,
    Closure,
    Community,
    Mandate,
    Resident,
    User,
    Via,
    ids_represented_by,
    within_posts,
)
from eldercare.models.canteen.menus import MOST_CENTS, Allergen, Dish, Meal, Variant, Way, labels_of

ORDER_VIEW, ORDER_ADD, ORDER_CHANGE = (
    "eldercare.view_mealorder",
    "eldercare.add_mealorder",
    "eldercare.change_mealorder",
)
MOST_PORTIONS = 3  # of one order: the person and who eats with them
DOOR_LENGTH = 20


def meal_scope_of(user: User, resident: int) -> str:
    """The scope of the mandate that this login needs: for meals, where it holds none for all bookings."""
    may_book = resident in ids_represented_by(user, Mandate.Scope.BOOKINGS)
    return Mandate.Scope.BOOKINGS if may_book else Mandate.Scope.MEALS


def ids_fed_by(user: User) -> set[int]:
    """The people for whom this login may order."""
    scopes = (Mandate.Scope.BOOKINGS, Mandate.Scope.MEALS)
    return {person for scope in scopes for person in ids_represented_by(user, scope)}


def of_own_table(user: User) -> Q:
    return Q(resident__in=ids_fed_by(user))


class MealProfile(models.Model):
    """What somebody must not eat, and where a meal is brought: as they said it, never from the register."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    resident = models.OneToOneField(
        Resident, models.PROTECT, related_name="meal_profile", verbose_name=_("who eats")
    )
    allergens = models.JSONField(_("must not eat"), default=list, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=DOOR_LENGTH, blank=True)
    said_at = models.DateTimeField(_("said at"))

    same_community = ("resident", "building")

    class Meta:
        verbose_name = _("what somebody eats")
        verbose_name_plural = _("what people eat")
        constraints = [
            models.CheckConstraint(
                condition=Q(building=None, door="") | Q(building__isnull=False) & ~Q(door=""),
                name="meal_profile_whole_address",
            )
        ]

    def __str__(self) -> str:
        return str(self.resident_id)

    @property
    def allergen_labels(self) -> list[str]:
        return labels_of(Allergen, self.allergens)


class MealOrderQuerySet(models.QuerySet["MealOrder"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, ORDER_VIEW) | of_own_table(user))

    def mine(self, user: User) -> Self:
        return self.filter(of_own_table(user))

    def live(self) -> Self:
        return self.filter(status=MealOrder.Status.ORDERED)

    def over(self) -> Self:
        return self.exclude(status=MealOrder.Status.ORDERED)

    def to_come(self, today: dt.date) -> Self:
        return self.live().filter(day__gte=today)

    def cooked_for(self) -> Self:
        """Whom the kitchen counts: who said too late that they do not eat is not among them."""
        return self.exclude(status__in=MealOrder.NOT_COOKED)

    def stranded(self, today: dt.date) -> Self:
        """To come, and the canteen is closed on that day."""
        shut = Closure.objects.filter(
            facility=OuterRef("dish__menu__facility"), from_time=None, starts_on__lte=OuterRef("day")
        )
        shut = shut.filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")))
        return self.to_come(today).filter(Exists(shut))

    def against_diet(self, today: dt.date) -> Self:
        """To come, of a dish that contains what the person must not eat, as both stand today."""
        told = self.to_come(today).filter(resident__meal_profile__isnull=False)
        told = told.exclude(resident__meal_profile__allergens=[])
        rows = told.order_by().values_list("pk", "dish__allergens", "resident__meal_profile__allergens")
        # Two lists are compared here, since the databases do it differently; few people have any.
        return self.filter(pk__in=[pk for pk, contains, forbidden in rows if set(contains) & set(forbidden)])

    def shown(self) -> Self:
        return self.select_related(
            "dish__menu__facility", "resident__login", "building", "mandate__agent", "community", "late_by"
        )


class MealOrder(models.Model):
    """One person's lunch or supper of a day: which dish, how it reaches them, and what became of it."""

    class Status(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("of a meal", "ordered")
        CANCELLED = "cancelled", pgettext_lazy("of a meal", "cancelled")
        REVOKED = "revoked", pgettext_lazy("of a meal", "called off by us")
        UNEATEN = "uneaten", pgettext_lazy("of a meal", "will not be eaten")
        SERVED = "served", pgettext_lazy("of a meal", "handed over")
        MISSED = "missed", pgettext_lazy("of a meal", "not fetched or nobody at home")

    FREED = [Status.CANCELLED, Status.REVOKED]
    NOT_COOKED = [*FREED, Status.UNEATEN]

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="meal_orders", verbose_name=_("who eats")
    )
    dish = models.ForeignKey(Dish, models.PROTECT, related_name="orders", verbose_name=_("dish"))
    # Of the dish's menu; here for the one meal that a person orders of a day.
    day = models.DateField(_("day"))
    meal = models.CharField(pgettext_lazy("lunch or supper", "meal"), max_length=6, choices=Meal)
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    way = models.CharField(_("how it reaches them"), max_length=8, choices=Way)
    portions = models.PositiveSmallIntegerField(_("portions"), default=1)
    price_cents = models.PositiveIntegerField(_("price of a portion (fen)"))
    variants = models.JSONField(_("cooked how"), default=list, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=DOOR_LENGTH, blank=True)
    eats_anyway = models.JSONField(_("eats it all the same"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.ORDERED)
    status_at = models.DateTimeField(_("since"))
    cut_off_at = models.DateTimeField(_("can be cancelled until"))
    late_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken down late by"),
    )
    late_reason = models.CharField(_("why after the cut-off"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    via = models.CharField(_("made"), max_length=8, choices=Via)
    booked_at = models.DateTimeField(_("made at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )

    same_community = ("resident", "dish", "building")

    objects = MealOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of a meal")
        verbose_name_plural = _("orders of meals")
        ordering = ["-day", "meal", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "day", "meal"],
                condition=Q(status="ordered"),
                name="meal_order_once",
                violation_error_message=_("This person has ordered this meal already."),
            ),
            models.CheckConstraint(
                condition=~Q(way="delivery", status="ordered") | Q(building__isnull=False) & ~Q(door=""),
                name="meal_order_brought_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(portions__gte=1, portions__lte=MOST_PORTIONS), name="meal_order_portions"
            ),
            models.CheckConstraint(
                condition=Q(price_cents__gte=0, price_cents__lte=MOST_CENTS), name="meal_order_price"
            ),
            models.CheckConstraint(
                condition=Q(late_by=None, late_reason="") | Q(late_by__isnull=False) & ~Q(late_reason=""),
                name="meal_order_late_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="revoked") | ~Q(reason=""), name="meal_order_revoked_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["community", "day", "meal"], name="meal_order_of_a_day")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("meal_order", args=[self.code])

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.ORDERED

    @property
    def variant_labels(self) -> list[str]:
        return labels_of(Variant, self.variants)

    @property
    def anyway_labels(self) -> list[str]:
        return labels_of(Allergen, self.eats_anyway)

    @property
    def total_cents(self) -> int:
        return self.price_cents * self.portions

    def can_be_cancelled(self, at: dt.datetime) -> bool:
        """Without being paid for."""
        return self.is_live and at < self.cut_off_at
