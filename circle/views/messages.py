"""A resident's messages and message preference, and the check whether a message came from us."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle import actions
from circle.booking.form_keys import answer_once
from circle.forms import AddressCodeForm, MessageCodeForm, MessagePreferenceForm, masked_unconfirmed
from circle.hooks import hook_functions
from circle.models import Message, MessagePreference, Resident
from circle.notifications import community_quiet_hours, message_events, text_of
from circle.web.middleware import PortalRequest, signed_in_user

PER_PAGE = 20
SCOPE = "messages"  # of a mandate; only those for everything cover it


@require_safe
@never_cache
@login_required
def my_messages(request: PortalRequest) -> HttpResponse:
    """/me/messages/: all our messages, with their status."""
    user = signed_in_user(request)
    mine = Message.objects.to_person(user).select_related("community", "resident")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    people = Resident.objects.represented_by(user, SCOPE).select_related("message_preference")
    context = {
        "page": page,
        "notifications": [(message, text_of(message)) for message in page],
        "people": people,
    }
    return render(request, "circle/my_messages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def message_preference(request: PortalRequest, code: str) -> HttpResponse:
    """/me/messages/<resident>/: the message preference of this person."""
    user = signed_in_user(request)
    people = Resident.objects.represented_by(user, SCOPE).select_related("message_preference", "login")
    resident = get_object_or_404(people, code=code)
    form = MessagePreferenceForm(request.POST or None, resident=resident)
    if request.method == "POST" and form.is_valid():
        try:
            preference = actions.set_message_preference(
                resident=resident, at=timezone.now(), by=user, **form.action_values()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Kept. From the next message on we tell you in this way."))
            return redirect(*page_after(preference))
    context = {"form": form, "person": resident, "hours": community_quiet_hours(timezone.localdate())}
    return render(request, "circle/message_wish.html", context, status=422 if form.errors else 200)


def page_after(preference: MessagePreference) -> tuple[str, ...]:
    """The page that asks for a code, where an address waits for one."""
    if preference.unconfirmed:
        return "message_address", str(preference.resident.code)
    return ("my_messages",)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def message_address(request: PortalRequest, code: str) -> HttpResponse:
    """/me/messages/<resident>/address/: the code that went to an address; with `again`, a new one."""
    user, at = signed_in_user(request), timezone.now()
    people = Resident.objects.represented_by(user, SCOPE).values("pk")
    rows = MessagePreference.objects.select_related("resident").filter(resident__in=people)
    preference = get_object_or_404(rows, resident__code=code)
    if not preference.unconfirmed:
        return redirect("my_messages")
    is_again = request.method == "POST" and "again" in request.POST
    form = AddressCodeForm(None if is_again else request.POST or None)
    if is_again:
        return send_code_again(request, preference)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_address(preference=preference, code=form.cleaned_data["code"], at=at, by=user)
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            messages.success(request, _("The address is confirmed."))
            return redirect(*page_after(preference))
    context = {"form": form, "person": preference.resident, "addresses": masked_unconfirmed(preference)}
    return render(request, "circle/message_address.html", context, status=422 if form.errors else 200)


def send_code_again(request: PortalRequest, preference: MessagePreference) -> HttpResponse:
    try:
        actions.send_address_codes(preference=preference, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("A new code is on its way. The one before is no longer valid."))
    return redirect("message_address", preference.resident.code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_message_code(request: PortalRequest) -> HttpResponse:
    """/help/real/: whether a message came from us; shows its kind and day, never its recipient."""
    form = MessageCodeForm(request.POST or None)
    found: list[tuple[object, object]] = []
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked and not ratelimit.consume(request, action="check_message"):
        refusal = ValidationError(_("Too many attempts. Please wait a while, or phone us."), code="too_many")
        form.add_error(None, refusal)
        is_asked = False
    if is_asked:
        rows = Message.objects.with_message_code(form.cleaned_data["code"])[:5]
        events = message_events()
        found = [(events[row.event].label, row.created_at) for row in rows if row.event in events]
        found += [each for papers in hook_functions("real") for each in papers(form.cleaned_data["code"])]
    context = {"form": form, "found": found, "is_asked": is_asked}
    return render(request, "circle/real.html", context, status=422 if form.errors else 200)
