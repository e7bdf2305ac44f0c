"""Visitors' reports of faults on a page."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.models import Community, PageReport, Resident, User, Via
from circle.permissions.on_behalf import HOME_VISIT_PERMISSION, mandate_for

REPORTS_PER_HOUR = 60
OUTCOME_LENGTH = 300


@transaction.atomic
def report_page(
    *,
    community: Community,
    page: str,
    message: str,
    at: dt.datetime,
    neighbour: Resident | None = None,
    by: User | None = None,
) -> PageReport:
    """Save a visitor's report; the same text about a page is saved once while unsettled.

    `neighbour`: the resident who said it on a home visit by `by`; it is not stored who they are.
    Refuses: too_many_reports (a community takes 60 an hour; the sentence names the phone), not_allowed,
    resident_gone.
    """
    typed = {}
    if by and neighbour:
        mandate_for(by=by, resident=neighbour, scope="", via=Via.DOOR, staff_permission=HOME_VISIT_PERMISSION)
        typed = {"via": Via.DOOR, "entered_by": by}
    same = PageReport.objects.unsettled().filter(community=community, page=page, message=message).first()
    if same:
        return same
    recent = PageReport.objects.filter(community=community, created_at__gt=at - dt.timedelta(hours=1))
    if recent.count() >= REPORTS_PER_HOUR:
        raise ValidationError(
            _("Many reports came in just now. Please phone %(phone)s."),
            code="too_many_reports",
            params={"phone": community.phone},
        )
    return PageReport.objects.create(community=community, page=page, message=message, created_at=at, **typed)


@transaction.atomic
def settle_report(*, report: PageReport, by: User, outcome: str, at: dt.datetime) -> PageReport:
    """Close a report with what was done. A settled one stays as it is.

    Refuses: outcome_missing, outcome_too_long (300 characters).
    """
    outcome = outcome.strip()
    if not outcome:
        raise ValidationError(_("Say what was done."), code="outcome_missing")
    if len(outcome) > OUTCOME_LENGTH:
        raise ValidationError(
            _("Say it in at most %(length)s characters."),
            code="outcome_too_long",
            params={"length": OUTCOME_LENGTH},
        )
    PageReport.objects.unsettled().filter(pk=report.pk).update(settled_at=at, settled_by=by, outcome=outcome)
    report.refresh_from_db()
    return report
