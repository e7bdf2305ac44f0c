"""Requests for erasure: read only, changed by confirmed actions."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import erase_resident, refuse_erasure
from circle.audit.log import record_reading
from circle.backoffice.confirmation import Answer, Question, render_question
from circle.backoffice.site import ReadOnlyAdmin
from circle.models import Erasure
from circle.privacy.data_export import erasure_plans, retention_reasons


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """Requests for erasure: staff check what blocks it and what is retained, then do or refuse it."""

    list_display = ["resident", "status", "asked_at", "via", "status_at"]
    list_select_related = ["resident"]
    list_filter = ["status", "via"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/circle/erasure/change_form.html"
    fields = ["resident", "status", "status_at", "asked_at", "asked_by", "via", "retained_data", "reason"]
    readonly_fields = ["retained_data"]

    @admin.display(description=_("kept all the same"))
    def retained_data(self, erasure: Erasure) -> str:
        return " ".join(str(hold.sentence) for hold in retention_reasons(erasure_plans(erasure.resident)))

    def get_urls(self) -> list[URLPattern]:
        views = {"erase": self.do_erase, "refuse": self.do_refuse}
        return [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"circle_erasure_{name}")
            for name, view in views.items()
        ] + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        erasure = self.get_object(request, object_id)
        if erasure and request.method == "GET":
            record_reading(by=request.user, resident=erasure.resident, page="erasure", at=timezone.now())
        return super().change_view(request, object_id, form_url, extra_context)

    def find_erasure(self, request: HttpRequest, pk: int) -> Erasure:
        erasure = get_object_or_404(self.get_queryset(request).select_related("resident__login"), pk=pk)
        if not self.may_act(request, erasure):
            raise PermissionDenied
        return erasure

    def do_erase(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lists what is erased and what is retained; it cannot be undone."""
        erasure = self.find_erasure(request, pk)
        found = erasure_plans(erasure.resident)
        question = Question(
            title=gettext("Forget %(name)s") % {"name": erasure.resident.name},
            button=gettext("Take the person out of every row"),
            back=reverse("admin:circle_erasure_change", args=[pk]),
            sentences=[
                gettext("Name, birthday, phone, papers, address, answers and notes go. Nobody can undo it."),
                *(str(hold.sentence) for hold in retention_reasons(found)),
            ],
        )
        return self.ask_or_act(
            request, question, lambda: erase_resident(erasure=erasure, at=timezone.now(), by=request.user)
        )

    def do_refuse(self, request: HttpRequest, pk: int) -> HttpResponse:
        erasure = self.find_erasure(request, pk)
        question = Question(
            title=gettext("Refuse to forget %(name)s") % {"name": erasure.resident.name},
            button=gettext("Refuse"),
            back=reverse("admin:circle_erasure_change", args=[pk]),
            answer=Answer("reason", gettext("Reason"), request.POST.get("reason", "")),
        )
        reason = request.POST.get("reason", "")
        return self.ask_or_act(
            request,
            question,
            lambda: refuse_erasure(erasure=erasure, reason=reason, at=timezone.now(), by=request.user),
        )

    def ask_or_act(self, request: HttpRequest, question: Question, act: Any) -> HttpResponse:
        if request.method != "POST":
            return render_question(request, question)
        try:
            act()
        except ValidationError as refusal:
            return render_question(request, replace(question, refusal=refusal))
        return redirect(question.back)
