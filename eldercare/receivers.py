"""What elder care does when something happens in circle."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import ngettext

from circle.models import Closure, Resident, User, Via
from circle.signals import facility_closed, resident_died
from eldercare.actions import cancel, lay_out_care
from eldercare.models import CareBooking


@receiver(facility_closed)
def close_the_care_times(*, closure: Closure, at: dt.datetime, **kwargs: Any) -> tuple[str, str] | None:
    """Nobody books these days from now on; what is booked already is counted for whoever closed the place."""
    lay_out_care(community=closure.facility.community, at=at)
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
def stop_the_care(*, resident: Resident, at: dt.datetime, by: User, **kwargs: Any) -> None:
    """Nobody rings at this door any more."""
    for booking in CareBooking.objects.live().shown().filter(elder=resident):
        cancel(booking=booking, at=at, via=Via.WINDOW, by=by)
