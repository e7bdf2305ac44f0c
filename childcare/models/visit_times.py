from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from childcare.models.classes import OF_CLASS
from circle.booking.capacity import TimeSlot, TimeSlotQuerySet
from circle.booking.shifts import Shift
from circle.models import Bilingual, Community, Facility, User, within_posts
from circle.models.facilities import refuse_foreign_facility

OF_PLAN = ("plan__facility",)


class VisitPlanQuerySet(models.QuerySet["VisitPlan"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "childcare.view_visitplan", places=OF_CLASS))

    def public(self, community: Community) -> Self:
        """Of the nurseries that families may come to, in the order in which the page names them."""
        found = self.filter(community=community, is_open=True, facility__is_published=True)
        return found.select_related("facility", "community").order_by("facility", "kind")


class VisitPlan(models.Model):
    """That a nursery receives families: to look round, or for a trial half-day. Its times are shifts."""

    class Kind(models.TextChoices):
        LOOK = "look", _("visit to the nursery")
        TRIAL = "trial", _("trial half-day")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="visit_plans", verbose_name=_("community")
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="visit_plans", verbose_name=_("nursery")
    )
    kind = models.CharField(_("what for"), max_length=5, choices=Kind)
    note_zh = models.CharField(_("what families should know (Chinese)"), max_length=200, blank=True)
    note_en = models.CharField(_("what families should know (English)"), max_length=200, blank=True)
    days_ahead = models.PositiveSmallIntegerField(
        _("times laid out so many days ahead"), default=28, validators=[MaxValueValidator(90)]
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("cancelled online until so many hours before"), default=2, validators=[MaxValueValidator(72)]
    )
    is_open = models.BooleanField(_("takes bookings"), default=True)
    # Fingerprint of the hours that its times follow; empty where they are to be compared again.
    laid_out = models.CharField(max_length=64, blank=True, default="", editable=False)

    same_community = ("facility",)

    objects = VisitPlanQuerySet.as_manager()

    note = Bilingual()

    class Meta:
        verbose_name = _("visits to a nursery")
        verbose_name_plural = _("visits to nurseries")
        ordering = ["community", "facility", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "kind"],
                name="visit_plan_once_per_kind",
                violation_error_message=_("This nursery has its times for that already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        refuse_foreign_facility(self)


class VisitShift(Shift):
    """When families are received, in turns of equal length; without any there are no times."""

    plan = models.ForeignKey(
        VisitPlan, models.CASCADE, related_name="shifts", verbose_name=_("visits to a nursery")
    )
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one turn"), validators=[MinValueValidator(10), MaxValueValidator(300)]
    )
    places = models.PositiveSmallIntegerField(
        _("families in each turn"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta(Shift.Meta):
        verbose_name = _("hours for visits")
        verbose_name_plural = _("hours for visits")
        ordering = ["plan", "weekday", "date", "opens"]
        constraints = [
            *Shift.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "weekday", "opens"],
                condition=Q(date=None, valid_from=None),
                name="visit_shift_once_a_week",
                violation_error_message=_("There are already hours that begin then."),
            ),
            models.UniqueConstraint(
                fields=["plan", "date", "opens"],
                condition=Q(date__isnull=False),
                name="visit_shift_once_on_a_date",
                violation_error_message=_("There are already hours that begin then."),
            ),
        ]


class VisitSlotQuerySet(TimeSlotQuerySet):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "childcare.view_visitslot", places=OF_PLAN))


class VisitSlot(TimeSlot):
    """The places for families from one time to another, shared by all booking channels."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="visit_slots", verbose_name=_("community")
    )
    plan = models.ForeignKey(
        VisitPlan, models.PROTECT, related_name="slots", verbose_name=_("visits to a nursery")
    )

    objects = VisitSlotQuerySet.as_manager()

    class Meta(TimeSlot.Meta):
        verbose_name = _("time for visits")
        verbose_name_plural = _("times for visits")
        ordering = ["starts_at", "plan"]
        indexes = [models.Index(fields=["community", "day"], name="visit_slot_day")]
        constraints = [
            *TimeSlot.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "starts_at"], name="visit_slot_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="visit_slot_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
