import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from circle.models import Bilingual, Community, Dimension, Facility, Searchable
from circle.models.places import phone_validator
from circle.permissions.age_bands import AgeBand, age_bands
from services.models.flows import AT_THE_WINDOW, Flow

code_validator = RegexValidator(
    r"^[A-Z0-9-]+$", _("Use capital letters, digits and hyphens only, such as EL02.")
)


class Heading(models.Model):
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    name = Bilingual()

    class Meta:
        abstract = True
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Category(Heading):
    """A theme of the catalogue."""

    class Meta(Heading.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Audience(Heading):
    """Whom an item is for: older people, students, veterans …"""

    class Meta(Heading.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


@dataclass(frozen=True)
class Growth:
    """What the catalogue began with, and what was added since."""

    began_on: dt.date | None
    at_first: int
    added: int


class ServiceItemQuerySet(models.QuerySet["ServiceItem"]):
    def public(self, community: Community) -> Self:
        """What residents may read: everything but drafts."""
        return self.filter(community=community).exclude(status=ServiceItem.Status.DRAFT)

    def offered(self, on: dt.date) -> Self:
        """In the catalogue on that day."""
        return self.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on), introduced_on__lte=on)

    def bookable(self) -> Self:
        """With a booking page."""
        return self.filter(is_bookable=True, status=ServiceItem.Status.ACTIVE)

    def on_the_spot(self) -> Self:
        return self.filter(promised_days=0)

    def listed(self) -> Self:
        """With their themes, and only what a line of a list shows: half the time of whole rows."""
        shown = ("code", "name_zh", "name_en", "summary_zh", "summary_en", "promised_days")
        theme = ("category__slug", "category__name_zh", "category__name_en")
        return self.select_related("category").only(*shown, *theme)

    def changed_since(self, moment: dt.datetime) -> Self:
        """They or their places, at that moment or later."""
        return self.filter(Q(updated_at__gte=moment) | Q(facility__updated_at__gte=moment))

    def growth(self, on: dt.date) -> "Growth":
        """How the catalogue stood on that day against the day it began, computed from the items' dates."""
        began_on = self.aggregate(first=Min("introduced_on"))["first"]
        counts = self.offered(on).aggregate(
            total=Count("pk"), at_first=Count("pk", filter=Q(introduced_on=began_on))
        )
        return Growth(began_on, counts["at_first"], counts["total"] - counts["at_first"])


class ServiceItem(Searchable):
    """One matter of the catalogue with all fields of a 办事指南."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("offered")
        PAUSED = "paused", _("paused for now")

    community = models.ForeignKey(
        Community,
        models.PROTECT,
        related_name="service_items",
        verbose_name=_("community"),
    )
    code = models.CharField(_("item number"), max_length=12, validators=[code_validator])
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160)
    summary_zh = models.TextField(_("in short (Chinese)"))
    summary_en = models.TextField(_("in short (English)"), blank=True)
    eligibility_zh = models.TextField(_("who can apply (Chinese)"), blank=True)
    eligibility_en = models.TextField(_("who can apply (English)"), blank=True)
    result_zh = models.TextField(_("what one gets (Chinese)"), blank=True)
    result_en = models.TextField(_("what one gets (English)"), blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="items", verbose_name=_("theme"))
    audiences = models.ManyToManyField(Audience, related_name="items", verbose_name=_("audiences"))
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension)
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        related_name="service_items",
        verbose_name=_("where"),
        null=True,
        blank=True,
    )
    provider_zh = models.CharField(_("who handles it (Chinese)"), max_length=80)
    provider_en = models.CharField(_("who handles it (English)"), max_length=120, blank=True)
    statutory_days = models.PositiveSmallIntegerField(
        _("legal limit (working days)"),
        null=True,
        blank=True,
        help_text=_("Empty where no law sets one."),
    )
    promised_days = models.PositiveSmallIntegerField(
        _("promised (working days)"), help_text=_("0 means done on the spot.")
    )
    visits = models.PositiveSmallIntegerField(_("visits in person"), default=1)
    fee_zh = models.CharField(_("fee (Chinese)"), max_length=120, default="免费")
    fee_en = models.CharField(_("fee (English)"), max_length=160, default="Free")
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[phone_validator])
    complaint_phone = models.CharField(
        _("complaints"), max_length=40, blank=True, validators=[phone_validator]
    )
    flow = models.CharField(_("how it is done"), max_length=12, choices=Flow, default=Flow.SPOT)
    flow_pages = models.CharField(
        _("its pages"),
        max_length=80,
        blank=True,
        help_text=_("Pages of the other parts of the portal on which it is done."),
    )
    is_confidential = models.BooleanField(
        _("confidential register"),
        default=False,
        help_text=_("Of a register: only who handles it reads who is in it."),
    )
    is_bookable = models.BooleanField(_("can be booked online"), default=False)
    book_days_ahead = models.PositiveSmallIntegerField(
        _("bookable so many days ahead"), default=14, validators=[MaxValueValidator(90)]
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("can be cancelled or moved until so many hours before"), default=2
    )
    reminds_again = models.BooleanField(
        _("reminds once more two hours before"),
        default=False,
        help_text=_("Besides the reminder of the day before; each text message costs the community."),
    )
    times_in_a_row = models.PositiveSmallIntegerField(
        _("times in a row for one person on one day"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("2 for a room that one person may have for two hours running."),
    )
    release_minutes = models.PositiveSmallIntegerField(
        _("given to the next after so many minutes without a check-in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(60)],
        help_text=_(
            "Of a room by the hour; an hour that has begun can then be booked. Empty for all others."
        ),
    )
    is_on_home = models.BooleanField(
        _("on the home page"),
        default=False,
        help_text=_("With a link that leads to its times at once."),
    )
    has_agency = models.BooleanField(
        _("full agency"),
        default=False,
        help_text=_("全程代理: we do the errands for you."),
    )
    introduced_on = models.DateField(_("in the catalogue since"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACTIVE)
    is_verified = models.BooleanField(
        _("facts verified"),
        default=False,
        help_text=_("Without it limits and fees wear the badge “unverified”."),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    related = models.ManyToManyField("self", blank=True, symmetrical=False, verbose_name=_("related items"))
    # Measured once a day (`measure_items`): how long cases and visits of the last year took.
    time_taken = models.JSONField(_("time taken"), default=list, blank=True, editable=False)
    measured_on = models.DateField(_("measured on"), null=True, blank=True, editable=False)

    same_community = ("facility",)

    objects = ServiceItemQuerySet.as_manager()

    name = Bilingual()
    summary = Bilingual()
    eligibility = Bilingual()
    result = Bilingual()
    provider = Bilingual()
    fee = Bilingual()

    class Meta:
        verbose_name = _("service item")
        verbose_name_plural = _("service items")
        ordering = ["community", "category__order", "category", "code"]
        indexes = [models.Index(fields=["community", "introduced_on"], name="service_item_introduced")]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="service_item_code_unique_in_community",
                violation_error_message=_("There is already an item with this number."),
            ),
            models.CheckConstraint(
                condition=Q(statutory_days=None) | Q(statutory_days__gte=F("promised_days")),
                name="service_item_promise_within_the_law",
                violation_error_message=_("The promised limit cannot be longer than the legal one."),
            ),
            models.CheckConstraint(
                condition=Q(is_on_home=False) | Q(is_bookable=True),
                name="service_item_on_home_can_be_booked",
                violation_error_message=_("Only what can be booked online stands on the home page."),
            ),
            models.CheckConstraint(condition=Q(times_in_a_row__gte=1), name="service_item_at_least_one_time"),
            models.CheckConstraint(
                condition=Q(release_minutes=None) | Q(release_minutes__gte=5),
                name="service_item_released_after_some_minutes",
                violation_error_message=_("Wait at least five minutes before a room is given to the next."),
            ),
            models.CheckConstraint(
                condition=Q(is_bookable=False) | Q(flow__in=AT_THE_WINDOW, visits__gte=1),
                name="service_item_booked_at_the_window",
                violation_error_message=_(
                    "A time can be booked only for what is done at the window, with one visit or more."
                ),
            ),
            models.CheckConstraint(
                condition=Q(flow=Flow.PAGE) ^ Q(flow_pages=""),
                name="service_item_pages_of_its_flow",
                violation_error_message=_("Name the page on which it is done, and only where there is one."),
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(flow=Flow.REGISTER),
                name="service_item_confidential_register",
                violation_error_message=_("Only a register can be confidential."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gt=F("introduced_on")),
                name="service_item_withdrawn_after_introduced",
                violation_error_message=_("An item cannot be withdrawn before it was introduced."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.code])

    @property
    def name_pair(self) -> tuple[str, str]:
        """For a message, whose reader may have another language than this request."""
        return self.name_zh, self.name_en

    @cached_property
    def counter_ids(self) -> frozenset[int]:
        """Of the counters that serve it; read once for the times of a page and the check of its form."""
        return frozenset(self.counters.working().values_list("pk", flat=True))

    @cached_property
    def age_bands(self) -> list[AgeBand]:
        """For whom it is meant, by date; read once for the choice of the person and the check of the form."""
        return age_bands(self.code)

    def can_book(self, on: dt.date) -> bool:
        """Whether the booking page is open on that day."""
        return self.is_bookable and self.is_offered_on(on)

    def is_offered_on(self, day: dt.date) -> bool:
        """In the catalogue on that day, and not paused."""
        is_listed = self.introduced_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
        return is_listed and self.status == self.Status.ACTIVE

    @property
    def is_on_the_spot(self) -> bool:
        return self.promised_days == 0

    @property
    def materials_to_bring(self) -> "list[Material]":
        return [paper for paper in self.materials.all() if not paper.station_can_check]

    @property
    def materials_looked_up(self) -> "list[Material]":
        """Which nobody needs to bring."""
        return [paper for paper in self.materials.all() if paper.station_can_check]


class Material(models.Model):
    """A paper to bring, or one that nobody needs to bring because the station can look it up."""

    class Form(models.TextChoices):
        ORIGINAL = "original", _("original")
        COPY = "copy", _("copy")
        ORIGINAL_COPY = "original_copy", _("original and copy")
        ELECTRONIC = "electronic", _("electronic")
        INFORMATION = "information", _("just tell us")

    item = models.ForeignKey(
        ServiceItem,
        models.CASCADE,
        related_name="materials",
        verbose_name=_("service item"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_zh = models.CharField(_("name (Chinese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    form = models.CharField(_("form"), max_length=16, choices=Form, default=Form.ORIGINAL)
    condition_zh = models.CharField(_("only if (Chinese)"), max_length=120, blank=True)
    condition_en = models.CharField(_("only if (English)"), max_length=160, blank=True)
    station_can_check = models.BooleanField(_("the station can check this itself"), default=False)

    name = Bilingual()
    condition = Bilingual()

    class Meta:
        verbose_name = _("paper to bring")
        verbose_name_plural = _("papers to bring")
        ordering = ["item", "order", "id"]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    item = models.ForeignKey(
        ServiceItem,
        models.CASCADE,
        related_name="steps",
        verbose_name=_("service item"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    detail_zh = models.CharField(_("detail (Chinese)"), max_length=250, blank=True)
    detail_en = models.CharField(_("detail (English)"), max_length=400, blank=True)

    name = Bilingual()
    detail = Bilingual()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["item", "order", "id"]

    def __str__(self) -> str:
        return self.name
