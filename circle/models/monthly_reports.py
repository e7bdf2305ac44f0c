"""Monthly reports to the sub-district, as the director has checked them."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.records import AppendOnly

VIEW, CHECK = "circle.view_monthlyreport", "circle.check_monthlyreport"
WORDS_LENGTH, REASON_LENGTH = 1000, 120


class MonthlyReportQuerySet(models.QuerySet["MonthlyReport"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, VIEW))

    def latest(self, community: Community, month: dt.date) -> "MonthlyReport | None":  # type: ignore[override]
        """The last edition."""
        return self.filter(community=community, month=month).order_by("-edition").first()


class MonthlyReport(AppendOnly):
    """Frozen when the director checked it: a mistake is mended by a further edition with its reason."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="monthly_reports", verbose_name=_("community")
    )
    month = models.DateField(_("month"))  # its first day
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    reason = models.CharField(_("why a further edition"), max_length=REASON_LENGTH, blank=True)
    content = models.JSONField(_("figures"))
    digest = models.CharField(_("hash (SHA-256)"), max_length=64)
    words = models.TextField(_("in the director's words"), max_length=WORDS_LENGTH, blank=True)
    checked_at = models.DateTimeField(_("checked at"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("checked by")
    )

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["-month", "community", "-edition"]
        permissions = [("check_monthlyreport", "Can check the monthly report")]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "month", "edition"],
                name="monthly_report_edition_once",
                violation_error_message=_("This report has already been checked."),
            ),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | Q(~Q(reason=""), edition__gt=1),
                name="monthly_report_further_edition_has_a_reason",
                violation_error_message=_("Say why a further edition is needed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} ({self.edition})"

    @property
    def checked_on(self) -> dt.date:
        return localdate(self.checked_at)
