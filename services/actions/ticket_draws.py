"""Drawing a ticket: on one's own phone, at the kiosk, or by a clerk."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.opening_hours import is_closed_on, opening_at
from circle.calendar.working_days import Calendar
from circle.models import Community, Facility, Resident, User, Via, within_posts
from circle.permissions.age_bands import exception_details, refuse_unsuited
from circle.permissions.on_behalf import refuse_gone
from circle.proximity.nearby import facility_timetable
from services.actions.ticket_numbers import next_number
from services.actions.ticket_rules import priorities
from services.models import Booking, Counter, ServiceItem, Ticket
from services.models.ticket_halls import gives_numbers, served_counters

Origin, Status = Ticket.Origin, Ticket.Status
SELF_SERVED = [Origin.PHONE, Origin.KIOSK]
EARLY = dt.timedelta(minutes=30)  # people queue before the hall opens


@transaction.atomic
def draw_ticket(
    *,
    facility: Facility,
    origin: str,
    at: dt.datetime,
    by: User | None = None,
    prefix: str = "",
    item: ServiceItem | None = None,
    resident: Resident | None = None,
    priority: str = "",
    age_reason: str = "",
) -> Ticket:
    """The next number of the line; it takes no place of the times that are booked.

    The line: of `prefix`, else of a counter that serves `item`, else the first.
    Refuses: not_allowed (by a clerk of another community), no_numbers (drawn by oneself where arrivals are
    listed), hall_closed, unknown_line, not_served_here, not_bookable (paused or withdrawn), other_community,
    resident_gone, already_booked, not_for_age, priority_unknown.
    """
    refuse_origin(facility, origin, by)
    refuse_closed(facility, at, is_by_clerk=origin == Origin.DESK)
    counter = counter_of_line(facility, prefix, item)
    if priority and priority not in priorities(localtime(at).date()):
        raise ValidationError(_("This is no reason for priority."), code="priority_unknown")
    if resident is not None:
        age_reason = refuse_person(facility, item, resident, at, age_reason)
    ticket = Ticket(
        origin=origin,
        item=item,
        resident=resident,
        priority=priority,
        age_reason=age_reason if resident and item else "",
    )
    return insert_ticket(ticket, facility, counter.ticket_prefix, at=at, by=by)


def insert_ticket(
    ticket: Ticket, facility: Facility, prefix: str, *, at: dt.datetime, by: User | None
) -> Ticket:
    """Write it under the next number, with its record."""
    ticket.community_id, ticket.facility, ticket.prefix = facility.community_id, facility, prefix
    ticket.day = localtime(at).date()
    ticket.drawn_at = ticket.status_at = at
    ticket.number = next_number(facility, ticket.day, prefix)
    ticket.save(force_insert=True)
    record_drawn(ticket, at, by)
    return ticket


def record_drawn(ticket: Ticket, at: dt.datetime, by: User | None) -> None:
    record(
        verb="ticket_drawn",
        subject=ticket,
        community=ticket.community_id,
        at=at,
        actor=by,
        after=ticket.status,
        origin=str(ticket.origin),
        **exception_details(ticket.age_reason),
    )


def refuse_origin(facility: Facility, origin: str, by: User | None) -> None:
    if origin == Origin.DESK and not is_clerk_of(by, facility):
        raise ValidationError(_("Only staff may do it in this way."), code="not_allowed")
    if origin in SELF_SERVED and not gives_numbers(facility):
        raise ValidationError(
            _("There are no numbers here: please tell the staff that you have come."), code="no_numbers"
        )


def is_clerk_of(by: User | None, facility: Facility) -> bool:
    if by is None:
        return False
    posts = Community.objects.filter(within_posts(by, "services.add_ticket", "pk"))
    return posts.filter(pk=facility.community_id).exists()


def refuse_closed(facility: Facility, at: dt.datetime, *, is_by_clerk: bool) -> None:
    """A hall whose hours nobody has entered counts as open; a clerk takes people in on any day of work."""
    at = localtime(at)
    hall = Facility.objects.with_timetable(at).get(pk=facility.pk)
    timetable = facility_timetable(hall)
    day = dt.timedelta(days=1)
    calendar = Calendar.load(at.date() - day, at.date() + 15 * day)
    if is_by_clerk and not is_closed_on(timetable, calendar, at.date()):
        return
    openings = [opening_at(timetable, calendar, moment) for moment in (at, at + EARLY)]
    if any(each.is_open or each.closed_for == "unknown" for each in openings):
        return
    raise ValidationError(_("The hall is closed now: no number can be drawn."), code="hall_closed")


def counter_of_line(facility: Facility, prefix: str, item: ServiceItem | None) -> Counter:
    """One counter of the line in which the person stands."""
    counters = served_counters(facility)
    if item is not None:
        if item.status != ServiceItem.Status.ACTIVE:
            raise ValidationError(_("This item is not served at present."), code="not_bookable")
        serving = set(item.counter_ids)
        counters = [each for each in counters if each.pk in serving]
        if not counters:
            raise ValidationError(_("This item is not served here."), code="not_served_here")
    for counter in counters:
        if not prefix or counter.ticket_prefix == prefix:
            return counter
    raise ValidationError(_("There is no such line here."), code="unknown_line")


def refuse_person(
    facility: Facility, item: ServiceItem | None, resident: Resident, at: dt.datetime, age_reason: str
) -> str:
    """Returns the reason that is stored with an exception."""
    refuse_gone(resident)
    if resident.community_id != facility.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if item is None:
        return ""
    booked = Booking.objects.live().filter(resident=resident, item=item, day=localtime(at).date())
    if booked.filter(slot__counter__facility=facility).exists():
        raise ValidationError(
            _("This person has booked it for today: check the booking in."), code="already_booked"
        )
    return refuse_unsuited(item.age_bands, resident, via=Via.WINDOW, at=at, reason=age_reason)
