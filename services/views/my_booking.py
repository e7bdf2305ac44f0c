"""One booking, for the person it belongs to: signed in, or with phone number and booking code."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.booking.days import choose_day
from circle.booking.own_pages import calendar_file, cancel_view, find_view, move_view
from circle.booking.proof import Proof
from circle.booking.reminders import will_be_reminded, will_be_reminded_again
from circle.images.qr_codes import qr_data_uri
from circle.proximity.origins import origin_of
from circle.web.middleware import PortalRequest
from services import actions
from services.models import Booking, Slot, next_online_slot, online_slots
from services.models.bookings import BookingQuerySet
from services.views.halls import times_by_hall
from services.views.objections import objection_view


def with_rows(bookings: BookingQuerySet) -> BookingQuerySet:
    return (
        bookings.shown()
        .with_stranded(timezone.now())
        .select_related("community", "resident__login", "booked_by", "mandate")
    )


PROOF = Proof("shown_bookings", "find_booking", Booking.objects.all, with_rows)


find_booking = find_view(PROOF, "services/find_booking.html")
booking_cancel = cancel_view(
    PROOF,
    "services/booking_cancel.html",
    actions.cancel_booking,
    gettext_lazy("The booking is cancelled. The place is free for a neighbour."),
)


booking_objection = objection_view(PROOF)


@require_safe
@never_cache
@PROOF.for_its_person
def booking(request: PortalRequest, found: Any) -> HttpResponse:
    """/services/bookings/<code>/: the code for the desk, when, where, what to bring; ?print=1 for paper."""
    at = timezone.localtime()
    in_time = at <= found.cancellable_until or found.is_stranded
    context = {
        "booking": found,
        "qr": qr_data_uri(found.code),
        "is_shown_to_session": PROOF.is_given(request, found.code),
        "can_change": found.status == Booking.Status.BOOKED and in_time,
        "will_be_reminded": will_be_reminded(found.day, found.status_at, found.reminded_at, at),
        "will_be_reminded_again": found.item.reminds_again
        and will_be_reminded_again(found.starts_at, found.status_at, found.reminded_again_at, at),
        "can_move": found.item.can_book(at.date()),
        "next_slot": next_online_slot(found.item, found.slot, at) if found.is_stranded else None,
    }
    name = "services/booking_print.html" if request.GET.get("print") else "services/booking.html"
    return render(request, name, context)


@require_safe
@never_cache
@PROOF.for_its_person
def booking_ics(request: PortalRequest, found: Any) -> HttpResponse:
    facility = found.slot.counter.facility
    place = facility.name_and_address
    return calendar_file(found, title=found.item.name, place=place, is_tentative=False)


def times_for(request: PortalRequest, found: Booking) -> dict[str, Any]:
    wanted = request.GET.get("day", "") or found.day.isoformat()
    days, day = choose_day(online_slots(found.item, timezone.localtime()), wanted)
    return {
        "item": found.item,
        "days": days,
        "day": day,
        "halls": times_by_hall(request, day.slots) if day else [],
        "origin": origin_of(request.community, request.building),
    }


booking_move = move_view(
    PROOF,
    "services/booking_move.html",
    slots=Slot.objects.select_related("community", "counter__facility"),
    move=actions.move_booking,
    done=gettext_lazy("The booking has a new time."),
    times=times_for,
)
