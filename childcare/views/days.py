"""A child's days in the nursery, for its family: read, stay at home, leave. Addresses name it by a code."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from childcare import actions
from childcare.forms.days import AbsenceForm, LeaveForm
from childcare.models import Application, ChildDay
from childcare.views.mine import ONLINE, answered, is_guardian_of
from circle.audit.log import record_reading
from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user

SHOWN = 20
ALWAYS = ["GET", "HEAD", "POST"]
Status = Application.Status


def my_child(request: PortalRequest, code: str) -> Application:
    """An enrolled child, or one that has left, whom this login may act for."""
    found = Application.objects.mine(signed_in_user(request)).exclude(child=None).shown()
    return get_object_or_404(found, code=code, status__in=[Status.ENROLLED, Status.LEFT])


@require_safe
@never_cache
@login_required
def child(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/children/<code>/: the latest days, coming absences, who may collect it."""
    found, today, at = my_child(request, code), timezone.localdate(), timezone.now()
    user = signed_in_user(request)
    is_guardian = is_guardian_of(user, found)
    days = ChildDay.objects.filter(application=found).shown()
    past = days.filter(day__lte=today).exclude(status=ChildDay.Status.EXPECTED)
    if found.child and not is_guardian:
        record_reading(by=user, resident=found.child, page="child_day", row=found.pk, at=at)
    context = {
        "application": found,
        "days": past.order_by("-day").prefetch_related("outings__collected_by")[:SHOWN],
        "absences": days.filter(day__gte=today, status=ChildDay.Status.ABSENT).order_by("day"),
        "collectors": actions.collectors_of(found.child, at),
        "is_guardian": is_guardian,
        "is_enrolled": found.status == Status.ENROLLED,
    }
    return answered(request, "child.html", context, is_wrong=False)


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def absence(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/children/<code>/absence/: one day or several at home; twice is one."""
    found, at = my_child(request, code), timezone.now()
    form = AbsenceForm(request.POST if request.method == "POST" else None)

    def act() -> Any:
        by = signed_in_user(request)
        return actions.report_absence(application=found, via=ONLINE, at=at, by=by, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and try_action(form, act):
        messages.success(request, _("We know that your child stays at home. Thank you."))
        return redirect("child", code)
    context = {"application": found, "form": form}
    return answered(request, "absence.html", context, is_wrong=bool(form.errors))


def try_action(form: Any, act: Callable[[], Any]) -> bool:
    try:
        act()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_POST
@never_cache
@login_required
@answer_once
def absence_cancel(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/children/<code>/absence/cancel/: comes after all on that day."""
    found = my_child(request, code)
    rows = ChildDay.objects.filter(application=found).shown().select_related("application__guardian")
    row = get_object_or_404(rows, day=day_named(request.POST.get("day", "")))
    try:
        actions.cancel_absence(child_day=row, via=ONLINE, at=timezone.now(), by=signed_in_user(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], refusal.code or "")
    return redirect("child", code)


def day_named(said: str) -> dt.date | None:
    try:
        return parse_date(said)
    except ValueError:  # such as 2026-02-30
        return None


@require_http_methods(ALWAYS)
@never_cache
@login_required
@answer_once
def leave(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/children/<code>/leave/: which day is the last one; a guardian says it."""
    found, at = my_child(request, code), timezone.now()
    form = LeaveForm(request.POST if request.method == "POST" else None, application=found)

    def act() -> Any:
        return actions.give_notice(
            application=found, via=ONLINE, at=at, by=signed_in_user(request), **form.cleaned_data
        )

    if request.method == "POST" and form.is_valid() and try_action(form, act):
        messages.success(
            request, _("We have written down the last day. Until then you can change your mind.")
        )
        return redirect("child", code)
    return answered(request, "leave.html", {"application": found, "form": form}, is_wrong=bool(form.errors))


@require_POST
@never_cache
@login_required
@answer_once
def stay(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/children/<code>/stay/: the child stays after all."""
    try:
        found = my_child(request, code)
        actions.withdraw_notice(application=found, via=ONLINE, at=timezone.now(), by=signed_in_user(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], refusal.code or "")
    return redirect("child", code)
