"""The clerk's window: one key for each thing that is done with a number."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.backoffice.confirmation import show_refusal
from circle.backoffice.intake import people_at_desk
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.identifiers.public_codes import parse_row_id, parse_uuids
from circle.models import User
from services import actions
from services.actions.ticket_notes import changed_meanwhile
from services.actions.window_people import register_at_window
from services.admin.pages import halls, page
from services.admin.window_search import Found, NewcomerForm, search_at_window
from services.backoffice.window import window_of
from services.models import Counter, ServiceItem, Ticket

CHANGE = "services.change_ticket"


@require_safe
def windows(request: HttpRequest) -> HttpResponse:
    """ticket/window/: the counters where this user may call, first those of halls with bookings of late."""
    require_permissions(request, CHANGE)
    rows = Counter.objects.working().filter(within_reach(request, CHANGE), items__isnull=False)
    order = {each.pk: number for number, each in enumerate(halls(request, CHANGE))}
    counters = sorted(
        rows.select_related("facility").distinct().order_by("code"),
        key=lambda counter: order[counter.facility_id],
    )
    if len(counters) == 1:
        return redirect("admin:services_ticket_window", counters[0].pk)
    return page(request, "ticket/windows.html", gettext("Windows"), counters=counters)


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """ticket/window/<counter>/: the next, again, has come, skip, park, send on, done; and who it is."""
    require_permissions(request, CHANGE)
    counters = Counter.objects.filter(within_reach(request, CHANGE)).select_related("facility__community")
    counter = get_object_or_404(counters, pk=pk)
    found: Found | None = None
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        try:
            if verb == "find":
                found = search_at_window(request, counter, request.POST.get("q", ""))
            else:
                act(request, counter, verb)
        except ValidationError as refusal:
            show_refusal(request, refusal)
        if found is None or found.is_done:
            return redirect("admin:services_ticket_window", pk)
    return page(
        request,
        "ticket/window.html",
        f"{counter.facility.name} · {counter.name}",
        counter=counter,
        window=window_of(counter, cast(User, request.user), timezone.now()),
        found=found,
        may_register=request.user.has_perm("circle.add_resident"),
        screen=reverse("ticket_screen", args=[counter.facility.short_code]),
    )


def act(request: HttpRequest, counter: Counter, verb: str) -> None:
    """Refuses: as the actions; nothing_in_hand, changed_meanwhile (the page is about another number)."""
    who: Any = {"at": timezone.now(), "by": cast(User, request.user)}
    if verb == "next":
        refuse_other(request, Ticket.objects.in_hand_of(who["by"]).first())  # which this finishes
        called = actions.call_next(counter=counter, **who)
        messages.success(request, gettext("%(number)s is called.") % {"number": called.label})
    elif verb in ASIDE:
        ASIDE[verb](request, counter, **who)
    elif verb in IN_HAND:
        IN_HAND[verb](request, ticket_in_hand(request), **who)
    else:
        raise Http404


def ticket_in_hand(request: HttpRequest) -> Ticket:
    rows = Ticket.objects.in_hand_of(cast(User, request.user)).select_related("community", "booking")
    found = rows.first()
    if found is None:
        raise ValidationError(gettext("Call somebody first."), code="nothing_in_hand")
    refuse_other(request, found)
    return found


def refuse_other(request: HttpRequest, in_hand: Ticket | None) -> None:
    """A second tab may have called somebody since the page was read.

    Refuses: changed_meanwhile.
    """
    if in_hand is not None and in_hand.code != request.POST.get("ticket", ""):
        raise changed_meanwhile()


def chosen_ticket(request: HttpRequest, counter: Counter) -> Ticket:
    rows = Ticket.objects.filter(facility=counter.facility_id)
    return get_object_or_404(rows, code=request.POST.get("ticket", ""))


def simply(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda request, ticket, **who: action(ticket=ticket, **who)


def transfer(request: HttpRequest, ticket: Ticket, **who: Any) -> None:
    to = get_object_or_404(
        Counter.objects.select_related("facility"), pk=parse_row_id(request.POST.get("to", ""))
    )
    actions.transfer_ticket(ticket=ticket, to=to, **who)


def name(request: HttpRequest, ticket: Ticket, **who: Any) -> None:
    require_permissions(request, "circle.view_resident")
    people = people_at_desk(request, ticket.community)
    resident = get_object_or_404(people, code__in=parse_uuids(request.POST.get("resident", "")))
    actions.name_ticket(ticket=ticket, resident=resident, **who)


def register(request: HttpRequest, ticket: Ticket, **who: Any) -> None:
    require_permissions(request, "circle.add_resident")
    form = NewcomerForm(request.POST)
    if not form.is_valid():
        raise next(iter(form.errors.as_data().values()))[0]
    register_at_window(ticket=ticket, **form.cleaned_data, **who)


def add_item(request: HttpRequest, ticket: Ticket, **who: Any) -> None:
    items = ServiceItem.objects.filter(community=ticket.community_id)
    item = get_object_or_404(items, code=request.POST.get("item", ""))
    actions.add_item(ticket=ticket, item=item, **who)


IN_HAND: dict[str, Callable[..., Any]] = {
    "again": simply(actions.call_again),
    "start": simply(actions.start_serving),
    "skip": simply(actions.skip_ticket),
    "park": simply(actions.park_ticket),
    "done": simply(actions.finish_ticket),
    "transfer": transfer,
    "name": name,
    "register": register,
    "item": add_item,
}
ASIDE: dict[str, Callable[..., Any]] = {
    "call": lambda request, counter, **who: actions.call_ticket(
        ticket=chosen_ticket(request, counter), counter=counter, **who
    ),
    "return": lambda request, counter, **who: actions.return_ticket(
        ticket=chosen_ticket(request, counter), **who
    ),
}
