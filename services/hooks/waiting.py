"""Bookings to come to, and errands for which we wait for the person: the hook `waiting`."""

import datetime as dt

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.calendar.working_days import SHANGHAI
from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from services.models import AidLoan, Booking, CaseStatus
from services.models.case_clock import clocks_of
from services.templatetags.services_tags import bookings_of_login, cases_of_login, loans_of_login


def waiting_bookings(user: User, at: dt.datetime) -> list[Waiting]:
    """Those whose time was closed, those of today and tomorrow, and the errands that wait for the person."""
    to_come = [row for row in bookings_of_login(user, at) if row.is_live and row.slot.ends_at >= at]
    bookings = [
        Waiting(row.item.name, note_of(row), row.get_absolute_url(), row.slot.starts_at)
        for row in to_come
        if is_stranded(row) or row.slot.starts_at < at + SOON
    ]
    return [*bookings, *waiting_cases(user, at), *waiting_loans(user, at)]


def waiting_cases(user: User, at: dt.datetime) -> list[Waiting]:
    """What has to be authorised, handed in or fetched."""
    notes = {
        CaseStatus.CHECKED: _("Please authorise us to do it for you."),
        CaseStatus.SUPPLEMENT: _("Papers are missing: see which ones."),
        CaseStatus.APPROVED: _("The result is here."),
    }
    rows = [case for case in cases_of_login(user) if case.status in notes]
    clocks = clocks_of(rows, localdate(at))
    return [
        Waiting(
            case.item.name,
            notes[CaseStatus(case.status)],
            case.get_absolute_url(),
            end_of(due.on) if (due := clocks[case.pk].due) else case.status_at,
        )
        for case in rows
    ]


def waiting_loans(user: User, at: dt.datetime) -> list[Waiting]:
    """What is kept for them, and what is due back soon or late."""
    soon = localdate(at + SOON)
    found = []
    for loan in loans_of_login(user):
        day = loan.due_on or loan.fetch_by
        is_reserved = loan.status == AidLoan.Status.RESERVED
        if is_reserved or day <= soon:
            note = _("Fetch it by %(day)s.") if is_reserved else _("Bring it back by %(day)s.")
            said = note % {"day": month_day(day)}
            found.append(Waiting(loan.stock.name, said, loan.get_absolute_url(), end_of(day)))
    return found


def end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, tzinfo=SHANGHAI)


def is_stranded(booking: Booking) -> bool:
    found: bool = booking.is_stranded  # type: ignore[attr-defined]
    return found


def note_of(booking: Booking) -> str:
    if is_stranded(booking):
        return _("This time has been closed. Please choose another.")
    when = {"day": month_day(booking.slot.starts_at), "time": clock_time(booking.slot.starts_at)}
    return _("Come on %(day)s, %(time)s.") % when
