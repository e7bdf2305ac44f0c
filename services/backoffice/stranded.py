"""The warning about bookings whose time no longer takes place, for whoever has just changed something."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import ngettext

from services.models import BookingQuerySet


def stranded_warning(bookings: BookingQuerySet, at: dt.datetime) -> tuple[str, str] | None:
    """The sentence and the address of the list; None where all of these bookings take place."""
    count = bookings.stranded(at).count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)s booking is for a time that is closed: move it or call it off.",
        "%(count)s bookings are for times that are closed: move them or call them off.",
        count,
    )
    url = reverse("admin:services_booking_changelist")
    return sentence % {"count": count}, f"{url}?attention=stranded"
