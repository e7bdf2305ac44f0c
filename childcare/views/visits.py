"""A booked visit to the nursery, for whoever booked it and for who may act for them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from childcare import actions
from childcare.models import NurseryVisit, VisitSlot
from childcare.models.visits import NurseryVisitQuerySet
from circle.booking.days import group_by_day, pick_day
from circle.booking.own_pages import calendar_file, cancel_view, find_view, forget_view, move_view
from circle.booking.proof import Proof
from circle.booking.reminders import will_be_reminded
from circle.web.middleware import PortalRequest


def with_rows(visits: NurseryVisitQuerySet) -> NurseryVisitQuerySet:
    found = visits.shown().with_stranded(timezone.now())
    return found.select_related(
        "community", "plan__facility", "slot", "resident__login", "booked_by", "mandate", "application"
    )


PROOF = Proof("shown_visits", "find_visit", NurseryVisit.objects.all, with_rows)


find_visit = find_view(PROOF, "childcare/find_visit.html")
forget_visits = forget_view(PROOF)
visit_cancel = cancel_view(
    PROOF,
    "childcare/visit_cancel.html",
    actions.cancel_visit,
    gettext_lazy("It is cancelled. The time is free for another family."),
)


@require_safe
@never_cache
@PROOF.for_its_person
def visit(request: PortalRequest, found: Any) -> HttpResponse:
    """/childcare/visits/<code>/: the code, when and where, what became of it."""
    at = timezone.now()
    is_in_time = at <= found.cancellable_until or found.is_stranded
    context = {
        "booking": found,
        "can_change": found.is_live and found.starts_at > at and is_in_time,
        "will_be_reminded": will_be_reminded(found.day, found.status_at, found.reminded_at, at),
        "is_shown_to_session": PROOF.is_given(request, found.code),
    }
    return render(request, "childcare/visit.html", context)


@require_safe
@never_cache
@PROOF.for_its_person
def visit_ics(request: PortalRequest, found: Any) -> HttpResponse:
    """/childcare/visits/<code>/calendar.ics: tentative if its time was closed."""
    place = found.plan.facility
    where = place.name_and_address
    return calendar_file(found, title=str(found.plan), place=where, is_tentative=False)


def times_for(request: PortalRequest, found: NurseryVisit) -> dict[str, Any]:
    times = actions.times_to_move_to(found, timezone.now())
    days = group_by_day(sorted(times, key=lambda slot: slot.starts_at))
    return {"days": days, "day": pick_day(days, request.GET.get("day", ""))}


visit_move = move_view(
    PROOF,
    "childcare/visit_move.html",
    slots=VisitSlot.objects.select_related("plan__facility"),
    move=actions.move_visit,
    done=gettext_lazy("It has a new time."),
    times=times_for,
)
