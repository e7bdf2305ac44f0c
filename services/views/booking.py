"""Booking a time, one question a page: when → who → is this right? → the code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_refusal
from circle.booking.days import choose_day
from circle.booking.idempotency import new_key, once
from circle.booking.own_pages import MoveForm
from circle.identifiers.public_codes import new_code, parse_uuids
from circle.models import Mandate, Resident, Via
from circle.permissions.age_bands import refuse_unsuited
from circle.proximity.origins import origin_of
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from services import actions
from services.forms import BookingForm
from services.models import Booking, ServiceItem, Slot, online_slots
from services.views.halls import times_by_hall
from services.views.people import person_step

SCOPE = Mandate.Scope.BOOKINGS


@require_safe
@never_cache
def book(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/book/: choose a time. ?resident= remains, for who comes back from a full one.

    With ?next= a time was chosen, or was not: that is said before anybody is asked to sign in.
    """
    item = bookable_item(request, code)
    form = MoveForm(request.GET) if "next" in request.GET else None
    if form and form.is_valid():
        chosen = {name: request.GET[name] for name in ("slot", "resident") if request.GET.get(name)}
        return redirect(f"{reverse('book_who', args=[item.code])}?{urlencode(chosen)}")
    days, day = choose_day(
        online_slots(item, timezone.localtime(), with_running=True), request.GET.get("day", "")
    )
    context = {
        "item": item,
        "days": days,
        "day": day,
        "form": form,
        "resident": request.GET.get("resident", ""),
        "halls": times_by_hall(request, day.slots) if day else [],
        "origin": origin_of(request.community, request.building),
    }
    return render(request, "services/book.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def book_who(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/book/who/?slot=: for me, or for someone I may act for. Newcomers give their name."""
    item = bookable_item(request, code)
    slot = free_slot(request, item, request.GET.get("slot", ""))
    if slot is None:
        return redirect_to_times(request, item)
    step = person_step(request, people_of(request), item.age_bands)
    wanted = request.GET.get("resident", "")
    free = {str(each.person.code) for each in step.choices if not each.obstacle}
    if step.person or wanted in free:
        return redirect(check_url(item, slot, step.person or wanted))
    if step.is_again:
        return redirect(request.get_full_path())
    context = {"item": item, "slot": slot} | step.context()
    return render(request, "services/book_who.html", context, status=step.status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def book_check(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/book/check/: what was chosen, what to bring; POST books it once."""
    item = bookable_item(request, code)
    said = request.POST if request.method == "POST" else request.GET
    slot = free_slot(request, item, said.get("slot", ""))
    resident = people_of(request).filter(code__in=parse_uuids(said.get("resident", ""))).first()
    if request.method == "POST":
        form = BookingForm(request.POST, item=item)
        made = form.is_valid() and book_once(request, form)
        if made:
            return redirect("booking", made)
    else:
        if slot is None:
            return redirect_to_times(request, item, said.get("resident", ""))
        if resident is None or is_unsuited(request, item, resident):
            return redirect_to_who(item, slot)
        form = BookingForm(
            item=item, initial={"slot": slot.code, "resident": resident.code, "once": new_key()}
        )
    context = {
        "item": item,
        "slot": slot,
        "resident": resident,
        "form": form,
        "said": said,
        "existing": existing_booking(form, resident) if form.errors else None,
    }
    return render(request, "services/book_check.html", context, status=422 if form.errors else 200)


def book_once(request: PortalRequest, form: BookingForm) -> str:
    """The code of the booking, or nothing where it was refused; the form then says why."""
    user, said, at, code = signed_in_user(request), form.cleaned_data, timezone.now(), new_code()

    def act() -> str:
        booking = actions.book_slot(
            item=form.item,
            slot=said["slot"],
            resident=said["resident"],
            via=Via.ONLINE,
            at=at,
            by=user,
            code=code,
        )
        return booking.code

    try:
        return once(actor=f"user:{user.pk}", key=said["once"], at=at, act=act, answer=code)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        if refusal.code in ("not_allowed", "other_community"):
            record_refusal(
                verb="booking_made",
                code=refusal.code,
                subject=said["slot"],
                community=said["slot"].community,
                at=at,
                actor=user,
            )
        return ""


def existing_booking(form: BookingForm, resident: Resident | None) -> Booking | None:
    """The live booking that made the new one impossible, to link to it."""
    slot = form.cleaned_data.get("slot") if form.errors else None
    if resident is None or slot is None:
        return None
    if any(form.has_error("__all__", code=code) for code in ("already_booked", "not_in_a_row")):
        return Booking.objects.live().filter(resident=resident, item=form.item, day=slot.day).first()
    if form.has_error("__all__", code="busy"):
        at_that_time = {"slot__starts_at__lt": slot.ends_at, "slot__ends_at__gt": slot.starts_at}
        return Booking.objects.live().filter(resident=resident, day=slot.day, **at_that_time).first()
    return None


def bookable_item(request: PortalRequest, code: str) -> ServiceItem:
    items = ServiceItem.objects.public(request.community).offered(timezone.localdate())
    return get_object_or_404(items.bookable(), code=code)


def free_slot(request: PortalRequest, item: ServiceItem, code: str) -> Slot | None:
    """The chosen time, while it can still be booked."""
    at = timezone.localtime()
    slots = Slot.objects.bookable(item, at, at.date(), with_running=True).online().with_places_left()
    return slots.select_related("counter__facility").filter(code__in=parse_uuids(code)).first()


def people_of(request: PortalRequest) -> "QuerySet[Resident]":
    """In whose name this login may book here."""
    return people_for(request, SCOPE).filter(community=request.community)


def redirect_to_times(request: PortalRequest, item: ServiceItem, resident: str = "") -> HttpResponseRedirect:
    messages.warning(request, _("Please choose a time that is still free."))
    url = reverse("book", args=[item.code])
    return redirect(f"{url}?{urlencode({'resident': resident})}" if resident else url)


def is_unsuited(request: PortalRequest, item: ServiceItem, resident: Resident) -> bool:
    """Whether the item is not meant for this age; the reason is then shown on the next page."""
    try:
        refuse_unsuited(item.age_bands, resident, via=Via.ONLINE, at=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return True
    return False


def redirect_to_who(item: ServiceItem, slot: Slot) -> HttpResponseRedirect:
    return redirect(f"{reverse('book_who', args=[item.code])}?{urlencode({'slot': str(slot.code)})}")


def check_url(item: ServiceItem, slot: Slot, resident: str) -> str:
    chosen = urlencode({"slot": str(slot.code), "resident": resident})
    return f"{reverse('book_check', args=[item.code])}?{chosen}"
