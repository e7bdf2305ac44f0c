import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models.facilities import Facility, FacilityKind
from circle.models.people import User
from circle.models.places import Building, Community
from circle.models.posts import within_posts
from circle.walking.minutes import DECIMETRES

DEMO_SOURCE = "demo_streets.osm"


class StreetNetworkQuerySet(models.QuerySet["StreetNetwork"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_streetnetwork"))

    def light(self) -> Self:
        """Without the network's bytes, which only a search needs."""
        return self.defer("content")

    def current(self, community: Community) -> "StreetNetwork | None":
        return self.light().filter(community=community, is_current=True).first()


class StreetNetwork(models.Model):
    """The imported streets of a community, with the source, date and credit that pages must show."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="street_networks", verbose_name=_("community")
    )
    source = models.CharField(_("source"), max_length=200)
    attribution = models.CharField(_("attribution"), max_length=200, blank=True)
    source_on = models.DateField(_("date of the source"), null=True, blank=True)
    filter_version = models.CharField(_("version of the walk filter"), max_length=20)
    has_cycleways = models.BooleanField(_("cycleways counted as ways on foot"), default=True)
    crossing_wait_s = models.PositiveSmallIntegerField(_("wait at a crossing (seconds)"))
    sha256 = models.CharField(max_length=64)
    figures = models.JSONField(_("what was kept and dropped"), default=dict)
    content = models.BinaryField(editable=False)
    is_current = models.BooleanField(_("in use"), default=True)
    imported_at = models.DateTimeField(_("imported at"))

    objects = StreetNetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("street network")
        verbose_name_plural = _("street networks")
        ordering = ["community", "-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=Q(is_current=True), name="street_network_one_current"
            ),
            models.UniqueConstraint(fields=["community", "sha256"], name="street_network_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.sha256[:8]}"

    @property
    def is_invented(self) -> bool:
        """Whether it is the demo's own drawing, which needs no credit."""
        return self.source == DEMO_SOURCE


class WalkRunQuerySet(models.QuerySet["WalkRun"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_walkrun"))

    def published(self) -> Self:
        """Runs whose times the pages show."""
        return self.filter(state=WalkRun.State.PUBLISHED)

    def waiting(self, at: dt.datetime) -> Self:
        """To be computed now: queued, or claimed by a process whose lease has run out."""
        abandoned = Q(state=WalkRun.State.COMPUTING, lease_until__lt=at)
        return self.filter(Q(state=WalkRun.State.QUEUED) | abandoned)


class WalkRun(models.Model):
    """The walking times to all facilities of one kind, computed together and published in one step."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be computed")
        COMPUTING = "computing", _("being computed")
        PUBLISHED = "published", _("shown to residents")
        SUPERSEDED = "superseded", _("replaced by a newer one")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="walk_runs", verbose_name=_("community")
    )
    kind = models.ForeignKey(FacilityKind, models.CASCADE, related_name="walk_runs", verbose_name=_("kind"))
    network = models.ForeignKey(
        StreetNetwork,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("street network"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    # A hash of all that the answers depend on: the same again need not be computed again.
    inputs = models.CharField(max_length=64, blank=True, editable=False)
    off_street = models.JSONField(_("too far from any street"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    queued_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = WalkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("computation of walking times")
        verbose_name_plural = _("computations of walking times")
        ordering = ["community", "kind", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "state"],
                condition=~Q(state="superseded"),
                name="walk_run_one_in_each_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(finished_at__isnull=False, network__isnull=False),
                name="walk_run_published_is_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_state_display()}"


class WalkTimeQuerySet(models.QuerySet["WalkTime"]):
    def published(self) -> Self:
        return self.filter(run__state=WalkRun.State.PUBLISHED)

    def of(self, community: Community) -> Self:
        return self.filter(run__community=community)

    def from_building(self, building: Building | int) -> Self:
        return self.filter(building=building)

    def from_gate(self, community: Community) -> Self:
        """From the starting point of those who have chosen no building."""
        return self.of(community).filter(building=None)

    def to_facility(self, facility: Facility | int) -> Self:
        """From the buildings, without the gate."""
        return self.filter(facility=facility, building__isnull=False)

    def within(self, minutes: int, pace: str, *, step_free: bool = False) -> Self:
        """At most so many minutes at that pace, the last second included. A wheelchair never takes stairs."""
        speed = DECIMETRES[pace]
        seconds = minutes * 60 * speed
        if step_free or pace == "wheelchair":
            return self.filter(step_free_dm__lte=seconds - F("step_free_wait_s") * speed)
        return self.filter(distance_dm__lte=seconds - F("wait_s") * speed)


class WalkTime(models.Model):
    """The walk from a building (None: from the community's gate) to a facility, over the streets of its run.

    Rows exist for all pairs within 30 minutes at planning pace. Where the run is published and a pair has no
    row, the facility is farther than that or not connected.
    """

    run = models.ForeignKey(WalkRun, models.CASCADE, related_name="times")
    building = models.ForeignKey(
        Building, models.CASCADE, null=True, db_index=False, related_name="walk_times"
    )
    facility = models.ForeignKey(Facility, models.CASCADE, related_name="walk_times")
    distance_dm = models.PositiveIntegerField(_("distance (dm)"))
    wait_s = models.PositiveSmallIntegerField(_("waiting at crossings (s)"))
    step_free_dm = models.PositiveIntegerField(_("distance without stairs (dm)"), null=True)
    step_free_wait_s = models.PositiveSmallIntegerField(
        _("waiting at crossings without stairs (s)"), null=True
    )

    objects = WalkTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("walking time")
        verbose_name_plural = _("walking times")
        constraints = [
            # Building first: a page reads all walks from one building in one range scan of this index.
            models.UniqueConstraint(fields=["building", "facility", "run"], name="walk_time_once"),
            models.UniqueConstraint(
                fields=["run", "facility"], condition=Q(building=None), name="walk_time_from_gate_once"
            ),
            models.CheckConstraint(
                condition=Q(step_free_dm=None, step_free_wait_s=None)
                | Q(step_free_dm__isnull=False, step_free_wait_s__isnull=False),
                name="walk_time_step_free_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building_id or 0} → {self.facility_id}: {self.distance_dm} dm"
