"""What a meal costs, who pays which part of it, and by which dated scheme."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Bilingual, Community, User, within_posts
from circle.models.records import AppendOnly
from eldercare.models.canteen.menus import MOST_CENTS
from eldercare.models.canteen.orders import MOST_PORTIONS, MealOrder, ids_fed_by
from eldercare.models.prices import CarePrice
from eldercare.models.risk_tags import RiskTag

CHARGE_VIEW, CHARGE_CHANGE = "eldercare.view_mealcharge", "eldercare.change_mealcharge"
OLDEST = 130


class MealSubsidyQuerySet(models.QuerySet["MealSubsidy"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "eldercare.view_mealsubsidy"))

    def in_force(self, community: int, day: dt.date) -> list["MealSubsidy"]:
        """Of each scheme its latest row not after the day; one of nothing ends a scheme."""
        rows = self.filter(community=community, valid_from__lte=day).order_by("code", "-valid_from")
        latest: dict[str, MealSubsidy] = {}
        for row in rows:
            latest.setdefault(row.code, row)
        return [row for row in latest.values() if row.cents or row.delivery_cents]


class MealSubsidy(models.Model):
    """What a funder adds to the meals of older people from a day on: a rule, with its source."""

    class Per(models.TextChoices):
        MEAL = "meal", _("each meal")
        DAY = "day", _("each day, however many meals")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    code = models.SlugField(_("code"), max_length=20)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    funder = models.CharField(_("who pays it"), max_length=10, choices=CarePrice.Funder)
    from_age = models.PositiveSmallIntegerField(
        _("from this age on"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    to_age = models.PositiveSmallIntegerField(
        _("up to this age"), null=True, blank=True, validators=[MaxValueValidator(OLDEST)]
    )
    reason = models.CharField(
        _("for elders with this reason"),
        max_length=12,
        choices=RiskTag.Kind,
        blank=True,
        help_text=_("Empty: for everybody of that age."),
    )
    per = models.CharField(pgettext_lazy("of a subsidy", "for"), max_length=4, choices=Per)
    cents = models.PositiveIntegerField(_("subsidy (fen)"), validators=[MaxValueValidator(MOST_CENTS)])
    least_cents = models.PositiveIntegerField(
        _("only from this price on (fen)"), default=0, validators=[MaxValueValidator(MOST_CENTS)]
    )
    delivery_cents = models.PositiveIntegerField(
        _("more for a meal that is brought home (fen)"),
        default=0,
        validators=[MaxValueValidator(MOST_CENTS)],
    )
    year_cents = models.PositiveIntegerField(_("at most in a year (fen)"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=250, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    objects = MealSubsidyQuerySet.as_manager()

    name, source = Bilingual(), Bilingual()

    class Meta:
        verbose_name = _("subsidy of meals")
        verbose_name_plural = _("subsidies of meals")
        ordering = ["community", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code", "valid_from"],
                name="meal_subsidy_once_a_day",
                violation_error_message=_("This scheme already has values from that day."),
            ),
            models.CheckConstraint(
                condition=Q(from_age=None) | Q(to_age=None) | Q(to_age__gte=F("from_age")),
                name="meal_subsidy_ages_in_order",
                violation_error_message=_("The last age cannot lie before the first."),
            ),
            models.CheckConstraint(
                condition=Q(from_age__isnull=False) | Q(to_age__isnull=False) | ~Q(reason=""),
                name="meal_subsidy_for_somebody",
                violation_error_message=_("Say for which ages or for which reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class MealChargeQuerySet(models.QuerySet["MealCharge"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, CHARGE_VIEW))

    def mine(self, user: User) -> Self:
        return self.filter(order__resident__in=ids_fed_by(user))

    def of_days(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(day__range=(first, last))


class MealCharge(AppendOnly):
    """One line of money: a meal, or one that takes an earlier line back. It is never changed.

    The sign is in `sign`; the amounts are never negative, and the price is always the sum of its two parts.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    order = models.ForeignKey(
        MealOrder, models.PROTECT, related_name="charges", verbose_name=_("order of a meal")
    )
    number = models.PositiveSmallIntegerField(_("line"))
    day = models.DateField(_("day"))
    sign = models.SmallIntegerField(_("adds or takes back"), choices=[(1, "+"), (-1, "−")])
    price_cents = models.PositiveIntegerField(_("price (fen)"))
    subsidy_cents = models.PositiveIntegerField(_("subsidy (fen)"))
    own_cents = models.PositiveIntegerField(_("own share (fen)"))
    scheme = models.ForeignKey(
        MealSubsidy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("subsidy")
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    same_community = ("order", "scheme")

    objects = MealChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of meal money")
        verbose_name_plural = _("lines of meal money")
        ordering = ["day", "order", "number"]
        indexes = [models.Index(fields=["community", "day"], name="meal_charge_of_a_day")]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="meal_charge_each_line_once"),
            models.CheckConstraint(
                condition=Q(price_cents=F("subsidy_cents") + F("own_cents")), name="meal_charge_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(
                    price_cents__gte=0,
                    subsidy_cents__gte=0,
                    own_cents__gte=0,
                    price_cents__lte=MOST_CENTS * MOST_PORTIONS,
                ),
                name="meal_charge_amounts",
            ),
            models.CheckConstraint(condition=Q(sign__in=[1, -1]), name="meal_charge_sign"),
            models.CheckConstraint(
                condition=Q(subsidy_cents=0) | Q(scheme__isnull=False), name="meal_charge_names_its_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.number}"
