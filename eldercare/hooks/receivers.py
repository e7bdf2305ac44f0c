"""What elder care does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from circle.models import Closure, Consent, Resident, User, Via
from circle.signals import consent_withdrawn, facility_closed, resident_died
from eldercare.actions import cancel_booking, forget_answers, lay_out_slots
from eldercare.actions.answers import CONSENT
from eldercare.models import CareBooking


@receiver(facility_closed)
def handle_facility_closure(*, closure: Closure, at: dt.datetime, **kwargs: Any) -> tuple[str, str] | None:
    """Nobody books these days from now on; what is booked already is counted for whoever closed the place."""
    lay_out_slots(community=closure.facility.community, at=at)
    hit = CareBooking.objects.live().filter(
        slot__starts_at__gt=at, kind__facility=closure.facility_id, day__gte=closure.starts_on
    )
    if closure.ends_on:
        hit = hit.filter(day__lte=closure.ends_on)
    count = hit.count()
    if not count:
        return None
    sentence = ngettext(
        "%(count)s care booking falls into this closure: call it off.",
        "%(count)s care bookings fall into this closure: call them off.",
        count,
    )
    url = reverse("admin:eldercare_carebooking_changelist")
    return sentence % {"count": count}, f"{url}?attention=stranded"


@receiver(resident_died)
def handle_resident_death(*, resident: Resident, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Nobody rings at this door any more."""
    for booking in CareBooking.objects.live().shown().filter(elder=resident):
        cancel_booking(booking=booking, at=at, via=Via.WINDOW, by=by)


@receiver(consent_withdrawn)
def handle_consent_withdrawal(*, consent: Consent, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Without the answers the care would not be safe: it is cancelled, and every answer is wiped."""
    if consent.purpose != CONSENT:
        return
    bookings = CareBooking.objects.filter(elder=consent.resident)
    for booking in bookings.live().select_related("kind", "slot", "elder__login", "mandate__agent"):
        if booking.needs or booking.conditions or booking.note:
            cancel_booking(booking=booking, via=Via.PHONE, at=at, by=by)
    forget_answers(bookings)
