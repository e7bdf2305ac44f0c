"""The list of in-person messages, by grid and building, and slips to leave there."""

import datetime as dt
from itertools import groupby
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circle.actions import reassign_in_person_message, record_in_person_outcome
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import posts_with_permission
from circle.identifiers.public_codes import parse_row_id
from circle.models import Building, Grid, Message, StaffPost, User
from circle.models.roles import Role
from circle.notifications import text_of
from circle.notifications.in_person import IN_PERSON_PERMISSION

LIST_LIMIT = 300
Outcome = Message.Outcome


def in_person_messages(rows: Any, grid: str) -> list[Message]:
    """Those of `rows` that wait, by building and flat; `grid` is a code or empty."""
    waiting = rows.awaiting_in_person().select_related(
        "community", "resident__household", "resident__building__grid", "user", "assigned_to"
    )
    if grid:
        waiting = waiting.filter(resident__building__grid__code=grid)
    order = ["resident__building__grid__code", "resident__building__code", "resident__household__door", "id"]
    return list(waiting.order_by(*order)[:LIST_LIMIT])


def group_by_building(
    rows: list[Message], at: dt.datetime
) -> list[tuple[Building | None, list[tuple[Message, str, bool]]]]:
    """By building; each message with its text and whether it is due today."""

    def house(message: Message) -> Building | None:
        return message.resident.building if message.resident else None

    return [
        (building, [(row, text_of(row), row.due_at <= at) for row in group])
        for building, group in groupby(rows, key=house)
    ]


@require_safe
def in_person_list(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """message/knock/?grid=: whom to notify in person; ?print=1 gives slips to tear off."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    rows, at = model_admin.get_queryset(request), timezone.now()
    grid = request.GET.get("grid", "")
    chosen = in_person_messages(rows, grid)
    is_print = bool(request.GET.get("print"))
    if is_print:
        chosen = [row for row in chosen if row.due_at <= at]
    context = admin.site.each_context(request) | {
        "title": _("Knock list"),
        "houses": group_by_building(chosen, at),
        "grids": Grid.objects.filter(buildings__people__messages__in=rows.awaiting_in_person()).distinct(),
        "grid": grid,
        "may_act": model_admin.has_change_permission(request),
        "colleagues": find_visitors(chosen) if can_hand_over(request) else [],
        "now": at,
        "opts": Message._meta,
    }
    name = "knock_slips.html" if is_print else "knock_list.html"
    return render(request, f"admin/circle/message/{name}", context)


def can_hand_over(request: HttpRequest) -> bool:
    """Building heads may not: they do what is assigned to them."""
    posts = posts_with_permission(request, IN_PERSON_PERMISSION)
    return request.user.has_global_permission(IN_PERSON_PERMISSION) or any(
        post.role != Role.BUILDING_HEAD for post in posts
    )


def find_visitors(chosen: list[Message]) -> list[StaffPost]:
    """The colleagues who do home visits in the communities of these messages."""
    posts = StaffPost.objects.active(timezone.localdate()).giving(IN_PERSON_PERMISSION)
    found = posts.filter(community__in={row.community_id for row in chosen}, user__is_active=True)
    return list(found.select_related("user", "grid", "building").order_by("role", "user__name", "pk"))


@require_POST
def reassign_visit(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponseRedirect:
    """message/<pk>/hand-over/: assign the visit to a colleague."""
    message = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.may_act(request, message) or not can_hand_over(request):
        raise PermissionDenied
    to = get_object_or_404(User, pk=parse_row_id(request.POST.get("to", "")))
    try:
        reassign_in_person_message(message=message, to=to, at=timezone.now(), by=cast(User, request.user))
    except ValidationError as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("Handed over to %(name)s.") % {"name": to})
    return back_to_list(request)


@require_POST
def record_visit(request: HttpRequest, model_admin: Any, pk: int) -> HttpResponseRedirect:
    """message/<pk>/knocked/: the outcome of the visit."""
    message = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    if not model_admin.may_act(request, message):
        raise PermissionDenied
    outcome = request.POST.get("outcome", "")
    said = {
        Outcome.TOLD: _("Noted: the person has been told."),
        Outcome.NOTE: _("Noted: a note was left."),
        Outcome.NOT_MET: _("Noted: nobody was met. It stands on the list again tomorrow."),
    }
    if outcome in said:
        record_in_person_outcome(message=message, at=timezone.now(), by=request.user, outcome=outcome)
        messages.success(request, said[Outcome(outcome)])
    return back_to_list(request)


def back_to_list(request: HttpRequest) -> HttpResponseRedirect:
    response = redirect("admin:circle_message_knock")
    if grid := request.POST.get("grid", ""):
        response["Location"] += f"?grid={Grid.objects.filter(code=grid).first() and grid}"
    return response
