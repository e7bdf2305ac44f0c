"""What the clock does with the waiting list: offers lapse or are taken back, missed places are offered."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus as Status
from circle.calendar.working_days import SHANGHAI
from services.actions.offers import notify_waiting, serve_slots
from services.actions.waiting import release_offer
from services.models import HallWaiting, Slot


def tend_line(*, at: dt.datetime) -> int:
    """Returns the number of rows that changed; harmless when repeated, late, or run twice at once."""
    today = at.astimezone(SHANGHAI).date()
    rows = HallWaiting.objects.shown().select_related("resident__login", "mandate__agent", "slot__counter")
    done = sum(lapse_offer(row, at) for row in rows.lapsed(at))
    done += sum(take_back_offer(row, at) for row in rows.without_place())
    done += sum(end_waiting(row, at) for row in rows.waiting().filter(last_day__lt=today))
    return done + serve_slots(Slot.objects.all(), at)


@transaction.atomic
def lapse_offer(row: HallWaiting, at: dt.datetime) -> bool:
    """Who does not answer in time has had their turn; the place goes to the next."""
    try:
        release_offer(row, "waiting_lapsed", Status.LAPSED, at, None, {}, HallWaiting.objects.lapsed(at))
    except ValidationError:  # answered at this moment
        return False
    notify_waiting(row, "waiting_lapsed", at)
    return True


@transaction.atomic
def take_back_offer(row: HallWaiting, at: dt.datetime) -> bool:
    """The time was closed: they wait on, where they were in the line."""
    try:
        release_offer(
            row, "waiting_taken_back", Status.WAITING, at, None, {}, HallWaiting.objects.without_place()
        )
    except ValidationError:
        return False
    notify_waiting(row, "waiting_taken_back", at)
    return True


@transaction.atomic
def end_waiting(row: HallWaiting, at: dt.datetime) -> bool:
    try:
        change_status(row, verb="waiting_ended", allowed=[Status.WAITING], to=Status.ENDED, at=at, by=None)
    except ValidationError:
        return False
    notify_waiting(row, "waiting_ended", at)
    return True
