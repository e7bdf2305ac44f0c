from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from council.models import MinutesVersion
from council.views.docx_writing import write_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_response(row: MinutesVersion) -> HttpResponse:
    """The very bytes whose SHA-256 is shown."""
    response = HttpResponse(row.body.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{row.file_name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def docx_response(row: MinutesVersion) -> HttpResponse:
    """For paper; the file whose hash is shown is the other one."""
    response = HttpResponse(write_docx(row), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{row.file_name.removesuffix(".json")}.docx"'
    return response


def render_withdrawn(
    request: HttpRequest, row: MinutesVersion, current: MinutesVersion | None = None
) -> HttpResponse:
    """410: the text was here and is gone; hash and reason stay."""
    context = {"meeting": row.meeting, "minutes": row, "current": current}
    return render(request, "council/minutes_withdrawn.html", context, status=410)
