"""One round from building to building: whom to look in on or tell something, what can be filed there."""

import datetime as dt
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.utils.timezone import localdate

from circle.backoffice.post_permissions import within_reach
from circle.backoffice.resident_card import CardAction
from circle.hooks import hook_functions
from circle.models import Building, Grid, Message, Resident
from circle.notifications import text_of
from circle.notifications.in_person import IN_PERSON_PERMISSION
from circle.permissions.on_behalf import HOME_VISIT_PERMISSION
from eldercare.models import HolidayLook, VisitDuty
from eldercare.models.duties import DUTY_CHANGE
from eldercare.models.holidays import may_look_in

NEAR = "resident__building__"
MOST_STOPS = 400


@dataclass
class Stop:
    """One person at one door."""

    resident: Resident
    duties: list[VisitDuty] = field(default_factory=list)
    looks: list[HolidayLook] = field(default_factory=list)
    messages: list[tuple[Message, str]] = field(default_factory=list)
    forms: list[CardAction] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, str, str, int]:
        building, household = self.resident.building, self.resident.household
        grid = building.grid.code if building else "~"  # without a building at the end
        door = household.door if household else ""
        return grid, building.code if building else "", door, self.resident.pk


@dataclass
class House:
    building: Building | None
    stops: list[Stop] = field(default_factory=list)


def duties_on_round(request: HttpRequest, at: dt.datetime) -> list[VisitDuty]:
    near = VisitDuty.objects.filter(within_reach(request, DUTY_CHANGE, near=NEAR))
    living = near.filter(resident__died_on=None, resident__erased_at=None)
    return list(living.due().of_day(localdate(at)).shown())


def looks_on_round(request: HttpRequest, at: dt.datetime) -> list[HolidayLook]:
    """Of everybody within reach, also of a colleague: `is_held` is false where that one may come no more."""
    near = HolidayLook.objects.filter(within_reach(request, DUTY_CHANGE, near=NEAR))
    shown = near.open_on(localdate(at)).annotate(is_held=may_look_in())
    return list(shown.select_related("user", "resident__building__grid", "resident__household"))


def messages_on_round(request: HttpRequest, at: dt.datetime) -> list[Message]:
    """Of the knock list, what is due and concerns a resident."""
    if not request.user.has_perm(IN_PERSON_PERMISSION):
        return []
    near = Message.objects.filter(
        within_reach(request, IN_PERSON_PERMISSION, near=NEAR, held="assigned_to"), resident__isnull=False
    )
    rows = near.awaiting_in_person().filter(due_at__lte=at).select_related("community")
    return list(rows.select_related("resident__building__grid", "resident__household"))


def houses_of_round(request: HttpRequest, at: dt.datetime, grid: str = "") -> list[House]:
    """By grid, building and door; at most 400 people."""
    stops: dict[int, Stop] = {}
    for duty in duties_on_round(request, at):
        stops.setdefault(duty.resident_id, Stop(duty.resident)).duties.append(duty)
    for look in looks_on_round(request, at):
        stops.setdefault(look.resident_id, Stop(look.resident)).looks.append(look)
    for message in messages_on_round(request, at):
        if message.resident:
            stop = stops.setdefault(message.resident.pk, Stop(message.resident))
            stop.messages.append((message, text_of(message)))
    found = sorted(stops.values(), key=lambda stop: stop.place)
    chosen = [stop for stop in found if not grid or stop.place[0] == grid][:MOST_STOPS]
    if request.user.has_perm(HOME_VISIT_PERMISSION):
        offer_forms(chosen)
    return by_house(chosen)


def offer_forms(stops: list[Stop]) -> None:
    """Asked once for each community: they differ by the person's code alone, and 400 people are many."""
    offers, known = hook_functions("home_visit"), dict[int, tuple[str, list[CardAction]]]()
    for stop in stops:
        person = stop.resident
        if person.community_id not in known:
            found = [action for offer in offers for action in offer(person)]
            known[person.community_id] = (str(person.code), found)
        first, actions = known[person.community_id]
        stop.forms = [replace(each, url=each.url.replace(first, str(person.code))) for each in actions]


def by_house(stops: list[Stop]) -> list[House]:
    houses: list[House] = []
    for stop in stops:
        if not houses or houses[-1].building != stop.resident.building:
            houses.append(House(stop.resident.building))
        houses[-1].stops.append(stop)
    return houses


def grids_of_round(request: HttpRequest) -> list[Grid]:
    """To choose from; whoever has one grid alone needs no choice."""
    return list(Grid.objects.filter(within_reach(request, DUTY_CHANGE)).order_by("code"))
