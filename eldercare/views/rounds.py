"""The round of a volunteer on the phone: one tap for each elder, with a note where something is needed."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.booking.form_keys import answer_once
from circle.calendar.working_days import ONE_DAY
from circle.images.qr_codes import qr_data_uri
from circle.web.middleware import PortalRequest, people_for, signed_in_user
from eldercare.actions import Found, join_volunteers, plan_look, record_visit
from eldercare.actions.planned_looks import days_to_plan
from eldercare.actions.rounds import coming_day, round_of
from eldercare.actions.volunteer_hours import service_of
from eldercare.actions.word_of_day import caller_on_round, word_of_round
from eldercare.forms import PlanForm, TapForm
from eldercare.models import Pairing, Visit, Volunteer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def visit_round(request: PortalRequest) -> HttpResponse:
    """/eldercare/round/: whom to look in on today, in walking order; POST enters one of them.

    Nothing of it is stored on the phone; sent again after a lost answer it is entered once.
    """
    at, user = timezone.now(), signed_in_user(request)
    stops = round_of(user, at)
    people = [stop.resident for stop in stops]
    form = TapForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        found = Found(said["outcome"], note=said["note"])
        try:
            record_visit(resident=said["resident"], found=found, at=at, by=user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Entered. Thank you."))
            return redirect("visit_round")
    mine = Volunteer.objects.without_photos().filter(user=user, community=request.community).first()
    context = {
        "form": form,
        "stops": stops,
        "volunteer": mine,
        "outcomes": Visit.Outcome,
        "days": days_to_plan(localdate(at)),
    }
    if mine and mine.trained_on:
        context["service"] = service_of(mine, localdate(at))
    return render(request, "eldercare/visit_round.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
@answer_once
def visit_plan(request: PortalRequest) -> HttpResponse:
    """/eldercare/round/plan/: on which day one looks in on an elder, who is told so on the eve."""
    at, user = timezone.now(), signed_in_user(request)
    own = Pairing.objects.introduced().filter(volunteer__user=user)
    people = [pairing.resident for pairing in own.select_related("resident")]
    form = PlanForm(request.POST, people=people, today=localdate(at))
    if not form.is_valid():
        messages.error(request, _("This person is not among yours any more, or nothing was chosen."))
        return redirect("visit_round")
    said = form.cleaned_data
    pairing = own.get(resident=said["resident"])
    try:
        plan_look(pairing=pairing, day=said["day"], at=at, by=user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Entered. Thank you."))
    return redirect("visit_round")


@require_safe
@never_cache
@login_required
def who_looks_in(request: PortalRequest) -> HttpResponse:
    """/eldercare/looks-in/: the volunteers of oneself and of one's people, with the word of today."""
    met = Pairing.objects.introduced().filter(resident__in=people_for(request), resident__died_on=None)
    rows = met.select_related("volunteer__user", "resident").order_by("resident", "place")
    found = [looks_in_on(row, timezone.now()) for row in rows]
    return render(request, "eldercare/who_looks_in.html", {"looks_in": found})


def looks_in_on(pairing: Pairing, at: dt.datetime) -> dict[str, Any]:
    """Who it is, the word of today, and from the eve of a planned day on that day with its word."""
    volunteer, resident, today = pairing.volunteer, pairing.resident, localdate(at)
    comes_on = coming_day(pairing.comes_on, at)
    is_eve = comes_on is not None and today < comes_on <= today + ONE_DAY
    return {
        "pairing": pairing,
        "callers": [caller_on_round(volunteer)],
        "word": word_of_round(volunteer.pk, resident, today),
        "comes_on": comes_on,
        "next_word": word_of_round(volunteer.pk, resident, comes_on) if comes_on and is_eve else "",
    }


@require_safe
@never_cache
@login_required
def volunteer_certificate(request: PortalRequest) -> HttpResponse:
    """/eldercare/round/certificate/: one's own visits and hours, to be printed; its number can be checked."""
    mine = get_object_or_404(
        Volunteer.objects.active().without_photos().select_related("community", "user"),
        user=signed_in_user(request),
        community=request.community,
    )
    url = request.build_absolute_uri(reverse("real"))
    service = service_of(mine, localdate())
    context = {"volunteer": mine, "service": service, "url": url, "qr": qr_data_uri(url)}
    return render(request, "eldercare/volunteer_certificate.html", context)


@require_POST
@login_required
@answer_once
def visit_join(request: PortalRequest) -> HttpResponse:
    """/eldercare/round/join/: asks to be taken on the team."""
    try:
        join_volunteers(community=request.community, user=signed_in_user(request), at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Thank you. We ring you, then comes a short training."))
    return redirect("visit_round")
