"""Minutes in the back office: to read, to write item by item, and from hand to hand until they are public."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.row_actions import (
    ask_or_perform,
    available_actions,
    find_action,
    record_refusals,
)
from circle.backoffice.site import Pages, ReadOnlyAdmin
from council.admin import minutes_text
from council.admin.pages import row_of
from council.backoffice.minutes import CHANGE, MINUTES_ACTIONS
from council.models import MinutesVersion, text_digest
from council.models.differences import sheet_differences

ALWAYS = ["GET", "HEAD", "POST"]


@admin.register(MinutesVersion)
class MinutesVersionAdmin(ReadOnlyAdmin):
    list_display = ["title", "version", "status", "status_at", "drafted_by", "approved_by"]
    list_filter = ["status", ("redaction_asked_by", admin.EmptyFieldListFilter)]
    search_fields = ["meeting__body__name_zh", "meeting__body__name_en"]
    fields = [
        "title",
        "version",
        "status",
        "status_at",
        "correction",
        "note",
        "drafted_by",
        "approved_by",
        "published_at",
        "sha256",
        "redaction_reason",
        "redaction_asked_by",
        "redacted_by",
    ]
    readonly_fields = ["title", "sha256"]
    show_full_result_count = False
    view_on_site = False
    change_form_template = "admin/council/minutesversion/change_form.html"

    def pages(self) -> Pages:
        return [
            ("<int:pk>/write/", minutes_text.write, "write"),
            ("<int:pk>/cut/", minutes_text.cut, "cut"),
            ("<int:pk>/do/<slug:name>/", do, "do"),
        ]

    @admin.display(description=_("meeting"))
    def title(self, minutes: MinutesVersion) -> str:
        return minutes.meeting.name

    def get_queryset(self, request: HttpRequest) -> QuerySet[MinutesVersion]:
        found = super().get_queryset(request)
        return found.select_related(
            "meeting__body", "community", "drafted_by", "approved_by", "redaction_asked_by", "redacted_by"
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        minutes = self.get_object(request, object_id) if object_id.isdecimal() else None
        more: dict[str, Any] = {}
        if minutes:
            before = minutes.meeting.minutes.filter(version=minutes.version - 1).exclude(body="").first()
            sheet = None if minutes.is_redacted else minutes.sheet
            may_write = request.user.has_perm(CHANGE) and self.may_act(request, minutes)
            more = {
                "sheet": sheet,
                "verbs": available_actions(MINUTES_ACTIONS, minutes, timezone.now(), request.user),
                "may_write": may_write and minutes.status == MinutesVersion.Status.DRAFT,
                "differences": sheet_differences(before.sheet, sheet) if before and sheet else [],
                "before": before,
                "amendments": minutes.amendments.select_related("item", "asked_by__resident"),
            }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


def minutes_of(request: HttpRequest, pk: int, permission: str) -> MinutesVersion:
    rows = MinutesVersion.objects.select_related("meeting__body", "meeting__community", "community")
    return row_of(request, rows, pk, permission)


@require_http_methods(ALWAYS)
def do(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """minutesversion/<pk>/do/<verb>/: says what it will do, asks, and does it."""
    action = find_action(MINUTES_ACTIONS, name)
    minutes = minutes_of(request, pk, action.permission)

    def record_own_approval(form: Form) -> None:
        if form.has_error("__all__", "same_person"):
            verb = "minutes_redacted" if name == "redact_minutes" else "minutes_approved"
            record_refusals(request, minutes, verb, form)

    back = reverse("admin:council_minutesversion_change", args=[pk])
    if name in ("correct_minutes", "drop_correction"):
        back = reverse("admin:council_meeting_change", args=[minutes.meeting_id])
    more = approval_page(minutes) if name == "approve_minutes" else {}
    if name == "redact_minutes":
        more = {"about": "admin/council/minutesversion/_redaction.html", "minutes": minutes}
    return ask_or_perform(request, action, minutes, back, refused=record_own_approval, **more)


def approval_page(minutes: MinutesVersion) -> dict[str, Any]:
    """The question shows the whole text, and the answer brings back the digest of just that text."""
    return {
        "result": "admin/council/minutesversion/_text.html",
        "sheet": minutes.sheet,
        "hidden": [("digest", text_digest(minutes.body))],
    }
