"""An address for messages, which staff enter and the resident confirms by its code."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.actions import confirm_address, send_address_codes
from circle.admin.message_preferences import CHANGE, page_after
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import within_reach
from circle.booking.form_keys import answer_once
from circle.forms import AddressCodeForm, masked_unconfirmed
from circle.models import MessagePreference, Resident


@require_http_methods(["GET", "HEAD", "POST"])
@answer_once
def message_address(request: HttpRequest, code: uuid.UUID) -> HttpResponse:
    """message/wish/<resident>/address/: the code that the person reads out; with `again`, a new one."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    people = Resident.objects.filter(within_reach(request, CHANGE)).values("pk")
    rows = MessagePreference.objects.select_related("resident").filter(resident__in=people)
    preference = get_object_or_404(rows, resident__code=code)
    if not preference.unconfirmed:
        return redirect(*page_after(preference))
    is_again = "again" in request.POST
    form = AddressCodeForm(None if is_again else request.POST or None)
    if request.method == "POST" and (is_again or form.is_valid()):
        try:
            answer_code(request, preference, "" if is_again else form.cleaned_data["code"])
        except ValidationError as refusal:
            if is_again:
                show_refusal(request, refusal)
                return redirect("admin:circle_message_address", code)
            form.add_error("code", refusal)
        else:
            return redirect(*page_after(preference))
    context: dict[str, Any] = admin.site.each_context(request)
    context |= {"title": _("Confirm the address"), "form": form, "person": preference.resident}
    context["addresses"] = masked_unconfirmed(preference)
    status = 422 if form.errors else 200
    return render(request, "admin/circle/message/address.html", context, status=status)


def answer_code(request: HttpRequest, preference: MessagePreference, code: str) -> None:
    """Confirm by the code; without one send another."""
    at = timezone.now()
    if code:
        confirm_address(preference=preference, code=code, at=at, by=request.user)
        messages.success(request, _("The address is confirmed."))
    else:
        send_address_codes(preference=preference, at=at)
        messages.success(request, _("A new code is on its way. The one before is no longer valid."))
