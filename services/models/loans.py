"""Wheelchairs and walking aids that are lent: how many there are, and who has one until when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.booking.capacity import LimitedCapacity, LimitedCapacityQuerySet
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.public_codes import new_code
from circle.models import (
    Bilingual,
    Community,
    Facility,
    Mandate,
    Resident,
    User,
    Via,
    ids_represented_by,
    within_posts,
)
from circle.models.facilities import refuse_foreign_facility

VIEW, ADD, CHANGE = "services.view_aidloan", "services.add_aidloan", "services.change_aidloan"
WORDS_LENGTH = 120


class AidStockQuerySet(LimitedCapacityQuerySet):
    def public(self, community: Community) -> Self:
        return self.filter(community=community, is_offered=True)


class AidStock(LimitedCapacity):
    """One kind of aid at one place; a reserved one and one that is lent count as taken."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="aid_stocks", verbose_name=_("community")
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="aid_stocks", verbose_name=_("where to fetch it")
    )
    code = models.SlugField(_("short name in addresses"), max_length=30)
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=60)
    note_zh = models.CharField(_("for whom, which sizes (Chinese)"), max_length=120, blank=True)
    note_en = models.CharField(_("for whom, which sizes (English)"), max_length=160, blank=True)
    days = models.PositiveSmallIntegerField(
        _("lent for so many days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    held_days = models.PositiveSmallIntegerField(
        _("kept for who reserved it, in days"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
    )
    is_offered = models.BooleanField(_("is lent at present"), default=True)

    same_community = ("facility",)

    objects = AidStockQuerySet.as_manager()

    name = Bilingual()
    note = Bilingual()

    class Meta(LimitedCapacity.Meta):
        verbose_name = _("aid to be lent")
        verbose_name_plural = _("aids to be lent")
        ordering = ["community", "code"]
        constraints = [
            *LimitedCapacity.Meta.constraints,
            models.UniqueConstraint(
                fields=["community", "code"],
                name="aid_stock_code_unique_in_community",
                violation_error_message=_("There is already an aid with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, held_days__gte=1), name="aid_stock_lent_for_a_day_or_more"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_foreign_facility(self)


class AidLoanQuerySet(models.QuerySet["AidLoan"]):
    def for_user(self, user: User) -> Self:
        """Of the communities of one's posts, and those of the people whom this login may act for."""
        return self.filter(within_posts(user, VIEW) | AidLoan.in_the_name_of(user))

    def mine(self, user: User) -> Self:
        """The login's own and those of people it may act for; without what it sees as staff."""
        return self.filter(AidLoan.in_the_name_of(user))

    def holding(self) -> Self:
        """Reserved or lent: the aid is not there for others."""
        return self.filter(status__in=HOLDING)

    def reserved(self) -> Self:
        return self.filter(status=AidLoan.Status.RESERVED)

    def late(self, day: dt.date) -> Self:
        return self.filter(status=AidLoan.Status.LENT, due_on__lt=day)

    def shown(self) -> Self:
        return self.select_related("stock__facility", "resident__building", "resident__login", "mandate")


class AidLoan(models.Model):
    """One aid for one person: reserved, fetched, brought back; or cancelled, not fetched, lost."""

    class Status(models.TextChoices):
        RESERVED = "reserved", pgettext_lazy("aid", "reserved")
        LENT = "lent", pgettext_lazy("aid", "lent")
        RETURNED = "returned", pgettext_lazy("aid", "brought back")
        LOST = "lost", pgettext_lazy("aid", "lost")
        CANCELLED = "cancelled", pgettext_lazy("aid", "cancelled")
        LAPSED = "lapsed", pgettext_lazy("aid", "not fetched")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="aid_loans", verbose_name=_("community")
    )
    stock = models.ForeignKey(AidStock, models.PROTECT, related_name="loans", verbose_name=_("aid"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="aid_loans", verbose_name=_("resident")
    )
    code = models.CharField(_("loan number"), max_length=8, unique=True, default=new_code, editable=False)
    via = models.CharField(_("asked for"), max_length=8, choices=Via)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )
    fetch_by = models.DateField(_("to be fetched by"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RESERVED)
    status_at = models.DateTimeField(_("since"))
    lent_at = models.DateTimeField(_("handed out at"), null=True, blank=True)
    due_on = models.DateField(_("to be back on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    told_late_at = models.DateTimeField(_("told that it is late at"), null=True, blank=True)
    words = models.CharField(_("in which state it came back, or why it did not"), max_length=120, blank=True)

    same_community = ("stock", "resident")

    objects = AidLoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan of an aid")
        verbose_name_plural = _("loans of aids")
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["community", "status", "due_on"], name="aid_loan_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "stock"],
                condition=Q(status__in=["reserved", "lent"]),
                name="aid_loan_once",
                violation_error_message=_("This person has one already."),
            ),
            models.CheckConstraint(
                condition=Q(lent_at=None, due_on=None) | Q(lent_at__isnull=False, due_on__isnull=False),
                name="aid_loan_lent_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["reserved", "cancelled", "lapsed"]) ^ Q(lent_at__isnull=False),
                name="aid_loan_status_of_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(status="lost") | ~Q(words=""), name="aid_loan_lost_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("loan", args=[self.code])

    @staticmethod
    def in_the_name_of(user: User) -> Q:
        return Q(resident__in=ids_represented_by(user, Mandate.Scope.BOOKINGS))

    def is_late(self, day: dt.date) -> bool:
        return self.status == self.Status.LENT and self.due_on is not None and self.due_on < day

    @property
    def is_holding(self) -> bool:
        return self.status in HOLDING


HOLDING = [AidLoan.Status.RESERVED, AidLoan.Status.LENT]


def start_of_day(day: dt.date) -> dt.datetime:
    """For messages, which name days by a moment."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)
