from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import new_code
from circle.models.candidate_sites import CandidateSite
from circle.models.coverage import Coverage
from circle.models.facilities import Facility, FacilityKind
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_scenario"))


class Scenario(models.Model):
    """A proposal of one new or moved facility, with its effect as computed when it was saved.

    Anybody with the code may read it; it names nobody.
    """

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="scenarios", verbose_name=_("community")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    kind = models.ForeignKey(FacilityKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    moved = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place that moves")
    )
    site = models.ForeignKey(
        CandidateSite,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("candidate site"),
    )
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6)
    stamp = models.CharField(_("when"), max_length=8, choices=Coverage.Stamp)
    pace = models.CharField(_("pace"), max_length=8, choices=Coverage.Pace)
    figures = models.JSONField(_("what it changes"), default=dict)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_by", "-saved_at"], name="scenario_of_user")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("scenario", args=[self.code])
