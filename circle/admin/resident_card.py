"""The resident card, reached by the search box on every page, with the sections of each app."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.actions.phone_contacts import works_for
from circle.admin.alarms import CALL
from circle.admin.passes import SIGN_IN
from circle.admin.resident_actions import page_address
from circle.audit.log import record_reading
from circle.backoffice.post_permissions import visible_residents
from circle.backoffice.resident_card import CardAction, CardSection
from circle.backoffice.row_actions import available_actions
from circle.backoffice.site import CommunityAdmin
from circle.hooks import hook_functions
from circle.models import Consent, Mandate, Message, Resident, User
from circle.models.guardians import guardianships_around
from circle.notifications import text_of
from circle.permissions.on_behalf import HOME_VISIT_PERMISSION
from circle.privacy.purposes import all_purposes
from circle.search.resident_lookup import find_residents

VIEW = "circle.view_resident"
MESSAGES_SHOWN = 5
TYPED_LENGTH = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest, model_admin: CommunityAdmin) -> HttpResponse:
    """resident/find/: by POST, so that addresses hold no names. A single match is opened at once."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    typed = request.POST.get("q", "").strip()[:TYPED_LENGTH]
    found = find_residents(visible_residents(request).living(), typed, by=request.user) if typed else []
    if len(found) == 1:
        return redirect("admin:circle_resident_card", found[0].code)
    frame = admin.site.each_context(request) | {"title": _("Find a resident")}
    context = frame | {
        "people": found,
        "typed": typed,
        "may_add": request.user.has_perm("circle.add_resident"),
    }
    return render(request, "admin/circle/resident/find.html", context)


@never_cache
@require_safe
def card(request: HttpRequest, code: Any, model_admin: CommunityAdmin) -> HttpResponse:
    """resident/card/<code>/: the person, their relations, their open matters, and actions."""
    people = model_admin.get_queryset(request).select_related("community", "building", "household", "login")
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    resident = get_object_or_404(people, code=code)
    user = cast(User, request.user)
    record_reading(by=user, resident=resident, page="resident_card", at=timezone.now())
    parts = [part for offered in hook_functions("resident_card") if (part := offered(resident, user))]
    if user.has_perm(HOME_VISIT_PERMISSION):
        filed = [act for offered in hook_functions("home_visit") for act in offered(resident)]
        parts.insert(0, CardSection("home_visit", _("File at the door"), acts=filed))
    frame = admin.site.each_context(request) | {"title": resident.name}
    shown = {"resident": resident, "parts": parts, "acts": register_actions(resident, user)}
    shown["may_phone"] = works_for(user, resident)
    context = frame | shown | card_context(resident, user)
    return render(request, "admin/circle/resident/card.html", context)


def card_context(resident: Resident, user: User) -> dict[str, Any]:
    """Their relations, messages and consents; five queries."""
    house = resident.household_id
    family = Resident.objects.living().filter(household=house) if house else Resident.objects.none()
    titles = {purpose.code: purpose.title for purpose in all_purposes()}
    consents = Consent.objects.live().filter(resident=resident)
    guardianships = guardianships_around(resident)
    notifications = Message.objects.in_care_of(user).filter(resident=resident).exclude(event="sign_in_code")
    return {
        "family": family.exclude(pk=resident.pk),
        "guardians": [row for row in guardianships if row.child_id == resident.pk],
        "children": [row for row in guardianships if row.adult_id == resident.pk],
        "mandates": Mandate.objects.active().filter(principal=resident).select_related("agent"),
        "notifications": [
            (message, text_of(message))
            for message in notifications.select_related("community")[:MESSAGES_SHOWN]
        ],
        "consents": [(consent, titles.get(consent.purpose)) for consent in consents],
    }


def register_actions(resident: Resident, user: User) -> list[CardAction]:
    """The actions of the register itself."""
    found = [
        CardAction(_("The page of the register"), reverse("admin:circle_resident_change", args=[resident.pk]))
    ]
    if user.has_perm(CALL.permission) and resident.died_on is None:
        url = f"{reverse('admin:circle_alarm_call')}?resident={resident.code}"
        found.append(CardAction(CALL.label, url))
    if user.has_perm("circle.add_mandate"):
        url = f"{reverse('admin:circle_mandate_add')}?principal={resident.pk}"
        found.append(CardAction(_("Let somebody act for them"), url))
    for action in available_actions([SIGN_IN], resident, timezone.now(), user):
        found += [CardAction(action.label, page_address(action, resident))]
    if user.has_perm("circle.view_record"):
        url = f"{reverse('admin:circle_record_changelist')}?person={resident.code}"
        found.append(CardAction(_("What was done and looked at"), url))
    return found
