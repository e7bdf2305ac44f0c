"""Forms of the district: uploaded once, their columns named once, filled as often as they are asked for."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from circle.actions.official_forms import fill_form, list_of, name_columns
from circle.admin.monthly_reports import month_asked
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.frames import page_in
from circle.backoffice.official_forms import ColumnsForm, OfficialFormForm
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.site import CommunityAdmin, Pages
from circle.models import OfficialForm
from circle.models.official_forms import CHANGE, VIEW
from circle.reporting.figures import spans_of
from circle.reporting.lists import official_lists
from circle.reporting.workbooks import headings
from circle.web.spreadsheets import XLSX

page = page_in("circle/officialform")


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """officialform/<pk>/columns/[?row=]: which of our fields goes below which heading."""
    require_permissions(request, CHANGE)
    form = get_object_or_404(OfficialForm.objects.filter(within_reach(request, CHANGE)), pk=pk)
    head_row = row_asked(request, form)
    try:
        found = headings(bytes(form.workbook), head_row)
        source = list_of(form)
    except ValidationError as refusal:
        show_refusal(request, refusal)
        return redirect("admin:circle_officialform_change", pk)
    named = form.columns if head_row == form.head_row else {}
    typed = ColumnsForm(request.POST or None, source=source, headings=found, named=named)
    if request.method == "POST" and typed.is_valid():
        try:
            name_columns(
                form=form, head_row=head_row, columns=typed.cleaned_data, at=timezone.now(), by=request.user
            )
        except ValidationError as refusal:
            typed.add_error(None, refusal)
        else:
            messages.success(request, gettext("The columns are named; the form can be filled."))
            return redirect("admin:circle_officialform_change", pk)
    status = 422 if typed.errors else 200
    title = gettext("Columns of “%(form)s”") % {"form": form}
    return page(
        request, "columns.html", title, status=status, form=typed, row=head_row, original=form, source=source
    )


def row_asked(request: HttpRequest, form: OfficialForm) -> int:
    text = request.GET.get("row", "")
    is_row = len(text) <= 2 and text.isascii() and text.isdecimal() and int(text) > 0
    return int(text) if is_row else form.head_row


@require_safe
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """officialform/<pk>/filled.xlsx[?month=YYYY-MM]: with the rows of a month that this user may see."""
    require_permissions(request, VIEW)
    form = get_object_or_404(OfficialForm.objects.filter(within_reach(request, VIEW)), pk=pk)
    month = spans_of(month_asked(request.GET.get("month", ""), timezone.localdate())).month
    try:
        data = fill_form(form=form, first=month.first, last=month.last, at=timezone.now(), by=request.user)
    except ValidationError as refusal:
        if refusal.code == "not_allowed":
            raise PermissionDenied from refusal
        show_refusal(request, refusal)
        return redirect("admin:circle_officialform_change", pk)
    response = HttpResponse(data, content_type=XLSX)
    name = f"{form.name}-{month.first:%Y-%m}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@admin.register(OfficialForm)
class OfficialFormAdmin(CommunityAdmin):
    form = OfficialFormForm
    list_display = ["name", "list_name", "community", "named", "changed_at"]
    list_select_related = ["community"]
    search_fields = ["name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return ["community", "name", "list_key", "upload"]
        return ["community", "name", "list_name", "head_row", "named", "changed_at", "changed_by"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A form of another shape is another form: what it is filled with stays."""
        return ["community", "list_name", "head_row", "named", "changed_at", "changed_by"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Only a new form has an upload."""
        of_kind = {"form": ModelForm} if change else {}
        return super().get_form(request, obj, change, **of_kind | kwargs)

    def pages(self) -> Pages:
        return [("<int:pk>/columns/", columns, "columns"), ("<int:pk>/filled.xlsx", fill, "fill")]

    def save_model(self, request: HttpRequest, obj: OfficialForm, form: Any, change: bool) -> None:
        obj.changed_at, obj.changed_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: OfficialForm, **kwargs: Any) -> HttpResponseRedirect:
        return redirect("admin:circle_officialform_columns", obj.pk)

    def change_view(self, request: HttpRequest, object_id: str, **more: Any) -> HttpResponse:
        last = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
        context = (more.pop("extra_context", None) or {}) | {"last_month": last}
        return super().change_view(request, object_id, extra_context=context, **more)

    @admin.display(description=gettext_lazy("filled with"))
    def list_name(self, form: OfficialForm) -> str:
        found = official_lists().get(form.list_key)
        return str(found.label) if found else form.list_key

    @admin.display(description=gettext_lazy("columns named"))
    def named(self, form: OfficialForm) -> int:
        return len(form.columns)
