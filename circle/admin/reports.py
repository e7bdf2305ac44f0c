from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.actions import OUTCOME_LENGTH, settle_report
from circle.admin import home_visits
from circle.backoffice.confirmation import Answer, Question, render_question
from circle.backoffice.site import ReadOnlyAdmin
from circle.models import PageReport


@admin.register(PageReport)
class PageReportAdmin(ReadOnlyAdmin):
    """Reports are read and settled, never typed in or deleted here."""

    list_display = ["page", "message", "created_at", "via", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter), "via"]
    search_fields = ["page", "message"]
    change_form_template = "admin/circle/pagereport/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        settle = path(
            "<int:pk>/settle/",
            self.admin_site.admin_view(self.settle),
            name="circle_pagereport_settle",
        )
        home_visit = path(
            "door/",
            self.admin_site.admin_view(home_visits.report_on_home_visit),
            name="circle_pagereport_door",
        )
        return [settle, home_visit, *super().get_urls()]

    def settle(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One page: what was done about the report."""
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_act(request, report):
            raise PermissionDenied
        outcome, refused = request.POST.get("outcome", ""), None
        if request.method == "POST":
            try:
                settle_report(report=report, by=request.user, outcome=outcome, at=timezone.now())
            except ValidationError as refusal:
                refused = refusal
            else:
                messages.success(request, _("The report is settled."))
                return redirect("admin:circle_pagereport_changelist")
        question = Question(
            title=_("Settle a report"),
            button=_("Settle"),
            back=reverse("admin:circle_pagereport_change", args=[pk]),
            answer=Answer("outcome", _("What was done"), outcome, most=OUTCOME_LENGTH),
            refusal=refused,
        )
        return render_question(request, question, "admin/circle/pagereport/settle.html", report=report)
