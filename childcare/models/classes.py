import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.models.ages import months_old
from circle.models import Bilingual, Community, Facility, User, within_posts

if TYPE_CHECKING:
    from childcare.models.prices import ClassPrice


class Band(models.TextChoices):
    """乳儿班, 托小班, 托大班, 混合班."""

    INFANTS = "infants", _("infants")
    TODDLERS = "toddlers", _("toddlers")
    OLDER = "older", _("older toddlers")
    MIXED = "mixed", _("mixed ages")


@dataclass(frozen=True)
class Limits:
    """Ages in whole months, from (included) to below, and the most children in one class."""

    from_months: int
    below_months: int
    most: int


# 国卫人口发〔2019〕58号, as quoted by others. A class may be stricter; the database lets none be looser.
LIMITS = {
    Band.INFANTS: Limits(6, 12, 10),
    Band.TODDLERS: Limits(12, 24, 15),
    Band.OLDER: Limits(24, 36, 20),
    Band.MIXED: Limits(18, 36, 18),
}


def in_each_band(**conditions: str) -> Q:
    """A row of any band, with each condition (a lookup) against that band's limit of the given name."""
    found = Q()
    for band, limits in LIMITS.items():
        found |= Q(band=band, **{lookup: getattr(limits, name) for lookup, name in conditions.items()})
    return found


# The paths from a row to the nurseries that it is about, for posts that are for one of them.
OF_CLASS = ("facility",)
OF_ITS_CLASS = ("nursery_class__facility",)


class NurseryClassQuerySet(models.QuerySet["NurseryClass"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "childcare.view_nurseryclass", places=OF_CLASS))

    def public(self, community: Community) -> Self:
        """What residents see, the youngest first, with the place at hand."""
        shown = self.filter(community=community, facility__is_published=True)
        return shown.select_related("facility").order_by("facility", "from_months", "code")

    def with_line(self) -> Self:
        """`in_line`: how many families wait for a place of the class."""
        waiting = ["submitted", "verified"]
        first = Count("applications", distinct=True, filter=Q(applications__status__in=waiting))
        further = Count(
            "further_wishes", distinct=True, filter=Q(further_wishes__application__status__in=waiting)
        )
        return self.annotate(in_line=first + further)

    def with_booked(self, day: dt.date) -> Self:
        """`booked`: how many seats are booked on that day or later."""
        seats = apps.get_model("childcare", "Seat")._default_manager.booked_from(day)
        own = seats.filter(nursery_class=OuterRef("pk")).order_by().values("nursery_class")
        count = own.annotate(count=Count("pk")).values("count")
        return self.annotate(booked=Coalesce(Subquery(count), 0))

    def with_used(self, day: dt.date | None) -> Self:
        """`used`: how many children have a seat on that day."""
        there = Q(days__day=day or dt.date.min, days__half="am")
        seats = apps.get_model("childcare", "Seat")._default_manager
        own = seats.filter(there, nursery_class=OuterRef("pk"))
        count = own.order_by().values("nursery_class").annotate(count=Count("pk")).values("count")
        return self.annotate(used=Coalesce(Subquery(count), 0))

    def open(self) -> Self:
        return self.filter(is_open=True)


class NurseryClass(models.Model):
    """A class of a nursery; its places are the rows of `Seat`, and who has them stands in `SeatDay`."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="nursery_classes", verbose_name=_("community")
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="nursery_classes", verbose_name=_("nursery")
    )
    code = models.SlugField(_("code"), max_length=20)
    band = models.CharField(_("age band"), max_length=8, choices=Band)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80)
    capacity = models.PositiveIntegerField(_("places"))
    from_months = models.PositiveSmallIntegerField(_("from so many months of age"))
    below_months = models.PositiveSmallIntegerField(_("to below so many months of age"))
    starts_on = models.DateField(_("children can start from"))
    is_verified = models.BooleanField(
        _("facts verified"),
        default=False,
        help_text=_("Without it ages and fee wear the badge “unverified”."),
    )
    is_open = models.BooleanField(
        _("takes children"), default=True, help_text=_("Without it nobody applies and no place is offered.")
    )

    # Of `with_booked` and `with_used`.
    booked: int
    used: int

    objects = NurseryClassQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("nursery class")
        verbose_name_plural = _("nursery classes")
        ordering = ["community", "facility", "from_months", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="nursery_class_code_unique_in_community",
                violation_error_message=_("There is already a class with this code."),
            ),
            models.CheckConstraint(
                condition=in_each_band(capacity__lte="most"),
                name="nursery_class_within_national_maximum",
                violation_error_message=_(
                    "The national standard allows at most 10 infants, 15 toddlers, 20 older toddlers and 18 "
                    "children of mixed ages in one class."
                ),
            ),
            models.CheckConstraint(
                condition=in_each_band(from_months__gte="from_months", below_months__lte="below_months"),
                name="nursery_class_ages_within_band",
                violation_error_message=_(
                    "The ages lie outside the band: infants 6 to 12 months, toddlers 12 to 24, older "
                    "toddlers 24 to 36, mixed ages 18 to 36."
                ),
            ),
            models.CheckConstraint(
                condition=Q(below_months__gt=F("from_months")),
                name="nursery_class_ages_in_order",
                violation_error_message=_("The upper age must be above the lower one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.facility_id and self.community_id and self.facility.community_id != self.community_id:
            raise ValidationError(
                {"facility": _("This place belongs to another community.")}, code="other_community"
            )
        booked = self.seats.booked_from(localdate()) if self.pk else None
        if booked is None or self.capacity is None:
            return
        above = booked.filter(number__gt=self.capacity).count()
        if above:
            raise ValidationError(
                {
                    "capacity": _(
                        "Children have places above that number: %(above)s. Give them other places first."
                    )
                    % {"above": above}
                }
            )
        if booked.exclude(band=self.band).exists():
            raise ValidationError(
                {"band": _("Children hold a place of this band. Make another class for another band.")}
            )

    def price_on(self, day: dt.date) -> "ClassPrice | None":
        """Of the prefetched `prices`, the latest not after the day."""
        return next((price for price in self.prices.all() if price.valid_from <= day), None)

    def price_after(self, day: dt.date) -> "ClassPrice | None":
        """The next one that is known already."""
        later = [price for price in self.prices.all() if price.valid_from > day]
        return later[-1] if later else None

    def takes(self, born_on: dt.date, on: dt.date) -> bool:
        """Whether a child of that birthday has the age of this class on that day."""
        return self.from_months <= months_old(born_on, on) < self.below_months

    @property
    def words(self) -> dict[str, Any]:
        """For sentences about its ages."""
        return {"class": self.name, "from": self.from_months, "below": self.below_months}
