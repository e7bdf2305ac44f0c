"""Today's round of a volunteer: whom to look in on, in walking order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localdate

from circle.models import Building, Resident, User
from circle.proximity.street_cache import streets_of
from circle.walking.minutes import StreetWalk
from eldercare.actions.walking_order import shortest_order
from eldercare.actions.word_of_day import word_of_round
from eldercare.models import HolidayLook, Pairing, Visit, VisitDuty

FAR = 1e6  # where no street leads to, at the end


@dataclass(frozen=True)
class Stop:
    resident: Resident
    is_due: bool
    word: str = ""  # to be said at the door
    comes_on: dt.date | None = None  # as the volunteer said


def round_of(user: User, at: dt.datetime) -> list[Stop]:
    """The elders of this volunteer whom they have met; who is due comes first, in walking order."""
    own = Pairing.objects.introduced().filter(volunteer__user=user, resident__died_on=None)
    found = list(own.select_related("resident__building", "resident__household", "resident__community"))
    people = [pairing.resident for pairing in found]
    words = {
        each.resident_id: word_of_round(each.volunteer_id, each.resident, localdate(at)) for each in found
    }
    days = {each.resident_id: each.comes_on for each in found}
    duties = VisitDuty.objects.due().of_day(localdate(at)).filter(resident__in=people)
    looks = HolidayLook.objects.filter(user=user, day=localdate(at), resident__in=people)
    seen = Visit.objects.seen().filter(at__date=localdate(at), resident__in=people).values("resident")
    due = set(duties.values_list("resident", flat=True))
    due |= set(looks.exclude(resident__in=seen).values_list("resident", flat=True))
    parts = [[each for each in people if (each.pk in due) is is_due] for is_due in (True, False)]
    return [
        Stop(each, each.pk in due, words[each.pk], coming_day(days[each.pk], at))
        for part in parts
        for each in in_walking_order(part)
    ]


def coming_day(day: dt.date | None, at: dt.datetime) -> dt.date | None:
    """Of a day that is over nothing is shown."""
    return day if day and day >= localdate(at) else None


def in_walking_order(people: list[Resident]) -> list[Resident]:
    """Building by building as one walks, or by number where there are no streets; within one by door."""
    order = building_order(each.building for each in people if each.building)

    def place(person: Resident) -> tuple[int, str, int]:
        door = person.household.door if person.household else ""
        return order.get(person.building_id or 0, len(order)), door, person.pk

    return sorted(people, key=place)


def building_order(buildings: Iterable[Building]) -> dict[int, int]:
    """The place of each building on the shortest walk through all of them."""
    rows = sorted({each.pk: each for each in buildings}.values(), key=lambda each: each.code)
    return {rows[stop].pk: number for number, stop in enumerate(shortest_order(walks_between(rows)))}


def walks_between(buildings: list[Building]) -> list[list[float]]:
    """Metres by the streets between each two; by their order in the list where there are no streets."""
    streets = streets_of(buildings[0].community) if buildings else None
    if streets is None:
        return [[abs(one - other) for other in range(len(buildings))] for one in range(len(buildings))]
    points = {each.pk: each.point for each in buildings}
    table = []
    for each in buildings:
        walks = streets.walks(each.point, points)
        table.append([0.0 if each is other else metres_of(walks.get(other.pk)) for other in buildings])
    return table


def metres_of(walk: StreetWalk | None) -> float:
    return walk.distance_dm / 10 if walk else FAR
