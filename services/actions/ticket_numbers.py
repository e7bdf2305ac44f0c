"""The next number of a hall's tickets: per hall, day in Shanghai and prefix, without a gap."""

import datetime as dt

from django.db.models import F

from circle.models import Facility
from services.models import TicketSeries


def next_number(facility: Facility, day: dt.date, prefix: str) -> int:
    """Call it in the transaction that writes the ticket: whoever draws at once waits for it.

    The row counts, not the tickets: a number is not given again when earlier tickets are closed or gone.
    """
    series, _is_new = TicketSeries.objects.get_or_create(facility=facility, day=day, prefix=prefix)
    TicketSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return TicketSeries.objects.values_list("last", flat=True).get(pk=series.pk)
