"""What staff do with one booking: asked first where it cannot simply be taken back, then done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from circle.backoffice.confirmation import Answer, Question, render_question, show_refusal
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.booking.days import group_by_day, pick_day
from circle.identifiers.public_codes import parse_uuids
from circle.models import Via
from services.actions import move_booking
from services.backoffice.bookings import VERBS, Verb, desk_times, perform_action
from services.models import Booking, Slot

CHANGE = "services.change_booking"


def booking_of(request: HttpRequest, code: str) -> Booking:
    require_permissions(request, CHANGE)
    bookings = Booking.objects.filter(within_reach(request, CHANGE)).shown()
    found = bookings.select_related(
        "item", "slot__counter__facility__community", "resident__login", "booked_by", "mandate", "community"
    )
    return get_object_or_404(found, code=code)


def verb_of(name: str) -> Verb:
    if name not in VERBS:
        raise Http404
    return VERBS[name]


@require_safe
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """booking/ask/<code>/<verb>/: says what it will do, and asks for the reason or the new time."""
    booking, verb = booking_of(request, code), verb_of(name)
    return asked(request, booking, verb, back=request.GET.get("back", ""))


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """booking/do/<code>/: does it, and goes back to where it was chosen."""
    booking = booking_of(request, code)
    verb, back = verb_of(request.POST.get("verb", "")), request.POST.get("back", "")
    sheet = address(booking, back)  # before a move takes it to another day
    try:
        if verb.name == "move":
            move_it(request, booking)
        else:
            reason = request.POST.get("reason", "")
            perform_action(verb, booking, at=timezone.now(), by=request.user, reason=reason)
    except ValidationError as refusal:
        if verb.asks:
            return asked(request, booking, verb, back=back, refusal=refusal)
        show_refusal(request, refusal)
    else:
        words = {"name": booking.resident.name, "code": booking.code, "status": booking.get_status_display()}
        messages.success(request, gettext("%(name)s, %(code)s: %(status)s.") % words)
    return redirect(sheet)


def asked(
    request: HttpRequest, booking: Booking, verb: Verb, *, back: str, refusal: ValidationError | None = None
) -> HttpResponse:
    reason = Answer("reason", gettext("Reason"), request.POST.get("reason", ""))
    question = Question(
        title=str(verb.label),
        button=str(verb.label),
        back=address(booking, back),
        sentences=[str(verb.sentence)] if verb.sentence else [],
        hidden=[("verb", verb.name), ("back", back)],
        url=reverse("admin:services_booking_do", args=[booking.code]),
        answer=reason if verb.needs_reason else None,
        refusal=refusal,
    )
    more: dict[str, Any] = {"booking": booking}
    if verb.name == "move":
        more |= times(request, booking)
    return render_question(request, question, "admin/services/booking/ask.html", **more)


def times(request: HttpRequest, booking: Booking) -> dict[str, Any]:
    facility = booking.slot.counter.facility
    free = desk_times(booking.item, facility, timezone.now())
    days = group_by_day(slot for slot in free if slot.starts_at != booking.slot.starts_at)
    wanted = request.GET.get("day", "") or request.POST.get("day", "")
    return {"days": days, "day": pick_day(days, wanted), "moving": True}


def move_it(request: HttpRequest, booking: Booking) -> None:
    slot = slot_of(request.POST.get("slot", ""))
    move_booking(booking=booking, slot=slot, at=timezone.now(), via=Via.PHONE, by=request.user)


def slot_of(code: str) -> Slot:
    """Refuses: slot_missing (none was chosen, or it is gone). Whether it fits is the action's question."""
    found = (
        Slot.objects.select_related("community", "counter__facility")
        .filter(code__in=parse_uuids(code))
        .first()
    )
    if found is None:
        raise ValidationError(gettext("Choose a time."), code="slot_missing")
    return found


def address(booking: Booking, back: str) -> str:
    """Of the day's sheet or the person's card where the verb was chosen there, else of the booking itself."""
    if back == "card":
        return reverse("admin:circle_resident_card", args=[booking.resident.code])
    if back == "day":
        sheet = reverse("admin:services_booking_day", args=[booking.slot.counter.facility.short_code])
        return f"{sheet}?date={booking.day.isoformat()}"
    return reverse("admin:services_booking_change", args=[booking.pk])
