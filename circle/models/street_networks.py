"""The street networks walking times are computed over."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts

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
