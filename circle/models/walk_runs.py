"""One computation of walking times for a kind of place, and whether it is published."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.models.facilities import FacilityKind
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.street_networks import StreetNetwork


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
