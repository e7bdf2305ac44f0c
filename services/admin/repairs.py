"""Repairs in the back office: the list, one repair with its photos, and what is done with it."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident, User
from services.backoffice.repairs import REPAIR_ACTIONS, REPORT
from services.models import Repair
from services.models.repairs import ADD, CHANGE, repair_photo_days


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """repair/report/?resident=: told on the phone or at the window."""
    require_permissions(request, ADD)
    people = Resident.objects.filter(within_reach(request, ADD))
    people = people.select_related("community", "login", "building", "household")
    found = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    back = reverse("admin:circle_resident_card", args=[found.code])
    return ask_or_perform(request, REPORT, found, back, done=said_number)


def said_number(repair: Repair) -> str:
    return gettext("Repair number %(code)s: tell it to the person.") % {"code": repair.code}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """repair/act/<no>/<name>/: asks, then does it."""
    require_permissions(request, CHANGE)
    row = get_object_or_404(Repair.objects.filter(within_reach(request, CHANGE)).shown(), code=code)
    back = reverse("admin:services_repair_change", args=[row.pk])
    about = "admin/services/repair/_about.html"
    return ask_or_perform(
        request,
        find_action(REPAIR_ACTIONS, name),
        row,
        back,
        about=about,
        repair=row,
        origin=request.build_absolute_uri("/")[:-1],
    )


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    code_length = 8
    list_display = ["code", "kind", "place", "status", "firm", "reported_at"]
    list_select_related = ["firm"]
    list_filter = ["status", "kind", ("firm", admin.RelatedOnlyFieldListFilter)]
    person_path = "resident"
    search_fields = ["resident__name", "place"]
    fields = [
        ("code", "status", "status_at"),
        ("kind", "place"),
        "words",
        ("resident", "phone", "gives_phone"),
        ("via", "reported_at", "reported_by"),
        "firm",
        "done_words",
        "reason",
        "history",
    ]
    readonly_fields = ["phone", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/services/repair/change_form.html"

    def pages(self) -> Pages:
        return [("report/", report, "report"), ("act/<slug:code>/<slug:name>/", act, "act")]

    @admin.display(description=_("phone"))
    def phone(self, row: Repair) -> str:
        return row.resident.masked_phone

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        more: dict[str, Any] = {"verbs": []}
        if row is not None:
            at, may_act = timezone.now(), self.may_act(request, row)
            user = cast(User, request.user)
            record_reading(by=user, resident=row.resident, page="repair", row=row.pk, at=at)
            more = {
                "verbs": available_actions(REPAIR_ACTIONS, row, at) if may_act else [],
                "act_url": "admin:services_repair_act",
                "act_key": row.code,
                "subtitle": f"{row.get_kind_display()} · {row.place}",
                "photos": row.photos.all(),
                "photo_days": repair_photo_days(timezone.localdate(at)),
            }
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))
