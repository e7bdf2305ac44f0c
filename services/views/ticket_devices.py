"""The devices of a hall: the screen with the numbers, the code at the entrance, the kiosk and its slip."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import parse_row_id
from circle.images.qr_codes import qr_data_uri
from circle.models.ratings import Level
from circle.web.middleware import PortalRequest
from circle.web.own_devices import mark_own_device
from services import actions
from services.actions.ticket_entrance import PERIOD, entrance_token
from services.actions.ticket_ratings import last_visit
from services.actions.ticket_rules import priority_choices
from services.models import Ticket, TicketHall
from services.models.ticket_halls import lines_of
from services.models.ticket_pace import standing_of
from services.views.tickets import public_hall

CALLED_SHOWN, NEXT_SHOWN = 6, 8
SECONDS_SHOWN, SECONDS_OF_SLIP, SECONDS_OF_THANKS = 8, 15, 5


@require_safe
@never_cache
def ticket_screen(request: PortalRequest, hall: str) -> HttpResponse:
    """/services/screen/<hall>/: which number goes where, readable from afar; no names and no matters."""
    facility, at = public_hall(hall), timezone.now()
    today = Ticket.objects.of_day(facility, timezone.localdate())
    called = today.filter(status__in=Ticket.IN_HAND).select_related("counter").order_by("-last_called_at")
    line = list(today.waiting().in_line(at))
    context = {
        "hall": facility,
        "called": called[:CALLED_SHOWN],
        "following": line[:NEXT_SHOWN],
        "waiting": len(line),
        "now": at,
    }
    return refreshing(render(request, "services/ticket_screen.html", context), str(SECONDS_SHOWN))


def refreshing(response: HttpResponse, after: str) -> HttpResponse:
    """Loaded again by the browser itself, without a script: seconds, and perhaps another address."""
    response["Refresh"] = after
    return response


def device_hall(key: str) -> TicketHall:
    halls = TicketHall.objects.select_related("facility__community")
    return get_object_or_404(halls, device_key=key, facility__is_published=True)


@require_safe
@never_cache
def ticket_entrance(request: PortalRequest, key: str) -> HttpResponse:
    """/services/entrance/<key>/: a display at the entrance; its code leads to drawing a number."""
    facility = device_hall(key).facility
    token = entrance_token(facility, timezone.now())
    url = request.build_absolute_uri(reverse("draw_ticket", args=[facility.short_code, token]))
    context = {"hall": facility, "qr": qr_data_uri(url), "url": url}
    page = render(request, "services/ticket_entrance.html", context)
    return mark_own_device(refreshing(page, str(PERIOD // 2)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def ticket_kiosk(request: PortalRequest, key: str) -> HttpResponse:
    """/services/kiosk/<key>/: large buttons; a number is drawn and its slip printed."""
    facility, refused = device_hall(key).facility, None
    if request.method == "POST":
        try:
            drawn = actions.draw_ticket(
                facility=facility,
                origin=Ticket.Origin.KIOSK,
                at=timezone.now(),
                prefix=request.POST.get("line", "")[:1],
                priority=request.POST.get("priority", "")[:10],
            )
            return redirect("ticket_slip", key, drawn.code)
        except ValidationError as refusal:
            refused = refusal
    choices = priority_choices(timezone.localdate())
    priority = request.GET.get("priority", "")
    context = {
        "hall": facility,
        "lines": lines_of(facility),
        "priorities": choices,
        "priority": priority if priority in dict(choices) else "",
        "refused": refused,
    }
    return mark_own_device(
        render(request, "services/ticket_kiosk.html", context, status=422 if refused else 200)
    )


@require_safe
@never_cache
def ticket_slip(request: PortalRequest, key: str, code: str) -> HttpResponse:
    """/services/kiosk/<key>/<code>/: the slip of 80 mm, and back to the kiosk by itself."""
    facility = device_hall(key).facility
    ticket = get_object_or_404(Ticket.objects.shown(), code=code, facility=facility)
    url = request.build_absolute_uri(ticket.get_absolute_url())
    context = {
        "hall": facility,
        "ticket": ticket,
        "standing": standing_of(ticket, timezone.now()),
        "qr": qr_data_uri(url),
        "back": reverse("ticket_kiosk", args=[key]),
    }
    page = render(request, "services/ticket_slip.html", context)
    return refreshing(page, f"{SECONDS_OF_SLIP};url={context['back']}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@answer_once
def ticket_faces(request: PortalRequest, key: str) -> HttpResponse:
    """/services/faces/<key>/[?counter=]: a tablet at the window; five faces for who was served just now."""
    facility, at, refused = device_hall(key).facility, timezone.now(), None
    counter = parse_row_id(request.GET.get("counter", ""))
    if request.method == "POST":
        try:
            actions.rate_last_visit(
                facility=facility,
                counter=counter,
                ticket=parse_row_id(request.POST.get("ticket", "")),
                level=parse_row_id(request.POST.get("level", "")),
                at=at,
            )
            return redirect(f"{reverse('ticket_faces', args=[key])}?counter={counter}&thanks=1")
        except ValidationError as refusal:
            refused = refusal
    is_thanks = bool(request.GET.get("thanks"))
    context = {
        "hall": facility,
        "ticket": None if is_thanks else last_visit(facility, counter, at),
        "levels": Level.choices,
        "is_thanks": is_thanks,
        "refused": refused,
        "counter": counter,
    }
    page = render(request, "services/ticket_faces.html", context, status=422 if refused else 200)
    return mark_own_device(refreshing(page, f"{SECONDS_OF_THANKS};url=?counter={counter}"))
