"""Wheelchairs and walking aids to borrow: what is there, reserving one, and one's own loan."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Via
from circle.web.middleware import PortalRequest, signed_in_user
from services import actions
from services.models import AidLoan, AidStock
from services.views.booking import people_of
from services.views.people import person_step


@require_safe
@never_cache
def loans(request: PortalRequest) -> HttpResponse:
    """/services/loans/: what is lent, and how many of each are there at this moment."""
    stocks = AidStock.objects.public(request.community).select_related("facility").order_by("code")
    return render(request, "services/loans.html", {"stocks": stocks})


def stock_to_reserve(request: PortalRequest, code: str) -> AidStock:
    stocks = AidStock.objects.public(request.community).select_related("facility")
    found: AidStock = get_object_or_404(stocks, code=code)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def borrow(request: PortalRequest, code: str) -> HttpResponse:
    """/services/loans/ask/<aid>/: for whom. Newcomers give their name."""
    stock = stock_to_reserve(request, code)
    step = person_step(request, people_of(request), [])
    if step.person:
        return redirect(f"{reverse('borrow_check', args=[code])}?{urlencode({'resident': step.person})}")
    if step.is_again:
        return redirect(request.get_full_path())
    return render(request, "services/borrow_who.html", {"stock": stock} | step.context(), status=step.status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def borrow_check(request: PortalRequest, code: str) -> HttpResponse:
    """/services/loans/ask/<aid>/check/?resident=: where to fetch it and until when; POST reserves it."""
    stock = stock_to_reserve(request, code)
    resident = people_of(request).filter(code__in=parse_uuids(request.GET.get("resident", ""))).first()
    if resident is None:
        return redirect("borrow", code)
    refused: ValidationError | None = None
    if request.method == "POST":
        said: dict[str, Any] = {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
        try:
            loan = actions.reserve_aid(stock=stock, resident=resident, **said)
        except ValidationError as refusal:
            refused = refusal
        else:
            messages.success(request, _("It is kept for you."))
            return redirect(loan)
    context = {
        "stock": stock,
        "resident": resident,
        "refused": refused,
        "existing": AidLoan.objects.holding().filter(stock=stock, resident=resident).first(),
        "fetch_by": timezone.localdate() + dt.timedelta(days=stock.held_days),
    }
    return render(request, "services/borrow_check.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def loan(request: PortalRequest, code: str) -> HttpResponse:
    """/services/loans/<no>/: until when to fetch it or to bring it back; POST cancels a reservation."""
    user = signed_in_user(request)
    found = get_object_or_404(AidLoan.objects.mine(user).shown(), code=code)
    refused: ValidationError | None = None
    if request.method == "POST":
        try:
            actions.cancel_loan(loan=found, via=Via.ONLINE, at=timezone.now(), by=user)
        except ValidationError as refusal:
            refused = refusal
        else:
            messages.success(request, _("Cancelled. It helps a neighbour."))
            return redirect(found)
    context = {"loan": found, "refused": refused, "is_late": found.is_late(timezone.localdate())}
    return render(request, "services/loan.html", context, status=422 if refused else 200)
