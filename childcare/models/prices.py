import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models.classes import OF_ITS_CLASS, NurseryClass
from circle.models import AppendOnly, Bilingual, User, within_posts


class ClassPriceQuerySet(models.QuerySet["ClassPrice"]):
    def for_user(self, user: User) -> Self:
        """What staff of the community read; residents see those of published nurseries on the pages."""
        staff = within_posts(
            user, "childcare.view_nurseryclass", "nursery_class__community", places=OF_ITS_CLASS
        )
        return self.filter(staff | Q(nursery_class__facility__is_published=True))

    def in_force(self, day: dt.date) -> Self:
        """The latest not after the day comes first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class ClassPrice(AppendOnly):
    """What a class costs a month from a day on. Rows never change: an offer names the one it promised."""

    # One that an application names is held by its foreign key.
    deletable_when = "1 = 1"

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="prices", verbose_name=_("class")
    )
    valid_from = models.DateField(_("valid from"))
    cents = models.PositiveIntegerField(_("fee a month (fen)"))
    source_zh = models.CharField(_("where the fee comes from (Chinese)"), max_length=120)
    source_en = models.CharField(_("where the fee comes from (English)"), max_length=160, blank=True)

    objects = ClassPriceQuerySet.as_manager()

    source = Bilingual()

    class Meta:
        verbose_name = _("price of a class")
        verbose_name_plural = _("prices of classes")
        ordering = ["nursery_class", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["nursery_class", "valid_from"],
                name="class_price_once_a_day",
                violation_error_message=_("There is already a price from this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"
