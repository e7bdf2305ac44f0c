"""Special registers: the list by item, its sheet for the round, and what is done with an entry."""

from dataclasses import replace
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident, User
from services.backoffice.registers import ENTER, ENTRY_ACTIONS, EnterForm
from services.models import RegisterEntry, ServiceItem
from services.models.registers import ADD, VIEW

CHANGE = "services.change_registerentry"


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """registerentry/enter/?resident=: notes a resident in one of the registers."""
    require_permissions(request, ADD)
    people = Resident.objects.filter(within_reach(request, ADD, near="building__"))
    found = get_object_or_404(
        people.select_related("community"), code__in=parse_uuids(request.GET.get("resident", ""))
    )
    action = replace(ENTER, form=partial(EnterForm, user=cast(User, request.user)))
    return ask_or_perform(request, action, found, reverse("admin:circle_resident_card", args=[found.code]))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """registerentry/<pk>/act/<name>/: asks, then does it."""
    require_permissions(request, CHANGE)
    rows = RegisterEntry.objects.for_user(cast(User, request.user)).filter(within_reach(request, CHANGE))
    row = get_object_or_404(rows.shown(), pk=pk)
    back = reverse("admin:services_registerentry_change", args=[row.pk])
    return ask_or_perform(
        request,
        find_action(ENTRY_ACTIONS, name),
        row,
        back,
        about="admin/services/registerentry/_about.html",
        entry=row,
    )


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """registerentry/sheet/<item>/: who is in it, building by building, to take along without power."""
    require_permissions(request, VIEW)
    user = cast(User, request.user)
    entries = list(
        RegisterEntry.objects.for_user(user)
        .live()
        .filter(item=pk)
        .shown()
        .order_by(Length("resident__building__code"), "resident__building__code", "resident__household__door")
    )
    if not entries:
        raise Http404
    for entry in entries:
        record_reading(by=user, resident=entry.resident, page="register_entry", at=timezone.now())
    context = {"item": entries[0].item, "entries": entries, "printed_at": timezone.now()}
    return render(request, "admin/services/registerentry/sheet.html", context)


@admin.register(RegisterEntry)
class RegisterEntryAdmin(ReadOnlyAdmin):
    near_path = "resident__building__"
    list_display = ["resident", "item", "home", "status", "confirm_by", "entered_at"]
    list_select_related = ["item", "resident__building", "resident__household"]
    list_filter = ["status", "item"]
    person_path = "resident"
    search_fields = ["resident__name"]
    fields = [
        "item",
        "resident",
        "home",
        "phone",
        ("status", "status_at"),
        "needs",
        "told_by",
        "age_reason",
        "via",
        ("entered_at", "entered_by"),
        "confirm_by",
        "reason",
        "history",
    ]
    readonly_fields = ["home", "phone", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/services/registerentry/change_form.html"
    change_list_template = "admin/services/registerentry/change_list.html"

    def pages(self) -> Pages:
        return [
            ("enter/", enter, "enter"),
            ("sheet/<int:pk>/", sheet, "sheet"),
            ("<int:pk>/act/<slug:name>/", act, "act"),
        ]

    def rows(self, request: HttpRequest, action: str) -> QuerySet[Any]:
        """Without the confidential registers of others."""
        seen = RegisterEntry.objects.for_user(cast(User, request.user))
        return super().rows(request, action).filter(pk__in=seen.values("pk"))

    @admin.display(description=_("home"))
    def home(self, row: RegisterEntry) -> str:
        door = row.resident.household.door if row.resident.household else ""
        return f"{row.resident.building or '–'} {door}"

    @admin.display(description=_("phone"))
    def phone(self, row: RegisterEntry) -> str:
        return row.resident.masked_phone

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        seen = RegisterEntry.objects.for_user(cast(User, request.user)).live()
        items = ServiceItem.objects.filter(pk__in=seen.values("item")).order_by("code")
        return super().changelist_view(request, {"registers": items} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_act = row is not None and self.may_act(request, row)
        if row is not None:
            record_reading(
                by=cast(User, request.user),
                resident=row.resident,
                page="register_entry",
                row=row.pk,
                at=timezone.now(),
            )
        more = {"verbs": available_actions(ENTRY_ACTIONS, row, timezone.now()) if may_act else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))
