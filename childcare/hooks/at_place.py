"""What the nursery offers at its place: the hook `at_place`."""

import datetime as dt

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from childcare.actions.limits import effective_places
from childcare.models import NurseryClass
from circle.models import Facility
from circle.proximity.place_offers import PlaceOffer, PlaceSource


def offers_at(facility: Facility, at: dt.datetime) -> list[PlaceOffer]:
    """Its classes with the places left, as the page of the nursery counts them."""
    today = localtime(at).date()
    rows = NurseryClass.objects.public(facility.community).filter(facility=facility)
    classes = rows.with_line().with_booked(today).prefetch_related("limits")
    url = f"{reverse('childcare')}?nursery={facility.code}"
    return [
        PlaceOffer(each.name, url, places_note(effective_places(each, today).places - each.booked))
        for each in classes
    ]


def places_note(left: int) -> str:
    if left < 1:
        return _("full at the moment")
    return ngettext("%(count)s place left", "%(count)s places left", left) % {"count": left}


def place_source() -> PlaceSource:
    return PlaceSource(NurseryClass.objects.all, offers_at)
