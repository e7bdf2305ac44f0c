"""Day care: the agreement before the first day, who collects, and when the elder came and left."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Resident, User, within_posts
from eldercare.models.bookings import CareBooking
from eldercare.models.kinds import CareKind

AGREEMENT_VIEW, AGREEMENT_CHANGE = "eldercare.view_dayagreement", "eldercare.change_dayagreement"
NAME_LENGTH, MOST_COLLECTORS = 40, 6


class DayAgreementQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, AGREEMENT_VIEW))

    def live(self) -> Self:
        return self.filter(ended_at=None)

    def in_force(self, day: dt.date) -> Self:
        return self.live().filter(Q(until=None) | Q(until__gte=day), signed_on__lte=day)


class DayAgreement(models.Model):
    """What elder and station signed: until when, and with whom the elder may leave."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    kind = models.ForeignKey(CareKind, models.PROTECT, related_name="+", verbose_name=_("kind of care"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="day_agreements", verbose_name=_("elder")
    )
    signed_on = models.DateField(_("signed on"))
    until = models.DateField(_("until"), null=True, blank=True)
    collectors = models.JSONField(_("who may collect"), default=list, blank=True)
    may_leave_alone = models.BooleanField(_("may leave alone"), default=False)
    entered_at = models.DateTimeField(_("written down at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    same_community = ("kind", "resident")

    objects = DayAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement on day care")
        verbose_name_plural = _("agreements on day care")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(ended_at=None),
                name="day_agreement_one_live",
                violation_error_message=_("This person has an agreement already. Change or end that one."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("signed_on")),
                name="day_agreement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_on:%Y-%m-%d}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None


class DayStay(models.Model):
    """When the elder of one booking came, when they left, and with whom."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    booking = models.OneToOneField(
        CareBooking, models.PROTECT, related_name="stay", verbose_name=_("care booking")
    )
    came_at = models.DateTimeField(_("came at"))
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    left_with = models.CharField(_("left with"), max_length=NAME_LENGTH, blank=True)
    left_alone = models.BooleanField(_("left alone"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )

    same_community = ("booking",)

    class Meta:
        verbose_name = _("day at the station")
        verbose_name_plural = _("days at the station")
        ordering = ["-came_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("came_at")),
                name="day_stay_leaves_after_it_comes",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_with="", left_alone=False)
                | Q(left_at__isnull=False, left_with="", left_alone=True)
                | (Q(left_at__isnull=False, left_alone=False) & ~Q(left_with="")),
                name="day_stay_leaves_with_somebody_or_alone",
            ),
        ]

    def __str__(self) -> str:
        return str(self.booking)
