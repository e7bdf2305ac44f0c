"""On which days the nursery of a class is open: working days, without its closures."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from childcare.models import NurseryClass
from circle.calendar.working_days import Calendar
from circle.models import Closure


@dataclass(frozen=True)
class OpenDays:
    """The days from first to last, both included; LookupError for a day outside."""

    calendar: Calendar
    closures: list[tuple[dt.date, dt.date | None]]

    @classmethod
    def load(cls, nursery_class: NurseryClass | None, first: dt.date, last: dt.date) -> Self:
        """Three queries."""
        facility = nursery_class.facility_id if nursery_class else None
        running = Closure.objects.of_whole_days().filter(
            Q(ends_on=None) | Q(ends_on__gte=first), facility=facility
        )
        closures = list(running.filter(starts_on__lte=last).values_list("starts_on", "ends_on"))
        return cls(Calendar.load(first, last), closures)

    def is_open(self, day: dt.date) -> bool:
        is_closed = any(first <= day <= (last or dt.date.max) for first, last in self.closures)
        return self.calendar.is_workday(day) and not is_closed


def check_open_day(nursery_class: NurseryClass | None, day: dt.date) -> None:
    """Refuses: closed_day."""
    if not OpenDays.load(nursery_class, day, day).is_open(day):
        raise ValidationError(
            _("The nursery is closed on %(day)s."),
            code="closed_day",
            params={"day": date_format(day, "DATE_FORMAT")},
        )
