"""What the council counts for the monthly report: the hook `monthly_report`."""

import datetime as dt
from functools import partial

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from circle.models import Community
from circle.reporting.figures import Late, ReportPart, Spans, count_figure, counts_by_span, share_figure
from council.models import ActionItem, Meeting, Topic

HELD = [Meeting.Status.HELD, Meeting.Status.CLOSED]


def monthly_report(community: Community, spans: Spans, today: dt.date) -> list[ReportPart]:
    """Four queries. The one who has to act is told as everybody reads it: of a colleague not the name."""
    meetings = counts_by_span(
        Meeting.objects.filter(community=community, status__in=HELD), spans, "starts_at"
    )
    topics = counts_by_span(
        Topic.objects.filter(community=community), spans, "came_at", answered=Q(status=Topic.Status.ANSWERED)
    )
    actions = ActionItem.objects.filter(community=community)
    due = counts_by_span(actions, spans, "due_on", verified=Q(status=ActionItem.Status.VERIFIED))
    figures = [
        count_figure("meetings", _("meetings held"), meetings["total"]),
        share_figure(
            "topics", _("suggestions answered, of those that came"), topics["answered"], topics["total"]
        ),
        share_figure("actions", _("actions seen to be done, of those due"), due["verified"], due["total"]),
    ]
    late = [
        Late((item.title_zh, item.title_en), item.due_on, lazy(partial(owner_of, item), str)())
        for item in actions.overdue(today).select_related("firm", "body")
    ]
    return [ReportPart("council", _("Council"), figures, late)]


def owner_of(item: ActionItem) -> str:
    """Asked once for each language of the report."""
    return item.owner
