from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from circle.admin.facilities import (
    OwnPlaceAdmin,
    send_facility_closed,
    send_timetable_changed,
    touch_facilities,
)
from circle.admin.groups import can_post, group
from circle.backoffice.affected import AsksBeforeStranding
from circle.models import Closure, Facility

CLOSED_PERIOD_FIELDS = [("starts_on", "ends_on"), ("from_time", "until_time"), ("reason_zh", "reason_en")]


def propose_post(request: HttpRequest, closure: Closure) -> None:
    """Leads to the text for the residents' group, where it has a robot."""
    if can_post(closure):
        lead_to_group_text(request, reverse("admin:circle_closure_group", args=[closure.pk]))


def lead_to_group_text(request: HttpRequest, url: str) -> None:
    sentence, label = gettext("The residents' group can be told:"), gettext("see the text")
    messages.info(request, format_html('{} <a href="{}">{}</a>', sentence, url, label), "group_text")


@admin.register(Closure)
class ClosureAdmin(AsksBeforeStranding, OwnPlaceAdmin):
    community_path = "facility__community"
    kind_path = "facility__kind__code"
    list_display = ["facility", "starts_on", "ends_on", "from_time", "until_time", "reason_zh"]
    fields = ["facility", *CLOSED_PERIOD_FIELDS]
    list_select_related = ["facility"]
    search_fields = ["facility__name_zh", "facility__name_en", "reason_zh"]
    autocomplete_fields = ["facility"]
    change_form_template = "admin/circle/closure/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        to_group = self.admin_site.admin_view(partial(group, model_admin=self))
        return [path("<int:pk>/group/", to_group, name="circle_closure_group"), *super().get_urls()]

    def limited(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> dict[str, Any]:
        """Only the facilities that this user may close."""
        offered, kinds = super().limited(db_field, request, kwargs), self.runs(request, "add")
        if db_field.name != "facility" or kinds is None:
            return offered
        return offered | {"queryset": offered["queryset"].filter(kind__code__in=kinds)}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        closure = self.get_object(request, object_id)
        may = closure is not None and self.has_change_permission(request, closure) and can_post(closure)
        return super().change_view(request, object_id, form_url, {"may_post": may} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Closure, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        touch_facilities({obj.facility_id, form.initial.get("facility", obj.facility_id)})
        send_facility_closed(request, [obj])
        propose_post(request, obj)

    def delete_model(self, request: HttpRequest, obj: Closure) -> None:
        super().delete_model(request, obj)
        touch_facilities({obj.facility_id})
        send_timetable_changed(request, [obj.facility])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Closure]) -> None:
        facilities = set(queryset.values_list("facility", flat=True))
        super().delete_queryset(request, queryset)
        touch_facilities(facilities)
        send_timetable_changed(request, Facility.objects.filter(pk__in=facilities))
