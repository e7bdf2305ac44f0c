"""Repairs: reporting one, where it stands, and the page of a firm that has a link and no account."""

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
from circle.models import User, Via
from circle.web.middleware import PortalRequest, signed_in_user
from circle.web.rate_limits import is_rate_limited
from services import actions
from services.forms import RepairDoneForm, RepairForm
from services.models import Repair, RepairLink
from services.models.repairs import MOST_PHOTOS, repair_photo_days
from services.views.booking import people_of
from services.views.people import person_step

TRIES, HOUR = 60, 3600  # of one connection at the links of firms: a token is not found by trying


@require_safe
@never_cache
def repairs(request: PortalRequest) -> HttpResponse:
    """/services/repairs/: what to do at once, what happens then, and the way to the form."""
    return render(request, "services/repairs.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def report_repair(request: PortalRequest) -> HttpResponse:
    """/services/repairs/new/: at whose home, or who has seen it. Newcomers give their name."""
    step = person_step(request, people_of(request), [])
    if step.person:
        return redirect(f"{reverse('report_repair_check')}?{urlencode({'resident': step.person})}")
    if step.is_again:
        return redirect(request.get_full_path())
    return render(request, "services/repair_who.html", step.context(), status=step.status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def report_repair_check(request: PortalRequest) -> HttpResponse:
    """/services/repairs/new/check/?resident=: what is broken and where, with a photo; POST reports it."""
    people = people_of(request).select_related("building", "household")
    resident = people.filter(code__in=parse_uuids(request.GET.get("resident", ""))).first()
    if resident is None:
        return redirect("report_repair")
    is_sent = request.method == "POST"
    initial = {"place": home_of(resident), "gives_phone": True}
    form = RepairForm(request.POST if is_sent else None, request.FILES if is_sent else None, initial=initial)
    if is_sent and form.is_valid():
        said: dict[str, Any] = {"via": Via.ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
        try:
            made = actions.report_repair(resident=resident, **said, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("We have it, and tell you today who comes."))
            return redirect(made)
    context = {"resident": resident, "form": form}
    return render(request, "services/repair_check.html", context, status=422 if form.errors else 200)


def home_of(resident: Any) -> str:
    door = resident.household.door if resident.household else ""
    return f"{resident.building or ''} {door}".strip()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def repair(request: PortalRequest, code: str) -> HttpResponse:
    """/services/repairs/<no>/: where it stands; POST sends another photo or says that it is not needed."""
    user = signed_in_user(request)
    found = get_object_or_404(Repair.objects.mine(user).shown(), code=code)
    refused: ValidationError | None = None
    if request.method == "POST":
        try:
            answer(request, found, user)
        except ValidationError as refusal:
            refused = refusal
            found.refresh_from_db()
        else:
            return redirect(found)
    photos = list(found.photos.all())
    context = {
        "repair": found,
        "refused": refused,
        "photos": photos,
        "may_cancel": found.status in (Repair.Status.REPORTED, Repair.Status.FORWARDED),
        "may_send": found.is_live and sum(not each.shows_result for each in photos) < MOST_PHOTOS,
        "photo_days": repair_photo_days(timezone.localdate()),
    }
    return render(request, "services/repair.html", context, status=422 if refused else 200)


def answer(request: PortalRequest, found: Repair, user: User) -> None:
    """Refuses: photo_missing, and as the actions."""
    if request.POST.get("verb") == "cancel":
        reason = request.POST.get("reason", "")
        actions.cancel_repair(repair=found, reason=reason, via=Via.ONLINE, at=timezone.now(), by=user)
        messages.success(request, _("Cancelled."))
        return
    photo = request.FILES.get("photo")
    if photo is None:
        raise ValidationError(_("Choose a photo first."), code="photo_missing")
    actions.add_repair_photo(repair=found, photo=photo, at=timezone.now(), by=user)
    messages.success(request, _("The photo is here."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def repair_link(request: PortalRequest, code: str, token: str) -> HttpResponse:
    """/services/repairs/<no>/firm/<token>/: what is broken where; POST says once that it is done."""
    is_sent = request.method == "POST"
    form = RepairDoneForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    link: RepairLink | None = None
    refused: ValidationError | None = None
    try:
        if is_rate_limited(request, "repair_link", TRIES, HOUR):
            raise ValidationError(_("Too many attempts. Please wait an hour."), code="too_many")
        link = actions.link_for(code, token, timezone.now())
    except ValidationError as refusal:
        refused = refusal
    if link and is_sent and form.is_valid():
        try:
            actions.complete_repair(link=link, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return render(request, "services/repair_thanks.html", {"repair": link.repair})
    context = {
        "link": link,
        "repair": link.repair if link else None,
        "photos": link.repair.photos.all() if link else [],
        "form": form,
        "refused": refused,
    }
    status = 404 if refused else 422 if form.errors else 200
    response = render(request, "services/repair_link.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
