from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Building
from circle.models.posts import within_posts


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_resident", "resident__community"))

    def current(self) -> Self:
        return self.filter(moved_out_on=None)


class Residence(models.Model):
    """Where a resident lived from when until when. The present home is also a column of `Resident`."""

    resident = models.ForeignKey(
        "circle.Resident", models.PROTECT, related_name="residences", verbose_name=_("resident")
    )
    building = models.ForeignKey(
        Building, models.PROTECT, related_name="residences", verbose_name=_("building")
    )
    household = models.ForeignKey(
        "circle.Household",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="residences",
        verbose_name=_("household"),
    )
    moved_in_on = models.DateField(_("moved in on"))
    moved_out_on = models.DateField(_("moved out on"), null=True, blank=True)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        ordering = ["resident", "-moved_in_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(moved_out_on=None),
                name="residence_one_at_a_time",
                violation_error_message=_("This person lives somewhere already."),
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on=None) | Q(moved_out_on__gte=F("moved_in_on")),
                name="residence_ends_after_it_begins",
                violation_error_message=_("Nobody moves out before they moved in."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.moved_in_on:%Y-%m-%d}"
