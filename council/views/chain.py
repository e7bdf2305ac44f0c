"""Published minutes for `sha256sum -c`: the list of all hashes, and each file under the name in it."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from circle.web.middleware import PortalRequest
from council.models import Body, MinutesVersion
from council.models.minutes import MinutesVersionQuerySet
from council.views.downloads import file_response, render_withdrawn

NAME = re.compile(r"(?:([a-z][a-z-]*)-)?(2\d{3})-(\d{2})(?:-([2-9]))?-v([1-9]\d*)\.json")


@require_safe
def chain(request: PortalRequest) -> HttpResponse:
    """/council/minutes/chain.txt: hash and name of each version, in the order of their publication."""
    return list_response(MinutesVersion.objects.chain(request.community.pk))


@require_safe
def withdrawn(request: PortalRequest) -> HttpResponse:
    """/council/minutes/withdrawn.txt: the lines of the chain whose files are gone."""
    return list_response(MinutesVersion.objects.withdrawn(request.community.pk))


def list_response(rows: MinutesVersionQuerySet) -> HttpResponse:
    rows = rows.select_related("meeting__body").defer("body")
    text = "".join(f"{row.sha256}  {row.file_name}\n" for row in rows)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def chain_file(request: PortalRequest, name: str) -> HttpResponse:
    """/council/minutes/<name>: the bytes of one line of the chain."""
    parts = NAME.fullmatch(name)
    if parts is None:
        raise Http404
    code, year, month, part, version = parts.groups()
    own = MinutesVersion.objects.chain(request.community.pk)
    own |= MinutesVersion.objects.withdrawn(request.community.pk)
    rows = own.select_related("meeting__body", "meeting__community").filter(
        meeting__year=int(year), meeting__month=int(month), meeting__part=int(part or 1), version=int(version)
    )
    main = Body.Kind.RESIDENTS_COUNCIL
    rows = (
        rows.filter(meeting__body__code=code).exclude(meeting__body__kind=main)
        if code
        else rows.filter(meeting__body__kind=main)
    )
    row = get_object_or_404(rows)
    return render_withdrawn(request, row) if row.is_redacted else file_response(row)
