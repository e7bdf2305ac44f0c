"""The booking pages for residents, one question a page: who, when, needs, check."""

import datetime as dt
from typing import Any

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

from circle.actions import has_consent
from circle.booking.days import DayOfSlots, group_by_day, pick_day
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Mandate, Resident, Via
from circle.permissions.age_bands import refuse_unsuited
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from eldercare import actions
from eldercare.actions.answers import CONSENT
from eldercare.actions.eligibility import refuse_ineligible
from eldercare.forms import CheckForm, NeedsForm
from eldercare.models import Arrangement, CareBooking, CareKind, CareSlot
from eldercare.models.kinds import NARROWER
from eldercare.models.slots import CareSlotQuerySet
from eldercare.views import drafts
from services.models import Booking
from services.views.people import person_step


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def care_who(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/<kind>/who/: for me, or for someone I may act for. Newcomers give their name."""
    kind = askable_kind(request, code)
    step = person_step(request, people_of(request, kind), kind.age_bands)
    if step.person:
        return redirect(step_url(kind, page_after_who(kind), step.person))
    if step.is_again:
        return redirect(request.get_full_path())
    context = {"kind": kind, "next": reverse(page_after_who(kind), args=[code])} | step.context()
    return render(request, "eldercare/care_who.html", context, status=step.status)


@require_safe
@never_cache
@login_required
def care_when(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/<kind>/when/?resident=: choose a time; the day stands in the URL."""
    kind = askable_kind(request, code)
    resident = elder_of(request, kind)
    if resident is None:
        return start_again(request, kind, None)
    if kind.way != Arrangement.BOOKING:
        return redirect("care_who", kind.code)
    if words := words_of_ineligible(kind, resident):
        messages.warning(request, words)
        return redirect(kind)
    days = times_of(kind, timezone.localtime())
    context = {
        "kind": kind,
        "elder": resident,
        "days": days,
        "day": pick_day(days, request.GET.get("day", "")),
        "resident": resident.code,
    }
    return render(request, "eldercare/care_when.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def care_needs(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/<kind>/needs/?resident=&slot=: conditions, address and needs."""
    kind = askable_kind(request, code)
    resident, slot = elder_of(request, kind), slot_of(request, kind)
    if resident is None or (slot is None and kind.way == Arrangement.BOOKING):
        return start_again(request, kind, resident)
    if request.method != "POST" and (words := words_of_ineligible(kind, resident)):
        messages.warning(request, words)
        return redirect(kind)
    form = needs_form(
        kind,
        resident,
        request.POST if request.method == "POST" else None,
        initial_answers(request, kind, resident),
    )
    if request.method == "POST" and form.is_valid():
        drafts.store_draft(request, kind, resident, {name: form[name].data for name in form.fields})
        return redirect(step_url(kind, "care_check", str(resident.code), slot))
    context = {"kind": kind, "elder": resident, "slot": slot, "form": form}
    return render(request, "eldercare/care_needs.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def care_check(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/<kind>/check/?resident=&slot=: a summary; POST makes one booking."""
    kind = askable_kind(request, code)
    resident, slot = elder_of(request, kind), slot_of(request, kind, with_full=request.method == "POST")
    if resident is None or (slot is None and kind.way == Arrangement.BOOKING):
        return start_again(request, kind, resident)
    is_sent = request.method == "POST"
    needs = needs_form(
        kind, resident, request.POST if is_sent else drafts.stored_draft(request, kind, resident) or {}
    )
    if not needs.is_valid():
        return redirect(step_url(kind, "care_needs", str(resident.code), slot))
    form = CheckForm(request.POST if is_sent else None, initial={"once": new_key()})
    made = is_sent and form.is_valid() and ask_once(request, form, kind, resident, slot, needs)
    if made:
        drafts.delete_draft(request, kind, resident)
        return redirect("care_series" if needs.rhythm else "care_booking", made)
    context = {
        "kind": kind,
        "elder": resident,
        "slot": slot,
        "form": form,
        "needs": needs,
        "existing": existing_booking(form, kind, resident, slot, needs),
        "at_the_hall": hall_booking_at(resident, slot) if slot else None,
    }
    return render(request, "eldercare/care_check.html", context, status=422 if form.errors else 200)


def ask_once(
    request: PortalRequest,
    form: CheckForm,
    kind: CareKind,
    resident: Resident,
    slot: CareSlot | None,
    needs: NeedsForm,
) -> str:
    """The code of the booking or series; an empty string where the form has the refusal."""
    user, at = signed_in_user(request), timezone.now()
    said: dict[str, Any] = {"kind": kind, "resident": resident, "answers": needs.answers()}
    said |= {"via": Via.ONLINE, "at": at, "by": user}

    def act() -> str:
        if rhythm := needs.rhythm:
            day = needs.cleaned_data.get("day")
            return actions.ask_series(slot=slot, day=day, rhythm=rhythm, **said).code
        if slot and needs.cleaned_data.get("whole_day"):
            return actions.book_whole_day(slot=slot, **said).code
        if slot:
            return actions.book_slot(slot=slot, **said).code
        return actions.request_care(day=needs.cleaned_data["day"], **said).code

    try:
        return once(actor=f"user:{user.pk}", key=form.cleaned_data["once"], at=at, act=act)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return ""


def existing_booking(
    form: CheckForm, kind: CareKind, resident: Resident, slot: CareSlot | None, needs: NeedsForm
) -> CareBooking | None:
    """The booking that this one clashes with; after the browser's Back it is the one just made."""
    live = CareBooking.objects.live().filter(resident=resident)
    if form.has_error("__all__", code="already_booked"):
        return live.filter(kind=kind, day=slot.day if slot else needs.cleaned_data["day"]).first()
    if slot and form.has_error("__all__", code="busy"):
        return live.filter(starts_at=slot.starts_at).first()
    if slot and form.has_error("__all__", code="resident_busy"):
        return live.filter(slot__starts_at__lt=slot.ends_at, slot__ends_at__gt=slot.starts_at).first()
    return None


def hall_booking_at(resident: Resident, slot: CareSlot) -> Booking | None:
    """What the person has at the hall meanwhile: a hint, and no reason to refuse."""
    at_that_time = {"slot__starts_at__lt": slot.ends_at, "slot__ends_at__gt": slot.starts_at}
    return Booking.objects.live().shown().filter(resident=resident, **at_that_time).first()


def askable_kind(request: PortalRequest, code: str) -> CareKind:
    kinds = CareKind.objects.public(request.community).askable().select_related("community")
    return get_object_or_404(kinds.prefetch_related("questions"), code=code)


def people_of(request: PortalRequest, kind: CareKind) -> "QuerySet[Resident]":
    """In whose name this login may ask for this kind here."""
    scopes = [Mandate.Scope.BOOKINGS, NARROWER.get(kind.code, Mandate.Scope.BOOKINGS)]
    people = people_for(request, scopes[0]) | people_for(request, scopes[1])
    return people.filter(community=request.community)


def elder_of(request: PortalRequest, kind: CareKind) -> Resident | None:
    """Of ?resident=, if this login may act for them here."""
    people = people_of(request, kind).select_related("building", "household")
    resident = people.filter(code__in=parse_uuids(request.GET.get("resident", ""))).first()
    if resident and request.method != "POST":  # of a form that is sent the action says so
        try:
            refuse_unsuited(kind.age_bands, resident, via=Via.ONLINE, at=timezone.now())
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return None
    return resident


def words_of_ineligible(kind: CareKind, resident: Resident) -> str:
    """Why it is not for this person by their ability grade; empty where it is."""
    try:
        refuse_ineligible(kind, resident, via=Via.ONLINE)
    except ValidationError as refusal:
        return str(refusal.messages[0])
    return ""


def slot_of(request: PortalRequest, kind: CareKind, *, with_full: bool = False) -> CareSlot | None:
    """Of ?slot=, while it can be booked. Full ones too where the action is to say that they are full."""
    if kind.way != Arrangement.BOOKING:
        return None
    slots = bookable(kind, timezone.localtime())
    slots = slots if with_full else slots.with_places_left()
    found: CareSlot | None = slots.filter(code__in=parse_uuids(request.GET.get("slot", ""))).first()
    return found


def times_of(kind: CareKind, at: dt.datetime) -> list[DayOfSlots[CareSlot]]:
    """The times that residents are shown, full ones included; one query."""
    return group_by_day(bookable(kind, at).order_by("starts_at"))


def bookable(kind: CareKind, at: dt.datetime) -> CareSlotQuerySet:
    last = at.date() + dt.timedelta(days=kind.days_ahead)
    return CareSlot.objects.open().upcoming(at).filter(kind=kind, day__lte=last)


def needs_form(
    kind: CareKind, resident: Resident, data: Any, initial: dict[str, Any] | None = None
) -> NeedsForm:
    asks = not has_consent(CONSENT, resident)
    return NeedsForm(data, kind=kind, today=timezone.localdate(), asks_consent=asks, initial=initial)


def initial_answers(request: PortalRequest, kind: CareKind, resident: Resident) -> dict[str, Any]:
    """The draft of this session, else the address from the register."""
    answered = drafts.stored_draft(request, kind, resident)
    if answered is not None:
        return answered
    door = resident.household.door if resident.household else ""
    return {"building": resident.building.short_code if resident.building else "", "door": door}


def page_after_who(kind: CareKind) -> str:
    return "care_when" if kind.way == Arrangement.BOOKING else "care_needs"


def step_url(kind: CareKind, step: str, resident: str, slot: CareSlot | None = None) -> str:
    chosen = {"resident": resident} | ({"slot": str(slot.code)} if slot else {})
    return f"{reverse(step, args=[kind.code])}?{urlencode(chosen)}"


def start_again(request: PortalRequest, kind: CareKind, resident: Resident | None) -> HttpResponseRedirect:
    """Redirect to the first page whose answer is missing."""
    if resident is None:
        if request.GET.get("resident") and not people_of(request, kind).filter(
            code__in=parse_uuids(request.GET["resident"])
        ):
            messages.warning(
                request, _("You may not act for this person any more. Please choose who it is for.")
            )
        return redirect("care_who", kind.code)
    messages.warning(request, _("Please choose a time that is still free."))
    return redirect(step_url(kind, "care_when", str(resident.code)))
