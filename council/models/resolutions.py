from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import Bilingual, Community
from council.models.agenda import AgendaItem
from council.models.bodies import Membership
from council.models.meetings import Meeting


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    def public(self, community: Community) -> Self:
        """Those in minutes that are published, of bodies that show at least their decisions."""
        shown = Meeting.objects.public(community).filter(minutes__status="published")
        return self.filter(item__meeting__in=shown.values("pk"))


class Resolution(models.Model):
    """What was decided on one item, by how many hands, and by which rule, as they stood then."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        REJECTED = "rejected", _("rejected")

    class Method(models.TextChoices):
        HANDS = "hands", _("by hands")
        RECORDED = "recorded", _("by name")
        SECRET = "secret", _("by secret slips")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="resolutions", verbose_name=_("community")
    )
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="resolution", verbose_name=_("agenda item")
    )
    number = models.CharField(_("number"), max_length=30, editable=False)
    text_zh = models.TextField(_("text (Chinese)"), max_length=2000)
    text_en = models.TextField(_("text (English)"), max_length=3000, blank=True)
    method = models.CharField(_("counted"), max_length=8, choices=Method, default=Method.HANDS)
    voted_at = models.DateTimeField(_("hands counted at"))
    entitled = models.PositiveSmallIntegerField(_("entitled to vote"))
    present = models.PositiveSmallIntegerField(_("present"))
    quorum = models.PositiveSmallIntegerField(_("had to be present"))
    yes = models.PositiveSmallIntegerField(pgettext_lazy("of a vote", "for"))
    no = models.PositiveSmallIntegerField(_("against"))
    abstain = models.PositiveSmallIntegerField(_("abstained"))
    # Votes of the option after the leading one; empty where it was for or against.
    second = models.PositiveSmallIntegerField(null=True, editable=False)
    invalid = models.PositiveSmallIntegerField(_("invalid slips"), default=0)
    # Of secret slips: who counts them, and who watches. Nothing says who filled in which.
    counted_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who counts")
    )
    watched_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who watches")
    )
    needed = models.PositiveSmallIntegerField(_("had to be for it"))
    rule = models.JSONField(_("rule"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)

    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ResolutionQuerySet.as_manager()

    text = Bilingual()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="resolution_number_once"),
            models.CheckConstraint(
                condition=Q(
                    present__gte=F("yes") + F("no") + F("abstain") + F("invalid"), present__lte=F("entitled")
                ),
                name="resolution_hands_within_those_present",
                violation_error_message=_("There cannot be more hands than members present."),
            ),
            models.CheckConstraint(
                condition=Q(yes__gte=0, no__gte=0, abstain__gte=0), name="resolution_hands_are_counts"
            ),
            models.CheckConstraint(
                condition=Q(method="secret", invalid__gte=0) | Q(invalid=0),
                name="resolution_only_slips_are_invalid",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(counted_by=F("watched_by")),
                    method="secret",
                    counted_by__isnull=False,
                    watched_by__isnull=False,
                )
                | Q(~Q(method="secret"), counted_by=None, watched_by=None),
                name="resolution_slips_have_two_tellers",
                violation_error_message=_("Of secret slips one member counts and another one watches."),
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


class Option(models.Model):
    """One of those between which was chosen. The one with most votes is what the resolution has for it."""

    resolution = models.ForeignKey(
        Resolution, models.CASCADE, related_name="options", verbose_name=_("resolution")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text_zh = models.CharField(_("option (Chinese)"), max_length=120)
    text_en = models.CharField(_("option (English)"), max_length=180, blank=True)
    votes = models.PositiveSmallIntegerField(_("votes for it"))

    text = Bilingual()

    class Meta:
        verbose_name = _("option of a count")
        verbose_name_plural = _("options of a count")
        ordering = ["resolution", "number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="option_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Vote(models.Model):
    """How one seat voted in a count by name; never public."""

    class Choice(models.TextChoices):
        YES = "yes", pgettext_lazy("of a vote", "for")
        NO = "no", _("against")
        ABSTAIN = "abstain", _("abstained")

    resolution = models.ForeignKey(
        Resolution, models.CASCADE, related_name="votes", verbose_name=_("resolution")
    )
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name=_("seat"))
    # Or the number of an option, where the choice was between several.
    choice = models.CharField(_("vote"), max_length=7, choices=Choice)

    class Meta:
        verbose_name = _("vote by name")
        verbose_name_plural = _("votes by name")
        ordering = ["resolution", "membership"]
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "membership"],
                name="vote_once",
                violation_error_message=_("This seat has voted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.get_choice_display()}"
