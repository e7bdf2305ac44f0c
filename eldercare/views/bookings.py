"""One care booking or request, for the elder and for who may act for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.booking.reminders import will_be_reminded
from circle.images.qr_codes import qr_data_uri
from circle.models import Record, Via
from circle.web.middleware import PortalRequest, signed_in_user
from eldercare import actions
from eldercare.backoffice.day_sheet import needs_of
from eldercare.models import CareBooking

TIMES_SHOWN = 3


@require_safe
@never_cache
@login_required
def care_booking(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/bookings/<code>/: the code, when and where, what became of it; ?print=1 for paper."""
    found = booking_of(request, code)
    at = timezone.now()
    context = {
        "booking": found,
        "needs": needs_of(found),
        "qr": qr_data_uri(found.code),
        "will_be_reminded": will_be_reminded(found.day, found.booked_at, found.reminded_at, at),
        "can_cancel": found.is_live and (at <= found.cancellable_until(at) or found.is_stranded),
        "next_times": actions.next_free_times(found, at)[:TIMES_SHOWN] if found.is_free else [],
    }
    if request.GET.get("print"):
        return render(request, "eldercare/care_booking_print.html", context)
    states = {status.value: status.label for status in CareBooking.Status}
    records = Record.objects.about(found).exclude(to_state="").order_by("id")
    context["steps"] = [(states[step.to_state], step.at) for step in records]
    return render(request, "eldercare/care_booking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def care_cancel(request: PortalRequest, code: str) -> HttpResponse:
    """Asks once more, then gives the place back."""
    found, refused = booking_of(request, code), None
    if request.method == "POST":
        try:
            actions.cancel_booking(
                booking=found, at=timezone.now(), via=Via.ONLINE, by=signed_in_user(request)
            )
        except ValidationError as refusal:
            refused = refusal
        else:
            messages.success(request, _("It is cancelled. The place is free for a neighbour."))
            return redirect(found)
    context = {"booking": found, "refused": refused}
    return render(request, "eldercare/care_cancel.html", context, status=422 if refused else 200)


def booking_of(request: PortalRequest, code: str) -> Any:
    """A stranger gets the same 404 as for a code that does not exist; staff work in the back office."""
    mine = CareBooking.objects.mine(signed_in_user(request)).shown().with_stranded(timezone.now())
    found = mine.select_related("community", "elder__login", "booked_by", "mandate")
    return get_object_or_404(found.prefetch_related("kind__questions"), code=code)
