"""Messages of the hall: the hook `message_events`."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.models import Message
from circle.notifications.events import CODE, PHONE, PLACE, REAL, WHEN, Event
from circle.notifications.still_true import by_code, names_time
from services.models import AgencyCase, AidLoan, Booking, CaseStatus, HallWaiting, Repair, Ticket
from services.models.bookings import FREED
from services.models.loans import start_of_day

ITEM = {"item": 10}
Status = Booking.Status
NOT_YET = [Ticket.Status.WAITING, Ticket.Status.CALLED]


def bookings_at(at: dt.datetime) -> "QuerySet[Booking]":
    return Booking.objects.select_related("slot").with_stranded(at)


def is_still_booked(booking: Booking, message: Message, at: dt.datetime) -> bool:
    """For the time that the message says, and until it is over: its code may be asked for."""
    return booking.status not in FREED and not booking.is_over(at) and names_time(message, booking.starts_at)


def is_still_to_remind(booking: Any, message: Message, at: dt.datetime) -> bool:
    is_to_come = booking.status == Status.BOOKED and booking.slot.starts_at > at
    return is_to_come and not booking.is_stranded and names_time(message, booking.slot.starts_at)


booked = by_code(bookings_at, is_still_booked)
to_remind = by_code(bookings_at, is_still_to_remind)
cancelled = by_code(bookings_at, lambda booking, message, at: booking.status == Status.CANCELLED)
revoked = by_code(bookings_at, lambda booking, message, at: booking.status == Status.REVOKED)


def lines_at(at: dt.datetime) -> "QuerySet[HallWaiting]":
    return HallWaiting.objects.all()


def is_offered(row: HallWaiting, message: Message, at: dt.datetime) -> bool:
    return row.status == HallWaiting.Status.OFFERED and row.offer_until is not None and row.offer_until > at


waiting = by_code(lines_at, lambda row, message, at: row.status == HallWaiting.Status.WAITING)
offered = by_code(lines_at, is_offered)

near = by_code(lambda at: Ticket.objects.all(), lambda row, message, at: row.status in NOT_YET)


def cases_at(at: dt.datetime) -> "QuerySet[AgencyCase]":
    return AgencyCase.objects.all()


def case_in(*states: str) -> Any:
    """Said only while the case is in one of these states."""
    return by_code(cases_at, lambda row, message, at: row.status in states)


def is_to_authorise(row: AgencyCase, message: Message, at: dt.datetime) -> bool:
    return row.status == CaseStatus.SUPPLEMENT or row.waits_for_authorisation(localdate(at))


def loans_at(at: dt.datetime) -> "QuerySet[AidLoan]":
    return AidLoan.objects.all()


def is_still_due(loan: AidLoan, message: Message, at: dt.datetime) -> bool:
    """While it is lent, and until the day that the message says."""
    day = end_of_loan(loan)
    return loan.status == AidLoan.Status.LENT and day is not None and names_time(message, day)


def end_of_loan(loan: AidLoan) -> dt.datetime | None:
    return start_of_day(loan.due_on) if loan.due_on else None


to_fetch = by_code(loans_at, lambda loan, message, at: loan.status == AidLoan.Status.RESERVED)
due = by_code(loans_at, is_still_due)


def repair_in(*states: str) -> Any:
    """Said only while the repair is in one of these states."""
    return by_code(lambda at: Repair.objects.all(), lambda row, message, at: row.status in states)


AID, FIRM = {"aid": 8}, {"firm": 10}
EVENTS = {
    "aid_reserved": Event(_("aid reserved"), AID | WHEN | PLACE | CODE | REAL, find_untrue=to_fetch),
    "aid_lapsed": Event(_("reserved aid not fetched"), AID | CODE | PHONE | REAL),
    "aid_lent": Event(_("aid handed out"), AID | WHEN | PLACE | CODE | REAL, find_untrue=due),
    "aid_due": Event(_("aid to be brought back"), AID | WHEN | PLACE | CODE | REAL, find_untrue=due),
    "aid_late": Event(_("aid is late"), AID | PHONE | CODE | REAL, find_untrue=due),
    "case_requested": Event(
        _("agency case asked for"),
        ITEM | CODE | REAL,
        find_untrue=case_in(CaseStatus.REQUESTED, CaseStatus.SUPPLEMENT),
    ),
    "case_checked": Event(
        _("agency case waits for the authorisation"),
        ITEM | CODE | REAL,
        find_untrue=by_code(cases_at, is_to_authorise),
    ),
    "case_supplement": Event(
        _("papers of an agency case are missing"),
        ITEM | CODE | REAL,
        find_untrue=case_in(CaseStatus.SUPPLEMENT),
    ),
    "case_submitted": Event(_("agency case handed in at the office"), ITEM | CODE | REAL),
    "case_approved": Event(
        _("result of an agency case is here"),
        ITEM | {"fetch": 6} | CODE | REAL,
        find_untrue=case_in(CaseStatus.APPROVED),
    ),
    "case_refused": Event(_("agency case refused by the office"), ITEM | CODE | PHONE | REAL),
    "case_handed_over": Event(_("result of an agency case handed over"), ITEM | CODE | REAL),
    "case_withdrawn": Event(_("agency case withdrawn"), ITEM | CODE | REAL),
    "booking_made": Event(_("booking made"), ITEM | WHEN | PLACE | CODE | REAL, find_untrue=booked),
    "booking_moved": Event(_("booking moved"), WHEN | ITEM | PLACE | CODE | REAL, find_untrue=booked),
    "booking_cancelled": Event(_("booking cancelled"), ITEM | WHEN | CODE | REAL, find_untrue=cancelled),
    "booking_reminder": Event(
        _("reminder of a booking"), WHEN | ITEM | PLACE | CODE | REAL, find_untrue=to_remind
    ),
    "booking_objection_granted": Event(_("objection against a no-show granted"), ITEM | CODE | REAL),
    "booking_objection_rejected": Event(
        _("objection against a no-show rejected"), ITEM | CODE | PHONE | REAL
    ),
    "waiting_joined": Event(_("joined the waiting list"), ITEM | CODE | REAL, find_untrue=waiting),
    "waiting_offered": Event(
        _("place of the waiting list offered"), ITEM | WHEN | CODE | REAL, find_untrue=offered
    ),
    "waiting_lapsed": Event(_("offer lapsed"), ITEM | CODE | REAL),
    "waiting_taken_back": Event(_("offer taken back"), ITEM | CODE | REAL, find_untrue=waiting),
    "waiting_ended": Event(_("waited in vain"), ITEM | CODE | REAL),
    "repair_reported": Event(
        _("repair reported"), CODE | REAL, find_untrue=repair_in(Repair.Status.REPORTED)
    ),
    "repair_forwarded": Event(
        _("repair passed on"), FIRM | CODE | REAL, find_untrue=repair_in(Repair.Status.FORWARDED)
    ),
    "repair_done": Event(
        _("repair done"), FIRM | PHONE | CODE | REAL, find_untrue=repair_in(Repair.Status.DONE)
    ),
    "ticket_near": Event(
        _("nearly one's turn at the hall"),
        {"number": 5} | PLACE | CODE | REAL,
        is_urgent=True,
        find_untrue=near,
    ),
    "booking_revoked": Event(
        _("booking called off by us"),
        {"item": 8} | WHEN | PHONE | REAL,
        is_urgent=True,
        find_untrue=revoked,
    ),
}


def message_events() -> dict[str, Event]:
    return EVENTS
