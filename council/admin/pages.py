"""What the pages of the secretary's desk share: whose row it is, what is asked, and the frame around it."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from circle.backoffice.post_permissions import within_reach


def row_of(request: HttpRequest, rows: QuerySet[Any], pk: int, permission: str) -> Any:
    """The row in a community where this user may do that. To others nothing shows whether it exists."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(rows.filter(within_reach(request, permission)), pk=pk)


def readable_row(
    request: HttpRequest, rows: QuerySet[Any], pk: int, *, reads: str, writes: str
) -> tuple[Any, bool]:
    """The row to be read with the one permission, to be posted to with the other; and whether it may be."""
    if request.method not in ("GET", "HEAD"):
        return row_of(request, rows, pk, writes), True
    row = row_of(request, rows, pk, reads)
    may_write = request.user.has_perm(writes) and rows.filter(within_reach(request, writes), pk=pk).exists()
    return row, may_write


def posted(request: HttpRequest) -> Any:
    """What a form is filled with: nothing before it was sent, also where it was sent empty."""
    return request.POST if request.method == "POST" else None


def seen_revision(request: HttpRequest) -> int:
    """Which revision the posted form was filled in upon; one that does not say so has seen none."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/council/{template}", frame | context, status=status)


def answered(
    request: HttpRequest, form: Any, do: Callable[[dict[str, Any]], Any], done: str, back: str
) -> HttpResponse | None:
    """Do it with what the form says; None where the form has to be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        do(form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, done)
    return redirect(back)
