"""A clerk's whole day by keyboard: thirty people with a number, twenty bookings, two of whom stay away."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services import actions
from services.models import Booking, Slot, Ticket
from tests import make
from tests.browser.browsing import WIDE
from tests.browser.own_clock import ClockedPages

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
HALF_HOURS = [dt.time(hour, minute) for hour in (9, 10, 11, 14, 15) for minute in (0, 30)]
MISSED = {3, 12}  # of the twenty bookings


def at_time(time: dt.time) -> dt.datetime:
    return make.MORNING.replace(hour=time.hour, minute=time.minute)


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)
    expect(page.locator(".messagelist .error, .errornote")).to_have_count(0)


def check_in(page: Page, booking: Booking) -> None:
    """As the reader of a code types it."""
    page.keyboard.press("/")
    expect(page.locator("#window-find")).to_be_focused()
    page.keyboard.type(booking.code)
    press(page, "Enter")


def serve_line(page: Page, waiting: int) -> None:
    """The next call finishes whoever is in hand."""
    for _person in range(waiting):
        press(page, "n")
        press(page, "s")
    press(page, "d")


def test_whole_day_with_thirty_numbers_and_twenty_bookings(desk: ClockedPages, clock: Any) -> None:
    item = make.bookable(community=make.here())
    [counter] = item.counters.all()
    make.ticket_hall(facility=counter.facility)
    bookings = [
        make.booking(slot=slot, item=item)
        for slot in [make.slot(counter=counter, starts_at=at_time(time)) for time in HALF_HOURS]
        for _place in range(2)
    ]
    clerk = make.clerk(community=item.community)
    for half_hour, time in enumerate(HALF_HOURS):
        clock.move_to(at_time(time))
        page, watch = desk.page_of(clerk, WIDE)  # anew: whoever pauses for so long is signed out
        page.goto(f"/admin/services/ticket/window/{counter.pk}/")
        for _person in range(3):
            actions.draw_ticket(facility=counter.facility, origin="kiosk", at=at_time(time))
        here = [n for n in (2 * half_hour, 2 * half_hour + 1) if n not in MISSED]
        for number in here:
            check_in(page, bookings[number])
        serve_line(page, 3 + len(here))
        # From the booked time on they stand before those who came without.
        first = Ticket.objects.exclude(called_at=None).filter(called_at__gte=at_time(time))
        assert [ticket.booking_id for ticket in first.order_by("called_at")[: len(here)]] == [
            bookings[number].pk for number in here
        ]
        assert watch.faults == []
    assert Ticket.objects.filter(status=Ticket.Status.DONE).count() == 48
    served = Booking.objects.filter(status=Booking.Status.SERVED)
    assert {booking.pk for booking in bookings} - set(served.values_list("pk", flat=True)) == {
        bookings[number].pk for number in MISSED
    }
    assert Slot.objects.filter(counter=counter, taken=2).count() == len(HALF_HOURS)
    assert watch.axe(page) == []
