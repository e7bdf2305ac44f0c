"""Posted resolutions and actions in the back office: to read, and to carry on."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.row_actions import (
    RowAction,
    ask_or_perform,
    available_actions,
    find_action,
    record_refusals,
)
from circle.backoffice.site import Pages, ReadOnlyAdmin
from council.admin import own_actions
from council.admin.pages import row_of
from council.backoffice.action_items import ACTION_ITEM_ACTIONS, POSTING_ACTIONS
from council.models import ActionItem, Posting

ALWAYS = ["GET", "HEAD", "POST"]


class CarriedOnAdmin(ReadOnlyAdmin):
    """Each row with the actions that are possible now."""

    row_actions: list[RowAction]
    show_full_result_count = False
    view_on_site = False
    change_form_template = "admin/council/carried_on.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id.isdecimal() else None
        more: dict[str, Any] = {}
        if row and self.may_act(request, row):
            offered = available_actions(self.row_actions, row, timezone.now(), request.user)
            name = f"admin:council_{self.opts.model_name}_do"
            more["offered"] = [(each.label, reverse(name, args=[row.pk, each.name])) for each in offered]
        if row:
            more |= self.facts_of(row)
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def facts_of(self, row: Any) -> dict[str, Any]:
        return {}


@admin.register(Posting)
class PostingAdmin(CarriedOnAdmin):
    row_actions = POSTING_ACTIONS
    list_display = ["resolution", "posted_on", "ends_on", "status"]
    list_filter = ["status"]
    fields = ["resolution", "posted_on", "ends_on", "status", "status_at"]
    search_fields = ["resolution__number"]

    def pages(self) -> Pages:
        return [("<int:pk>/do/<slug:name>/", do_posting, "do")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        return super().get_queryset(request).select_related("resolution", "community")

    def facts_of(self, row: Posting) -> dict[str, Any]:
        found = row.resolution.action_items.select_related("firm", "body", "person")
        return {
            "text": row.resolution.text,
            "objections": row.objections.all(),
            "actions": [(each, reverse("admin:council_actionitem_change", args=[each.pk])) for each in found],
        }


class LateFilter(admin.SimpleListFilter):
    title = _("what waits")
    parameter_name = "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("late", _("overdue")), ("open", _("not verified"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ActionItem]) -> QuerySet[ActionItem]:
        if self.value() == "late":
            return queryset.overdue(localdate())
        return queryset.unverified() if self.value() == "open" else queryset


@admin.register(ActionItem)
class ActionItemAdmin(CarriedOnAdmin):
    row_actions = ACTION_ITEM_ACTIONS
    list_display = ["title", "resolution", "owned_by", "due_on", "status"]
    list_filter = [LateFilter, "status"]
    fields = [
        "title",
        "resolution",
        "owned_by",
        "due_on",
        "urgent_reason",
        "status",
        "reported_by",
        "verified_by",
    ]
    readonly_fields = ["title", "owned_by"]
    search_fields = ["title_zh", "title_en", "resolution__number"]

    def pages(self) -> Pages:
        return [
            ("<int:pk>/do/<slug:name>/", do_action_item, "do"),
            ("mine/", own_actions.own_actions, "mine"),
            ("mine/<int:pk>/<slug:name>/", own_actions.do_own, "own"),
        ]

    @admin.display(description=_("what is to be done"), ordering="title_zh")
    def title(self, row: ActionItem) -> str:
        return row.title

    @admin.display(description=_("who does it"))
    def owned_by(self, row: ActionItem) -> str:
        return str(row.person) if row.person else row.owner

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActionItem]:
        return (
            super()
            .get_queryset(request)
            .select_related("resolution", "community", "person", "firm", "body", "reported_by", "verified_by")
        )

    def facts_of(self, row: ActionItem) -> dict[str, Any]:
        return {"steps": row.steps.all()}


@require_http_methods(ALWAYS)
def do_posting(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """posting/<pk>/do/<verb>/: says what it will do, asks, and does it."""
    action = find_action(POSTING_ACTIONS, name)
    rows = Posting.objects.select_related("resolution", "community")
    posting = row_of(request, rows, pk, action.permission)
    return ask_or_perform(request, action, posting, reverse("admin:council_posting_change", args=[pk]))


@require_http_methods(ALWAYS)
def do_action_item(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """actionitem/<pk>/do/<verb>/: says what it will do, asks, and does it."""
    action = find_action(ACTION_ITEM_ACTIONS, name)
    rows = ActionItem.objects.select_related("resolution", "community")
    row = row_of(request, rows, pk, action.permission)

    def record_own(form: Form) -> None:
        if form.has_error("__all__", "same_person"):
            record_refusals(request, row, "action_verified", form)

    back = reverse("admin:council_actionitem_change", args=[pk])
    return ask_or_perform(request, action, row, back, refused=record_own)
