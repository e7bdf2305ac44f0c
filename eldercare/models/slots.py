from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import TimeSlot, TimeSlotQuerySet
from circle.models import Community, OpeningHours, User, within_posts
from eldercare.models.kinds import CareKind


class CareShift(models.Model):
    """Hours of a kind of care on one weekday, divided into turns of equal length with equal places."""

    kind = models.ForeignKey(CareKind, models.CASCADE, related_name="shifts", verbose_name=_("kind of care"))
    weekday = models.PositiveSmallIntegerField(_("day"), choices=OpeningHours.Day)
    opens = models.TimeField(_("begins"))
    closes = models.TimeField(_("ends"))
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one turn"), validators=[MinValueValidator(10), MaxValueValidator(720)]
    )
    places = models.PositiveSmallIntegerField(_("places in each turn"), default=1)

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["kind", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "weekday", "opens"],
                name="care_shift_once",
                violation_error_message=_("There is already a shift that begins then."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="care_shift_ends_after_it_begins",
                violation_error_message=_("A shift ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


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
