import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from circle.models import Community, Facility, User
from circle.models.read_once import read_once
from circle.proximity.nearby import NearbyFacility
from circle.web.own_matters import facts_of_login
from services.models import AgencyCase, AidLoan, Booking, HallWaiting, RegisterEntry, Repair, ServiceItem
from services.models.sessions import coming_sessions

register = template.Library()

NEWEST_SHOWN = 6
ON_HOME_SHOWN = 6
SESSIONS_SHOWN = 6
LIVE_SHOWN, OVER_SHOWN = 20, 5


@register.simple_tag
def items_of_home(community: Community) -> dict[str, list[ServiceItem]]:
    """What staff have put on the home page to be booked, and what came into the catalogue last.

    One query, also where a page asks twice.
    """
    return read_once(("items of home", community.pk), lambda: find_items_of_home(community))


def find_items_of_home(community: Community) -> dict[str, list[ServiceItem]]:
    offered = ServiceItem.objects.public(community).offered(timezone.localdate())
    latest = offered.order_by("-introduced_on", "code")
    found = list(latest.filter(Q(is_on_home=True) | Q(pk__in=latest.values("pk")[:NEWEST_SHOWN])))
    to_book = [item for item in found if item.is_on_home and item.status == ServiceItem.Status.ACTIVE]
    return {
        "to_book": sorted(to_book, key=lambda item: item.code)[:ON_HOME_SHOWN],
        "newest": found[:NEWEST_SHOWN],
    }


@register.inclusion_tag("services/_items_at.html")
def items_at(facility: Facility) -> dict[str, Any]:
    """What can be done at this place; many items are folded by theme."""
    items = ServiceItem.objects.public(facility.community).offered(timezone.localdate())
    return {"items": items.filter(facility=facility).select_related("category")}


@register.inclusion_tag("services/_items_on_paper.html")
def items_on_paper(facility: Facility) -> dict[str, Any]:
    """The same for a sheet on the wall: one line of names for each theme."""
    return items_at(facility)


@register.inclusion_tag("services/_item_links.html")
def items_of(community: Community, dimension: str) -> dict[str, Any]:
    """The items of one dimension, for the pages of the other apps."""
    items = ServiceItem.objects.public(community).offered(timezone.localdate()).filter(dimension=dimension)
    return {"items": items}


@register.inclusion_tag("services/_sessions.html")
def sessions(places: Iterable[NearbyFacility], shown: int = SESSIONS_SHOWN) -> dict[str, Any]:
    """What takes place there without booking at the moment for which these places are shown: now or next."""
    found, listed = [], list(places)
    if listed:
        moment = listed[0].moment
        found = coming_sessions([place.facility for place in listed], moment.calendar, moment.at)
    return {"sessions": found[:shown], "is_one_place": len(listed) == 1}


@register.inclusion_tag("services/_sessions.html")
def sessions_at(place: NearbyFacility) -> dict[str, Any]:
    """The same at this place alone."""
    return sessions([place])


def bookings_of_login(user: User, at: dt.datetime) -> list[Booking]:
    """Of this login's people: those to come first, then the latest of those that are over; one query."""
    mine = Booking.objects.mine(user).shown().with_stranded(at)
    is_live = When(status__in=Booking.LIVE, then=Value(0))
    to_come = [Case(When(status__in=Booking.LIVE, then=F(name))) for name in ("day", "slot__starts_at")]
    rows = mine.order_by(Case(is_live, default=Value(1)), *to_come, "-day", "-id")
    return read_once(("bookings_of_login", user.pk), lambda: list(rows[: LIVE_SHOWN + OVER_SHOWN]))


@register.inclusion_tag("services/_my_bookings.html")
def my_bookings(user: User) -> dict[str, Any]:
    """Of this login's people: those to come first, then the latest of those that are over."""
    rows = bookings_of_login(user, timezone.now())
    live, over = [row for row in rows if row.is_live], [row for row in rows if not row.is_live]
    return {"bookings": live[:LIVE_SHOWN], "past": over[:OVER_SHOWN]}


@register.inclusion_tag("services/_my_waiting.html")
def my_waiting(user: User) -> dict[str, Any]:
    """Of this login's people: where they wait, offers first."""
    waits = facts_of_login(user)["waits_at_hall"]
    rows = HallWaiting.objects.mine(user).live().shown() if waits else HallWaiting.objects.none()
    offers = sorted(rows[:LIVE_SHOWN], key=lambda row: row.status != HallWaiting.Status.OFFERED)
    return {"rows": offers}


def cases_of_login(user: User) -> list[AgencyCase]:
    """Errands for this login's people, the newest first."""
    if not facts_of_login(user)["has_errands"]:
        return []
    rows = AgencyCase.objects.mine(user).select_related("item", "resident").order_by("-requested_at", "-pk")
    return read_once(("cases_of_login", user.pk), lambda: list(rows[:LIVE_SHOWN]))


@register.inclusion_tag("services/_my_cases.html")
def my_cases(user: User) -> dict[str, Any]:
    """Of this login's people: what we do for them, what goes on first."""
    return {"cases": sorted(cases_of_login(user), key=lambda case: not case.is_live)}


def loans_of_login(user: User) -> list[AidLoan]:
    """Aids that this login's people have reserved or borrowed, the newest first."""
    if not facts_of_login(user)["has_loans"]:
        return []
    rows = AidLoan.objects.mine(user).holding().select_related("stock", "resident")
    return read_once(
        ("loans_of_login", user.pk), lambda: list(rows.order_by("-asked_at", "-pk")[:LIVE_SHOWN])
    )


@register.inclusion_tag("services/_my_loans.html")
def my_loans(user: User) -> dict[str, Any]:
    """Of this login's people: what they have reserved or borrowed, and whether it is overdue."""
    today = timezone.localdate()
    return {"loans": [(loan, loan.is_late(today)) for loan in loans_of_login(user)]}


@register.inclusion_tag("services/_my_repairs.html")
def my_repairs(user: User) -> dict[str, Any]:
    """That this login's people have reported, the newest first."""
    if not facts_of_login(user)["has_repairs"]:
        return {}
    rows = Repair.objects.mine(user).select_related("resident").order_by("-pk")
    return {"repairs": rows[:OVER_SHOWN]}


@register.inclusion_tag("services/_my_registers.html")
def my_registers(user: User) -> dict[str, Any]:
    """In which registers this login's people stand; a confidential one is spoken about with its handler."""
    if not facts_of_login(user)["is_registered"]:
        return {}
    rows = RegisterEntry.objects.mine(user).live().select_related("item", "resident").order_by("-pk")
    return {"entries": rows[:LIVE_SHOWN]}
