"""What elder care counts for the monthly report: the hook `monthly_report`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models import Community
from circle.reporting.figures import ReportPart, Spans, count_figure, counts_by_span, share_figure
from eldercare.models import CareBooking, Enrolment, Visit, VisitDuty

Status = VisitDuty.Status


def monthly_report(community: Community, spans: Spans, today: dt.date) -> list[ReportPart]:
    """Four queries. A visit that was missed stays missed, so it is count_figure and not listed as late."""
    ended = VisitDuty.objects.filter(community=community, status__in=[Status.DONE, Status.MISSED])
    duties = counts_by_span(ended, spans, "ends_on", done=Q(status=Status.DONE))
    looks = counts_by_span(Visit.objects.filter(community=community), spans, "at")
    care = counts_by_span(CareBooking.objects.given().filter(community=community), spans, "day")
    lessons = counts_by_span(Enrolment.objects.filter(community=community), spans, "booked_at")
    figures = [
        share_figure(
            "visits_in_time", _("visits to elders in time, of those due"), duties["done"], duties["total"]
        ),
        count_figure("looks", _("looks at elders, by visit or telephone"), looks["total"]),
        count_figure("care_given", _("care visits given"), care["total"]),
        count_figure("school", _("enrolments in the senior school"), lessons["total"]),
    ]
    return [ReportPart("eldercare", _("Elder care"), figures)]
