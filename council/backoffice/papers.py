"""Papers of a meeting: the form to add one, and the file as it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from council.models import Meeting, Paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperForm(forms.Form):
    upload = forms.FileField(label=_("File"), help_text=_("PDF or DOCX, at most 10 MB, without macros."))
    title_zh = forms.CharField(label=_("title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("title (English)"), max_length=180, required=False)
    item = forms.TypedChoiceField(label=_("To which item"), required=False, empty_value=None)

    def __init__(self, data: Any, files: Any, *, meeting: Meeting) -> None:
        super().__init__(data, files)
        known = {item.pk: item for item in meeting.items.order_by("number")}
        fields: dict[str, Any] = self.fields
        fields["item"].choices = [
            ("", _("to the whole meeting")),
            *((pk, str(row)) for pk, row in known.items()),
        ]
        fields["item"].coerce = lambda pk: known[int(pk)]


@dataclass(frozen=True)
class PaperLine:
    """A paper, and the other meetings with the same content: handed on with an item, or added again."""

    paper: Paper
    others: list[Meeting]


def paper_lines(papers: Iterable[Paper]) -> list[PaperLine]:
    rows = list(papers)
    same = same_papers(rows)
    return [PaperLine(row, [other.meeting for other in same if other.sha256 == row.sha256]) for row in rows]


def same_papers(papers: Sequence[Paper]) -> list[Paper]:
    """Of other meetings of the community, the earliest first."""
    hashes = [paper.sha256 for paper in papers]
    same = Paper.objects.filter(sha256__in=hashes, community__in={paper.community_id for paper in papers})
    others = same.exclude(meeting__in={paper.meeting_id for paper in papers})
    return list(others.select_related("meeting__body").order_by("meeting__starts_at", "meeting"))


def paper_response(paper: Paper) -> HttpResponse:
    """As a download, never shown in the page: what somebody uploaded runs nowhere."""
    if not paper.file.storage.exists(str(paper.file.name)):  # a database that was restored without its files
        raise Http404
    types = {Paper.Kind.PDF: "application/pdf", Paper.Kind.DOCX: DOCX}
    with paper.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=types[Paper.Kind(paper.kind)])
    name = content_disposition_header(as_attachment=True, filename=f"{paper.title_zh}.{paper.kind}")
    response["Content-Disposition"] = name or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
