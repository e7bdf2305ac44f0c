"""The papers of a meeting at the desk: put there, read, taken away."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.identifiers.public_codes import parse_row_id
from council import actions
from council.admin.pages import answered, page, posted, readable_row, row_of
from council.backoffice.papers import PaperForm, paper_response
from council.models import Meeting, Paper

READS, WRITES = "council.view_meeting", "council.change_meeting"


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body", "place", "community")


@require_http_methods(["GET", "HEAD", "POST"])
def write_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/papers/"""
    meeting, may_write = readable_row(request, meetings(), pk, reads=READS, writes=WRITES)
    back = reverse("admin:council_meeting_papers", args=[pk])
    papers = meeting.papers.select_related("item")
    if "remove" in request.POST:
        paper = get_object_or_404(papers, pk=parse_row_id(request.POST["remove"]))
        actions.remove_paper(paper=paper, at=timezone.now(), by=request.user)
        messages.success(request, gettext("The paper is taken away."))
        return redirect(back)
    form = PaperForm(posted(request), request.FILES or None, meeting=meeting)

    def do(said: dict[str, Any]) -> None:
        actions.add_paper(meeting=meeting, at=timezone.now(), by=request.user, **said)

    return answered(request, form, do, gettext("The paper is with the meeting."), back) or page(
        request,
        "meeting/papers.html",
        gettext("Papers: %(meeting)s") % {"meeting": meeting.name},
        status=422 if form.errors else 200,
        meeting=meeting,
        papers=papers,
        form=form if may_write else None,
    )


@require_safe
def read_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """meeting/<pk>/papers/<paper>/: the file itself, also before the agenda is public."""
    meeting = row_of(request, meetings(), pk, READS)
    return paper_response(get_object_or_404(Paper, pk=paper, meeting=meeting))
