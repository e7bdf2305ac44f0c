"""Care that comes again: its page, a pause, another weekday, the end."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.models import Via
from circle.web.middleware import PortalRequest, signed_in_user
from eldercare import actions
from eldercare.backoffice.series_forms import (
    ByPerson,
    EndSeriesForm,
    ExtendForm,
    MoveSeriesForm,
    PauseForm,
    ResumeForm,
)
from eldercare.models import CareSeries

SHOWN = 12  # dates, the latest of them


@require_safe
@never_cache
@login_required
def care_series(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/series/<code>/: what comes when, what became of each date, and what can be changed."""
    series = own_series(request, code)
    today = timezone.localdate()
    dates = series.dates.shown().order_by("-day")[:SHOWN]
    context = {
        "series": series,
        "dates": sorted(dates, key=lambda row: row.day),
        "pauses": series.pauses.filter(ends_on__gte=today),
    }
    return render(request, "eldercare/care_series.html", context)


def own_series(request: PortalRequest, code: str) -> CareSeries:
    rows = CareSeries.objects.mine(signed_in_user(request)).shown()
    found: CareSeries = get_object_or_404(rows, code=code)
    return found


def pause(series: CareSeries, said: dict[str, Any], **who: Any) -> str:
    actions.pause_series(series=series, **said, **who)
    return _("It pauses, and comes again by itself afterwards.")


def resume(series: CareSeries, said: dict[str, Any], **who: Any) -> str:
    actions.resume_series(series=series, **said, **who)
    return _("The pause is over: it comes again.")


def move(series: CareSeries, said: dict[str, Any], **who: Any) -> str:
    actions.move_series(series=series, **said, **who)
    return _("It has a new weekday or time. The elder-care station confirms it.")


def extend(series: CareSeries, said: dict[str, Any], **who: Any) -> str:
    actions.extend_series(series=series, **said, **who)
    return _("It goes on until that day. The elder-care station confirms it.")


def end(series: CareSeries, said: dict[str, Any], **who: Any) -> str:
    actions.end_series(series=series, **said, **who)
    return _("Done. What was booked of it is cancelled: the places help a neighbour.")


VERBS: dict[str, tuple[Any, type[ByPerson]]] = {
    "pause": (pause, PauseForm),
    "resume": (resume, ResumeForm),
    "move": (move, MoveSeriesForm),
    "extend": (extend, ExtendForm),
    "end": (end, EndSeriesForm),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def care_series_change(request: PortalRequest, code: str, verb: str) -> HttpResponse:
    """/eldercare/series/<code>/<pause|resume|move|extend|end>/: asks, then does it for all or the rest."""
    if verb not in VERBS:
        raise Http404
    series, (act, form_class) = own_series(request, code), VERBS[verb]
    initial = {"from_day": request.GET.get("from", "")}
    form: forms.Form = form_class(request.POST or None, row=series, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
        try:
            done = act(series, form.cleaned_data, **who)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            series.refresh_from_db()
        else:
            messages.success(request, done)
            return redirect(series)
    context = {"series": series, "form": form, "verb": verb, "late": late_dates(series, timezone.now())}
    status = 422 if form.errors else 200
    return render(request, "eldercare/care_series_change.html", context, status=status)


def late_dates(series: CareSeries, at: dt.datetime) -> list[Any]:
    """Booked, and too late to be changed here."""
    rows = series.dates.shown().to_come().filter(booking__starts_at__gt=at)
    return [row.booking for row in rows if row.booking and row.booking.cancellable_until(at) < at]
