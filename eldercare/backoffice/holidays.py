"""The list before the Spring Festival: who is alone, who looks in on which day, whom nobody asked yet."""

import datetime as dt
from dataclasses import dataclass

from circle.models import Resident, User, within_posts
from eldercare.models import HolidayLook, HolidayStay, RiskTag
from eldercare.models.duties import DUTY_VIEW

FESTIVAL_AHEAD = dt.timedelta(days=45)  # from when on the list is a queue


@dataclass(frozen=True)
class FestivalRow:
    resident: Resident
    stay: HolidayStay | None
    looks: list[HolidayLook | None]  # by day; None too where that person may look in no more

    @property
    def is_alone(self) -> bool:
        return self.stay is not None and self.stay.where == HolidayStay.Where.ALONE

    @property
    def lacks_somebody(self) -> bool:
        """Not asked yet, or alone on a day on which nobody looks in."""
        return self.stay is None or (self.is_alone and None in self.looks)


def festival_rows(user: User, days: list[dt.date]) -> list[FestivalRow]:
    """Everybody with a reason to look in; where something is missing first. Four queries for any number."""
    if not days:
        return []
    tagged = RiskTag.objects.on(days[0]).values("resident")
    people = Resident.objects.filter(within_posts(user, DUTY_VIEW, near="building__"), pk__in=tagged)
    found = list(people.select_related("building").order_by("building__code", "pk"))
    said = HolidayStay.objects.of_festival(days).filter(resident__in=found)
    stays = {stay.resident_id: stay for stay in said}
    looks = {
        (look.resident_id, look.day): look
        for look in HolidayLook.objects.held().filter(resident__in=found, day__in=days).select_related("user")
    }
    rows = [
        FestivalRow(each, stays.get(each.pk), [looks.get((each.pk, day)) for day in days]) for each in found
    ]
    return sorted(rows, key=lambda row: (not row.lacks_somebody, not row.is_alone))
