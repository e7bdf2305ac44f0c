"""Many appointments are moved or called off with one reason, some at a time, each in its own transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from circle.backoffice.confirmation import show_warning
from circle.backoffice.post_permissions import within_reach
from circle.booking.affected import Appointments, all_appointments, keys_of_kind

BATCH = 20
STALE = {"closure_hits_bookings", "bookings_stranded"}  # warnings made before anything was moved
SALT = "circle.rearranging"
OLDEST = dt.timedelta(hours=12)


class Decision(models.TextChoices):
    STAY = "stay", gettext_lazy("Leave them in the list, to be seen to one by one")
    MOVE = "move", gettext_lazy("Move all to the next like time, and tell the people")
    CALL_OFF = "call_off", pgettext_lazy("appointments", "Call all off, and tell the people")


@dataclass
class Task:
    """What is left to do of one decision; signed, it goes from page to page."""

    decision: str
    reason: str
    keys: list[str]
    back: str
    total: int
    done: int = 0
    left: int = 0
    queue: str = ""  # the list of those that are left

    @property
    def seen_to(self) -> int:
        return self.total - len(self.keys)


@require_POST
def rearrange(request: HttpRequest) -> HttpResponse:
    """affected/: the next of many, as the page that shows how far it is asks for them."""
    try:
        task = Task(**signing.loads(request.POST.get("task", ""), salt=SALT, max_age=OLDEST))
    except signing.BadSignature:
        messages.error(request, _("That was too long ago: look at the list."))
        return redirect("admin:index")
    return go_on(request, task)


def go_on(request: HttpRequest, task: Task) -> HttpResponse:
    """Do a batch of them, then show how far it is, or go back where it was decided."""
    forget_messages(request, STALE)
    batch, task.keys = task.keys[:BATCH], task.keys[BATCH:]
    refused: dict[str, list[str]] = defaultdict(list)
    for kind, row in rows_of(request, batch):
        try:
            act_on(kind, row, task, request)
            task.done += 1
        except ValidationError as refusal:
            task.left, task.queue = task.left + 1, kind.queue
            refused[refusal.messages[0]].append(kind.describe(row))
    for reason, lines in refused.items():
        messages.warning(request, _("%(row)s: %(reason)s") % {"row": ", ".join(lines), "reason": reason})
    if task.keys:
        return render_progress(request, task)
    tell_outcome(request, task)
    return redirect(task.back)


def rows_of(request: HttpRequest, keys: list[str]) -> Iterator[tuple[Appointments, Any]]:
    """Those that are still without their time and that this user may see to."""
    for kind in all_appointments():
        own = keys_of_kind(kind, keys)
        if own and request.user.has_perm(kind.permission):
            rows = kind.stranded(timezone.now()).filter(within_reach(request, kind.permission), pk__in=own)
            for row in rows:
                yield kind, row


def act_on(kind: Appointments, row: Any, task: Task, request: HttpRequest) -> None:
    act = kind.call_off if task.decision == Decision.CALL_OFF else kind.move
    act(row, at=timezone.now(), by=request.user, reason=task.reason)


def render_progress(request: HttpRequest, task: Task) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": _("Seeing to the bookings"), "task": task}
    return render(
        request, "admin/rearranging.html", context | {"signed": signing.dumps(asdict(task), salt=SALT)}
    )


def tell_outcome(request: HttpRequest, task: Task) -> None:
    if task.done:
        text = (
            ngettext("%(count)s booking is called off.", "%(count)s bookings are called off.", task.done)
            if task.decision == Decision.CALL_OFF
            else ngettext("%(count)s booking is moved.", "%(count)s bookings are moved.", task.done)
        )
        messages.success(request, text % {"count": task.done})
    if task.left:
        text = ngettext("%(count)s stays in the list.", "%(count)s stay in the list.", task.left)
        show_warning(request, (text % {"count": task.left}, task.queue), "bookings_stranded")


def forget_messages(request: HttpRequest, tags: set[str] | None = None) -> None:
    """Of this request: all, or those with one of these tags."""
    queued = messages.get_messages(request)._queued_messages  # type: ignore[union-attr]  # noqa: SLF001
    queued[:] = [message for message in queued if tags and message.extra_tags not in tags]
