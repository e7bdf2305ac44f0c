import datetime as dt
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Value, When
from django.utils import timezone

from circle.formats.money import format_yuan
from circle.models import Community, User
from circle.models.read_once import read_once
from circle.web.own_matters import facts_of_login
from eldercare.actions.canteen.standing_clock import cause_of_date
from eldercare.actions.canteen.statements import line_words
from eldercare.actions.series_dates import cause_words
from eldercare.actions.series_words import rhythm_words
from eldercare.models import (
    CareBooking,
    CareSeries,
    ClassWaiting,
    Dish,
    Enrolment,
    MealOrder,
    SeriesDate,
    StandingOrder,
)
from eldercare.models.canteen import Meal

register = template.Library()

LIVE_SHOWN, OVER_SHOWN = 20, 5


def care_of_login(user: User, at: dt.datetime) -> list[CareBooking]:
    """Of this login's people: those to come first, then the latest of those that are over; one query."""
    mine = CareBooking.objects.mine(user).shown().with_stranded(at)
    is_live = When(status__in=CareBooking.LIVE, then=Value(0))
    to_come = [Case(When(status__in=CareBooking.LIVE, then=F(name))) for name in ("day", "starts_at")]
    rows = mine.order_by(Case(is_live, default=Value(1)), *to_come, "-day", "-id")
    return read_once(("care_of_login", user.pk), lambda: list(rows[: LIVE_SHOWN + OVER_SHOWN]))


@register.inclusion_tag("eldercare/_my_school.html")
def my_school(user: User) -> dict[str, Any]:
    """Places, wishes and offers of this login's people in the senior school."""
    facts = facts_of_login(user)
    rows: list[Enrolment | ClassWaiting] = []
    if facts["has_school_places"]:
        rows += Enrolment.objects.mine(user).live().shown().order_by("booked_at", "pk")[:LIVE_SHOWN]
    if facts["waits_for_class"]:
        rows += ClassWaiting.objects.mine(user).live().shown().in_line()[:LIVE_SHOWN]
    return {"rows": rows}


@register.inclusion_tag("eldercare/_my_meals.html")
def my_meals(user: User) -> dict[str, Any]:
    """Meals of this login's people that are to come, and those of every week."""
    facts = facts_of_login(user)
    found: dict[str, Any] = {"orders": [], "standing": []}
    if facts["has_meals"]:
        rows = MealOrder.objects.mine(user).to_come(timezone.localdate()).select_related("dish", "resident")
        found["orders"] = rows.order_by("day", "meal", "pk")[:OVER_SHOWN]
    if facts["has_standing_meals"]:
        live = StandingOrder.objects.mine(user).live().select_related("resident")
        found["standing"] = live.order_by("pk")[:LIVE_SHOWN]
    return found


@register.inclusion_tag("eldercare/_my_series.html")
def my_series(user: User) -> dict[str, Any]:
    """Care of this login's people that comes again."""
    if not facts_of_login(user)["has_care_series"]:
        return {"rows": []}
    rows = CareSeries.objects.mine(user).live().select_related("kind", "resident")
    return {"rows": rows.order_by("booked_at", "pk")[:LIVE_SHOWN]}


@register.simple_tag
def series_date_of(booking: CareBooking, user: User | AnonymousUser) -> SeriesDate | None:
    """The date of a series that this booking is, for whoever may change the series."""
    if not isinstance(user, User):
        return None
    mine = CareSeries.objects.mine(user)
    found: SeriesDate | None = SeriesDate.objects.filter(booking=booking, series__in=mine).shown().first()
    return found


register.filter("rhythm", rhythm_words)
register.filter("yuan", format_yuan)
register.filter("cause", cause_words)
register.filter("why_not_ordered", cause_of_date)
register.filter("reckoned", line_words)


@register.inclusion_tag("eldercare/_my_care.html")
def my_care(user: User) -> dict[str, Any]:
    """Of this login's people: those to come first, then the latest of those that are over."""
    rows = care_of_login(user, timezone.now())
    live, over = [row for row in rows if row.is_live], [row for row in rows if not row.is_live]
    return {"bookings": live[:LIVE_SHOWN], "past": over[:OVER_SHOWN]}


@register.simple_tag
def dishes_today(community: Community) -> list[tuple[str, list[str]]]:
    """The meals of today with the names of their dishes; one query a page."""

    def read() -> list[tuple[str, list[str]]]:
        dishes = list(Dish.objects.served_on(community, timezone.localdate()))
        meals = [(str(meal.label), [dish.name for dish in dishes if dish.menu.meal == meal]) for meal in Meal]
        return [(label, names) for label, names in meals if names]

    return read_once(("dishes_today", community.pk), read)
