import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from childcare.models.applications import Application, in_reach, of_family
from childcare.models.classes import OF_ITS_CLASS, Band, NurseryClass, in_each_band
from circle.models import Resident, User, within_posts


class SeatQuerySet(models.QuerySet["Seat"]):
    def for_user(self, user: User) -> Self:
        """What staff of the nursery read; residents see numbers of places on the pages."""
        return self.filter(
            within_posts(user, "childcare.view_nurseryclass", "nursery_class__community", places=OF_ITS_CLASS)
        )

    def booked_from(self, day: dt.date) -> Self:
        """On that day or later: who wants such a seat for good has to wait."""
        return self.filter(Exists(SeatDay.objects.filter(seat=OuterRef("pk"), day__gte=day)))


class Seat(models.Model):
    """One of the places that the law allows in a class. What it is used for by day: `SeatDay`."""

    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, related_name="seats", verbose_name=_("class")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    # Of the class, for the constraint: a class changes its band only while no seat of it is booked.
    band = models.CharField(_("age band"), max_length=8, choices=Band)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["nursery_class", "number"]
        constraints = [
            models.UniqueConstraint(fields=["nursery_class", "number"], name="seat_number_once_in_a_class"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & in_each_band(number__lte="most"),
                name="seat_within_national_maximum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nursery_class_id}/{self.number}"


class StayQuerySet(models.QuerySet["Stay"]):
    def for_user(self, user: User) -> Self:
        """Of the children whom this login may act for, and what staff of the nursery may read."""
        staff = in_reach(user, "childcare.view_application", "application__")
        return self.filter(staff | of_family(user, "application__"))

    def on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def booked(self) -> Self:
        return self.filter(is_missing=False)

    def missing(self) -> Self:
        return self.filter(is_missing=True)


class Stay(models.Model):
    """From which day to which a child has a place of a class, or should have one and none is free.

    The stays of an application follow each other from class to class, up to the third birthday.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="stays", verbose_name=_("application")
    )
    # Empty where the nursery has no class of that age.
    nursery_class = models.ForeignKey(
        NurseryClass, models.PROTECT, null=True, related_name="stays", verbose_name=_("class")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    is_missing = models.BooleanField(_("no place is free yet"), default=False)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay in a class")
        verbose_name_plural = _("stays in classes")
        ordering = ["application", "starts_on"]
        indexes = [models.Index(fields=["nursery_class", "ends_on"], name="stay_of_class")]
        constraints = [
            models.UniqueConstraint(fields=["application", "starts_on"], name="stay_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stay_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(is_missing=True) | Q(nursery_class__isnull=False), name="stay_booked_in_a_class"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"


class SeatDayQuerySet(models.QuerySet["SeatDay"]):
    def for_user(self, user: User) -> Self:
        """As the stay that it belongs to."""
        return self.filter(stay__in=Stay.objects.for_user(user))


class SeatDay(models.Model):
    """Half a day of a seat, booked for a child. Every calendar day has its rows: days off are asked when
    reading, as those of later years are not known yet."""

    class Half(models.TextChoices):
        MORNING = "am", pgettext_lazy("half of a day", "morning")
        AFTERNOON = "pm", pgettext_lazy("half of a day", "afternoon")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="days", verbose_name=_("seat"))
    day = models.DateField(_("day"))
    half = models.CharField(_("half of the day"), max_length=2, choices=Half)
    # Empty of a child that was forgotten; the seat was used all the same.
    child = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="seat_days", verbose_name=_("child")
    )
    stay = models.ForeignKey(
        Stay, models.PROTECT, related_name="seat_days", verbose_name=_("stay in a class")
    )

    objects = SeatDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a seat")
        verbose_name_plural = _("days of seats")
        ordering = ["day", "half", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "day", "half"], name="seat_day_for_one_child"),
            models.UniqueConstraint(fields=["child", "day", "half"], name="seat_day_on_one_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.day:%Y-%m-%d} {self.half}"
