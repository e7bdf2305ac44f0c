"""Checking the monthly report to the sub-district."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import Community, MonthlyReport, User, within_posts
from circle.models.monthly_reports import CHECK
from circle.reporting.content import build_content, digest_of
from circle.reporting.figures import spans_of


def check_report(
    *,
    community: Community,
    month: dt.date,
    seen: str,
    words: str = "",
    reason: str = "",
    at: dt.datetime,
    by: User,
) -> MonthlyReport:
    """Freezes the figures of the month as they were seen: `seen` is their hash. Twice is harmless.

    Refuses: not_allowed, month_not_over, changed_meanwhile (the figures are others now),
    already_checked (without a reason for a further edition).
    """
    if not Community.objects.filter(within_posts(by, CHECK, "pk"), pk=community.pk).exists():
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")
    today, month = localdate(at), month.replace(day=1)
    if spans_of(month).month.last >= today:
        raise ValidationError(_("A month is reported when it is over."), code="month_not_over")
    try:
        with transaction.atomic():
            return freeze_report(community, month, seen, words.strip(), reason.strip(), at, by)
    except IntegrityError as error:
        raise already_checked() from error


def freeze_report(
    community: Community, month: dt.date, seen: str, words: str, reason: str, at: dt.datetime, by: User
) -> MonthlyReport:
    latest = MonthlyReport.objects.latest(community, month)
    if latest and latest.digest == seen:
        return latest
    if latest and not reason:
        raise already_checked()
    content = build_content(community, month, localdate(at))
    if digest_of(content) != seen:
        sentence = _("The figures have changed since you looked: look at them once more.")
        raise ValidationError(sentence, code="changed_meanwhile")
    report = MonthlyReport.objects.create(
        community=community,
        month=month,
        edition=latest.edition + 1 if latest else 1,
        reason=reason if latest else "",
        content=content,
        digest=seen,
        words=words,
        checked_at=at,
        checked_by=by,
    )
    record(
        verb="monthly_report_checked",
        subject=report,
        community=community,
        at=at,
        actor=by,
        digest=seen,
        edition=report.edition,
    )
    return report


def already_checked() -> ValidationError:
    return ValidationError(
        _("This report has already been checked; a further edition needs a reason."), code="already_checked"
    )
