"""Whether people who are to be looked in on were: the hook `district_figures`."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from circle.coverage.district import Column, share_text
from eldercare.models import VisitDuty

Status = VisitDuty.Status


def district_figures(communities: Sequence[int], since: dt.date, until: dt.date) -> list[Column]:
    """Of the duties whose period has ended."""
    ended = VisitDuty.objects.filter(
        community__in=communities,
        ends_on__gte=since,
        ends_on__lt=until,
        status__in=[Status.DONE, Status.MISSED],
    )
    rows = (
        ended.order_by()
        .values("community")
        .annotate(due=Count("pk"), made=Count("pk", filter=Q(status=Status.DONE)))
    )
    made = {row["community"]: share_text(row["made"], row["due"]) for row in rows}
    return [Column(_("visits to elders made in time"), made)]
