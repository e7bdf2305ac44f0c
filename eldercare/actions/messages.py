"""Messages about a booking: to the crew, and to whom it may concern that nobody was at home."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, localtime

from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.working_days import SHANGHAI
from circle.models import Mandate, User
from circle.models.mandates import MandateQuerySet
from circle.models.posts import logins_with_role
from circle.models.roles import Role
from circle.notifications import Value, notify
from eldercare.models import CareBooking
from eldercare.models.kinds import NARROWER

STEPS = "alarm_steps"  # the rule: minutes until each is told
MORNING = dt.time(8)  # from when on an old one is repeated


def booking_values(booking: CareBooking, reason: str = "") -> dict[str, Value]:
    """The values of every message about a booking."""
    kind = booking.kind
    values: dict[str, Value] = {
        "code": booking.code,
        "kind": (kind.name_zh, kind.name_en),
        "reason": reason,
        "has_time": int(booking.starts_at is not None),
    }
    if booking.day:  # a request is for a day as a whole
        noon = dt.datetime.combine(booking.day, dt.time(12), tzinfo=SHANGHAI)
        values["starts_at"] = booking.starts_at or noon
    return values


def notify_released_crew(booking: CareBooking, crew: Iterable[User], at: dt.datetime) -> None:
    """To each of them: this visit is not theirs any more, or does not take place."""
    notify_logins(booking, "care_visit_off", crew, at, dedupe=at.isoformat())


def notify_not_home(booking: CareBooking, at: dt.datetime) -> None:
    """To the elder's agents and to the coordinators; to the director where there is no coordinator."""
    agents = User.objects.filter(mandates_held__in=agent_mandates(booking, at)).distinct()
    notify_logins(booking, "care_not_home", agents, at, dedupe=at.isoformat())
    here, day = booking.community_id, localdate(at)
    staff = logins_with_role(here, Role.ELDER_COORDINATOR, day) or logins_with_role(here, Role.DIRECTOR, day)
    notify_logins(booking, "care_missed", staff, at, dedupe=at.isoformat())


def escalate_not_home(*, at: dt.datetime) -> int:
    """What nobody has settled goes to the leader of the volunteers, then to the director, each once a day.

    Returns the number of open ones. Running it twice sends nothing twice.
    """
    steps = minutes_to_escalate(at)
    waiting = CareBooking.objects.nobody_home().filter(status_at__lte=at - min(steps.values()))
    found = list(waiting.select_related("kind", "community"))
    for booking in found:
        for role in roles_to_notify(booking, steps, at):
            notify_logins(
                booking,
                "care_missed",
                logins_with_role(booking.community_id, role, localdate(at)),
                at,
                dedupe=f"{role}:{localdate(at)}",
            )
    return len(found)


def minutes_to_escalate(at: dt.datetime) -> dict[Role, dt.timedelta]:
    """How long leader and director wait, by the rule of the day; without one nobody waits."""
    try:
        params = rule_in_force(STEPS, on=localdate(at)).params
    except ValidationError:
        params = {}
    return {
        Role.VOLUNTEER_LEADER: dt.timedelta(minutes=params.get("leader", 0)),
        Role.DIRECTOR: dt.timedelta(minutes=params.get("director", 0)),
    }


def roles_to_notify(booking: CareBooking, steps: dict[Role, dt.timedelta], at: dt.datetime) -> list[Role]:
    """Who learns now that an elder is still missed."""
    if localdate(booking.status_at) == localdate(at):
        return [role for role, wait in steps.items() if booking.status_at + wait <= at]
    if localtime(at).time() < MORNING:
        return []
    return [Role.ELDER_COORDINATOR, Role.VOLUNTEER_LEADER, Role.DIRECTOR]


def agent_mandates(booking: CareBooking, at: dt.datetime) -> MandateQuerySet:
    """Under which somebody may act for the elder in this kind of care."""
    scopes = [Mandate.Scope.BOOKINGS, NARROWER.get(booking.kind.code, Mandate.Scope.BOOKINGS)]
    active = Mandate.objects.active(localdate(at)).filter(principal=booking.elder_id)
    return active.covering(scopes[0]) | active.covering(scopes[1])


def notify_logins(
    booking: CareBooking, event: str, logins: Iterable[User], at: dt.datetime, *, dedupe: str
) -> None:
    for login in logins:
        notify(
            event=event,
            community=booking.community_id,
            user=login,
            at=at,
            dedupe=f"{event}:{booking.pk}:{login.pk}:{dedupe}",
            values=booking_values(booking),
        )
