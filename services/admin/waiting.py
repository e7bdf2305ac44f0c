"""The waiting list of the hall: who waits, who has an offer and has to be phoned, and their answers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident
from services.admin.bookings import CODE_LENGTH
from services.backoffice.waiting import JOIN, WAITING_ACTIONS
from services.models import HallWaiting

CHANGE = "services.change_hallwaiting"


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """hallwaiting/act/<code>/<name>/: asks, then does it."""
    require_permissions(request, CHANGE)
    rows = HallWaiting.objects.filter(within_reach(request, CHANGE)).shown()
    rows = rows.select_related("resident__login", "mandate__agent", "slot__community")
    row = get_object_or_404(rows, code=code)
    back = reverse("admin:services_hallwaiting_change", args=[row.pk])
    return ask_or_perform(request, find_action(WAITING_ACTIONS, name), row, back)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """hallwaiting/join/?resident=: puts a resident into the line, on the phone or at the window."""
    require_permissions(request, JOIN.permission)
    people = Resident.objects.filter(within_reach(request, JOIN.permission)).select_related("login")
    found = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    back = reverse("admin:circle_resident_card", args=[found.code])
    return ask_or_perform(request, JOIN, found, back)


@admin.register(HallWaiting)
class HallWaitingAdmin(ReadOnlyAdmin):
    code_length = CODE_LENGTH
    list_display = ["code", "resident", "item", "first_day", "last_day", "status", "offer_until"]
    list_select_related = ["resident", "item"]
    list_filter = ["status", "via"]
    person_path = "resident"
    search_fields = ["resident__name"]
    search_help_text = _("A code, or a name")
    ordering = ["joined_at", "pk"]
    fields = [
        "code",
        "status",
        "status_at",
        "item",
        "facility",
        "first_day",
        "last_day",
        "slot",
        "offer_until",
        "booking",
        "resident",
        "phone",
        "via",
        "joined_at",
        "joined_by",
        "mandate",
        "history",
    ]
    readonly_fields = ["phone", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/services/hallwaiting/change_form.html"

    def pages(self) -> Pages:
        return [("join/", join, "join"), ("act/<slug:code>/<slug:name>/", act, "act")]

    @admin.display(description=_("phone"))
    def phone(self, row: HallWaiting) -> str:
        return row.resident.masked_phone

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_act = row is not None and self.may_act(request, row)
        more = {"verbs": available_actions(WAITING_ACTIONS, row, timezone.now()) if may_act else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))
