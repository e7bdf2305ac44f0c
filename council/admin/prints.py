"""What the secretary takes along on paper: agenda, sheet to sign, slips for secret votes."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from council.admin.pages import page, row_of
from council.models import AgendaItem, Meeting, roll_entries

READS = "council.view_meeting"


@require_safe
def print_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/print/: agenda and 签到表; with ?slips=1 a slip for each vote and item for decision."""
    rows: QuerySet[Meeting] = Meeting.objects.select_related("body", "place", "community", "rule")
    meeting = row_of(request, rows, pk, READS)
    entries = roll_entries(meeting)
    items = list(meeting.items.order_by("number"))
    voting = sum(entry.is_voting for entry in entries)
    decisions = [item for item in items if item.kind == AgendaItem.Kind.DECISION]
    return page(
        request,
        "meeting/print.html",
        gettext("To print: %(meeting)s") % {"meeting": meeting.name},
        meeting=meeting,
        entries=entries,
        items=items,
        slips=[item for item in decisions for _slip in range(voting)] if request.GET.get("slips") else [],
    )
