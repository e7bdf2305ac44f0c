from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application, in_reach, of_family
from childcare.models.classes import NurseryClass
from childcare.models.prices import ClassPrice
from circle.models import User


class OfferQuerySet(models.QuerySet["Offer"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and what staff of the nursery may read."""
        staff = in_reach(user, "childcare.view_application", "application__")
        return self.filter(staff | of_family(user, "application__"))

    def pending(self) -> Self:
        return self.filter(status=Offer.Status.PENDING)


class Offer(models.Model):
    """A place offered to an application: what was promised, until when, and how it was answered."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for an answer")
        ACCEPTED = "accepted", _("place accepted")
        DECLINED = "declined", _("place declined")
        LAPSED = "lapsed", _("offer ran out")
        REVOKED = "revoked", _("taken back")

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="offers", verbose_name=_("application")
    )
    # Goes with a child that changes class; which one was promised stands in the audit record.
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="offers", verbose_name=_("class")
    )
    # Promised, whatever the class costs later.
    price = models.ForeignKey(ClassPrice, models.PROTECT, related_name="+", verbose_name=_("price offered"))
    starts_on = models.DateField(_("place from"))
    # The first day without a place, of a stay that goes on to the third birthday; it was said in the offer.
    missing_from = models.DateField(_("no place yet from"), null=True, blank=True)
    made_at = models.DateTimeField(_("offered at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("offered by")
    )
    expires_at = models.DateTimeField(_("offer ends at"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    ended_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a place")
        verbose_name_plural = _("offers of places")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["expires_at"], condition=Q(status="pending"), name="offer_deadlines")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(status="pending"), name="offer_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="offer_ends_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(status="pending", ended_at=None)
                | ~Q(status="pending") & Q(ended_at__isnull=False),
                name="offer_ended_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(missing_from=None) | Q(missing_from__gt=F("starts_on")),
                name="offer_begins_with_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.made_at:%Y-%m-%d}"
