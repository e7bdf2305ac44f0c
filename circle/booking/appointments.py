"""A time that one person has, in any app: whose it is, how it was made, and what became of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import TimeSlot
from circle.identifiers.encryption import indexes_of
from circle.identifiers.public_codes import new_code
from circle.models import Community, Mandate, Resident, User, Via

Row = TypeVar("Row", bound="Appointment")


def is_of_number(phone: str) -> Q:
    """Whether the number is the resident's or, where they have none, of who acts for them."""
    found = indexes_of(phone)
    own = Q(resident__phone_index__in=found) | Q(resident__login__phone_index__in=found)
    in_force = Mandate.objects.active()
    return own | Q(resident__phone_index=None, mandate__agent__phone_index__in=found, mandate__in=in_force)


class AppointmentQuerySet(models.QuerySet[Row]):
    def mine(self, user: User) -> Self:
        """The login's own and those of people it may act for; without what it sees as staff."""
        return self.filter(self.model.in_the_name_of(user))

    def proved_by(self, phone: str, code: str) -> Self:
        """Of this code, if the number is that of its person."""
        return self.filter(is_of_number(phone), code=code)

    def live(self) -> Self:
        """Still to come to an end."""
        return self.filter(status__in=self.model.LIVE)

    def over(self) -> Self:
        return self.exclude(status__in=self.model.LIVE)

    def over_with_name(self, community: int) -> Self:
        """Over, and still saying whose it was."""
        return self.over().filter(community=community).exclude(resident__erased_at__isnull=False)

    def holding(self) -> Self:
        """Taking a place of their slot."""
        return self.exclude(status__in=self.model.FREED)

    def on(self, day: dt.date) -> Self:
        return self.filter(day=day)

    def stranded(self, at: dt.datetime) -> Self:
        """For a time that no longer takes place: staff have to move them or call them off."""
        return self.filter(self.model.stranded_at(at))

    def with_stranded(self, at: dt.datetime) -> Self:
        """Each row says as `is_stranded` whether it is one of `stranded`."""
        condition = ExpressionWrapper(self.model.stranded_at(at), output_field=BooleanField())
        return self.annotate(is_stranded=condition)


class Appointment(models.Model):
    """What an app's bookings have in common. Every change of status is a verb of circle/booking/changes.py.

    A subclass has `slot`, `starts_at` and its Status, and says which of them are live (to come to an end) and
    which are freed (holding no place), whom a login may book for, and which no longer take place.
    """

    LIVE: ClassVar[Sequence[str]]
    FREED: ClassVar[Sequence[str]]
    slot: Any
    slot_id: Any

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="%(class)ss", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="%(class)ss", verbose_name=_("resident")
    )
    code = models.CharField(_("booking code"), max_length=8, unique=True, default=new_code, editable=False)
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10)
    status_at = models.DateTimeField(_("since"))
    via = models.CharField(_("made"), max_length=8, choices=Via)
    booked_at = models.DateTimeField(_("made at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    # Of a booking in somebody's name; empty for one's own and for those that staff made.
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("mandate"),
    )
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True, editable=False)
    reminded_again_at = models.DateTimeField(
        _("reminded two hours before"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def ends_at(self) -> dt.datetime | None:
        """None where only a day was asked for."""
        slot: TimeSlot | None = self.slot
        return slot.ends_at if slot else None

    def is_over(self, at: dt.datetime) -> bool:
        """Without a time it is over with its day."""
        if self.ends_at:
            return self.ends_at < at
        return self.day is not None and self.day < localdate(at)

    @staticmethod
    def in_the_name_of(user: User) -> Q:
        """Of the login itself and of those for whom it may act."""
        raise NotImplementedError

    @staticmethod
    def stranded_at(at: dt.datetime) -> Q:
        """Still to come, and its time no longer takes place."""
        raise NotImplementedError
