"""Why somebody looks in on an elder: a reason, what proves it, and from when to when."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Resident, User, within_posts
from eldercare.models.profiles import PROFILE_VIEW


class RiskTagQuerySet(models.QuerySet["RiskTag"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, PROFILE_VIEW, near="resident__building__"))

    def on(self, day: dt.date) -> Self:
        """That hold on that day, the last one included, of people who live."""
        people = Q(resident__died_on=None, resident__merged_into=None, resident__erased_at=None)
        return self.filter(people, Q(until=None) | Q(until__gte=day), since__lte=day)


class RiskTag(models.Model):
    class Kind(models.TextChoices):
        ALONE = "alone", _("lives alone")
        EMPTY_NEST = "empty_nest", _("a couple without children near")
        LEFT_BEHIND = "left_behind", _("left behind by children who work elsewhere")
        NO_FAMILY = "no_family", _("without any family")
        DESTITUTE = "destitute", _("in extreme need, supported by the state")
        DISABLED = "disabled", _("cannot look after themselves")
        SEVERE = "severe", _("severe handicap")
        BEREAVED = "bereaved", _("family-planning family in special hardship")
        AGED_80 = "aged_80", _("eighty or older")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="risk_tags", verbose_name=_("community")
    )
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="risk_tags", verbose_name=_("elder"))
    kind = models.CharField(_("reason"), max_length=12, choices=Kind)
    evidence = models.CharField(
        _("what proves it"), max_length=120, help_text=_("Such as: household register seen on 3 March.")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("last day"), null=True, blank=True)

    same_community = ("resident",)

    objects = RiskTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason to look in")
        verbose_name_plural = _("reasons to look in")
        ordering = ["kind", "since"]
        indexes = [models.Index(fields=["community", "until"], name="risk_tag_until")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "kind"],
                condition=Q(until=None),
                name="risk_tag_once",
                violation_error_message=_("This reason holds already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="risk_tag_ends_after_it_starts",
                violation_error_message=_("A reason cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="risk_tag_is_proved",
                violation_error_message=_("Say what proves it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.kind}"
