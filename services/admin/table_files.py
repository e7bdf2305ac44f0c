"""Tables out to a spreadsheet and back in: every change is shown before any is made."""

import base64
import binascii
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import communities_with_permission, require_permissions
from circle.models import Community
from circle.reporting.workbooks import MAX_BYTES
from services.actions.table_imports import Outcome, import_table
from services.actions.table_resources import TABLES, Table
from services.admin.pages import page
from services.backoffice.table_files import read_table, write_table

FORMATS = ("csv", "xlsx")
MOST_SHOWN = 100


def asked(request: HttpRequest, key: str) -> tuple[Table, list[Community], Community]:
    """The table, the communities where this user may change it, and the one that the address names."""
    if key not in TABLES:
        raise Http404
    table = TABLES[key]
    require_permissions(request, table.permission)
    reached = communities_with_permission(request, table.permission, of_all_facilities=True)
    found = Community.objects.all()
    communities = list(found if reached is None else found.filter(pk__in=reached))
    wanted = request.GET.get("community", "")
    mine = [each for each in communities if each.slug == wanted or not wanted]
    if not communities:
        raise PermissionDenied
    if not mine:
        raise Http404
    return table, communities, mine[0]


@require_safe
def table_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """serviceitem/tables/<key>.<csv or xlsx>[?community=]"""
    table, _communities, community = asked(request, key)
    if kind not in FORMATS:
        raise Http404
    return write_table(table, community, kind)


@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, key: str) -> HttpResponse:
    """serviceitem/tables/<key>/[?community=]; POST shows what a file changes; with `seen` it changes it."""
    table, communities, community = asked(request, key)
    outcome, data = None, b""
    if request.method == "POST":
        try:
            data = data_sent(request)
            outcome = brought_in(request, table, community, data)
        except ValidationError as refusal:
            show_refusal(request, refusal)
        if outcome and outcome.is_done:
            return redirect(request.get_full_path())
    status = 200 if request.method != "POST" or (outcome and not outcome.faults) else 422
    here = f"?community={community.slug}" if len(communities) > 1 else ""
    return page(
        request,
        "serviceitem/tables.html",
        gettext("Table: %(table)s") % {"table": table.label},
        status=status,
        table=table,
        tables=[
            (each, reverse("admin:services_serviceitem_tables", args=[each.key])) for each in TABLES.values()
        ],
        files=[
            (kind.upper(), reverse("admin:services_serviceitem_table", args=[key, kind]) + here)
            for kind in FORMATS
        ],
        communities=communities,
        community=community,
        outcome=outcome,
        shown=outcome.changes[:MOST_SHOWN] if outcome else [],
        faults=outcome.faults[:MOST_SHOWN] if outcome else [],
        most=MOST_SHOWN,
        data=base64.b64encode(data).decode(),
        labels=table.labels.values(),
    )


def data_sent(request: HttpRequest) -> bytes:
    """Of the file, or of the field that the preview carries. Refuses: no_file, too_large."""
    upload = request.FILES.get("file")
    if upload:
        if upload.size > MAX_BYTES:
            raise ValidationError(gettext("The file is larger than 1 MB."), code="too_large")
        return upload.read()
    try:
        data = base64.b64decode(request.POST.get("data", ""), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        raise ValidationError(gettext("Choose a file first."), code="no_file")
    return data


def brought_in(request: HttpRequest, table: Table, community: Community, data: bytes) -> Outcome:
    rows = read_table(table, data)
    seen = "" if request.FILES else request.POST.get("seen", "")
    outcome = import_table(
        table=table, community=community, rows=rows, at=timezone.now(), by=request.user, seen=seen
    )
    if outcome.is_done:
        count = len(outcome.changes)
        text = ngettext("%(count)s row is changed.", "%(count)s rows are changed.", count)
        messages.success(request, text % {"count": count})
    return outcome


def table_pages() -> list[tuple[str, Any, str]]:
    return [
        ("tables/<slug:key>/", tables, "tables"),
        ("tables/<slug:key>.<slug:kind>", table_file, "table"),
    ]
