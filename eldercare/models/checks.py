from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.models import Rule
from eldercare.models.bookings import CareBooking


class CareCheck(models.Model):
    """Blood pressure, pulse, temperature and the conditions of the day; never changed afterwards.

    `is_passed` was decided by the limits of `rule` and by what was asked. The values are empty once the
    consent is withdrawn.
    """

    booking = models.ForeignKey(
        CareBooking, models.PROTECT, related_name="checks", verbose_name=_("care booking")
    )
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    systolic = models.PositiveSmallIntegerField(_("upper blood pressure, mmHg"), null=True)
    diastolic = models.PositiveSmallIntegerField(_("lower blood pressure, mmHg"), null=True)
    pulse = models.PositiveSmallIntegerField(_("pulse, beats per minute"), null=True)
    temperature = models.DecimalField(_("temperature, °C"), max_digits=3, decimal_places=1, null=True)
    conditions = models.JSONField(_("conditions that hold"), default=list, blank=True)
    is_passed = models.BooleanField(_("within the limits"))
    # Empty where nothing is measured.
    rule = models.ForeignKey(
        Rule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("limits")
    )

    class Meta:
        verbose_name = _("check of the day")
        verbose_name_plural = _("checks of the day")
        ordering = ["taken_at", "pk"]

    def __str__(self) -> str:
        return f"{self.booking} {self.taken_at:%Y-%m-%d %H:%M}"
