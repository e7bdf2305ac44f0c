"""Care that comes again: every Tuesday until a day, with pauses. `tick` lays out its bookings."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.calendar.working_days import ONE_DAY
from circle.identifiers.public_codes import new_code
from circle.models import Building, Community, Mandate, OpeningHours, Resident, User, Via, within_posts
from eldercare.models.bookings import NOTE_LENGTH, CareBooking, in_the_name_of
from eldercare.models.kinds import CareKind, Part

SERIES_VIEW, SERIES_CHANGE = "eldercare.view_careseries", "eldercare.change_careseries"
WEEKDAYS = [choice for choice in OpeningHours.Day.choices if choice[0] != OpeningHours.Day.HOLIDAY]
MOST_WEEKS = 4  # between two dates of a series


def monday_of(day: dt.date) -> dt.date:
    return day - day.weekday() * ONE_DAY


class CareSeriesQuerySet(models.QuerySet["CareSeries"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, SERIES_VIEW) | in_the_name_of(user))

    def mine(self, user: User) -> Self:
        return self.filter(in_the_name_of(user))

    def live(self) -> Self:
        return self.filter(status__in=CareSeries.LIVE)

    def over(self) -> Self:
        return self.exclude(status__in=CareSeries.LIVE)

    def shown(self) -> Self:
        own = self.select_related("community", "kind__facility", "kind__community", "building", "booked_by")
        return own.select_related("resident__login", "mandate__agent")


class CareSeries(models.Model):
    """One elder's care of one kind in every week, or every few weeks, on one weekday until a day.

    What it asks for is copied into each of its bookings. It changes through the actions only.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("of a series", "to be confirmed")
        RUNNING = "running", pgettext_lazy("of a series", "running")
        ENDED = "ended", pgettext_lazy("of a series", "ended")
        REVOKED = "revoked", pgettext_lazy("of a series", "ended by us")

    LIVE = [Status.REQUESTED, Status.RUNNING]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="care_series", verbose_name=_("community")
    )
    kind = models.ForeignKey(CareKind, models.PROTECT, related_name="series", verbose_name=_("kind of care"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="care_series", verbose_name=_("elder")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    # Of a request for a day as a whole none.
    starts = models.TimeField(_("from"), null=True, blank=True)
    part = models.CharField(_("half of the day"), max_length=2, choices=Part, blank=True, editable=False)
    every = models.PositiveSmallIntegerField(
        _("every so many weeks"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    needs = models.JSONField(_("needs"), default=list, blank=True)
    conditions = models.JSONField(_("conditions that hold"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=NOTE_LENGTH, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    door = models.CharField(_("entrance and door"), max_length=20, blank=True)
    # Whoever has moved since then is asked for the new address before somebody comes to the old one.
    address_on = models.DateField(_("address given on"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED)
    status_at = models.DateTimeField(_("since"))
    # That its last day is near, or that it ends at their own wish.
    told_end_at = models.DateTimeField(_("told of its end at"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    via = models.CharField(_("made"), max_length=8, choices=Via)
    booked_at = models.DateTimeField(_("made at"))
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )

    same_community = ("kind", "resident", "building")

    objects = CareSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series of care")
        verbose_name_plural = _("series of care")
        ordering = ["-booked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind", "weekday", "part"],
                condition=Q(status__in=["requested", "running"]),
                name="care_series_once_a_weekday",
                violation_error_message=_("This care already comes to this person on that weekday."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="care_series_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="care_series_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(every__gte=1, every__lte=MOST_WEEKS), name="care_series_every_few_weeks"
            ),
            models.CheckConstraint(
                condition=~Q(status="revoked") | ~Q(reason=""), name="care_series_revoked_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("care_series", args=[self.code])

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    def days(self, first: dt.date, last: dt.date, pauses: "Iterable[SeriesPause]") -> Iterator[dt.date]:
        """Its days from `first` to `last`, without those that fall into a pause; one in each of its weeks."""
        week, end = monday_of(self.first_day), min(last, self.last_day)
        while (day := week + self.weekday * ONE_DAY) <= end:
            if day >= max(first, self.first_day) and not any(each.covers(day) for each in pauses):
                yield day
            week += self.every * 7 * ONE_DAY


class SeriesPause(models.Model):
    """Days on which a series does not come, such as a winter with the children."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    series = models.ForeignKey(CareSeries, models.CASCADE, related_name="pauses", verbose_name=_("series"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("said by")
    )

    same_community = ("series",)

    class Meta:
        verbose_name = _("pause of a series")
        verbose_name_plural = _("pauses of a series")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "starts_on", "ends_on"], name="series_pause_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="series_pause_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def covers(self, day: dt.date) -> bool:
        return self.starts_on <= day <= self.ends_on


class SeriesDateQuerySet(models.QuerySet[Any]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, SERIES_VIEW))

    def waiting(self) -> Self:
        """For the coordinator: no booking could be made."""
        return self.filter(status=SeriesDate.Status.WAITING)

    def to_come(self) -> Self:
        """Booked, and nothing has been given yet."""
        return self.filter(booking__status__in=CareBooking.TO_COME)

    def shown(self) -> Self:
        own = self.select_related("series__kind__facility", "series__kind__community", "booking__slot")
        return own.select_related("series__resident__login", "series__mandate__agent", "series__building")


class SeriesDate(models.Model):
    """What became of a series in one week: a booking, a wait for the coordinator, or nothing.

    The week is its own, wherever the booking is moved to, and stays when it is cancelled.
    """

    class Status(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("of a date of a series", "booked")
        WAITING = "waiting", pgettext_lazy("of a date of a series", "waits for a time")
        SKIPPED = "skipped", pgettext_lazy("of a date of a series", "does not take place")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    series = models.ForeignKey(CareSeries, models.CASCADE, related_name="dates", verbose_name=_("series"))
    week = models.DateField(_("week of"), editable=False)
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    status_at = models.DateTimeField(_("since"))
    booking = models.OneToOneField(
        CareBooking,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="series_date",
        verbose_name=_("care booking"),
    )
    # The code of the refusal for which it waits.
    cause = models.CharField(_("why it waits"), max_length=30, blank=True)
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    same_community = ("series", "booking")

    objects = SeriesDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date of a series")
        verbose_name_plural = _("dates of series")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "week"], name="series_date_once_a_week"),
            models.CheckConstraint(
                condition=Q(status="booked", booking__isnull=False)
                | (~Q(status="booked") & Q(booking__isnull=True)),
                name="series_date_booked_with_a_booking",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | ~Q(cause=""), name="series_date_waits_for_a_cause"
            ),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
