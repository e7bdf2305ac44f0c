"""The people I act for, my agents, and the check of a number that was unused for long."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circle.actions import (
    confirm_mandate,
    lift_refusal,
    offer_mandate,
    refuse_acting,
    revoke_mandate,
    settle_doubt,
)
from circle.audit.log import record_refusal
from circle.booking.form_keys import answer_once
from circle.forms import MandateForm, NumberForm
from circle.identifiers.public_codes import parse_uuids
from circle.models import ActingBan, Mandate, Resident
from circle.web.middleware import ACTING_FOR_KEY, PortalRequest, signed_in_user

READ_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@login_required
def people(request: PortalRequest) -> HttpResponse:
    """/me/people/: the person to act for; mandates asked for, offered and given; bans."""
    user, today = signed_in_user(request), timezone.localdate()
    own = Resident.objects.own(user)
    mandates = Mandate.objects.not_ended(today).select_related("principal", "agent")
    given = mandates.filter(principal__in=own.values("pk"))
    context = {
        "own": own.select_related("building"),
        "children": Resident.objects.with_wards(user).exclude(pk__in=own.values("pk")),
        "others": Resident.objects.represented_by(user).exclude(
            pk__in=Resident.objects.with_wards(user).values("pk")
        ),
        "asked": mandates.filter(agent=user, is_confirmed=False),
        "held": mandates.personal().filter(agent=user, is_confirmed=True),
        "given": given,
        "bans": ActingBan.objects.in_force()
        .filter(principal__in=own.values("pk"))
        .select_related("principal", "agent"),
        "next": safe_next(request, request.GET.get("next", "")),
    }
    return render(request, "circle/people.html", context)


@require_POST
@never_cache
@login_required
def act_for(request: PortalRequest) -> HttpResponse:
    """/me/people/act/: choose the person for all pages; without one, oneself again."""
    found = Resident.objects.represented_by(signed_in_user(request)).filter(
        code__in=parse_uuids(request.POST.get("person", ""))
    )
    person = found.first()
    if person:
        request.session[ACTING_FOR_KEY] = str(person.code)
    else:
        request.session.pop(ACTING_FOR_KEY, None)
        if request.POST.get("person"):
            messages.error(request, _("You may not act for this person."))
    return redirect(safe_next(request, request.POST.get("next", "")) or "me")


@require_http_methods(READ_AND_POST)
@never_cache
@login_required
@answer_once
def mandate_new(request: PortalRequest) -> HttpResponse:
    """/me/mandates/new/: ask a relative to act for me."""
    form = MandateForm(
        request.POST if request.method == "POST" else None,
        people=Resident.objects.own(signed_in_user(request)),
    )
    if request.method == "POST" and form.is_valid() and offer_from_form(request, form):
        messages.success(request, _("Asked. It holds once they have agreed."))
        return redirect("people")
    return render(request, "circle/mandate_new.html", {"form": form}, status=422 if form.errors else 200)


def offer_from_form(request: PortalRequest, form: MandateForm) -> bool:
    try:
        offer_mandate(at=timezone.now(), by=signed_in_user(request), **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error("phone" if refusal.code in ("phone_invalid", "own_phone") else None, refusal)
        note_mandate_refusal(request, form.cleaned_data["principal"], "mandate_offered", refusal)
        return False
    return True


@require_POST
@never_cache
@login_required
@answer_once
def mandate_answer(request: PortalRequest, code: str, verb: str) -> HttpResponse:
    """/me/mandates/<code>/<verb>/: agree to a mandate, or end it, as agent or principal."""
    user, at = signed_in_user(request), timezone.now()
    own = Resident.objects.own(user).values("pk")
    mine = Mandate.objects.filter(agent=user) | Mandate.objects.filter(principal__in=own)
    mandate = get_object_or_404(mine.select_related("principal"), code=code)
    try:
        if verb == "confirm":
            confirm_mandate(mandate=mandate, at=at, by=user)
        else:
            revoke_mandate(mandate=mandate, at=at, by=user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], refusal.code or "")
        note_mandate_refusal(request, mandate.principal, "mandate_confirmed", refusal)
    return redirect("people")


@require_POST
@never_cache
@login_required
@answer_once
def refuse(request: PortalRequest) -> HttpResponse:
    """/me/refusals/: ban this agent (of the mandate), or everybody, from acting for me."""
    user = signed_in_user(request)
    own = Resident.objects.own(user)
    mandates = Mandate.objects.filter(principal__in=own.values("pk")).select_related("principal", "agent")
    mandate = mandates.filter(code__in=parse_uuids(request.POST.get("mandate", ""))).first()
    principal = (
        mandate.principal
        if mandate
        else own.filter(code__in=parse_uuids(request.POST.get("person", ""))).first()
    )
    if principal:
        agent = mandate.agent if mandate else None
        refuse_acting(principal=principal, agent=agent, at=timezone.now(), by=user)
        messages.success(request, _("It is kept. Nobody can arrange it otherwise, not even at the window."))
    return redirect("people")


@require_POST
@never_cache
@login_required
@answer_once
def allow(request: PortalRequest, code: str) -> HttpResponse:
    """/me/refusals/<code>/lift/"""
    user = signed_in_user(request)
    own = Resident.objects.own(user).values("pk")
    ban = get_object_or_404(ActingBan.objects.select_related("principal"), code=code, principal__in=own)
    lift_refusal(ban=ban, at=timezone.now(), by=user)
    return redirect("people")


@require_http_methods(READ_AND_POST)
@never_cache
@login_required
@answer_once
def number(request: PortalRequest) -> HttpResponse:
    """/me/number/: the owner of a number unused for half a year proves that it is theirs."""
    user = signed_in_user(request)
    wanted = safe_next(request, request.GET.get("next", "")) or "me"
    if not user.in_doubt_since:
        return redirect(wanted)
    form = NumberForm(request.POST if request.method == "POST" else None, community=request.community)
    if request.method == "POST" and form.is_valid():
        try:
            settle_doubt(user=user, community=request.community, at=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(wanted)
    return render(request, "circle/number.html", {"form": form}, status=422 if form.errors else 200)


def safe_next(request: PortalRequest, url: str) -> str:
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


def note_mandate_refusal(
    request: PortalRequest, subject: Resident, verb: str, refusal: ValidationError
) -> None:
    record_refusal(
        verb=verb,
        code=refusal.code or "",
        subject=subject,
        community=subject.community,
        at=timezone.now(),
        actor=signed_in_user(request),
    )
