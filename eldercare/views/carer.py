"""The carer's page on the phone: today's visits, and for each one screen with what comes next."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_reading
from circle.backoffice.row_actions import RowForm
from circle.booking.form_keys import answer_once
from circle.models import User
from circle.web.middleware import PortalRequest, signed_in_user
from eldercare import actions
from eldercare.actions.word_of_day import word_of
from eldercare.backoffice.bookings import can_be_checked, can_be_entered, can_be_stopped, can_begin, is_out
from eldercare.backoffice.carer_forms import BeginForm, OwnCodeForm, SignForm, StopForm
from eldercare.backoffice.day_sheet import needs_of
from eldercare.backoffice.forms import HomeForm, MeasureForm
from eldercare.models import CareBooking, CareWorker


class Step(NamedTuple):
    """One thing that can be done with a visit."""

    form: Callable[..., forms.Form]
    act: Callable[..., Any]


STEPS = {
    "check": Step(MeasureForm, actions.record_check),
    "begin": Step(BeginForm, actions.begin_together),
    "finish": Step(SignForm, actions.finish_care),
    "later": Step(HomeForm, actions.move_home_time),
    "not_home": Step(RowForm, actions.record_not_home),
    "stop": Step(StopForm, actions.stop_for_safety),
}


def visits_of_carer(user: User) -> Any:
    """What is assigned to this login and may be entered by it; nothing of whoever has left the team."""
    rows = CareBooking.objects.closable_by(user).given_by(user).shown()
    return rows.select_related("community", "resident__login", "mandate").prefetch_related("kind__questions")


@require_safe
@never_cache
@login_required
def carer_day(request: PortalRequest) -> HttpResponse:
    """/eldercare/today/: one's own visits of today and those of other days that have not ended, by time."""
    user, at = signed_in_user(request), timezone.now()
    is_shown = Q(day=localdate(at)) | Q(status=CareBooking.Status.IN_SERVICE)
    rows = list(visits_of_carer(user).filter(is_shown).holding().order_by("day", "starts_at", "pk"))
    own = CareWorker.objects.without_photos().filter(user=user, community=request.community).first()
    return render(
        request, "eldercare/carer_day.html", {"bookings": rows, "worker": own, "today": localdate(at)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def carer_visit(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/today/<code>/: what comes next with this visit; POST does it."""
    user, at = signed_in_user(request), timezone.now()
    booking = get_object_or_404(visits_of_carer(user), code=code)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    sent = forms_of(booking, user, request.POST if verb else None, verb)
    form = sent.get(verb)
    if form is not None and form.is_valid():
        try:
            if not offered(booking, at)[verb]:
                raise ValidationError(_("This cannot be entered now."), code="not_offered")
            STEPS[verb].act(booking=booking, at=at, by=user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            booking.refresh_from_db()
        else:
            messages.success(request, _("Entered. Thank you."))
            return redirect("carer_visit", code)
    if request.method == "GET":
        record_reading(by=user, resident=booking.resident, page="care_booking", row=booking.pk, at=at)
    context = {
        "booking": booking,
        "needs": needs_of(booking),
        "word": word_of(booking, at),
        "check": booking.checks.last(),
        "form": form,
        **offers(booking, sent),
    }
    return render(request, "eldercare/carer_visit.html", context, status=422 if verb else 200)


def forms_of(booking: CareBooking, user: User, said: Any, verb: str) -> dict[str, forms.Form]:
    """A form for each step; the one that was sent with what was typed."""
    made = {name: step.form for name, step in STEPS.items()} | {"begin": partial(BeginForm, by=user)}
    return {name: make(said if name == verb else None, row=booking) for name, make in made.items()}


def offered(booking: CareBooking, at: dt.datetime) -> dict[str, bool]:
    return {
        "check": can_be_checked(booking, at) and booking.is_check_missing,
        "begin": can_begin(booking, at),
        "finish": booking.status == CareBooking.Status.IN_SERVICE,
        "later": is_out(booking, at),
        "not_home": can_be_entered(booking, at),
        "stop": can_be_stopped(booking, at),
    }


def offers(booking: CareBooking, made: dict[str, forms.Form]) -> dict[str, Any]:
    """The step that comes next, and those besides it."""
    can = offered(booking, timezone.now())
    main = next((name for name in ("check", "begin", "finish") if can[name]), "")
    others = [(name, made[name]) for name in ("later", "not_home", "stop") if can[name]]
    return {"main": main, "main_form": made.get(main), "others": others}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def carer_code(request: PortalRequest) -> HttpResponse:
    """/eldercare/today/code/: chooses the own code of four digits."""
    found = CareWorker.objects.without_photos().filter(community=request.community)
    worker = get_object_or_404(found, user=signed_in_user(request))
    form = OwnCodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.set_own_code(worker=worker, code=form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, _("Your code is stored. Tell it to nobody."))
            return redirect("carer_day")
    status = 422 if form.errors else 200
    return render(request, "eldercare/carer_code.html", {"form": form, "worker": worker}, status=status)
