"""Who stands in a special register: an item that staff enter for people, with what they need."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Community, Mandate, Resident, User, Via, ids_represented_by, within_posts
from services.models.catalogue import ServiceItem

VIEW, ADD = "services.view_registerentry", "services.add_registerentry"
CONFIDENTIAL = "services.handle_confidential_registerentry"
TOLD_BY_LENGTH, NEEDS_LENGTH = 60, 500


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts; a confidential register to who handles it alone."""
        return self.filter(
            within_posts(user, VIEW, near="resident__building__"),
            Q(item__is_confidential=False) | within_posts(user, CONFIDENTIAL),
        )

    def mine(self, user: User) -> Self:
        """Of the login's own and of people it may act for; never of a confidential register."""
        represented = ids_represented_by(user, Mandate.Scope.BOOKINGS)
        return self.filter(resident__in=represented, item__is_confidential=False)

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def to_confirm(self) -> Self:
        return self.filter(status=RegisterEntry.Status.NOTED)

    def shown(self) -> Self:
        return self.select_related("item", "resident__building", "resident__household")


class RegisterEntry(models.Model):
    """One person in one register: noted, confirmed by a call back, ended with a reason."""

    class Status(models.TextChoices):
        NOTED = "noted", _("noted, to be confirmed")
        LISTED = "listed", _("in the register")
        ENDED = "ended", _("taken off the register")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="register_entries", verbose_name=_("community")
    )
    item = models.ForeignKey(
        ServiceItem, models.PROTECT, related_name="register_entries", verbose_name=_("service item")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="register_entries", verbose_name=_("resident")
    )
    told_by = models.CharField(_("who told us"), max_length=TOLD_BY_LENGTH)
    needs = models.CharField(_("what is needed, what was agreed"), max_length=NEEDS_LENGTH)
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    via = models.CharField(pgettext_lazy("how we were told", "made"), max_length=8, choices=Via)
    entered_at = models.DateTimeField(pgettext_lazy("in a register", "entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    confirm_by = models.DateField(_("to be confirmed by"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.NOTED)
    status_at = models.DateTimeField(_("since"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    same_community = ("item", "resident")

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in a special register")
        verbose_name_plural = _("special registers")
        ordering = ["item", "-entered_at", "-id"]
        permissions = [("handle_confidential_registerentry", "Can handle confidential registers")]
        indexes = [
            models.Index(fields=["community", "status", "confirm_by"], name="register_entry_to_confirm")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "item"],
                condition=Q(status__in=["noted", "listed"]),
                name="register_entry_once",
                violation_error_message=_("This person is in the register already."),
            ),
            models.CheckConstraint(
                condition=~Q(told_by="") & ~Q(needs=""),
                name="register_entry_says_who_and_what",
                violation_error_message=_("Say who told us, and what is needed."),
            ),
            models.CheckConstraint(
                condition=Q(status="ended") ^ Q(reason=""), name="register_entry_ends_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.resident_id}"

    def is_late(self, day: dt.date) -> bool:
        return self.status == self.Status.NOTED and self.confirm_by < day


LIVE = [RegisterEntry.Status.NOTED, RegisterEntry.Status.LISTED]
