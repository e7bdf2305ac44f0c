import datetime as dt
from typing import Any

from django import template
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.timezone import localdate

from circle.models import Mandate, User, ids_represented_by
from circle.models.read_once import read_once
from eldercare.actions.word_of_day import word_of_round
from eldercare.models import CareBooking, Pairing

register = template.Library()

LIVE_SHOWN, OVER_SHOWN = 20, 5


def care_of_login(user: User, at: dt.datetime) -> list[CareBooking]:
    """Of this login's people: those to come first, then the latest of those that are over; one query."""
    mine = CareBooking.objects.mine(user).shown().with_stranded(at)
    is_live = When(status__in=CareBooking.LIVE, then=Value(0))
    to_come = [Case(When(status__in=CareBooking.LIVE, then=F(name))) for name in ("day", "starts_at")]
    rows = mine.order_by(Case(is_live, default=Value(1)), *to_come, "-day", "-id")
    return read_once(("care_of_login", user.pk), lambda: list(rows[: LIVE_SHOWN + OVER_SHOWN]))


@register.inclusion_tag("eldercare/_my_care.html")
def my_care(user: User) -> dict[str, Any]:
    """Of this login's people: those to come first, then the latest of those that are over."""
    rows = care_of_login(user, timezone.now())
    live, over = [row for row in rows if row.is_live], [row for row in rows if not row.is_live]
    return {"bookings": live[:LIVE_SHOWN], "past": over[:OVER_SHOWN], "looks_in": who_looks_in(user)}


def who_looks_in(user: User) -> list[tuple[Pairing, str]]:
    """The volunteers of this login's people, each with the word of today; one query."""
    people = ids_represented_by(user, Mandate.Scope.BOOKINGS)
    met = Pairing.objects.introduced().filter(resident__in=people, resident__died_on=None)
    rows = met.select_related("volunteer__user", "resident").order_by("resident", "place")
    return [(row, word_of_round(row.volunteer_id, row.resident, localdate())) for row in rows]
