"""Agreements on day care in the back office."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, find_action
from circle.backoffice.site import Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.models import Resident
from eldercare.admin.series import links_of
from eldercare.backoffice.day_care import AGREEMENT_ACTIONS, SIGN
from eldercare.models import DayAgreement
from eldercare.models.day_care import AGREEMENT_CHANGE

ALWAYS = ["GET", "HEAD", "POST"]


@require_http_methods(ALWAYS)
def sign_page(request: HttpRequest) -> HttpResponse:
    """dayagreement/new/?resident=: enters what was signed."""
    require_permissions(request, SIGN.permission)
    people = Resident.objects.filter(within_reach(request, SIGN.permission)).living()
    found = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    return ask_or_perform(request, SIGN, found, reverse("admin:circle_resident_card", args=[found.code]))


@require_http_methods(ALWAYS)
def ask_agreement(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """dayagreement/ask/<pk>/<name>/: asks, then does it."""
    require_permissions(request, AGREEMENT_CHANGE)
    row = get_object_or_404(DayAgreement.objects.filter(within_reach(request, AGREEMENT_CHANGE)), pk=pk)
    back = reverse("admin:eldercare_dayagreement_change", args=[row.pk])
    return ask_or_perform(request, find_action(AGREEMENT_ACTIONS, name), row, back)


@admin.register(DayAgreement)
class DayAgreementAdmin(ReadOnlyAdmin):
    list_display = ["resident", "kind", "signed_on", "until", "may_leave_alone", "ended_at"]
    list_select_related = ["resident", "kind"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    person_path = "resident"
    search_fields = ["resident__name"]
    show_full_result_count = False
    fields = [
        "resident", "kind", "signed_on", "until", "who", "may_leave_alone", "entered_at", "entered_by",
        "ended_at", "verbs",
    ]  # fmt: skip
    readonly_fields = ["who", "verbs"]

    def pages(self) -> Pages:
        return [("new/", sign_page, "new"), ("ask/<int:pk>/<slug:name>/", ask_agreement, "ask")]

    @admin.display(description=_("who may collect"))
    def who(self, row: DayAgreement) -> str:
        return "、".join(row.collectors) or "–"

    @admin.display(description=_("what can be done"))
    def verbs(self, row: DayAgreement) -> str:
        return links_of(AGREEMENT_ACTIONS, row, "admin:eldercare_dayagreement_ask", row.pk)
