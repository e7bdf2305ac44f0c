"""What staff do with one booking: asked first where it cannot simply be taken back, then done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from circle.backoffice.confirmation import Answer, Question, render_question, show_refusal
from circle.models import Via, within_posts
from eldercare.actions.outcomes import OUTCOME_LENGTH, care_team
from eldercare.admin.pages import note_care_reading, require_work, sheet_of
from eldercare.backoffice.bookings import CHANGE, OF_WORKERS, VERBS, CareVerb, can_read_needs
from eldercare.models import CareBooking
from eldercare.models.bookings import visits_of


def verb_of(request: HttpRequest, name: str) -> CareVerb:
    require_work(request)
    if name not in VERBS:
        raise Http404
    if name not in OF_WORKERS and not request.user.has_perm(CHANGE):
        raise PermissionDenied
    return VERBS[name]


def booking_of(request: HttpRequest, code: str, verb: CareVerb) -> CareBooking:
    """Where a post gives the right to change it, or for a worker's own verbs where the visit is theirs."""
    is_workers = verb.name in OF_WORKERS and not request.user.has_perm(CHANGE)
    mine = visits_of(request.user) if is_workers else within_posts(request.user, CHANGE)
    bookings = CareBooking.objects.filter(mine).shown()
    found = bookings.select_related("community", "elder__login", "booked_by", "mandate")
    booking = get_object_or_404(found, code=code)
    if is_workers and booking.assigned_to_id != request.user.pk:
        raise PermissionDenied
    return booking


@require_safe
def ask_first(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """carebooking/ask/<code>/<verb>/: says what it will do, and asks for what it needs to know."""
    verb = verb_of(request, name)
    booking = booking_of(request, code, verb)
    note_care_reading(request, booking)
    return asked(request, booking, verb, back=request.GET.get("back", ""))


@require_POST
def do(request: HttpRequest, code: str) -> HttpResponse:
    """carebooking/do/<code>/: does it, and goes back to where it was chosen."""
    verb = verb_of(request, request.POST.get("verb", ""))
    booking, back = booking_of(request, code, verb), request.POST.get("back", "")
    try:
        more = {} if verb.name not in GIVEN else GIVEN[verb.name](request, booking)
        verb.act(booking=booking, at=timezone.now(), by=request.user, **more)
    except ValidationError as refusal:
        if verb.asks:
            return asked(request, booking, verb, back=back, refusal=refusal)
        show_refusal(request, refusal)
    else:
        words = {"name": booking.elder.name, "code": booking.code, "status": booking.get_status_display()}
        messages.success(request, gettext("%(name)s, %(code)s: %(status)s.") % words)
    return redirect(address(booking, back))


def given_day(request: HttpRequest, booking: CareBooking) -> dict[str, Any]:
    try:
        return {"day": parse_date(request.POST.get("day", ""))}
    except ValueError:  # such as 2026-02-30
        return {"day": None}


def given_worker(request: HttpRequest, booking: CareBooking) -> dict[str, Any]:
    key = request.POST.get("worker", "")
    posts = care_team(booking, timezone.now()).select_related("user")
    post = posts.filter(user=key).first() if key.isdecimal() else None
    if post is None:
        raise ValidationError(gettext("Choose who is to go."), code="worker_missing")
    return {"worker": post.user}


GIVEN = {
    "agree": given_day,
    "assign": given_worker,
    "cancel": lambda request, booking: {"via": Via.PHONE},
    "revoke": lambda request, booking: {"reason": request.POST.get("reason", "")},
    "settle": lambda request, booking: {"outcome": request.POST.get("outcome", "")},
}


def asked(
    request: HttpRequest,
    booking: CareBooking,
    verb: CareVerb,
    *,
    back: str,
    refusal: ValidationError | None = None,
) -> HttpResponse:
    question = Question(
        title=str(verb.label),
        button=str(verb.label),
        back=address(booking, back),
        sentences=[str(verb.sentence)] if verb.sentence else [],
        hidden=[("verb", verb.name), ("back", back)],
        url=reverse("admin:eldercare_carebooking_do", args=[booking.code]),
        answer=answer_of(request, verb),
        refusal=refusal,
    )
    hides_note = not can_read_needs(booking, request.user)
    more: dict[str, Any] = {"booking": booking, "verb": verb, "hides_note": hides_note}
    if verb.name == "assign":
        posts = care_team(booking, timezone.now()).select_related("user").order_by("user__name", "pk")
        more["team"] = list({post.user_id: post.user for post in posts}.values())
    if verb.name == "agree":
        more["day"] = request.POST.get("day") or (booking.day.isoformat() if booking.day else "")
    return render_question(request, question, "admin/eldercare/ask.html", **more)


def answer_of(request: HttpRequest, verb: CareVerb) -> Answer | None:
    said = request.POST.get(verb.answer, "")
    if verb.answer == "outcome":
        return Answer("outcome", gettext("What you found"), said, OUTCOME_LENGTH)
    return Answer("reason", gettext("Reason"), said) if verb.answer else None


def address(booking: CareBooking, back: str) -> str:
    """Of the day's sheet where the verb was chosen there, of the person's card, or of the booking itself."""
    if back == "card":
        return reverse("admin:circle_resident_card", args=[booking.elder.code])
    if back == "change":
        return reverse("admin:eldercare_carebooking_change", args=[booking.pk])
    return sheet_of(booking.day)
