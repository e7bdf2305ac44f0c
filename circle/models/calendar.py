from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
