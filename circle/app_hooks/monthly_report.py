"""What circle itself counts for the monthly report: the hook `monthly_report`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models import Alarm, Community, Message, PageReport
from circle.reporting.figures import ReportPart, Spans, count_figure, counts_by_span, share_figure


def monthly_report(community: Community, spans: Spans, today: dt.date) -> list[ReportPart]:
    """Three queries."""
    alarms = counts_by_span(
        Alarm.objects.filter(community=community), spans, "raised_at", closed=Q(closed_at__isnull=False)
    )
    reports = counts_by_span(
        PageReport.objects.filter(community=community),
        spans,
        "created_at",
        settled=Q(settled_at__isnull=False),
    )
    sent = counts_by_span(
        Message.objects.filter(community=community, status=Message.Status.SENT), spans, "sent_at"
    )
    figures = [
        share_figure("alarms_closed", _("alarms closed, of those raised"), alarms["closed"], alarms["total"]),
        count_figure("messages", _("messages to residents"), sent["total"]),
        share_figure(
            "page_errors", _("page errors mended, of those told"), reports["settled"], reports["total"]
        ),
    ]
    return [ReportPart("circle", _("The community"), figures)]
