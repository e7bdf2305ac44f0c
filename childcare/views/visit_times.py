"""A time for a visit or a trial half-day: chosen, then checked and booked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from childcare import actions
from childcare.actions.visit_rules import first_stay
from childcare.forms.start import StartForm
from childcare.models import Application, NurseryVisit, VisitPlan, VisitSlot
from childcare.views.apply import guardian_of, guardians
from childcare.views.mine import ONLINE, actor, answered, my_application
from circle.booking.days import DayOfSlots, group_by_day, pick_day
from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import parse_uuids
from circle.web.middleware import PortalRequest, signed_in_user


def plan_of(request: PortalRequest, nursery: str, kind: str) -> VisitPlan:
    plans = VisitPlan.objects.public(request.community)
    return get_object_or_404(plans, facility__code=nursery, kind=kind)


def child_of(request: PortalRequest, plan: VisitPlan) -> Application | None:
    """Of ?application=, which a trial half-day needs: 404 without a place there that this login may use."""
    if plan.kind != VisitPlan.Kind.TRIAL:
        return None
    found = my_application(request, request.GET.get("application", ""))
    if first_stay(found, plan) is None:
        raise Http404
    return found


def times_of(plan: VisitPlan, application: Application | None) -> list[DayOfSlots[VisitSlot]]:
    """Full ones included; of a trial those before the first day."""
    slots = VisitSlot.objects.open().upcoming(timezone.now()).filter(plan=plan)
    first = first_stay(application, plan) if application else None
    return group_by_day((slots.filter(day__lt=first) if first else slots).order_by("starts_at"))


@require_safe
@never_cache
@login_required
def visit_when(request: PortalRequest, nursery: str, kind: str) -> HttpResponse:
    """/childcare/visit/<nursery>/<kind>/[?application=]: choose a time; the day stands in the address."""
    plan = plan_of(request, nursery, kind)
    application = child_of(request, plan)
    days = times_of(plan, application)
    existing = existing_visits(request, plan, application)
    context = {
        "plan": plan,
        "application": application,
        "existing": existing,
        "may_open": may_open(request, existing),
        "days": days,
        "day": pick_day(days, request.GET.get("day", "")),
    }
    return render(request, "childcare/visit_when.html", context)


def existing_visits(
    request: PortalRequest, plan: VisitPlan, application: Application | None
) -> list[NurseryVisit]:
    """What this family has booked already: one at a time; a trial by whichever guardian."""
    coming = NurseryVisit.objects.live().filter(day__gte=localdate())
    mine = coming.mine(signed_in_user(request)).filter(plan=plan)
    found = coming.filter(application=application) if application else mine
    return list(found.shown().order_by("day", "pk"))


def may_open(request: PortalRequest, visits: list[NurseryVisit]) -> bool:
    """Not where another guardian has booked it."""
    mine = NurseryVisit.objects.mine(signed_in_user(request))
    return bool(visits) and mine.filter(pk=visits[0].pk).exists()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def visit_check(request: PortalRequest, nursery: str, kind: str) -> HttpResponse:
    """/childcare/visit/<nursery>/<kind>/check/?slot=[&application=]: who comes; POST books it once."""
    plan = plan_of(request, nursery, kind)
    application = child_of(request, plan)
    slots = VisitSlot.objects.filter(plan=plan).select_related("plan__facility", "community")
    slot = get_object_or_404(slots, code__in=parse_uuids(request.GET.get("slot", "")))
    people = list(guardians(request))
    if request.method == "POST":
        form = StartForm(request.POST, needs_name=not people)
        made = form.is_valid() and book_once(request, form, slot, application)
        if made:
            return redirect("visit", made)
    else:
        form = StartForm.empty(needs_name=not people, key=new_key(), nursery_class="")
    back = reverse("visit_when", args=[nursery, kind])
    if application:
        back = f"{back}?{urlencode({'application': application.code})}"
    context: dict[str, Any] = {
        "plan": plan,
        "slot": slot,
        "application": application,
        "people": people,
        "form": form,
        "back": back,
    }
    return answered(request, "visit_check.html", context, is_wrong=bool(form.errors))


def book_once(
    request: PortalRequest, form: StartForm, slot: VisitSlot, application: Application | None
) -> str:
    """The code of the visit, or nothing where it was refused; the form then says why."""
    user, name = actor(request)
    at = timezone.now()

    def act() -> str:
        resident = guardian_of(request, form)
        return actions.book_visit(
            slot=slot, resident=resident, application=application, via=ONLINE, at=at, by=user
        ).code

    try:
        return once(actor=name, key=form.cleaned_data["once"], at=at, act=act)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return ""
