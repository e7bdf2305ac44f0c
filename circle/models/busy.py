"""The quarter hours for which somebody is taken, so that nobody is in two places at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Busy(models.Model):
    """One quarter hour of a worker or a resident, taken by a row of any app; see circle/booking/busy.py."""

    community = models.ForeignKey(
        "circle.Community", models.PROTECT, related_name="+", verbose_name=_("community")
    )
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="busy_quarters",
        verbose_name=_("worker"),
    )
    resident = models.ForeignKey(
        "circle.Resident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="busy_quarters",
        verbose_name=_("resident"),
    )
    quarter = models.PositiveIntegerField(_("quarter hour"), help_text=_("Since 1970 in UTC."))
    subject_type = models.CharField(_("taken by"), max_length=60)
    subject_id = models.PositiveBigIntegerField(_("its number"))

    class Meta:
        verbose_name = _("taken quarter hour")
        verbose_name_plural = _("taken quarter hours")
        ordering = ["quarter"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="busy_subject"),
            models.Index(fields=["quarter"], name="busy_quarter"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "quarter"],
                condition=Q(worker__isnull=False),
                name="busy_worker_in_one_place",
                violation_error_message=_("This person is somewhere else at that time."),
            ),
            models.UniqueConstraint(
                fields=["resident", "quarter"],
                condition=Q(resident__isnull=False),
                name="busy_resident_in_one_place",
                violation_error_message=_("This person is somewhere else at that time."),
            ),
            models.CheckConstraint(
                condition=Q(worker__isnull=False, resident=None) | Q(worker=None, resident__isnull=False),
                name="busy_of_a_worker_or_a_resident",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
