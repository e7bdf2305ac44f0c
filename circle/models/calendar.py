import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.base import Bilingual


class CalendarYearQuerySet(models.QuerySet["CalendarYear"]):
    def confirmed(self) -> "CalendarYearQuerySet":
        """Years whose holiday notice is out; every other year is tentative."""
        return self.filter(confirmed_on__isnull=False)


class CalendarYear(models.Model):
    """A year of the working calendar, tentative until the State Council's holiday notice is dated."""

    year = models.PositiveSmallIntegerField(_("year"))
    notice = models.CharField(
        _("State Council notice"),
        max_length=200,
        blank=True,
        help_text=_("Title and number of the State Council notice."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("Date of the notice. Leave empty while the holidays are not announced yet."),
    )

    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar year")
        verbose_name_plural = _("calendar years")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                name="calendaryear_once",
                violation_error_message=_("This year is already in the calendar."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | ~Q(notice=""),
                name="calendaryear_confirmed_names_its_notice",
                violation_error_message=_("Name the notice that confirms this year."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


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
