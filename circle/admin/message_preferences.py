"""The message preference of a resident, entered at the counter."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.actions import set_message_preference
from circle.backoffice.post_permissions import within_reach
from circle.forms import MessagePreferenceForm
from circle.models import MessagePreference, Resident

CHANGE = "circle.change_resident"


@require_http_methods(["GET", "HEAD", "POST"])
def message_preference(request: HttpRequest, code: uuid.UUID) -> HttpResponse:
    """message/wish/<resident>/: for residents who come or phone."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    people = Resident.objects.filter(within_reach(request, CHANGE)).select_related(
        "message_preference", "login"
    )
    resident = get_object_or_404(people, code=code)
    form = MessagePreferenceForm(request.POST or None, resident=resident)
    if request.method == "POST" and form.is_valid():
        try:
            preference = set_message_preference(
                resident=resident, at=timezone.now(), by=request.user, **form.action_values()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept: how this person wants to be told."))
            return redirect(*page_after(preference))
    context: dict[str, Any] = admin.site.each_context(request)
    context |= {"title": _("How to tell them"), "form": form, "person": resident}
    status = 422 if form.errors else 200
    return render(request, "admin/circle/message/wish.html", context, status=status)


def page_after(preference: MessagePreference) -> tuple[str, Any]:
    """The page that asks for a code, where an address waits for one."""
    if preference.unconfirmed:
        return "admin:circle_message_address", preference.resident.code
    return "admin:circle_resident_change", preference.resident_id
