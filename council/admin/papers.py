"""The papers of a meeting at the desk: put there, read, taken away."""

from collections.abc import Callable
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
from council.backoffice.papers import PaperForm, paper_lines, paper_response, same_papers
from council.backoffice.refusals import errors_of, record_attempts
from council.models import Meeting, Paper

READS, WRITES = "council.view_meeting", "council.change_meeting"


REMOVALS = {"remove": actions.remove_paper, "remove_everywhere": actions.remove_paper_everywhere}


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body", "place", "community")


@require_http_methods(["GET", "HEAD", "POST"])
def write_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """meeting/<pk>/papers/"""
    meeting, may_write = readable_row(request, meetings(), pk, reads=READS, writes=WRITES)
    back = reverse("admin:council_meeting_papers", args=[pk])
    papers = meeting.papers.select_related("item")
    for name in REMOVALS.keys() & request.POST.keys():
        paper = get_object_or_404(papers, pk=parse_row_id(request.POST[name]))
        remove(request, paper, REMOVALS[name])
        return redirect(back)
    form = PaperForm(posted(request), request.FILES or None, meeting=meeting)

    def do(said: dict[str, Any]) -> None:
        actions.add_paper(meeting=meeting, at=timezone.now(), by=request.user, **said)

    done = answered(request, form, do, gettext("The paper is with the meeting."), back)
    record_attempts(request, meeting, meeting.community, "paper_added", errors_of(form))
    return done or page(
        request,
        "meeting/papers.html",
        gettext("Papers: %(meeting)s") % {"meeting": meeting.name},
        status=422 if form.errors else 200,
        meeting=meeting,
        lines=paper_lines(papers),
        form=form if may_write else None,
    )


def remove(request: HttpRequest, paper: Paper, act: Callable[..., None]) -> None:
    """And say where it still stands: a copy with a later meeting is as public as this one was."""
    act(paper=paper, at=timezone.now(), by=request.user)
    others = same_papers([paper])
    if others:
        names = gettext(", ").join(other.meeting.name for other in others)
        messages.warning(
            request, gettext("Taken away here. It still stands with: %(names)s") % {"names": names}
        )
    else:
        messages.success(request, gettext("The paper is taken away."))


@require_safe
def read_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """meeting/<pk>/papers/<paper>/: the file itself, also before the agenda is public."""
    meeting = row_of(request, meetings(), pk, READS)
    return paper_response(get_object_or_404(Paper, pk=paper, meeting=meeting))
