"""What the back-office pages of elder care share."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from circle.audit.log import record_reading
from eldercare.backoffice.bookings import VIEW
from eldercare.models import CareBooking
from eldercare.models.bookings import VISIT


def require_work(request: HttpRequest) -> None:
    """Coordinators see all, care workers what is assigned to them; nobody else sees anything."""
    if not (request.user.has_perm(VIEW) or request.user.has_perm(VISIT)):
        raise PermissionDenied


def note_care_reading(request: HttpRequest, booking: CareBooking) -> None:
    """Record the reading of a page with the elder's answers; the day sheet is not recorded."""
    if request.method == "GET":
        record_reading(
            by=request.user, resident=booking.resident, page="care_booking", row=booking.pk, at=timezone.now()
        )


def page(request: HttpRequest, template: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    frame = admin.site.each_context(request) | {"title": title}
    return render(request, f"admin/eldercare/{template}", frame | context, status=status)


def sheet_of(day: dt.date | None) -> str:
    url = reverse("admin:eldercare_carebooking_day")
    return f"{url}?date={day.isoformat()}" if day else url
