"""An elder's profile: what is known, who looked in, and what staff may do. Every look is recorded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.models import Mandate, Resident
from eldercare.admin.pages import page
from eldercare.backoffice.profiles import PROFILE_ACTIONS
from eldercare.models import CareProfile
from eldercare.models.profiles import PROFILE_VIEW

SHOWN = 12


def elder_of(request: HttpRequest, code: Any, permission: str) -> Resident:
    people = Resident.objects.filter(within_reach(request, permission, near="building__"))
    return get_object_or_404(people.select_related("community", "building", "household"), code=code)


@require_safe
def profile(request: HttpRequest, code: Any) -> HttpResponse:
    """visitduty/profile/<resident>/: particulars, reasons, duties and visits."""
    require_permissions(request, PROFILE_VIEW)
    elder, at = elder_of(request, code, PROFILE_VIEW), timezone.now()
    record_reading(by=request.user, resident=elder, page="care_profile", at=at)
    return page(
        request,
        "profile.html",
        gettext("Profile of %(name)s") % {"name": elder.name},
        elder=elder,
        profile=CareProfile.objects.for_user(request.user).filter(resident=elder).first(),
        tags=elder.risk_tags.order_by("-since"),
        rests=elder.duty_rests.all()[:SHOWN],
        duties=elder.visit_duties.order_by("-due_at")[:SHOWN],
        visits=elder.elder_visits.select_related("by")[:SHOWN],
        agents=Mandate.objects.active().filter(principal=elder).select_related("agent"),
        verbs=available_actions(PROFILE_ACTIONS, elder, at, request.user) if not elder.died_on else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: Any, name: str) -> HttpResponse:
    """visitduty/profile/<resident>/<verb>/: the form of one action."""
    action = find_action(PROFILE_ACTIONS, name)
    require_permissions(request, PROFILE_VIEW, action.permission)
    elder = elder_of(request, code, action.permission)
    record_reading(by=request.user, resident=elder, page="care_profile", at=timezone.now())
    back = reverse("admin:eldercare_visitduty_profile", args=[elder.code])
    return ask_or_perform(request, action, elder, back)
