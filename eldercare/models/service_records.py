from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, User, within_posts
from eldercare.models.bookings import CHANGE, CareBooking

WHY_LENGTH = 120


class ServiceRecord(models.Model):
    """What was done from when until when, and that the elder agrees; written with the end of the care."""

    class Signature(models.TextChoices):
        PAPER = "paper", pgettext_lazy("how the elder agrees", "signed on paper")
        GLASS = "glass", pgettext_lazy("how the elder agrees", "signed on this phone")
        CALL = "call", pgettext_lazy("how the elder agrees", "the station calls back")

    booking = models.OneToOneField(
        CareBooking, models.PROTECT, related_name="service_record", verbose_name=_("care booking")
    )
    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"))
    done = models.JSONField(_("what was done"), default=list, blank=True)
    signature = models.CharField(_("the elder's word"), max_length=5, choices=Signature)
    # Of a call back empty until somebody had it.
    signed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    signed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed to whom"),
    )
    # Where nobody entered the end, and the coordinator did it later.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed afterwards by"),
    )
    reason = models.CharField(_("why closed afterwards"), max_length=WHY_LENGTH, blank=True)

    # Of a call back: the elder says that it was not given as written.
    disputed_at = models.DateTimeField(_("disputed at"), null=True, blank=True)
    dispute = models.CharField(_("what the elder disputes"), max_length=WHY_LENGTH, blank=True)

    class Meta:
        verbose_name = _("service record")
        verbose_name_plural = _("service records")
        ordering = ["-ended_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("began_at")), name="service_record_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_to=None, signature="call")
                | Q(signed_at__isnull=False, signed_to__isnull=False),
                name="service_record_signed_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, reason="") | (Q(closed_by__isnull=False) & ~Q(reason="")),
                name="service_record_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(disputed_at=None, dispute="")
                | (Q(disputed_at__isnull=False, signature="call") & ~Q(dispute="")),
                name="service_record_disputed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.ended_at:%Y-%m-%d %H:%M}"


class DrawnSignatureQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> Self:
        """Of whoever coordinates the care; who gave it saw it being drawn."""
        return self.filter(within_posts(user, CHANGE))


class DrawnSignature(models.Model):
    """What the elder drew on the carer's phone; in a table of its own, so that no list reads the picture."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    record = models.OneToOneField(
        ServiceRecord, models.CASCADE, related_name="drawing", verbose_name=_("service record")
    )
    # A small PNG in black and white; it has no address of its own.
    image = models.BinaryField(_("drawn signature"))

    objects = DrawnSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("drawn signature")
        verbose_name_plural = _("drawn signatures")

    def __str__(self) -> str:
        return str(self.record_id)
