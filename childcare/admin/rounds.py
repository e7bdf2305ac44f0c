"""Rounds in the back office: planned by a form, then moved on by actions that ask first."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from childcare.backoffice.rounds import ROUND_ACTIONS
from childcare.models import NurseryClass, Round, RoundPlaces
from childcare.models.classes import OF_CLASS
from childcare.models.rounds import OF_ROUND
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.backoffice.site import CommunityAdmin, Pages

PLANNED = Round.Status.PLANNED


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: int, name: str) -> HttpResponse:
    """round/ask/<id>/<verb>/: says what it will do; POST does it."""
    action = find_action(ROUND_ACTIONS, name)
    require_permissions(request, action.permission)
    row = get_object_or_404(
        Round.objects.filter(within_reach(request, action.permission, places=OF_ROUND)), pk=code
    )
    back = reverse("admin:childcare_round_change", args=[row.pk])

    def done(outcome: Round) -> str:
        return gettext("%(name)s: %(status)s.") % {"name": row.name, "status": outcome.get_status_display()}

    return ask_or_perform(request, action, row, back, done=done)


class PlacesInline(admin.TabularInline):
    model = RoundPlaces
    extra = 4

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "nursery_class":
            own = within_reach(request, "childcare.change_nurseryclass", places=OF_CLASS)
            kwargs["queryset"] = NurseryClass.objects.filter(own).select_related("facility")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_plan(request, obj)

    has_change_permission = has_delete_permission = has_add_permission

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("childcare.view_round")


def may_plan(request: HttpRequest, row: Any) -> bool:
    is_planned = row is None or row.status == PLANNED
    return is_planned and request.user.has_perm("childcare.change_round")


@admin.register(Round)
class RoundAdmin(CommunityAdmin):
    place_paths = OF_ROUND
    list_display = ["name_zh", "code", "facility", "status", "status_at"]
    list_select_related = ["facility"]
    list_filter = ["status"]
    readonly_fields = ["status", "commitment", "digest", "value", "seed"]
    fields = ["community", "facility", "code", "name_zh", "name_en", *readonly_fields]
    autocomplete_fields = ["facility"]
    inlines = [PlacesInline]
    change_form_template = "admin/childcare/round/change_form.html"

    def pages(self) -> Pages:
        return [("ask/<int:code>/<slug:name>/", ask, "ask")]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.status == PLANNED)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Round, form: Any, change: bool) -> None:
        if not change:
            obj.status_at = timezone.now()
        super().save_model(request, obj, form, change)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_act = row is not None and self.covers(request, "change", row)
        offered = available_actions(ROUND_ACTIONS, row, timezone.now(), request.user) if may_act else []
        return super().change_view(request, object_id, form_url, {"verbs": offered} | (extra_context or {}))
