"""The roll: one page with a line for each seat."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from council import actions
from council.admin.pages import page, posted, readable_row, row_of, seen_revision
from council.backoffice.refusals import line_gone_error
from council.backoffice.roll import gone_seats, marks_of, roll_rows
from council.models import Meeting, roll_of

READS, WRITES = "council.view_meeting", "council.change_meeting"


@require_http_methods(["GET", "HEAD", "POST"])
def call_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/roll/: who is there, who came later or left earlier."""
    rows = Meeting.objects.select_related("body", "place", "community", "rule")
    meeting, may_write = readable_row(request, rows, pk, reads=READS, writes=WRITES)
    lines = roll_rows(meeting, posted(request))
    refusal = line_gone_error() if gone_seats(lines, request.POST) else None
    is_valid = not [line for line in lines if not line.form.is_valid()]
    if request.method == "POST" and is_valid and refusal is None:
        marks, seen = marks_of(meeting, lines), seen_revision(request)
        try:
            actions.record_attendance(
                meeting=meeting, marks=marks, at=timezone.now(), by=request.user, seen=seen
            )
        except ValidationError as found:
            refusal = found
            meeting = row_of(request, rows, pk, WRITES)
            lines = roll_rows(meeting, posted(request))
        else:
            messages.success(request, gettext("The roll is put down."))
            return redirect("admin:council_meeting_change", pk)
    is_wrong = refusal or any(line.form.errors for line in lines)
    return page(
        request,
        "meeting/roll.html",
        gettext("Roll: %(meeting)s") % {"meeting": meeting.name},
        status=422 if is_wrong else 200,
        meeting=meeting,
        lines=lines,
        may_write=may_write,
        roll=roll_of(meeting, meeting.opened_at or timezone.now()),
        refusal=refusal,
        revision=meeting.roll_revision,
        has_changed=refusal is not None and refusal.code == "changed_meanwhile",
    )
