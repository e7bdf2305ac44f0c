from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual
from circle.models.facilities import FacilityKind


class NormQuerySet(models.QuerySet["Norm"]):
    def counted(self) -> Self:
        """The norms that the published figures use: at most one of each kind, with the kind."""
        return self.filter(is_counted=True).select_related("kind")


class Norm(models.Model):
    """How near a kind of facility must be by a standard. Two standards may disagree: each has its own row."""

    class Tier(models.IntegerChoices):
        FIVE = 5, _("5 minutes")
        TEN = 10, _("10 minutes")
        FIFTEEN = 15, _("15 minutes")

    kind = models.ForeignKey(FacilityKind, models.PROTECT, related_name="norms", verbose_name=_("kind"))
    name_zh = models.CharField(_("what the standard calls it (Chinese)"), max_length=80)
    name_en = models.CharField(_("what the standard calls it (English)"), max_length=120)
    standard = models.CharField(_("standard"), max_length=120)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    tier = models.PositiveSmallIntegerField(_("within"), choices=Tier)
    radius_m = models.PositiveIntegerField(
        _("radius (m)"),
        null=True,
        blank=True,
        help_text=_("Measured along the way on foot. Empty: the standard names minutes only."),
    )
    is_required = models.BooleanField(_("required"), default=True, help_text=_("Otherwise advised."))
    is_counted = models.BooleanField(
        _("counts in the figures"),
        default=False,
        help_text=_("At most one norm of each kind: the figures judge by it."),
    )
    was_seen = models.BooleanField(
        _("text seen"), default=False, help_text=_("In a copy; otherwise from memory.")
    )
    is_verified = models.BooleanField(
        _("verified"), default=False, help_text=_("Somebody has compared it with the standard's own text.")
    )

    objects = NormQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("norm")
        verbose_name_plural = _("norms")
        ordering = ["kind", "standard"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "standard"],
                name="norm_once_per_standard",
                violation_error_message=_("This standard already has a norm for this kind."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_counted=True),
                name="norm_counted_once_per_kind",
                violation_error_message=_("Another norm of this kind counts in the figures."),
            ),
            models.CheckConstraint(condition=Q(tier__in=[5, 10, 15]), name="norm_tier_is_5_10_or_15"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.standard}"
