"""What a volunteer gave: visits and hours, as the certificate says them."""

import datetime as dt
from dataclasses import dataclass

from eldercare.models import Visit, Volunteer


@dataclass(frozen=True)
class Service:
    """Of one calendar year, up to a day; and since the first visit that we still have."""

    since: dt.date
    until: dt.date
    visits: int
    minutes: int
    all_visits: int
    all_minutes: int

    @property
    def hours(self) -> str:
        return say_hours(self.minutes)

    @property
    def all_hours(self) -> str:
        return say_hours(self.all_minutes)


def say_hours(minutes: int) -> str:
    """In hours with one decimal, never rounded up."""
    return f"{minutes * 10 // 60 / 10:.1f}"


def service_of(volunteer: Volunteer, until: dt.date) -> Service:
    """Where nobody opened counts as well: the volunteer was there."""
    own = Visit.objects.of_team(volunteer.community, volunteer.user).filter(at__date__lte=until)
    since = dt.date(until.year, 1, 1)
    return Service(since, until, *own.filter(at__date__gte=since).figures(), *own.figures())
