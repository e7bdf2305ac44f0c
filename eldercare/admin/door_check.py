"""The duty phone: an elder says who rings, and hears whether somebody is expected."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.audit.log import record_reading
from circle.backoffice.post_permissions import require_permissions
from eldercare.admin.new import elder_of
from eldercare.admin.pages import page
from eldercare.backoffice.bookings import ADD
from eldercare.backoffice.door_check import expected_today


@require_safe
def who_rings(request: HttpRequest) -> HttpResponse:
    """carebooking/rings/?resident=: who is expected at this door today, with number and word."""
    require_permissions(request, ADD)
    elder, at = elder_of(request), timezone.now()
    record_reading(by=request.user, resident=elder, page="who_rings", row=elder.pk, at=at)
    context = {"resident": elder, "expected": expected_today(elder, at)}
    return page(request, "who_rings.html", _("Who rings at the door?"), **context)
