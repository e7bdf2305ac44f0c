"""What the one-stop hall counts for the monthly report: the hook `monthly_report`."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models import Community
from circle.reporting.figures import (
    Figure,
    Late,
    ReportPart,
    Spans,
    Value,
    count_figure,
    counts_by_span,
    share_figure,
)
from services.admin.ticket_figures import spread
from services.hooks.district_figures import CAME, DUE
from services.models import AgencyCase, Booking, CaseStatus, CommitteeCertificate, Ticket, TicketQuerySet
from services.models.case_clock import late_cases


def monthly_report(community: Community, spans: Spans, today: dt.date) -> list[ReportPart]:
    """As many queries for a large hall as for a small one."""
    figures = [*booked(community, spans), *numbers(community, spans), *cases(community, spans)]
    return [ReportPart("services", _("One-stop hall"), figures, list(late(community, today)))]


def booked(community: Community, spans: Spans) -> list[Figure]:
    """Of the bookings that people did not cancel themselves, as the district's overview counts them."""
    due = Booking.objects.filter(community=community, status__in=DUE)
    counts = counts_by_span(due, spans, "day", came=Q(status__in=CAME))
    return [
        share_figure("bookings_came", _("bookings that came, of those due"), counts["came"], counts["total"])
    ]


def numbers(community: Community, spans: Spans) -> list[Figure]:
    """Numbers drawn, and the median of the waiting of those who were called."""
    drawn = Ticket.objects.filter(community=community).exclude(status=Ticket.Status.WITHDRAWN)
    counts = counts_by_span(drawn, spans, "day", done=Q(status=Ticket.Status.DONE))
    waits = [waiting_in(drawn.filter(day__range=(span.first, span.last))) for span in spans]
    return [
        share_figure("tickets_done", _("numbers served, of those drawn"), counts["done"], counts["total"]),
        Figure("tickets_wait", _("waiting at the hall (median)"), waits, "minutes"),
    ]


def waiting_in(tickets: TicketQuerySet) -> Value:
    lengths = [ticket.waited for ticket in tickets]
    return Value(spread(lengths).median, sum(length is not None for length in lengths))


def cases(community: Community, spans: Spans) -> list[Figure]:
    rows = AgencyCase.objects.filter(community=community)
    asked = counts_by_span(rows, spans, "requested_at")
    closed = counts_by_span(rows.filter(status=CaseStatus.CLOSED), spans, "status_at")
    sealed = counts_by_span(CommitteeCertificate.objects.filter(community=community), spans, "issued_at")
    return [
        count_figure("cases_asked", _("errands asked for"), asked["total"]),
        count_figure("cases_closed", _("errands done"), closed["total"]),
        count_figure("certificates", _("certificates sealed"), sealed["total"]),
    ]


def late(community: Community, today: dt.date) -> list[Late]:
    """Errands past their day, with whom the clock stands; by number and item, never by the person's name."""
    clocks = late_cases(AgencyCase.objects.filter(community=community), today)
    rows = AgencyCase.objects.filter(pk__in=list(clocks)).select_related("item", "handler")
    return [
        Late(
            (f"{case.item.name_zh} {case.code}", f"{case.item.name_en} {case.code}"),
            due.on,
            str(case.handler or ""),
        )
        for case in rows
        if (due := clocks[case.pk].due)
    ]
