"""What somebody has to carry out themselves, a colleague or the people of a firm: to read, and to report."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.models import User
from council.admin.pages import page
from council.backoffice.action_items import OWN_ACTIONS
from council.models import ActionItem

SHOWN = 100


def own(request: HttpRequest) -> QuerySet[ActionItem]:
    found = ActionItem.objects.owned_by(cast(User, request.user))
    return found.select_related("resolution", "firm", "body", "community")


@require_safe
def own_actions(request: HttpRequest) -> HttpResponse:
    """actionitem/mine/: what is not verified yet, the first due first."""
    at, rows = timezone.now(), own(request).unverified().order_by("due_on", "pk")[:SHOWN]
    lines: list[Any] = [(row, available_actions(OWN_ACTIONS, row, at)) for row in rows]
    today = timezone.localdate()
    return page(request, "own_actions.html", _("What you carry out"), lines=lines, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def do_own(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """actionitem/mine/<pk>/<verb>/: begin it, say how far it is, say that it is done."""
    action = find_action(OWN_ACTIONS, name)
    row = get_object_or_404(own(request), pk=pk)
    return ask_or_perform(request, action, row, reverse("admin:council_actionitem_mine"))
