"""Days of a year that are worked or free other than their weekday."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    def between(self, first: dt.date, last: dt.date) -> "CalendarDayQuerySet":
        """Days from `first` to `last`, both included."""
        return self.filter(date__range=(first, last))

    def holidays(self) -> "CalendarDayQuerySet":
        return self.filter(is_holiday=True)

    def make_up_workdays(self) -> "CalendarDayQuerySet":
        return self.filter(is_workday=True)


class CalendarDay(models.Model):
    """A day that differs from the plain Monday-to-Friday week: a public holiday or a make-up working day."""

    date = models.DateField(_("date"))
    is_workday = models.BooleanField(_("working day"), default=False)
    is_holiday = models.BooleanField(
        _("public holiday"),
        default=True,
        help_text=_("A statutory holiday or a day off by the notice."),
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = CalendarDayQuerySet.as_manager()
    name = Bilingual()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["date"],
                name="calendarday_once",
                violation_error_message=_("This day is already in the calendar."),
            ),
            # A row that is neither says nothing; one that is both would open and close the hall at once.
            models.CheckConstraint(
                condition=Q(is_workday=True, is_holiday=False) | Q(is_workday=False, is_holiday=True),
                name="calendarday_workday_or_holiday",
                violation_error_message=_(
                    "A day is either a working day or a public holiday, not both or neither."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"
