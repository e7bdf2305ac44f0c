"""The book of seals: certificates made out, printed and revoked; and what is certified at all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from circle.audit.log import record_reading
from circle.backoffice.bilingual import BilingualForm
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import ask_or_perform, available_actions
from circle.backoffice.site import CommunityAdmin, Pages, ReadOnlyAdmin
from circle.identifiers.public_codes import parse_uuids
from circle.images.qr_codes import qr_data_uri
from circle.models import Resident
from services.backoffice.certificates import ISSUE, REVOKE
from services.models import CertificateMatter, CommitteeCertificate

VIEW, ADD = "services.view_committeecertificate", "services.add_committeecertificate"


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """certificate/issue/?resident=: made out for a resident, then it stands first in the book."""
    require_permissions(request, ADD)
    people = Resident.objects.filter(within_reach(request, ADD))
    people = people.select_related("community", "building", "household")
    found = get_object_or_404(people, code__in=parse_uuids(request.GET.get("resident", "")))
    back = reverse("admin:services_committeecertificate_changelist")
    return ask_or_perform(request, ISSUE, found, back, done=said_number)


def said_number(certificate: CommitteeCertificate) -> str:
    return gettext("%(number)s is in the book. Print it, read it out, seal it.") % {
        "number": certificate.number
    }


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """certificate/<pk>/print/: on A4, in the layout of official documents."""
    require_permissions(request, VIEW)
    rows = CommitteeCertificate.objects.filter(within_reach(request, VIEW))
    found = get_object_or_404(rows.select_related("community", "matter", "resident"), pk=pk)
    record_reading(by=request.user, resident=found.resident, page="certificate", at=timezone.now())
    url = request.build_absolute_uri(reverse("real"))
    context = {"certificate": found, "url": url, "qr": qr_data_uri(url)}
    return render(request, "admin/services/certificate/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """certificate/<pk>/revoke/: with a reason."""
    require_permissions(request, ADD)
    found = get_object_or_404(CommitteeCertificate.objects.filter(within_reach(request, ADD)), pk=pk)
    return ask_or_perform(
        request, REVOKE, found, reverse("admin:services_committeecertificate_change", args=[pk])
    )


@admin.register(CommitteeCertificate)
class CertificateAdmin(ReadOnlyAdmin):
    code_length = 8
    list_display = [
        "number",
        "issued_at",
        "matter",
        "resident",
        "addressed_to",
        "copies",
        "issued_by",
        "status",
    ]
    list_select_related = ["matter", "resident", "issued_by"]
    list_filter = ["status", "year", "matter"]
    person_path = "resident"
    search_fields = ["resident__name", "addressed_to"]
    fields = [
        "number",
        "code",
        "matter",
        "resident",
        "addressed_to",
        "purpose",
        "body",
        "copies",
        ("issued_at", "issued_by"),
        ("status", "status_at"),
        "reason",
        "history",
    ]
    readonly_fields = ["number", "history"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    change_form_template = "admin/services/certificate/change_form.html"

    def pages(self) -> Pages:
        return [
            ("issue/", issue, "issue"),
            ("<int:pk>/print/", sheet, "print"),
            ("<int:pk>/revoke/", revoke, "revoke"),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may = row is not None and request.user.has_perm(ADD)
        more = {"verbs": available_actions([REVOKE], row, timezone.now()) if may else []}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))


@admin.register(CertificateMatter)
class CertificateMatterAdmin(CommunityAdmin):
    form = BilingualForm
    list_display = ["name_zh", "name_en", "elsewhere_zh", "order"]
    search_fields = ["name_zh", "name_en", "code"]
    fields = [
        "community",
        ("name_zh", "name_en"),
        ("code", "order"),
        "body_zh",
        ("elsewhere_zh", "elsewhere_en"),
        "other_language_checked",
    ]
