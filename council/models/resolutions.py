from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models import Bilingual, Community
from council.models.agenda import AgendaItem


class Resolution(models.Model):
    """What was decided on one item, by how many hands, and by which rule, as they stood then."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="resolutions", verbose_name=_("community")
    )
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="resolution", verbose_name=_("agenda item")
    )
    number = models.CharField(_("number"), max_length=30, editable=False)
    text_zh = models.TextField(_("text (Chinese)"), max_length=2000)
    text_en = models.TextField(_("text (English)"), max_length=3000, blank=True)
    voted_at = models.DateTimeField(_("hands counted at"))
    entitled = models.PositiveSmallIntegerField(_("entitled to vote"))
    present = models.PositiveSmallIntegerField(_("present"))
    quorum = models.PositiveSmallIntegerField(_("had to be present"))
    yes = models.PositiveSmallIntegerField(_("for"))
    no = models.PositiveSmallIntegerField(_("against"))
    abstain = models.PositiveSmallIntegerField(_("abstained"))
    needed = models.PositiveSmallIntegerField(_("had to be for it"))
    rule = models.JSONField(_("rule"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)

    revision = models.PositiveIntegerField(default=0, editable=False)

    text = Bilingual()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="resolution_number_once"),
            models.CheckConstraint(
                condition=Q(present__gte=F("yes") + F("no") + F("abstain"), present__lte=F("entitled")),
                name="resolution_hands_within_those_present",
                violation_error_message=_("There cannot be more hands than members present."),
            ),
            models.CheckConstraint(
                condition=Q(yes__gte=0, no__gte=0, abstain__gte=0), name="resolution_hands_are_counts"
            ),
            models.CheckConstraint(condition=Q(present__gte=F("quorum")), name="resolution_needs_its_quorum"),
            models.CheckConstraint(
                condition=Q(outcome="adopted", yes__gte=F("needed"))
                | Q(outcome="rejected", yes__lt=F("needed")),
                name="resolution_outcome_follows_the_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.number
