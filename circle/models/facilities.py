import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.formats.times import TO
from circle.identifiers.public_codes import short_code
from circle.models.base import Bilingual
from circle.models.closures import ClosedPeriod
from circle.models.places import Community, Dimension, Located, phone_validator
from circle.models.searchable import Searchable


class FacilityKind(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension)
    always_open = models.BooleanField(
        _("has no opening hours by nature"),
        default=False,
        help_text=_("A stop, a park, a square: counts as open wherever no hours are registered."),
    )

    name = Bilingual()

    class Meta:
        verbose_name = _("kind of facility")
        verbose_name_plural = _("kinds of facility")
        ordering = ["dimension", "code"]

    def __str__(self) -> str:
        return self.name


class FacilityQuerySet(models.QuerySet["Facility"]):
    def public(self, community: Community | None = None) -> Self:
        """The facilities that residents see, with their kind; of one community where given."""
        found = self.filter(is_published=True).select_related("kind")
        return found if community is None else found.filter(community=community)

    def with_timetable(self, at: dt.datetime) -> Self:
        """With opening hours and the closures not over by then; two queries for any number of rows."""
        return self.prefetch_related(*timetable_rows(at))


def timetable_rows(at: dt.datetime, facility: str = "") -> list[Any]:
    """The prefetches for a timetable; `facility` is the path from another row, such as "facility__"."""
    yesterday = at.date() - dt.timedelta(days=1)  # last night's hours may run past midnight
    running = Closure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=yesterday))
    closures = Prefetch(f"{facility}closures", queryset=running, to_attr="current_closures")
    return [f"{facility}opening_hours", closures]


class Facility(Searchable, Located):
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        related_name="facilities",
        verbose_name=_("community"),
    )
    kind = models.ForeignKey(FacilityKind, models.PROTECT, related_name="facilities", verbose_name=_("kind"))
    code = models.SlugField(_("short name in addresses"), max_length=40)
    short_code = models.CharField(
        _("poster code"), max_length=8, unique=True, default=short_code, editable=False
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    address_zh = models.CharField(_("address (Chinese)"), max_length=200, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=250, blank=True)
    landmark_zh = models.CharField(
        _("landmark (Chinese)"),
        max_length=80,
        blank=True,
        help_text=_("Such as: by the south gate, with steps."),
    )
    landmark_en = models.CharField(_("landmark (English)"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[phone_validator])
    area_m2 = models.PositiveIntegerField(_("area (m²)"), null=True, blank=True)
    photo = models.ImageField(_("photo"), upload_to="facilities", blank=True)
    photo_alt_zh = models.CharField(_("what the photo shows (Chinese)"), max_length=120, blank=True)
    photo_alt_en = models.CharField(_("what the photo shows (English)"), max_length=160, blank=True)
    activities_zh = models.TextField(_("what is done there (Chinese)"), blank=True)
    activities_en = models.TextField(_("what is done there (English)"), blank=True)
    notice_zh = models.CharField(_("temporary notice (Chinese)"), max_length=200, blank=True)
    notice_en = models.CharField(_("temporary notice (English)"), max_length=250, blank=True)
    follows_workdays = models.BooleanField(
        _("keeps the working calendar"),
        default=False,
        help_text=_("Closed on public holidays, open on the working weekends that make up for them."),
    )
    step_free = models.BooleanField(_("step-free entrance"), default=False)
    is_published = models.BooleanField(_("shown to residents"), default=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = FacilityQuerySet.as_manager()

    name = Bilingual()
    address = Bilingual()
    landmark = Bilingual()
    photo_alt = Bilingual()
    activities = Bilingual()
    notice = Bilingual()

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["community", "code"]
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="facility_code_unique_in_community")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("facility", args=[self.code])

    @property
    def name_and_address(self) -> str:
        return ", ".join(text for text in (self.name, self.address) if text)


class FacilityChange(models.Model):
    """A dated change in the circle, shown on /circle/."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        ENLARGED = "enlarged", _("enlarged")
        MOVED = "moved", _("moved")

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="changes", verbose_name=_("facility"))
    kind = models.CharField(_("what happened"), max_length=8, choices=Kind)
    happened_on = models.DateField(_("date"))
    from_m2 = models.PositiveIntegerField(_("area before (m²)"), null=True, blank=True)
    to_m2 = models.PositiveIntegerField(_("area after (m²)"), null=True, blank=True)
    note_zh = models.CharField(_("note (Chinese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=250, blank=True)

    note = Bilingual()

    class Meta:
        verbose_name = _("change of a facility")
        verbose_name_plural = _("changes of facilities")
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["facility", "-happened_on"], name="facility_change_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="enlarged")
                | Q(from_m2__isnull=False, to_m2__isnull=False, to_m2__gt=F("from_m2")),
                name="facility_enlarged_means_larger",
                violation_error_message=_("For an enlargement give both areas; the new one must be larger."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.happened_on:%Y-%m-%d}"


class OpeningHours(models.Model):
    """One span of one weekday; a lunch gap is two rows. 00:00 as the end means midnight."""

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")
        HOLIDAY = 7, _("public holidays")

    facility = models.ForeignKey(
        Facility,
        models.CASCADE,
        related_name="opening_hours",
        verbose_name=_("facility"),
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Day)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["facility", "weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "weekday", "opens"], name="opening_hours_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}{TO}{self.closes:%H:%M}"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def of_whole_days(self) -> Self:
        return self.filter(from_time=None)


class Closure(ClosedPeriod):
    """Of a place."""

    facility = models.ForeignKey(
        Facility, models.CASCADE, related_name="closures", verbose_name=_("facility")
    )

    objects = ClosureQuerySet.as_manager()

    class Meta(ClosedPeriod.Meta):
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["facility", "starts_on"]


def refuse_foreign_facility(row: Any) -> None:
    """Of a row with a facility and a community. Refuses: other_community."""
    if row.facility_id and row.community_id and row.facility.community_id != row.community_id:
        raise ValidationError(
            {"facility": _("This place belongs to another community.")}, code="other_community"
        )
