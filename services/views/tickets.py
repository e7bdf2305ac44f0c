"""Drawing a number with one's own phone at the entrance, and one's place in the line."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.models import Facility, Mandate, Resident, User, ids_represented_by
from circle.web.middleware import PortalRequest
from circle.web.rate_limits import is_rate_limited
from services import actions
from services.actions.ticket_entrance import refuse_old_token
from services.actions.ticket_news import NEAR
from services.actions.ticket_ratings import rating_of
from services.actions.ticket_rules import priority_choices
from services.models import Ticket
from services.models.ticket_halls import lines_of
from services.models.ticket_pace import standing_of

MINE = "my_ticket"  # of the session: one phone draws one number at a time
DRAWS, HOUR = 300, 3600  # over the hall's Wi-Fi many phones have one address
SECONDS = "30"


def public_hall(code: str) -> Facility:
    halls = Facility.objects.filter(is_published=True).select_related("community")
    return get_object_or_404(halls, short_code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def draw_ticket(request: PortalRequest, hall: str, token: str) -> HttpResponse:
    """/services/draw/<hall>/<token>/: the address in the QR code at the entrance."""
    facility, at = public_hall(hall), timezone.now()
    mine = Ticket.objects.live().filter(code=request.session.get(MINE, ""), facility=facility).first()
    if mine is not None and mine.day == timezone.localdate():
        return redirect(mine)
    refused = None
    try:
        refuse_old_token(facility, token, at)
        if request.method == "POST":
            return redirect(draw_own(request, facility))
    except ValidationError as refusal:
        refused = refusal
    context = {
        "hall": facility,
        "lines": lines_of(facility),
        "priorities": priority_choices(timezone.localdate()),
        "refused": refused,
        "is_old": refused is not None and refused.code == "entrance_code_old",
    }
    return render(request, "services/draw_ticket.html", context, status=422 if refused else 200)


def draw_own(request: PortalRequest, facility: Facility) -> Ticket:
    """Refuses: too_many, and as `draw_ticket`."""
    if is_rate_limited(request, "draw_ticket", DRAWS, HOUR):
        raise ValidationError(_("Too many numbers from this connection."), code="too_many")
    ticket = actions.draw_ticket(
        facility=facility,
        origin=Ticket.Origin.PHONE,
        at=timezone.now(),
        by=request.user if isinstance(request.user, User) else None,
        prefix=request.POST.get("line", "")[:1],
        priority=request.POST.get("priority", "")[:10],
        resident=own_resident(request, facility),
    )
    request.session[MINE] = ticket.code
    return ticket


def own_resident(request: PortalRequest, facility: Facility) -> Resident | None:
    """Who is signed in gets a message when it is nearly their turn."""
    if not isinstance(request.user, User):
        return None
    own = Resident.objects.own(request.user).filter(community=facility.community_id)
    return own.living().first()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def ticket(request: PortalRequest, code: str) -> HttpResponse:
    """/services/tickets/<code>/: the place in line; whoever has the address may see it, it names nobody."""
    found = get_object_or_404(Ticket.objects.shown(), code=code)
    may_leave = is_own(request, found)
    if request.method == "POST" and not may_leave and "rate" not in request.POST:
        raise PermissionDenied
    if request.method == "POST":
        try:
            if "rate" in request.POST:
                return redirect(actions.open_ticket_rating(ticket=found, at=timezone.now()))
            actions.give_up_ticket(ticket=found, at=timezone.now(), by=None)
        except ValidationError as refusal:
            context = ticket_context(found) | {"refused": refusal, "may_leave": may_leave}
            return render(request, "services/ticket.html", context, status=422)
        return redirect(found)
    is_still = bool(request.GET.get("still"))
    context = ticket_context(found) | {"may_leave": may_leave, "is_still": is_still}
    page = render(request, "services/ticket.html", context)
    if found.is_live and not is_still:
        page["Refresh"] = SECONDS  # by the browser itself, without a script
    return page


def is_own(request: PortalRequest, found: Ticket) -> bool:
    """Drawn on this phone, or by who is signed in: a slip that lies about gives nobody's place away."""
    if request.session.get(MINE) == found.code:
        return True
    user = request.user
    return isinstance(user, User) and found.resident_id in ids_represented_by(user, Mandate.Scope.BOOKINGS)


def ticket_context(found: Ticket) -> dict[str, Any]:
    context: dict[str, Any] = {"ticket": found}
    if found.status == Ticket.Status.WAITING:
        standing = standing_of(found, timezone.now())
        context |= {"standing": standing, "is_near": standing.before <= NEAR}
    if found.status == Ticket.Status.DONE:
        rating = rating_of(found)
        context["may_rate"] = rating is None or rating.is_open_at(timezone.now())
    return context
