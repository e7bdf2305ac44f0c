"""What staff do with one booking: asked first where it cannot simply be taken back, then done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from circle.backoffice.appointments import address_after, status_words
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.booking.days import choose_day
from services.backoffice.bookings import BOOKING_ACTIONS
from services.backoffice.desk_slots import one_share_each, slots_to_move_to
from services.models import Booking

CHANGE = "services.change_booking"


def booking_of(request: HttpRequest, code: str) -> Booking:
    require_permissions(request, CHANGE)
    bookings = Booking.objects.filter(within_reach(request, CHANGE)).shown().with_stranded(timezone.now())
    found = bookings.select_related(
        "item", "slot__counter__facility__community", "resident__login", "booked_by", "mandate", "community"
    )
    return get_object_or_404(found, code=code)


@require_safe
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """booking/ask/<code>/<verb>/: says what it will do, and asks for the reason or the new time."""
    return answer(request, booking_of(request, code), name, request.GET.get("back", ""))


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """booking/do/<code>/: does it, and goes back to where it was chosen."""
    said = request.POST
    return answer(request, booking_of(request, code), said.get("verb", ""), said.get("back", ""))


def answer(request: HttpRequest, booking: Booking, name: str, back: str) -> HttpResponse:
    action = find_action(BOOKING_ACTIONS, name)
    return ask_or_perform(
        request,
        action,
        booking,
        address(booking, back),  # before a move takes it to another day
        done=lambda _outcome: status_words(booking),
        url=reverse("admin:services_booking_do", args=[booking.code]),
        hidden=[("verb", name), ("back", back)],
        about="admin/services/booking/_facts.html",
        booking=booking,
        **(times(request, booking) if name == "move" else {}),
    )


def times(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    wanted = request.GET.get("day", "") or request.POST.get("day", "")
    days, day = choose_day(slots_to_move_to(booking, timezone.now()), wanted, one_share_each)
    return {
        "days": days,
        "day": day,
        "fields": "admin/services/_times.html",
        "names_hall": True,
    }


def address(booking: Booking, back: str) -> str:
    sheet = reverse("admin:services_booking_day", args=[booking.slot.counter.facility.short_code])
    return address_after(
        booking,
        back,
        change="admin:services_booking_change",
        sheet=f"{sheet}?date={booking.day.isoformat()}",
        otherwise="change",
    )
