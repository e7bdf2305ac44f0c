"""One care booking or request, for the elder and for who may act for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.booking.days import choose_day
from circle.booking.own_pages import calendar_file, cancel_view, find_view, forget_view, move_view
from circle.booking.proof import Proof
from circle.booking.reminders import will_be_reminded, will_be_reminded_again
from circle.forms.dates import DayField
from circle.images.qr_codes import qr_data_uri
from circle.models import Record, User
from circle.web.middleware import PortalRequest
from eldercare import actions
from eldercare.actions.word_of_day import callers, word_of
from eldercare.backoffice.day_sheet import needs_of
from eldercare.models import CareBooking, CareBookingQuerySet, CareSlot
from eldercare.models.bookings import TO_COME

TIMES_SHOWN = 3


def with_rows(bookings: CareBookingQuerySet) -> CareBookingQuerySet:
    found = bookings.shown().with_stranded(timezone.now())
    found = found.select_related("community", "resident__login", "booked_by", "mandate")
    return found.prefetch_related("kind__questions")


PROOF = Proof("shown_care", "find_care_booking", CareBooking.objects.all, with_rows)


find_care_booking = find_view(PROOF, "eldercare/find_care_booking.html")
forget_care_bookings = forget_view(PROOF)
care_cancel = cancel_view(
    PROOF,
    "eldercare/care_cancel.html",
    actions.cancel_booking,
    gettext_lazy("It is cancelled. The place is free for a neighbour."),
)


@require_safe
@never_cache
@PROOF.for_its_person
def care_booking(request: PortalRequest, found: Any) -> HttpResponse:
    """/eldercare/bookings/<code>/: the code, when and where, what became of it; ?print=1 for paper."""
    at = timezone.now()
    in_time = at <= found.cancellable_until(at) or found.is_stranded
    may_read = is_of_visitor(request, found)
    context = {
        "booking": found,
        "needs": needs_of(found) if may_read else [],
        "note": found.note if may_read else "",
        "callers": callers(found),
        "word": word_of(found, at) if may_read else "",
        "qr": qr_data_uri(found.code),
        "is_shown_to_session": PROOF.is_given(request, found.code),
        "will_be_reminded": will_be_reminded(found.day, found.booked_at, found.reminded_at, at),
        "will_be_reminded_again": found.kind.reminds_again
        and will_be_reminded_again(found.starts_at, found.status_at, found.reminded_again_at, at),
        "can_change": found.status in TO_COME and in_time,
        "can_move": found.kind.is_active,
        "next_times": actions.next_free_times(found, at)[:TIMES_SHOWN] if found.is_free else [],
    }
    if found.is_stranded:
        is_booked = found.slot_id is not None
        context["next_slot"] = actions.times_to_move_to(found, at).first() if is_booked else None
        context["next_day"] = None if is_booked else actions.next_open_day(found, at)
    if request.GET.get("print"):
        return render(request, "eldercare/care_booking_print.html", context)
    states = {status.value: status.label for status in CareBooking.Status}
    records = Record.objects.about(found).exclude(to_state="").order_by("id")
    context["steps"] = [(states[step.to_state], step.at) for step in records]
    return render(request, "eldercare/care_booking.html", context)


def is_of_visitor(request: PortalRequest, found: CareBooking) -> bool:
    """Whether the answers about health may be shown: number and code do not suffice for them."""
    user = request.user
    return isinstance(user, User) and CareBooking.objects.mine(user).filter(pk=found.pk).exists()


@require_safe
@never_cache
@PROOF.for_its_person
def care_booking_ics(request: PortalRequest, found: Any) -> HttpResponse:
    """/eldercare/bookings/<code>/calendar.ics: tentative until it is confirmed, or if its time was closed."""
    if found.day is None:
        return redirect(found)
    place = found.kind.facility
    where = f"{found.building} {found.door}".strip() if found.building else place.name_and_address
    is_waiting = found.status == CareBooking.Status.REQUESTED
    return calendar_file(found, title=found.kind.name, place=where, is_tentative=is_waiting)


class DayForm(forms.Form):
    """Another day for a request."""

    day = DayField(label=gettext_lazy("Day"), error_messages={"required": gettext_lazy("Choose a day.")})


def times_for(request: PortalRequest, found: CareBooking) -> dict[str, Any]:
    slots = actions.times_to_move_to(found, timezone.now()).order_by("starts_at")
    days, day = choose_day(slots, request.GET.get("day", ""))
    return {"days": days, "day": day}


def move_request(request: PortalRequest, found: CareBooking) -> HttpResponse:
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_booking(day=form.cleaned_data["day"], **PROOF.acting(request, found))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("It has a new day. The elder-care station confirms it."))
            return redirect(found)
    context = {"booking": found, "form": form}
    return render(request, "eldercare/care_move_day.html", context, status=422 if form.errors else 200)


care_move = move_view(
    PROOF,
    "eldercare/care_move.html",
    slots=CareSlot.objects.select_related("kind"),
    move=actions.move_booking,
    done=gettext_lazy("It has a new time. The elder-care station confirms it."),
    times=times_for,
    otherwise=move_request,
)
