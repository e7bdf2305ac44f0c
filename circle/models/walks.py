from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models.facilities import Facility
from circle.models.places import Building, Community
from circle.models.walk_runs import WalkRun
from circle.walking.minutes import DECIMETRES


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
