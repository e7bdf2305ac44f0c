from functools import reduce
from operator import or_
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import short_code
from circle.models.base import Bilingual, NameInEstate

phone_validator = RegexValidator(
    r"^[0-9+][0-9 ,/-]{2,38}$",
    _("Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101."),
)


class Dimension(models.TextChoices):
    """The ten dimensions of a quarter-hour circle, and counter matters, which belong to none of them."""

    EDUCATION = "education", _("education")
    EMPLOYMENT = "employment", _("work and business")
    CULTURE = "culture", _("culture")
    HEALTH = "health", _("health")
    SPORT = "sport", _("sport")
    ELDERLY = "elderly", _("elder care")
    CHILDREN = "children", _("small children")
    FOOD = "food", _("food")
    HOUSING = "housing", _("housing")
    TRANSPORT = "transport", _("transport")
    CIVIC = "civic", _("desk matters")

    @classmethod
    def ten(cls) -> list["Dimension"]:
        return [dimension for dimension in cls if dimension is not cls.CIVIC]

    @property
    def sign(self) -> str:
        """One character (教业文卫体老幼食住行) or two English letters, for the ring and the lists."""
        return str(SIGNS[self])


SIGNS = {
    Dimension.EDUCATION: pgettext_lazy("sign", "Ed"),
    Dimension.EMPLOYMENT: pgettext_lazy("sign", "Wo"),
    Dimension.CULTURE: pgettext_lazy("sign", "Cu"),
    Dimension.HEALTH: pgettext_lazy("sign", "He"),
    Dimension.SPORT: pgettext_lazy("sign", "Sp"),
    Dimension.ELDERLY: pgettext_lazy("sign", "El"),
    Dimension.CHILDREN: pgettext_lazy("sign", "Ch"),
    Dimension.FOOD: pgettext_lazy("sign", "Fo"),
    Dimension.HOUSING: pgettext_lazy("sign", "Ho"),
    Dimension.TRANSPORT: pgettext_lazy("sign", "Tr"),
    Dimension.CIVIC: pgettext_lazy("sign", "De"),
}


class Located(models.Model):
    """A point in WGS-84 degrees, with the coordinates as entered and their datum."""

    class Datum(models.TextChoices):
        WGS84 = "wgs84", _("WGS-84 / CGCS2000 (GPS, Tianditu)")
        GCJ02 = "gcj02", _("GCJ-02 (Amap, Tencent)")
        BD09 = "bd09", _("BD-09 (Baidu)")

    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        validators=[MinValueValidator(-85), MaxValueValidator(85)],
    )
    datum_entered = models.CharField(_("datum entered"), max_length=5, choices=Datum, default=Datum.WGS84)
    longitude_entered = models.DecimalField(
        _("longitude as entered"), max_digits=9, decimal_places=6, editable=False
    )
    latitude_entered = models.DecimalField(
        _("latitude as entered"), max_digits=9, decimal_places=6, editable=False
    )

    class Meta:
        abstract = True

    @property
    def point(self) -> tuple[float, float]:
        """(longitude, latitude) in WGS-84 degrees, as the walking engine takes them."""
        return float(self.longitude), float(self.latitude)


class Community(Located):
    slug = models.SlugField(_("short name in addresses"), unique=True)
    host = models.CharField(
        _("host name of its own"),
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9.-]+\Z", _("A host name, such as jinyuan.example.org."))],
        help_text=_("Under it visitors are in this community; it must be one of the portal's hosts, too."),
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    district_zh = models.CharField(_("district (Chinese)"), max_length=80, blank=True)
    district_en = models.CharField(_("district (English)"), max_length=120, blank=True)
    address_zh = models.CharField(_("address (Chinese)"), max_length=200, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=250, blank=True)
    # For the open catalogue, whose addresses must name all three.
    province_zh = models.CharField(_("province (Chinese)"), max_length=40, blank=True)
    province_en = models.CharField(_("province (English)"), max_length=60, blank=True)
    city_zh = models.CharField(_("city (Chinese)"), max_length=40, blank=True)
    city_en = models.CharField(_("city (English)"), max_length=60, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("Six digits, such as 550081."))],
    )
    gate_zh = models.CharField(
        _("what the starting point is called (Chinese)"),
        max_length=40,
        default="社区正门",
    )
    gate_en = models.CharField(
        _("what the starting point is called (English)"),
        max_length=60,
        default="the main gate",
    )
    phone = models.CharField(_("phone"), max_length=40, validators=[phone_validator])
    phone_hours_zh = models.CharField(_("phone answered (Chinese)"), max_length=80, blank=True)
    phone_hours_en = models.CharField(_("phone answered (English)"), max_length=120, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False, help_text=_("Every page then says so."))

    name = Bilingual()
    district = Bilingual()
    address = Bilingual()
    province = Bilingual()
    city = Bilingual()
    gate = Bilingual()
    phone_hours = Bilingual()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Grid(models.Model):
    """网格: a set of buildings that one grid worker looks after."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="grids", verbose_name=_("community")
    )
    code = models.SlugField(_("code"), max_length=20)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    worker_zh = models.CharField(_("grid worker (Chinese)"), max_length=40, blank=True)
    worker_en = models.CharField(_("grid worker (English)"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[phone_validator])

    name = Bilingual()
    worker = Bilingual()

    class Meta:
        verbose_name = _("grid")
        verbose_name_plural = _("grids")
        ordering = ["community", "code"]
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="grid_code_unique_in_community")
        ]

    def __str__(self) -> str:
        return self.name


class BuildingQuerySet(models.QuerySet["Building"]):
    def named(self, words: str) -> Self:
        """Those whose name, number or address contains the words."""
        columns = ("name_zh", "name_en", "estate_zh", "estate_en", "address_zh", "address_en")
        return self.filter(reduce(or_, (Q(**{f"{column}__icontains": words}) for column in columns)))


class Building(Located):
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="buildings", verbose_name=_("community")
    )
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="buildings", verbose_name=_("grid"))
    code = models.SlugField(_("code"), max_length=20)
    short_code = models.CharField(
        _("poster code"), max_length=8, unique=True, default=short_code, editable=False
    )
    estate_zh = models.CharField(
        _("estate (Chinese)"),
        max_length=60,
        blank=True,
        help_text=_("Shown before the name: two estates may each have a building 1."),
    )
    estate_en = models.CharField(_("estate (English)"), max_length=80, blank=True)
    name_zh = models.CharField(_("name (Chinese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    address_zh = models.CharField(_("address (Chinese)"), max_length=200, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=250, blank=True)
    entrances = models.PositiveSmallIntegerField(_("entrances"), default=1)
    households = models.PositiveIntegerField(_("households"), default=0)
    residents = models.PositiveIntegerField(_("residents"), default=0)
    elders_60 = models.PositiveIntegerField(_("residents aged 60 and over"), default=0)
    elders_80 = models.PositiveIntegerField(_("residents aged 80 and over"), default=0)
    head_zh = models.CharField(_("building head (Chinese)"), max_length=40, blank=True)
    head_en = models.CharField(_("building head (English)"), max_length=60, blank=True)
    # The path inside the estate: for this building only, since nobody cuts through another estate.
    own_path = models.JSONField(
        _("own path to the street"),
        default=list,
        blank=True,
        help_text=_("From the entrance to the gate: points of longitude and latitude, in order."),
    )
    gate_note_zh = models.CharField(
        _("about the gate (Chinese)"),
        max_length=120,
        blank=True,
        help_text=_("Such as: closed from 22:00 to 6:00; with a card only. Shown, not counted."),
    )
    gate_note_en = models.CharField(_("about the gate (English)"), max_length=160, blank=True)

    same_community = ("grid",)

    objects = BuildingQuerySet.as_manager()

    estate = Bilingual()
    name = NameInEstate()
    address = Bilingual()
    head = Bilingual()
    gate_note = Bilingual()

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ["community", Length("code"), "code"]  # 2 before 10
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="building_code_unique_in_community"),
            models.CheckConstraint(
                condition=Q(elders_80__lte=F("elders_60")) & Q(elders_60__lte=F("residents")),
                name="building_elders_within_residents",
                violation_error_message=_(
                    "There cannot be more elders than residents, nor more over 80 than over 60."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("building_poster", args=[self.short_code])
