"""Bookings that staff make on the phone, at the window or on a home visit, in three steps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.actions import has_consent
from circle.backoffice.appointments import booking_within_reach
from circle.backoffice.intake import Intake, register_newcomer, search_register
from circle.backoffice.post_permissions import require_permissions, visited_resident, within_reach
from circle.booking.days import group_by_day, pick_day
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Community, Resident
from eldercare import actions
from eldercare.actions.answers import CONSENT
from eldercare.admin.pages import note_care_reading, page
from eldercare.backoffice.bookings import ADD, VIEW
from eldercare.backoffice.day_sheet import needs_of
from eldercare.forms import DeskCareForm, HomeVisitCareForm
from eldercare.models import Arrangement, CareBooking, CareKind, CareSlot

ALWAYS = ["GET", "HEAD", "POST"]


def community_of(request: HttpRequest) -> Community:
    """The community of ?community= among those that this post works for, else the first."""
    mine = Community.objects.filter(within_reach(request, ADD, "pk"))
    named = request.GET.get("community", "")
    return get_object_or_404(mine, slug=named) if named else get_object_or_404(mine.order_by("pk")[:1])


@require_http_methods(ALWAYS)
def who(request: HttpRequest) -> HttpResponse:
    """carebooking/new/: finds the resident; by POST, so that names and phones never stand in a URL."""
    require_permissions(request, ADD, "circle.view_resident")
    community = community_of(request)
    return who_page(request, community, search_register(request, community))


def who_page(request: HttpRequest, community: Community, intake: Intake) -> HttpResponse:
    others = Community.objects.filter(within_reach(request, ADD, "pk")).exclude(pk=community.pk)
    return page(
        request,
        "who.html",
        gettext("Arrange care for a resident"),
        status=intake.status,
        community_here=community,
        others=others,
        form=intake.form,
        people=intake.people,
        newcomer=intake.newcomer,
    )


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """carebooking/new/register/: adds a person to the register."""
    require_permissions(request, ADD, "circle.add_resident")
    community = community_of(request)
    intake, code = register_newcomer(request, community)
    if not code:
        return who_page(request, community, intake)
    return redirect(f"{reverse('admin:eldercare_carebooking_what')}?{urlencode({'resident': code})}")


@require_http_methods(ALWAYS)
def what(request: HttpRequest) -> HttpResponse:
    """carebooking/new/what/?resident=[&kind=][&day=]: which care, when, answers; POST makes one booking."""
    require_permissions(request, ADD)
    return what_page(request, elder_of(request), DeskCareForm)


@require_http_methods(ALWAYS)
def home_visit(request: HttpRequest) -> HttpResponse:
    """carebooking/door/?resident=[&kind=][&day=]: the same on a home visit, for residents of the own grid."""
    return what_page(request, visited_resident(request), HomeVisitCareForm)


def what_page(request: HttpRequest, resident: Resident, form_class: type[DeskCareForm]) -> HttpResponse:
    kinds = CareKind.objects.filter(community=resident.community_id).askable()
    found = kinds.select_related("facility", "community").prefetch_related("questions")
    kind = found.filter(code=request.GET.get("kind", "")).first()
    form = desk_form(request, kind, resident, form_class) if kind else None
    is_home_visit = form_class is HomeVisitCareForm
    if request.method == "POST" and form and form.is_valid():
        try:
            code = ask_once(request, kind, resident, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            may_open = request.user.has_perm(VIEW) and not is_home_visit
            if form.rhythm or not may_open:
                return redirect_to_card(request, resident, code)
            return redirect("admin:eldercare_carebooking_booked", code)
    days = group_by_day(free_times(kind)) if kind and kind.way == Arrangement.BOOKING else []
    return page(
        request,
        "what.html",
        gettext("Care for %(name)s") % {"name": resident.name},
        status=422 if form and form.errors else 200,
        resident=resident,
        kinds=kinds,
        kind=kind,
        days=days,
        day=pick_day(days, request.GET.get("day", "")),
        form=form,
        is_home_visit=is_home_visit,
    )


def redirect_to_card(request: HttpRequest, resident: Resident, code: str) -> HttpResponse:
    """Back to the resident's card with the code to read out: this post may not open the booking itself."""
    messages.success(request, gettext("Taken down. The code is %(code)s: write it down.") % {"code": code})
    return redirect("admin:circle_resident_card", resident.code)


def elder_of(request: HttpRequest) -> Resident:
    people = Resident.objects.filter(within_reach(request, ADD)).living()
    found = people.select_related("community", "building", "household")
    return get_object_or_404(found, code__in=parse_uuids(request.GET.get("resident", "")))


def desk_form(request: HttpRequest, kind: CareKind, resident: Resident, form: type[DeskCareForm]) -> Any:
    initial = {"via": form.channels[0], "once": new_key()}
    if resident.building:
        initial["building"] = resident.building.short_code
    if resident.household:
        initial["door"] = resident.household.door
    return form(
        request.POST or None,
        kind=kind,
        today=timezone.localdate(),
        asks_consent=not has_consent(CONSENT, resident),
        initial=initial,
    )


def free_times(kind: CareKind) -> list[CareSlot]:
    slots = CareSlot.objects.open().upcoming(timezone.now()).with_places_left()
    return list(slots.filter(kind=kind).order_by("starts_at"))


def ask_once(request: HttpRequest, kind: CareKind, resident: Resident, form: DeskCareForm) -> str:
    """The code of the booking or series; a second click gets the same one."""
    said, at = form.cleaned_data, timezone.now()
    given = {"kind": kind, "resident": resident, "answers": form.answers(), "via": said["via"], "at": at}
    given["age_reason"] = said["age_reason"]

    def act() -> str:
        asked: dict[str, Any] = given | {"by": request.user}
        slot = chosen_slot(said["slot"]) if kind.way == Arrangement.BOOKING else None
        if form.rhythm:
            return actions.ask_series(slot=slot, day=said.get("day"), rhythm=form.rhythm, **asked).code
        if slot is None:
            return actions.request_care(day=said["day"], **asked).code
        if said.get("whole_day"):
            return actions.book_whole_day(slot=slot, **asked).code
        return actions.book_slot(slot=slot, **asked).code

    return once(actor=f"user:{request.user.pk}", key=said["once"], at=at, act=act)


def chosen_slot(code: Any) -> CareSlot:
    slot = CareSlot.objects.select_related("kind").filter(code=code).first()
    if slot is None:
        raise ValidationError(gettext("Choose a time."), code="slot_missing")
    return slot


@require_safe
def booked(request: HttpRequest, code: str) -> HttpResponse:
    """carebooking/booked/<code>/: the code, large enough to read over the phone."""
    rows = CareBooking.objects.shown().prefetch_related("kind__questions")
    booking = booking_within_reach(request, rows, VIEW, code)
    note_care_reading(request, booking)
    return page(request, "booked.html", gettext("Taken down"), booking=booking, needs=needs_of(booking))
