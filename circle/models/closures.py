import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.formats.times import TO
from circle.models.base import Bilingual

NOON = dt.time(12)


class ClosedPeriod(models.Model):
    """Closed from the first to the last day, both included; without a last day: until further notice.

    With times only between them on each of these days; from the afternoon on that may be past midnight, until
    the next morning. A subclass names what is closed, has `class
    Meta(ClosedPeriod.Meta)` and repeats `*ClosedPeriod.Meta.constraints` where it has its own.
    """

    starts_on = models.DateField(_("first day closed"))
    ends_on = models.DateField(_("last day closed"), null=True, blank=True)
    from_time = models.TimeField(
        _("from"), null=True, blank=True, help_text=_("Without times: closed the whole day.")
    )
    until_time = models.TimeField(_("until"), null=True, blank=True)
    reason_zh = models.CharField(_("reason (Chinese)"), max_length=120)
    reason_en = models.CharField(_("reason (English)"), max_length=160, blank=True)

    reason = Bilingual()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day closed cannot lie before the first."),
            ),
            models.CheckConstraint(
                condition=Q(from_time=None, until_time=None)
                | Q(from_time__isnull=False, until_time__isnull=False, until_time__gt=F("from_time"))
                | Q(
                    from_time__isnull=False,
                    until_time__isnull=False,
                    from_time__gte=NOON,
                    until_time__lt=NOON,
                ),
                name="%(class)s_has_both_times",
                violation_error_message=_(
                    "Give both times or none; the second after the first, or on the next morning."
                ),
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.starts_on:%Y-%m-%d} – {self.ends_on or ''}"
        if self.from_time is None or self.until_time is None:
            return days
        return f"{days} {self.from_time:%H:%M}{TO}{self.until_time:%H:%M}"
