"""What came of the bookings of each community: the hook `district_figures`."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.coverage.district import Column, share_text
from services.models import Booking

Status = Booking.Status
CAME = [Status.ARRIVED, Status.SERVED]
DUE = [*CAME, Status.NO_SHOW, Status.EXCUSED, Status.REVOKED]


def district_figures(communities: Sequence[int], since: dt.date, until: dt.date) -> list[Column]:
    """Of the bookings whose day has come; those that people cancelled themselves are left out."""
    of_these_days = Booking.objects.filter(
        community__in=communities, day__gte=since, day__lt=until, status__in=DUE
    )
    found = (
        of_these_days.order_by()
        .values("community")
        .annotate(
            due=Count("pk"),
            came=Count("pk", filter=Q(status__in=CAME)),
            kept=Count("pk", filter=~Q(status=Status.REVOKED)),
        )
    )
    rows = {row["community"]: row for row in found}
    due = {pk: str(row["due"]) for pk, row in rows.items()}
    came = {pk: share_text(row["came"], row["due"]) for pk, row in rows.items()}
    kept = {pk: share_text(row["kept"], row["due"]) for pk, row in rows.items()}
    return [
        Column(_("bookings due in the last 30 days"), due),
        Column(pgettext_lazy("share of bookings", "came"), came),
        Column(_("not called off by us"), kept),
    ]
