"""What the nursery counts for the monthly report: the hook `monthly_report`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from childcare.models import Application
from circle.models import Community
from circle.reporting.figures import ReportPart, Spans, count_figure, counts_by_span

OPEN = [Application.Status.SUBMITTED, Application.Status.RETURNED]


def monthly_report(community: Community, spans: Spans, today: dt.date) -> list[ReportPart]:
    """One query; numbers only, and of no child anything else."""
    sent = counts_by_span(
        Application.objects.filter(community=community), spans, "submitted_at", unchecked=Q(status__in=OPEN)
    )
    figures = [
        count_figure("applications", _("applications for the nursery"), sent["total"]),
        count_figure("applications_open", _("of these not checked yet"), sent["unchecked"]),
    ]
    return [ReportPart("childcare", _("Nursery"), figures)]
