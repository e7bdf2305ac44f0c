"""Wheelchairs and walking aids: what there is to lend, and who has one until when."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions, find_action
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident
from services.backoffice.loans import LEND, LOAN_ACTIONS, AidStockForm
from services.models import AidLoan, AidStock
from services.models.loans import ADD, CHANGE


@require_http_methods(["GET", "HEAD", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """aidloan/lend/?resident=: reserved for somebody on the phone, or handed out at the counter."""
    require_permissions(request, ADD)
    people = Resident.objects.filter(within_reach(request, ADD)).select_related("community", "login")
    found = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    back = reverse("admin:circle_resident_card", args=[found.code])
    return ask_or_perform(request, LEND, found, back, done=said_number)


def said_number(loan: AidLoan) -> str:
    return gettext("Loan number %(code)s: tell it to the person.") % {"code": loan.code}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """aidloan/act/<no>/<name>/: asks, then does it."""
    require_permissions(request, CHANGE)
    rows = AidLoan.objects.filter(within_reach(request, CHANGE)).shown()
    row = get_object_or_404(rows, code=code)
    back = reverse("admin:services_aidloan_change", args=[row.pk])
    about = "admin/services/aidloan/_about.html"
    return ask_or_perform(request, find_action(LOAN_ACTIONS, name), row, back, about=about, loan=row)


class LateFilter(admin.SimpleListFilter):
    title = _("overdue")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("should be back"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "1":
            return queryset
        return cast("Any", queryset).late(timezone.localdate())  # type: ignore[no-any-return]


@admin.register(AidLoan)
class AidLoanAdmin(ReadOnlyAdmin):
    code_length = 8
    list_display = ["code", "stock", "resident", "status", "fetch_by", "due_on"]
    list_select_related = ["stock", "resident"]
    list_filter = [LateFilter, "status", ("stock", admin.RelatedOnlyFieldListFilter)]
    person_path = "resident"
    search_fields = ["resident__name"]
    fields = [
        ("code", "status", "status_at"),
        "stock",
        "resident",
        "phone",
        ("via", "asked_at", "asked_by"),
        "fetch_by",
        ("lent_at", "due_on"),
        ("reminded_at", "told_late_at"),
        "words",
        "history",
    ]
    readonly_fields = ["phone", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/services/matter_change_form.html"

    def pages(self) -> Pages:
        return [("lend/", lend, "lend"), ("act/<slug:code>/<slug:name>/", act, "act")]

    @admin.display(description=_("phone"))
    def phone(self, row: AidLoan) -> str:
        return row.resident.masked_phone

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_act = row is not None and self.may_act(request, row)
        more: dict[str, Any] = {
            "verbs": available_actions(LOAN_ACTIONS, row, timezone.now()) if may_act else []
        }
        if row is not None:
            more["subtitle"] = f"{row.stock.name} · {row.resident.name}"
            more |= {"act_url": "admin:services_aidloan_act", "act_key": row.code}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


@admin.register(AidStock)
class AidStockAdmin(CommunityAdmin):
    form = AidStockForm
    list_display = ["name", "facility", "capacity", "taken", "days", "is_offered"]
    list_select_related = ["facility"]
    search_fields = ["name_zh", "name_en", "code"]
    readonly_fields = ["taken"]
    view_on_site = False
