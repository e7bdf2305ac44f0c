"""The agenda on a page of its own: a line for each item, saved at once."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from circle.identifiers.public_codes import parse_row_id
from circle.models import User
from council import actions
from council.actions.agenda import AGENDA_OPEN
from council.actions.proposals import has_proposals
from council.admin.pages import page, posted, readable_row
from council.backoffice.agenda import agenda_lines, agenda_rows
from council.models import Meeting

READS, WRITES = "council.view_meeting", "council.change_meeting"


@require_http_methods(["GET", "HEAD", "POST"])
def write_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/agenda/: to be read once it is published."""
    rows = Meeting.objects.select_related("body", "place", "community")
    meeting, may_write = readable_row(request, rows, pk, reads=READS, writes=WRITES)
    lines = agenda_rows(meeting, posted(request))
    refusal = None
    if request.method == "POST" and not [line for line in lines if not line.form.is_valid()]:
        try:
            said = agenda_lines(lines)
            save_lines(request, meeting, said)
        except ValidationError as found:
            refusal = found
        else:
            messages.success(request, gettext("The agenda is saved."))
            return redirect("admin:council_meeting_agenda", pk)
    is_wrong = refusal or any(line.form.errors for line in lines)
    is_open = meeting.status in AGENDA_OPEN
    return page(
        request,
        "meeting/agenda.html",
        gettext("Agenda: %(meeting)s") % {"meeting": meeting.name},
        status=422 if is_wrong else 200,
        meeting=meeting,
        lines=lines,
        items=[line for line in lines if line.item.pk],
        may_write=may_write and is_open,
        refusal=refusal,
        has_proposals=may_write and is_open and has_proposals(meeting),
    )


@transaction.atomic
def save_lines(request: HttpRequest, meeting: Meeting, said: list[actions.AgendaLine]) -> None:
    """With the button of a line also one place up, upon the order that was typed."""
    at, by = timezone.now(), cast(User, request.user)
    actions.save_agenda(meeting=meeting, lines=said, at=at, by=by)
    item = meeting.items.filter(pk=parse_row_id(request.POST.get("up", ""))).first()
    if item:
        actions.raise_item(item=item, at=at, by=by)
