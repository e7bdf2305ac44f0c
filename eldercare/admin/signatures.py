"""What an elder drew on the carer's phone, for whoever coordinates the care."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions
from circle.images.drawings import png_uri
from eldercare.admin.pages import page
from eldercare.backoffice.bookings import CHANGE
from eldercare.models import DrawnSignature


@require_safe
def drawn_signature(request: HttpRequest, code: str) -> HttpResponse:
    """carebooking/signature/<code>/: the signature under the service record; each look is recorded."""
    require_permissions(request, CHANGE)
    rows = DrawnSignature.objects.for_user(request.user).select_related("record__booking__resident")
    found = get_object_or_404(rows, record__booking__code=code)
    booking = found.record.booking
    record_reading(
        by=request.user,
        resident=booking.resident,
        page="care_signature",
        row=booking.pk,
        at=timezone.now(),
    )
    context = {"booking": booking, "record": found.record, "picture": png_uri(found.image)}
    return page(request, "signature.html", _("Drawn signature"), **context)
