from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.places import Community
from circle.models.via import Via


class PageReportQuerySet(models.QuerySet["PageReport"]):
    def unsettled(self) -> Self:
        return self.filter(settled_at=None)


class PageReport(models.Model):
    """A visitor's report of a fault on a page. Without contact data: who wants an answer phones."""

    community = models.ForeignKey(
        Community,
        models.PROTECT,
        related_name="page_reports",
        verbose_name=_("community"),
    )
    page = models.CharField(_("page"), max_length=300)
    message = models.TextField(_("what is wrong"), max_length=1000)
    created_at = models.DateTimeField(_("reported at"))
    via = models.CharField(_("came"), max_length=8, choices=Via, default=Via.ONLINE)
    # Who entered it on a home visit; the resident is not stored.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="settled_reports",
        verbose_name=_("settled by"),
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True, editable=False)

    objects = PageReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported page error")
        verbose_name_plural = _("reported page errors")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["community", "-created_at"], name="page_report_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="page_report_settled_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(via="online", entered_by=None) | ~Q(via="online") & Q(entered_by__isnull=False),
                name="page_report_typed_in_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.page
