"""Errands for residents: asking for them, and one case for the person whose it is."""

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
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.booking.own_pages import forget_view
from circle.booking.proof import Proof
from circle.identifiers.public_codes import parse_uuids
from circle.models import Via
from circle.web.middleware import PortalRequest, signed_in_user
from services import actions
from services.forms import AskForm, FindCaseForm
from services.models import AgencyCase, AgencyCaseQuerySet, Flow, ServiceItem
from services.views.booking import people_of
from services.views.case_answers import answer, page_of
from services.views.people import person_step


def with_rows(rows: AgencyCaseQuerySet) -> AgencyCaseQuerySet:
    return rows.shown().select_related("item__community", "mandate__agent")


PROOF = Proof("shown_cases", "find_case", AgencyCase.objects.all, with_rows)
forget_case = forget_view(PROOF)


def errand_item(request: PortalRequest, code: str) -> ServiceItem:
    items = ServiceItem.objects.public(request.community).offered(timezone.localdate())
    return get_object_or_404(items.filter(flow=Flow.AGENCY, status=ServiceItem.Status.ACTIVE), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask_errand(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/errands/: for whom. Newcomers give their name."""
    item = errand_item(request, code)
    step = person_step(request, people_of(request), item.age_bands)
    if step.person:
        query = urlencode({"resident": step.person})
        return redirect(f"{reverse('ask_errand_check', args=[item.code])}?{query}")
    if step.is_again:
        return redirect(request.get_full_path())
    return render(request, "services/errand_who.html", {"item": item} | step.context(), status=step.status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def ask_errand_check(request: PortalRequest, code: str) -> HttpResponse:
    """/services/<item>/errands/check/?resident=: what happens, and what we should know; POST asks for it."""
    item = errand_item(request, code)
    resident = people_of(request).filter(code__in=parse_uuids(request.GET.get("resident", ""))).first()
    if resident is None:
        return redirect("ask_errand", item.code)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
        try:
            case = actions.request_case(item=item, resident=resident, **said, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("We do it for you. We look at it within a working day."))
            return redirect(case)
    has_case = form.errors and form.has_error("__all__", code="already_requested")
    context = {
        "item": item,
        "resident": resident,
        "form": form,
        "existing": AgencyCase.objects.live().filter(item=item, resident=resident).first()
        if has_case
        else None,
    }
    return render(request, "services/errand_check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def find_case(request: PortalRequest) -> HttpResponse:
    """/services/case/: by case number and the last four digits of the phone number."""
    form = FindCaseForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            found = PROOF.find(request, form.cleaned_data["tail"], form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            PROOF.remember(request, found.code)
            return redirect(found)
    return render(request, "services/find_case.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
@PROOF.for_its_person
def case(request: PortalRequest, found: AgencyCase) -> HttpResponse:
    """/services/case/<no>/: where it stands, what is next and until when; what its person may do."""
    refused: ValidationError | None = None
    if request.method == "POST":
        try:
            return answer(request, found)
        except ValidationError as refusal:
            refused = refusal
            found = with_rows(AgencyCase.objects.all()).get(pk=found.pk)
    context: dict[str, Any] = page_of(request, found)
    context |= {"refused": refused, "is_shown_to_session": PROOF.is_given(request, found.code)}
    return render(request, "services/case.html", context, status=422 if refused else 200)
