import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import TimeSlot, TimeSlotQuerySet
from circle.booking.shifts import Shift
from circle.models import Community, User, within_posts
from eldercare.models.kinds import QUARTER, CareKind

QUARTERS = [dt.time(hour, minute) for hour in range(24) for minute in range(0, 60, QUARTER)]


class CareShift(Shift):
    """When a kind of care is given, in turns of equal length; without any, whenever its place is open."""

    kind = models.ForeignKey(CareKind, models.CASCADE, related_name="shifts", verbose_name=_("kind of care"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one turn"), validators=[MinValueValidator(10), MaxValueValidator(720)]
    )
    places = models.PositiveSmallIntegerField(_("places in each turn"), default=1)

    class Meta(Shift.Meta):
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["kind", "weekday", "date", "opens"]
        constraints = [
            *Shift.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opens__in=QUARTERS, slot_minutes=F("slot_minutes") / QUARTER * QUARTER),
                name="care_shift_in_whole_quarters",
                violation_error_message=_("Care begins and lasts in whole quarters of an hour."),
            ),
            models.UniqueConstraint(
                fields=["kind", "weekday", "opens"],
                condition=Q(date=None, valid_from=None),
                name="care_shift_once_a_week",
                violation_error_message=_("There is already a shift that begins then."),
            ),
            models.UniqueConstraint(
                fields=["kind", "date", "opens"],
                condition=Q(date__isnull=False),
                name="care_shift_once_on_a_date",
                violation_error_message=_("There is already a shift that begins then."),
            ),
        ]


class CareSlotQuerySet(TimeSlotQuerySet):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "eldercare.view_careslot"))


class CareSlot(TimeSlot):
    """The places of one kind of care from one time to another, shared by all booking channels."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_slots", verbose_name=_("community")
    )
    kind = models.ForeignKey(CareKind, models.PROTECT, related_name="slots", verbose_name=_("kind of care"))

    objects = CareSlotQuerySet.as_manager()

    class Meta(TimeSlot.Meta):
        verbose_name = _("care time")
        verbose_name_plural = _("care times")
        ordering = ["starts_at", "kind"]
        indexes = [models.Index(fields=["community", "day"], name="care_slot_day")]
        constraints = [
            *TimeSlot.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "starts_at"], name="care_slot_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="care_slot_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
