"""The sheet of a day at one hall: who comes, who is there, and who came without a booking."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.actions import find_or_register
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.intake import people_at_desk
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.booking.idempotency import new_key, once
from circle.calendar.opening_hours import clock_text
from circle.models import Facility, Resident
from services import actions
from services.admin.pages import day_of, hall, halls, may, page
from services.backoffice.day_sheet import booking_here, day_sheet
from services.backoffice.desk_forms import CheckInForm, WalkInForm
from services.backoffice.queues import booked_by_hall
from services.backoffice.tickets import arrivals
from services.models import Booking, Ticket

VIEW, CHANGE, ADD = "services.view_booking", "services.change_booking", "services.add_booking"
DRAW, CALL = "services.add_ticket", "services.change_ticket"
ONE_DAY = dt.timedelta(days=1)
SPARE_ROWS = 8  # for people without a booking, on the sheet for paper


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """booking/day/: the halls, each with its bookings today; the only one is opened at once."""
    require_permissions(request, VIEW)
    found = list(halls(request, VIEW))
    if len(found) == 1:
        return redirect("admin:services_booking_day", found[0].short_code)
    own = Booking.objects.filter(within_reach(request, VIEW))
    counts = booked_by_hall(own, timezone.localdate())
    rows = sorted(((each, counts.get(each.pk, 0)) for each in found), key=lambda row: not row[1])
    return page(request, "booking/days.html", gettext("Day sheets"), rows=rows)


@require_safe
def day(request: HttpRequest, code: str) -> HttpResponse:
    """booking/day/<poster code>/?date=: the sheet; ?print=1 for paper, for when the network is down."""
    facility = hall(request, code, VIEW)
    date, at = day_of(request.GET.get("date", "")), timezone.now()
    context = {
        "facility": facility,
        "date": date,
        "today": timezone.localdate(),
        "before": date - ONE_DAY,
        "after": date + ONE_DAY,
        "sheet": day_sheet(facility, date, at),
        "arrivals": arrivals(facility, date, at),
        "now": at,
    }
    title = gettext("Day sheet: %(place)s") % {"place": facility.name}
    if request.GET.get("print"):
        return page(request, "booking/day_print.html", title, spare=range(SPARE_ROWS), **context)
    context |= {
        "may_act": may(request, CHANGE, facility),
        "may_add": may(request, ADD, facility),
        "may_draw": may(request, DRAW, facility),
        "may_call": may(request, CALL, facility),
        "form": CheckInForm(),
    }
    return page(request, "booking/day.html", title, **context)


@require_POST
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """booking/check-in/<poster code>/: the code that was typed or scanned has arrived."""
    facility = hall(request, code, CHANGE)
    try:
        booking = booking_here(facility, request.POST.get("code", ""))
        actions.check_in_booking(booking=booking, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        show_refusal(request, refusal)
    else:
        words = {
            "name": booking.resident.name,
            "item": booking.item.name,
            "time": clock_text(timezone.localtime(booking.slot.starts_at)),
        }
        messages.success(request, gettext("%(name)s is here: %(item)s, %(time)s.") % words)
    return redirect(sheet_of(facility, day_of(request.POST.get("date", ""))))


@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, code: str) -> HttpResponse:
    """booking/walk-in/<poster code>/: somebody stands at the window without a booking."""
    facility, at = hall(request, code, DRAW), timezone.now()
    form = WalkInForm(request.POST or None, facility=facility, at=at, initial={"once": new_key()})
    if request.method == "POST" and form.is_valid():
        try:
            taken = draw_once(request, facility, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, taken)
            return redirect(sheet_of(facility, timezone.localdate()))
    return page(
        request,
        "booking/walk_in.html",
        gettext("Walk-in at %(place)s") % {"place": facility.name},
        status=422 if form.errors else 200,
        facility=facility,
        form=form,
        back=sheet_of(facility, timezone.localdate()),
    )


def draw_once(request: HttpRequest, facility: Facility, form: WalkInForm) -> str:
    """The sentence that says so; a second click says it again."""
    said, at = form.cleaned_data, timezone.now()

    def act() -> str:
        return actions.draw_ticket(
            facility=facility,
            origin=Ticket.Origin.DESK,
            item=said["item"],
            resident=person_of(request, facility, form, at),
            priority=said["priority"],
            at=at,
            by=request.user,
            age_reason=said["age_reason"],
        ).code

    ticket = Ticket.objects.shown().get(
        code=once(actor=f"user:{request.user.pk}", key=said["once"], at=at, act=act)
    )
    return gettext("Number %(number)s is drawn.") % {"number": ticket.label}


def person_of(request: HttpRequest, facility: Facility, form: WalkInForm, at: dt.datetime) -> Resident | None:
    """Whom the form names; nobody is taken into the register who has not said a name."""
    if form.is_nameless:
        return None
    found = form.match_person(people_at_desk(request, facility.community))
    said = form.cleaned_data
    return found or find_or_register(
        community=facility.community, name=said["name"], phone=said["phone"], at=at, by=request.user
    )


def sheet_of(facility: Facility, date: dt.date) -> str:
    return f"{reverse('admin:services_booking_day', args=[facility.short_code])}?date={date.isoformat()}"
