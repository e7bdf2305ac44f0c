"""Messages about a booking: to the crew, and to the agents that nobody was at home."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.timezone import localdate

from circle.calendar.working_days import SHANGHAI
from circle.models import Mandate, User
from circle.models.mandates import MandateQuerySet
from circle.notifications import Value, notify
from eldercare.models import CareBooking
from eldercare.models.kinds import NARROWER


def booking_values(booking: CareBooking, reason: str = "") -> dict[str, Value]:
    """The values of every message about a booking."""
    kind = booking.kind
    values: dict[str, Value] = {
        "code": booking.code,
        "kind": (kind.name_zh, kind.name_en),
        "reason": reason,
        "has_time": int(booking.starts_at is not None),
    }
    when = time_to_tell(booking)
    return values | {"starts_at": when} if when else values


def time_to_tell(booking: CareBooking) -> dt.datetime | None:
    """Of a request for a day as a whole its noon; None where no day is agreed on yet."""
    if booking.starts_at or booking.day is None:
        return booking.starts_at
    return dt.datetime.combine(booking.day, dt.time(12), tzinfo=SHANGHAI)


def notify_released_crew(booking: CareBooking, crew: Iterable[User], at: dt.datetime) -> None:
    """To each of them: this visit is not theirs any more, or does not take place."""
    notify_logins(booking, "care_visit_off", crew, at, dedupe=at.isoformat())


def notify_not_home(booking: CareBooking, at: dt.datetime) -> None:
    """To the elder's agents at once; whoever is on duty hears of the alarm."""
    agents = User.objects.filter(mandates_held__in=agent_mandates(booking, at)).distinct()
    notify_logins(booking, "care_not_home", agents, at, dedupe=at.isoformat())


def agent_mandates(booking: CareBooking, at: dt.datetime) -> MandateQuerySet:
    """Under which somebody may act for the elder in this kind of care."""
    scopes = [Mandate.Scope.BOOKINGS, NARROWER.get(booking.kind.code, Mandate.Scope.BOOKINGS)]
    active = Mandate.objects.active(localdate(at)).filter(principal=booking.resident_id)
    return active.covering(scopes[0]) | active.covering(scopes[1])


def notify_logins(
    booking: CareBooking,
    event: str,
    logins: Iterable[User],
    at: dt.datetime,
    *,
    dedupe: str,
    more: Mapping[str, Value] | None = None,
) -> None:
    for login in logins:
        notify(
            event=event,
            community=booking.community_id,
            user=login,
            at=at,
            dedupe=f"{event}:{booking.pk}:{login.pk}:{dedupe}",
            values=booking_values(booking) | dict(more or {}),
        )
