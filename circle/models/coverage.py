from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.facilities import FacilityKind
from circle.models.norms import Norm
from circle.models.places import Building, Community, Dimension
from circle.walking.limits import LIMIT_MINUTES


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def at(self, community: Community, stamp: str, pace: str) -> "Coverage | None":
        return self.filter(community=community, stamp=stamp, pace=pace).first()


class Coverage(models.Model):
    """How complete the circle is at one moment and pace; written by `actions.recompute_coverage`.

    Counts are people; shares follow from them, so that nothing is rounded twice.
    """

    class Stamp(models.TextChoices):
        WORKDAY = "workday", _("a working day, 9 am")
        EVENING = "evening", _("a working day, 7 pm")
        SUNDAY = "sunday", _("a Sunday, 10 am")
        FESTIVAL = "festival", _("the first day of Spring Festival, 10 am")

    class Pace(models.TextChoices):
        PLANNING = "planning", _("at planning pace (1 m a second)")
        ELDER = "elder", _("at an elder's pace (0.8 m a second)")

    community = models.ForeignKey(
        Community, models.CASCADE, related_name="coverages", verbose_name=_("community")
    )
    stamp = models.CharField(_("when"), max_length=8, choices=Stamp)
    pace = models.CharField(_("pace"), max_length=8, choices=Pace)
    moment = models.DateTimeField(_("the moment meant"))
    is_tentative = models.BooleanField(_("leans on holidays that are not announced yet"), default=False)
    computed_at = models.DateTimeField(_("computed at"))
    is_estimate = models.BooleanField(_("some ways are estimated"), default=False)
    source = models.JSONField(_("streets used"), default=dict)
    places = models.PositiveIntegerField(_("places counted"), default=0)
    places_shut = models.PositiveIntegerField(_("places closed then"), default=0)
    places_unknown = models.PositiveIntegerField(_("places without opening hours"), default=0)
    homes = models.PositiveIntegerField(_("buildings"))
    residents = models.PositiveIntegerField(_("residents"))
    elders = models.PositiveIntegerField(_("elders"))
    mean = models.FloatField(_("mean of the dimensions"), null=True)
    mean_sure = models.FloatField(_("mean, with places known to be open only"), null=True)
    lowest = models.FloatField(_("lowest of the dimensions"), null=True)
    lowest_dimension = models.CharField(_("which one"), max_length=12, choices=Dimension, blank=True)
    mean_elders = models.FloatField(_("mean of the dimensions, for elders"), null=True)
    lowest_elders = models.FloatField(_("lowest of the dimensions, for elders"), null=True)
    full_residents = models.PositiveIntegerField(_("residents with every required kind"))
    full_elders = models.PositiveIntegerField(_("elders with every required kind"))
    home_minutes = models.FloatField(_("mean minutes of a home"))
    gini = models.FloatField(_("Gini"))
    gini_elders = models.FloatField(_("Gini, for elders"))

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        ordering = ["community", "stamp", "pace"]
        constraints = [models.UniqueConstraint(fields=["community", "stamp", "pace"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.stamp} {self.pace}"


class CoverageShare(models.Model):
    """Who has a place of a dimension, or of one kind, within the minutes of each tier."""

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="shares")
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension)
    kind = models.ForeignKey(FacilityKind, models.CASCADE, null=True, related_name="+")
    homes_5 = models.PositiveIntegerField()
    homes_10 = models.PositiveIntegerField()
    homes_15 = models.PositiveIntegerField()
    residents_5 = models.PositiveIntegerField()
    residents_10 = models.PositiveIntegerField()
    residents_15 = models.PositiveIntegerField()
    elders_5 = models.PositiveIntegerField()
    elders_10 = models.PositiveIntegerField()
    elders_15 = models.PositiveIntegerField()
    # Of a dimension: the share of its required kinds that are met; none where nothing is required.
    required = models.FloatField(null=True)
    required_elders = models.FloatField(null=True)

    class Meta:
        ordering = ["coverage", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coverage", "kind"], condition=Q(kind__isnull=False), name="coverage_share_of_kind"
            ),
            models.UniqueConstraint(
                fields=["coverage", "dimension"], condition=Q(kind=None), name="coverage_share_of_dimension"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id or self.dimension}"


class CoverageGap(models.Model):
    """A norm that some home lacks; minutes and metres are two separate findings."""

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="gaps")
    norm = models.ForeignKey(Norm, models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField()
    homes = models.PositiveIntegerField()
    residents = models.PositiveIntegerField()
    elders = models.PositiveIntegerField()
    late_residents = models.PositiveIntegerField()
    far_residents = models.PositiveIntegerField(null=True)
    worst = models.ForeignKey(Building, models.CASCADE, related_name="+")
    minutes = models.FloatField(null=True)  # from the worst home; none where no place is in reach

    class Meta:
        ordering = ["coverage", "order"]
        constraints = [models.UniqueConstraint(fields=["coverage", "norm"], name="coverage_gap_once")]

    def __str__(self) -> str:
        return f"{self.norm_id}"


class CoverageHome(models.Model):
    """One building: the minutes to the nearest place of each dimension, and over the required kinds."""

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="by_home")
    building = models.ForeignKey(Building, models.CASCADE, related_name="+")
    minutes = models.JSONField(default=dict)  # by dimension; one without a place in reach is missing
    mean = models.FloatField()  # capped at 30 minutes
    longest = models.FloatField(null=True)  # uncapped; none where no place is in reach
    longest_kind = models.ForeignKey(FacilityKind, models.CASCADE, null=True, related_name="+")

    class Meta:
        ordering = ["coverage", "building__code"]
        constraints = [models.UniqueConstraint(fields=["coverage", "building"], name="coverage_home_once")]

    def __str__(self) -> str:
        return f"{self.building_id}"

    @property
    def within_fifteen(self) -> int:
        """How many of the ten dimensions."""
        return sum(minutes <= LIMIT_MINUTES for minutes in self.minutes.values())
