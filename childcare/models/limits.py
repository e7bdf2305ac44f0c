import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from childcare.models.classes import OF_ITS_CLASS, NurseryClass
from circle.models import Bilingual, User, within_posts


class ClassLimitQuerySet(models.QuerySet["ClassLimit"]):
    def for_user(self, user: User) -> Self:
        """What staff of the nursery read; residents see those of published nurseries on the pages."""
        staff = within_posts(
            user, "childcare.view_nurseryclass", "nursery_class__community", places=OF_ITS_CLASS
        )
        return self.filter(staff | Q(nursery_class__facility__is_published=True))


class ClassLimit(models.Model):
    """How many places something allows in a class from a day on: the latest row of each kind counts.

    One that ends allows no new child after its last day; whoever has a place stays.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("filing certificate")
        FIRE = "fire", _("fire exit")
        AREA = "area", _("area of the room")
        STAFF = "staff", pgettext_lazy("what limits a class", "carers")
        HEALTH = "health", _("sanitary report")

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="limits", verbose_name=_("class")
    )
    kind = models.CharField(_("what limits"), max_length=12, choices=Kind)
    valid_from = models.DateField(_("valid from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"))
    source_zh = models.CharField(_("where it comes from (Chinese)"), max_length=120)
    source_en = models.CharField(_("where it comes from (English)"), max_length=160, blank=True)

    objects = ClassLimitQuerySet.as_manager()

    source = Bilingual()

    class Meta:
        verbose_name = _("limit of a class")
        verbose_name_plural = _("limits of classes")
        ordering = ["nursery_class", "kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["nursery_class", "kind", "valid_from"],
                name="class_limit_once_a_day",
                violation_error_message=_("There is already such a limit from this day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("valid_from")),
                name="class_limit_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from:%Y-%m-%d}"

    def places_on(self, day: dt.date) -> int:
        """None at all after the last day."""
        return 0 if self.ends_on and self.ends_on < day else self.places
