"""What the back-office pages of elder care share."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from circle.audit.log import record_reading
from circle.backoffice.frames import page_in
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


page = page_in("eldercare")


def sheet_of(day: dt.date | None) -> str:
    url = reverse("admin:eldercare_carebooking_day")
    return f"{url}?date={day.isoformat()}" if day else url
