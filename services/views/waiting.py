"""Waiting for a place at the hall: joining the line, and one's own place in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.booking.own_pages import find_view, forget_view
from circle.booking.proof import Proof
from circle.models import Via
from circle.web.middleware import PortalRequest, signed_in_user
from services import actions
from services.forms import WaitForm
from services.models import HallWaiting, HallWaitingQuerySet
from services.views.booking import bookable_item, people_of
from services.views.my_booking import PROOF as BOOKING_PROOF

ANSWERS = {
    "accept": actions.accept_offer,
    "decline": actions.decline_offer,
    "leave": actions.leave_line,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def join(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/wait/?day=: for whom, on which days."""
    item, people = bookable_item(request, code), people_of(request)
    day = request.GET.get("day", "")
    wanted = {"first_day": day, "last_day": day} if day else {}
    form = WaitForm(
        request.POST or None, item=item, people=people, today=timezone.localdate(), initial=wanted
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.join_line(
                item=item, via=Via.ONLINE, at=timezone.now(), by=signed_in_user(request), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("You are in the waiting list. We tell you when a place is free."))
            return redirect(row)
    context = {"item": item, "form": form, "has_people": people.exists()}
    return render(request, "services/wait.html", context, status=422 if form.errors else 200)


def with_rows(rows: HallWaitingQuerySet) -> HallWaitingQuerySet:
    return rows.shown().select_related("resident__login", "mandate__agent")


PROOF = Proof("shown_lines", "find_waiting", HallWaiting.objects.all, with_rows)

find_waiting = find_view(PROOF, "services/find_waiting.html")
# Both forget both: an accepted offer shows its booking as well.
forget_waiting = forget_view(PROOF, BOOKING_PROOF)
forget_bookings = forget_view(BOOKING_PROOF, PROOF)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
@PROOF.for_its_person
def waiting(request: PortalRequest, row: HallWaiting) -> HttpResponse:
    """/services/waiting/<code>/: the position, or the offer and its answer."""
    refused = None
    if request.method == "POST":
        try:
            return answer(request, row)
        except ValidationError as refusal:
            refused = refusal
            row = with_rows(HallWaiting.objects.all()).get(pk=row.pk)
    at = timezone.now()
    context = {
        "row": row,
        "refused": refused,
        "is_answerable": row.offer_until is not None and row.offer_until > at,
        "is_shown_to_session": PROOF.is_given(request, row.code),
    }
    return render(request, "services/waiting.html", context, status=422 if refused else 200)


def answer(request: PortalRequest, row: HallWaiting) -> HttpResponse:
    """Refuses: not_possible (an unknown answer), and as the actions."""
    act = ANSWERS.get(request.POST.get("verb", ""))
    if act is None:
        raise ValidationError(_("Please choose one of the answers."), code="not_possible")
    said = PROOF.acting(request, row)
    act(row=said.pop("booking"), **said)
    if row.booking:
        if PROOF.is_given(request, row.code):
            BOOKING_PROOF.remember(request, row.booking.code)
        messages.success(request, _("The place is yours: this is your booking."))
        return redirect(row.booking)
    messages.success(request, _("Done. The place helps a neighbour."))
    return redirect(row)
