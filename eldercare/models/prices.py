"""What a kind of care costs from a day on, and who pays which part of it."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Bilingual, User, within_posts
from eldercare.models.kinds import CareKind
from eldercare.models.risk_tags import RiskTag

PRICE_VIEW = "eldercare.view_careprice"
MOST_CENTS = 10_000_000


class CarePriceQuerySet(models.QuerySet["CarePrice"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, PRICE_VIEW, "kind__community"))


class CarePrice(models.Model):
    """One row for everybody, and one for each reason with which somebody else pays a part."""

    class Unit(models.TextChoices):
        VISIT = "visit", _("each time")
        HOUR = "hour", _("an hour")

    class Funder(models.TextChoices):
        CIVIL = "civil", _("civil affairs")
        DISABLED = "disabled", _("disabled persons' federation")
        INSURANCE = "insurance", _("long-term care insurance")
        CHARITY = "charity", _("community fund")

    kind = models.ForeignKey(CareKind, models.PROTECT, related_name="prices", verbose_name=_("kind of care"))
    reason = models.CharField(
        _("for elders with this reason"),
        max_length=12,
        choices=RiskTag.Kind,
        blank=True,
        help_text=_("Empty: for everybody else. Of several, the one with which the elder pays least counts."),
    )
    valid_from = models.DateField(_("valid from"))
    unit = models.CharField(pgettext_lazy("of a price", "for"), max_length=5, choices=Unit)
    elder_cents = models.PositiveIntegerField(
        _("the elder pays (fen)"), validators=[MaxValueValidator(MOST_CENTS)]
    )
    funder = models.CharField(_("who pays the rest"), max_length=10, choices=Funder, blank=True)
    funder_cents = models.PositiveIntegerField(
        _("they pay (fen)"), default=0, validators=[MaxValueValidator(MOST_CENTS)]
    )
    source_zh = models.CharField(_("source (Chinese)"), max_length=200)
    source_en = models.CharField(_("source (English)"), max_length=250, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    objects = CarePriceQuerySet.as_manager()

    source = Bilingual()

    class Meta:
        verbose_name = _("price of care")
        verbose_name_plural = _("prices of care")
        ordering = ["kind", "reason", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reason", "valid_from"],
                name="care_price_once_a_day",
                violation_error_message=_("There is already a price from this day."),
            ),
            models.CheckConstraint(
                condition=Q(funder="", funder_cents=0) | ~Q(funder="") & Q(funder_cents__gt=0),
                name="care_price_rest_is_paid_by_somebody",
                violation_error_message=_("Say who pays the rest, and how much."),
            ),
            models.CheckConstraint(
                condition=Q(elder_cents__lte=MOST_CENTS, funder_cents__lte=MOST_CENTS),
                name="care_price_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.valid_from}"
