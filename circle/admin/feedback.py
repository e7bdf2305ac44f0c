from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.actions import settle_report
from circle.models import MissedSearch, PageReport


@admin.register(PageReport)
class PageReportAdmin(admin.ModelAdmin):
    """Reports are read and settled, never typed in or deleted here."""

    list_display = ["page", "message", "created_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    search_fields = ["page", "message"]
    readonly_fields = [
        "community",
        "page",
        "message",
        "created_at",
        "settled_at",
        "settled_by",
        "outcome",
    ]
    change_form_template = "admin/circle/pagereport/change_form.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        settle = path(
            "<int:pk>/settle/",
            self.admin_site.admin_view(self.settle),
            name="circle_pagereport_settle",
        )
        return [settle, *super().get_urls()]

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page: what was done about the report."""
        report = get_object_or_404(PageReport, pk=pk)
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        error, outcome = "", request.POST.get("outcome", "")
        if request.method == "POST":
            try:
                settle_report(report=report, by=request.user, outcome=outcome, at=timezone.now())
            except ValidationError as refusal:
                error = refusal.messages[0]
            else:
                messages.success(request, _("The report is settled."))
                return redirect("admin:circle_pagereport_changelist")
        context = self.admin_site.each_context(request) | {
            "report": report,
            "error": error,
            "outcome": outcome,
            "title": _("Settle a report"),
        }
        return render(request, "admin/circle/pagereport/settle.html", context, status=422 if error else 200)


@admin.register(MissedSearch)
class MissedSearchAdmin(admin.ModelAdmin):
    list_display = ["words", "count", "last_at"]
    search_fields = ["words"]
    readonly_fields = ["community", "words", "count", "last_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
