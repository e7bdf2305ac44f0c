"""Booking for a resident on the phone or at the window: who → what → when → the code to read aloud."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.backoffice.appointments import booking_within_reach
from circle.backoffice.intake import Intake, register_newcomer, search_register
from circle.backoffice.post_permissions import require_permissions, visited_resident
from circle.booking.days import choose_day
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import new_code, parse_uuids
from circle.models import Facility, Resident, Via
from services import actions
from services.admin.pages import choose_hall, hall, page
from services.backoffice.bookings import slot_of
from services.backoffice.desk_forms import DeskBookingForm, HomeVisitBookingForm, items_here
from services.backoffice.desk_slots import one_share_each, slots_at_desk
from services.models import Booking, ServiceItem, Slot

ADD, READ = "services.add_booking", "circle.view_resident"
ALWAYS = ["GET", "HEAD", "POST"]


def hall_of(request: HttpRequest, *more: str) -> Facility:
    code = request.GET.get("facility", "")
    if not code.isalnum():
        raise Http404
    return hall(request, code, ADD, *more)


@require_http_methods(ALWAYS)
def who(request: HttpRequest) -> HttpResponse:
    """booking/new/?facility=: finds the resident; by POST, or names and phones would stand in addresses."""
    require_permissions(request, ADD, READ)
    if "facility" not in request.GET:
        url = reverse("admin:services_booking_new")
        return choose_hall(request, ADD, gettext("Book for a resident"), f"{url}?facility=%s")
    facility = hall_of(request, READ)
    return who_page(request, facility, search_register(request, facility.community))


def who_page(request: HttpRequest, facility: Facility, intake: Intake) -> HttpResponse:
    return page(
        request,
        "booking/who.html",
        gettext("Book for a resident"),
        status=intake.status,
        facility=facility,
        form=intake.form,
        people=intake.people,
        newcomer=intake.newcomer,
        time_url=reverse("admin:services_booking_time"),
    )


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """booking/new/register/?facility=: a person whom the register does not know yet."""
    facility = hall_of(request, READ, "circle.add_resident")
    intake, code = register_newcomer(request, facility.community)
    return redirect(time_url(facility, code)) if code else who_page(request, facility, intake)


def time_url(facility: Facility, resident: str) -> str:
    where = urlencode({"facility": facility.short_code, "resident": resident})
    return f"{reverse('admin:services_booking_time')}?{where}"


@require_http_methods(ALWAYS)
def time(request: HttpRequest) -> HttpResponse:
    """booking/new/time/?facility=&resident=[&item=][&day=]: what for and when; POST books it once."""
    facility = hall_of(request, READ)
    resident = resident_of(request, facility)
    form = DeskBookingForm(request.POST or None, initial={"via": Via.PHONE, "once": new_key()})
    return time_page(request, facility, resident, form)


@require_http_methods(ALWAYS)
def door(request: HttpRequest) -> HttpResponse:
    """booking/door/?resident=&facility=[&item=][&day=]: the same for a grid worker on a home visit."""
    resident = visited_resident(request)
    halls = Facility.objects.filter(community=resident.community, counters__is_active=True).distinct()
    facility = get_object_or_404(halls, short_code=request.GET.get("facility", ""))
    form = HomeVisitBookingForm(request.POST or None, initial={"via": Via.DOOR, "once": new_key()})
    return time_page(request, facility, resident, form)


def time_page(request: HttpRequest, facility: Facility, resident: Resident, form: Any) -> HttpResponse:
    items = list(items_here(facility, timezone.localdate()))
    item = next((each for each in items if each.code == request.GET.get("item")), None)
    if request.method == "POST" and item and form.is_valid():
        try:
            code = book_once(request, item, resident, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            done = reverse("admin:services_booking_booked", args=[code])
            return redirect_to_card(request, code) if is_home_visit(form) else redirect(done)
    slots = slots_at_desk(item, facility, timezone.now()) if item else Slot.objects.none()
    days, day = choose_day(slots, request.GET.get("day", ""), one_share_each)
    return page(
        request,
        "booking/time.html",
        gettext("Book for %(name)s") % {"name": resident.name},
        status=422 if form.errors else 200,
        facility=facility,
        resident=resident,
        items=items,
        item=item,
        days=days,
        day=day,
        form=form,
        is_door=is_home_visit(form),
    )


def is_home_visit(form: Any) -> bool:
    return isinstance(form, HomeVisitBookingForm)


def redirect_to_card(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the person, with the code to read out: bookings themselves are the hall's."""
    booking = Booking.objects.shown().get(code=code)
    words = {"code": booking.code, "when": date_format(localtime(booking.slot.starts_at), "DATETIME_FORMAT")}
    messages.success(request, gettext("Booked for %(when)s. The code is %(code)s: write it down.") % words)
    return redirect("admin:circle_resident_card", booking.resident.code)


def resident_of(request: HttpRequest, facility: Facility) -> Resident:
    people = Resident.objects.filter(community=facility.community).living()
    return get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))


def book_once(request: HttpRequest, item: ServiceItem, resident: Resident, form: DeskBookingForm) -> str:
    """The code of the booking; a second click gets the same one."""
    said, at, code = form.cleaned_data, timezone.now(), new_code()

    def act() -> str:
        slot = slot_of(str(said["slot"]))
        return actions.book_slot(
            item=item,
            slot=slot,
            resident=resident,
            via=said["via"],
            at=at,
            by=request.user,
            code=code,
            age_reason=said["age_reason"],
        ).code

    return once(actor=f"user:{request.user.pk}", key=said["once"], at=at, act=act, answer=code)


@require_safe
def booked(request: HttpRequest, code: str) -> HttpResponse:
    """booking/booked/<code>/: the code, large enough to read over the phone, and what to bring."""
    rows = Booking.objects.shown().prefetch_related("item__materials")
    booking = booking_within_reach(request, rows, "services.view_booking", code)
    return page(request, "booking/booked.html", gettext("Booked"), booking=booking)
