"""One booking, for the person it belongs to: signed in, or with phone number and booking code."""

import datetime as dt
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.audit.log import record_refusal
from circle.booking.days import choose_day
from circle.booking.form_keys import answer_once
from circle.booking.reminders import will_be_reminded
from circle.images.qr_codes import qr_data_uri
from circle.models import Record, User, Via
from circle.proximity.origins import origin_of
from circle.web import export_formats
from circle.web.middleware import PortalRequest
from services import actions
from services.forms import FindBookingForm, MoveForm
from services.models import Booking, Slot, next_online_slot, online_slots
from services.models.bookings import BookingQuerySet
from services.views.halls import times_by_hall

SHOWN_TO_SESSION = "shown_bookings"  # when this visitor gave the phone number, by booking code
SHOWN_FOR = dt.timedelta(minutes=30)
SHOWN_AT_MOST = 10
ONLINE = Via.ONLINE


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find_booking(request: PortalRequest) -> HttpResponse:
    """/services/bookings/: without an account, by phone number and booking code."""
    form = FindBookingForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            found = proved_booking(request, form.cleaned_data["phone"], form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            show_to_session(request, found.code)
            return redirect(found)
    return render(request, "services/find_booking.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@never_cache
def forget_bookings(request: PortalRequest) -> HttpResponse:
    """/services/bookings/forget/: on a computer of many people the next one finds nothing."""
    request.session.pop(SHOWN_TO_SESSION, None)
    messages.success(request, _("This device shows the booking no longer."))
    return redirect("find_booking")


@require_safe
@never_cache
def booking(request: PortalRequest, code: str) -> HttpResponse:
    """/services/bookings/<code>/: the code for the desk, when, where, what to bring; ?print=1 for paper."""
    found = booking_of(request, code)
    if found is None:
        return ask_for_phone(code)
    at = timezone.localtime()
    in_time = at <= found.cancellable_until or found.is_stranded
    context = {
        "booking": found,
        "qr": qr_data_uri(found.code),
        "is_shown_to_session": is_proved(request, code),
        "can_change": found.status == Booking.Status.BOOKED and in_time,
        "will_be_reminded": will_be_reminded(found.day, found.status_at, found.reminded_at, at),
        "can_move": found.item.can_book(at.date()),
        "next_slot": next_online_slot(found.item, found.slot, at) if found.is_stranded else None,
    }
    name = "services/booking_print.html" if request.GET.get("print") else "services/booking.html"
    return render(request, name, context)


@require_safe
@never_cache
def booking_ics(request: PortalRequest, code: str) -> HttpResponse:
    found = booking_of(request, code)
    if found is None:
        return ask_for_phone(code)
    facility = found.slot.counter.facility
    appointment = export_formats.Appointment(
        uid=f"{found.code}@{found.community.slug}",
        title=found.item.name,
        starts_at=found.slot.starts_at,
        ends_at=found.slot.ends_at,
        place=f"{facility.name}, {facility.address}",
        note=calendar_note(found),
        changed_at=timezone.now(),  # also where its time was closed, which leaves the booking as it was
        sequence=newest_record(),
        is_cancelled=found.status in (Booking.Status.CANCELLED, Booking.Status.REVOKED),
        is_tentative=found.is_stranded,
    )
    return export_formats.calendar_response(found.code, [appointment])


def newest_record() -> int:
    """Rises with every change: of this booking, of its time, of a closure or of opening hours."""
    return Record.objects.order_by("-id").values_list("id", flat=True).first() or 0


def calendar_note(found: Any) -> str:
    code = _("Booking code %(code)s") % {"code": found.code}
    if not found.is_stranded:
        return code
    closed = _("This time has been closed. Please choose another.")
    return f"{closed} {code}"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def booking_cancel(request: PortalRequest, code: str) -> HttpResponse:
    """Asks once more, then gives the place back."""
    found = booking_of(request, code)
    if found is None:
        return ask_for_phone(code)
    refused = None
    if request.method == "POST":
        try:
            actions.cancel_booking(booking=found, at=timezone.now(), **acting(request, code))
        except ValidationError as refusal:
            refused = refusal
        else:
            messages.success(request, _("The booking is cancelled. The place is free for a neighbour."))
            return redirect(found)
    context = {"booking": found, "refused": refused}
    return render(request, "services/booking_cancel.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def booking_move(request: PortalRequest, code: str) -> HttpResponse:
    """Another time for the same booking, under the same code."""
    found = booking_of(request, code)
    if found is None:
        return ask_for_phone(code)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            move_to(request, found, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The booking has a new time."))
            return redirect(found)
    wanted = request.GET.get("day", "") or found.day.isoformat()
    days, day = choose_day(online_slots(found.item, timezone.localtime()), wanted)
    context = {
        "booking": found,
        "item": found.item,
        "form": form,
        "days": days,
        "day": day,
        "halls": times_by_hall(request, day.slots) if day else [],
        "origin": origin_of(request.community, request.building),
    }
    return render(request, "services/booking_move.html", context, status=422 if form.errors else 200)


def move_to(request: PortalRequest, found: Booking, form: MoveForm) -> None:
    slots = Slot.objects.select_related("community", "counter__facility")
    slot = slots.filter(code=form.cleaned_data["slot"]).first()
    if slot is None:
        raise ValidationError(_("This time does not exist. Please choose another."), code="slot_unknown")
    actions.move_booking(booking=found, slot=slot, at=timezone.now(), **acting(request, found.code))


def booking_of(request: PortalRequest, code: str) -> Any:
    """The booking, if it is this visitor's; None where an anonymous visitor may still show that it is.

    A signed-in stranger gets the same 404 as for a code that does not exist; staff, too: they work in the
    back office.
    """
    if is_proved(request, code):
        return with_rows(Booking.objects.all()).get(code=code)
    if not isinstance(request.user, User):
        return None
    return get_object_or_404(with_rows(Booking.objects.mine(request.user)), code=code)


def with_rows(bookings: BookingQuerySet) -> BookingQuerySet:
    return (
        bookings.shown()
        .with_stranded(timezone.now())
        .select_related("community", "resident__login", "booked_by", "mandate")
    )


def is_proved(request: PortalRequest, code: str) -> bool:
    """Whether phone number and booking code were given in this session, less than half an hour ago."""
    moment: float = request.session.get(SHOWN_TO_SESSION, {}).get(code, 0)
    return timezone.now().timestamp() - moment < SHOWN_FOR.total_seconds()


def show_to_session(request: PortalRequest, code: str) -> None:
    shown = request.session.get(SHOWN_TO_SESSION, {}) | {code: timezone.now().timestamp()}
    newest = sorted(shown, key=shown.__getitem__)[-SHOWN_AT_MOST:]
    request.session[SHOWN_TO_SESSION] = {each: shown[each] for each in newest}


def acting(request: PortalRequest, code: str) -> dict[str, Any]:
    """Who changes a booking, as the actions ask for it."""
    return {"via": ONLINE, "by": actor_of(request), "is_proved": is_proved(request, code)}


def ask_for_phone(code: str) -> HttpResponse:
    return redirect(f"{reverse('find_booking')}?{urlencode({'code': code})}")


def proved_booking(request: PortalRequest, phone: str, code: str) -> Booking:
    """The booking of this code and phone number. An unknown code and a wrong number get the same answer.

    Refuses: too_many (ACCOUNT_RATE_LIMITS, find_booking), not_found.
    """
    if not ratelimit.consume(request, action="find_booking", key=code):
        raise ValidationError(_("Too many attempts. Please wait ten minutes, or phone us."), code="too_many")
    found = Booking.objects.proved_by(phone, code).first()
    if found:
        return found
    tried = Booking.objects.select_related("community").filter(code=code).first()
    if tried:
        record_refusal(
            verb="booking_found",
            code="not_found",
            subject=tried,
            community=tried.community,
            at=timezone.now(),
            actor=actor_of(request),
        )
    raise ValidationError(
        _("No booking has this code and this number. Check both, or phone us."), code="not_found"
    )


def actor_of(request: PortalRequest) -> User | None:
    """None where phone number and booking code stand for the person."""
    return request.user if isinstance(request.user, User) else None
