"""A report about a page of the portal, entered by a grid worker on a home visit."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from circle.actions import report_page
from circle.backoffice.post_permissions import visited_resident
from circle.backoffice.resident_card import CardAction
from circle.forms import HomeVisitReportForm
from circle.models import PageReport, Resident, User


def home_visit_actions(resident: Resident) -> list[CardAction]:
    """The hook `home_visit`."""
    url = reverse("admin:circle_pagereport_door")
    return [CardAction(_("A page is wrong"), f"{url}?{urlencode({'resident': str(resident.code)})}")]


@require_http_methods(["GET", "HEAD", "POST"])
def report_on_home_visit(request: HttpRequest) -> HttpResponse:
    """pagereport/door/?resident=: the same text is saved once, so a second click is harmless."""
    resident = visited_resident(request)
    form = HomeVisitReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report_page(
                community=resident.community,
                neighbour=resident,
                at=timezone.now(),
                by=cast(User, request.user),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Taken down. A colleague looks at the page."))
            return redirect("admin:circle_resident_card", resident.code)
    frame: dict[str, Any] = admin.site.each_context(request) | {"title": _("A page is wrong")}
    context = frame | {"form": form, "resident": resident, "opts": PageReport._meta}
    status = 422 if form.errors else 200
    return render(request, "admin/circle/pagereport/door.html", context, status=status)
