"""When somebody in a post is away, and who stands in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Absence(models.Model):
    """Leave or illness of the holder of a post, with the substitute."""

    post = models.ForeignKey(
        "circle.StaffPost", models.PROTECT, related_name="absences", verbose_name=_("post")
    )
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    substitute = models.ForeignKey(
        "circle.StaffPost",
        models.PROTECT,
        related_name="stands_in",
        verbose_name=_("who stands in"),
    )

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["post", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("An absence cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(substitute=F("post")),
                name="absence_has_somebody_else_stand_in",
                violation_error_message=_("Name a colleague: nobody stands in for themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.starts_on:%Y-%m-%d}–{self.ends_on:%Y-%m-%d}"
