from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models import drawing
from circle.models import Community, User


class SiblingGroupQuerySet(models.QuerySet["SiblingGroup"]):
    def for_user(self, user: User) -> Self:
        """Of whose applications this login may read one."""
        applications = apps.get_model("childcare", "Application")._default_manager.for_user(user)
        return self.filter(pk__in=applications.values("siblings"))


class SiblingGroup(models.Model):
    """Children of one household that wait for places: all together or none, or one may start first."""

    class Mode(models.TextChoices):
        TOGETHER = drawing.TOGETHER, _("all children together or none")
        SPLIT = drawing.SPLIT, _("one child may start first")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="sibling_groups", verbose_name=_("community")
    )
    mode = models.CharField(_("siblings"), max_length=13, choices=Mode)
    made_at = models.DateTimeField(_("since"))

    objects = SiblingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("siblings who wait")
        verbose_name_plural = _("siblings who wait")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=[drawing.TOGETHER, drawing.SPLIT]), name="sibling_group_mode_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.mode}"
