"""The page on which open work of colleagues who are away or have left is handed over."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from circle.actions import hand_over
from circle.admin.handover_groups import handover_groups
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import within_reach
from circle.backoffice.queues import HAND_OVER
from circle.identifiers.public_codes import parse_row_id
from circle.models import StaffPost
from circle.permissions.handover import Work, open_work

SOON = dt.timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """staffpost/hand-over/[?post=]: also of a colleague whose absence begins soon."""
    if not request.user.has_perm(HAND_OVER):
        raise PermissionDenied
    rows = StaffPost.objects.filter(within_reach(request, HAND_OVER)).select_related("user", "community")
    today = timezone.localdate()
    if request.method == "POST":
        return take_over_chosen(request, rows, today)
    named = request.GET.get("post", "")
    posts = list(rows.filter(pk=parse_row_id(named)) if named.isdecimal() else rows.to_hand_over(today, SOON))
    context = admin.site.each_context(request) | {
        "title": _("Hand over open work"),
        "groups": handover_groups(posts, rows, today, show_empty=bool(named)),
        "opts": StaffPost._meta,
    }
    return render(request, "admin/circle/staffpost/handover.html", context)


def take_over_chosen(request: HttpRequest, rows: Any, today: dt.date) -> HttpResponse:
    """Each item in a transaction of its own, so that one refusal does not stop the rest."""
    post = get_object_or_404(rows, pk=posted_number(request, "post"))
    to = get_object_or_404(rows.active(today), pk=posted_number(request, "to"))
    chosen = set(request.POST.getlist("work"))
    done = 0
    for work in open_work([post.user_id]):
        if work.key in chosen:
            done += hand_over_one(request, work, post, to)
    if done:
        text = ngettext("%(count)s matter is handed over.", "%(count)s matters are handed over.", done)
        messages.success(request, text % {"count": done})
    return redirect("admin:circle_staffpost_hand_over")


def posted_number(request: HttpRequest, name: str) -> int:
    return parse_row_id(request.POST.get(name, ""))


def hand_over_one(request: HttpRequest, work: Work, post: StaffPost, to: StaffPost) -> bool:
    try:
        hand_over(work=work, post=post, to=to, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        words = {"row": work.label, "reason": refusal.messages[0]}
        show_refusal(request, ValidationError(_("%(row)s: %(reason)s"), code=refusal.code, params=words))
        return False
    return True
