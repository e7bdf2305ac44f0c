from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from childcare.models import drawing
from childcare.models.applications import Application, of_family
from childcare.models.classes import NurseryClass
from circle.identifiers.encryption import unseal_text
from circle.models import AppendOnly, Bilingual, Community, Facility, SealedText, User, within_posts

HASH = 64
VIEW = "childcare.view_application"
OF_ROUND = ("facility",)


class RoundQuerySet(models.QuerySet["Round"]):
    def for_user(self, user: User) -> Self:
        """Staff read planned ones as well: of their nursery, or of all nurseries of the community."""
        return self.filter(within_posts(user, VIEW, places=OF_ROUND) | ~Q(status="planned"))

    def public(self, community: Community) -> Self:
        """From the opening on, the latest first."""
        return self.filter(community=community).exclude(status="planned").order_by("-pk")


class Round(models.Model):
    """A round of places drawn by lot. Its status changes only in childcare/actions/rounds.py."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("being planned")
        OPEN = "open", _("open for applications")
        CLOSED = "closed", _("closed, list published")
        SEALED = "sealed", _("balls drawn and typed")
        DRAWN = "drawn", _("drawn, not yet published")
        PUBLISHED = "published", _("result published")
        SETTLED = "settled", _("settled")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="nursery_rounds", verbose_name=_("community")
    )
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nursery_rounds",
        verbose_name=_("nursery"),
        help_text=_("Empty where it gives places of several nurseries of the community."),
    )
    code = models.SlugField(_("code"), max_length=20)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    status_at = models.DateTimeField(_("since"))
    secret_sealed = SealedText(editable=False)
    commitment = models.CharField(_("fingerprint of the secret"), max_length=HASH, blank=True, editable=False)
    digest = models.CharField(_("fingerprint of the list"), max_length=HASH, blank=True, editable=False)
    value = models.CharField(_("balls drawn by residents"), max_length=40, blank=True, editable=False)
    value_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("typed by")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    seed = models.CharField(_("seed of the draw"), max_length=HASH, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    name = Bilingual()

    class Meta:
        verbose_name = _("round of places")
        verbose_name_plural = _("rounds of places")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "code"],
                name="round_code_unique_in_community",
                violation_error_message=_("There is already a round with this code."),
            ),
            models.CheckConstraint(
                condition=Q(status="planned", commitment="", secret_sealed="")
                | ~Q(status="planned") & ~Q(commitment="") & ~Q(secret_sealed=""),
                name="round_commits_at_the_opening",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open"], digest="", value="")
                | ~Q(status__in=["planned", "open"]) & ~Q(digest=""),
                name="round_has_no_value_before_its_list",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open", "closed"], confirmed_by=None)
                | Q(confirmed_by__isnull=False, value_by__isnull=False)
                & ~Q(value="")
                & ~Q(confirmed_by=models.F("value_by")),
                name="round_value_typed_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open", "closed", "sealed"], seed="")
                | Q(status__in=["drawn", "published", "settled"]) & ~Q(seed=""),
                name="round_seed_from_the_draw_on",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["published", "settled"], published_at__isnull=False)
                | ~Q(status__in=["published", "settled"]) & Q(published_at=None),
                name="round_published_since",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("draw", args=[self.code])

    @property
    def secret(self) -> str:
        return unseal_text(self.secret_sealed) if self.secret_sealed else ""

    @property
    def is_public(self) -> bool:
        """The secret and the result."""
        return self.status in (self.Status.PUBLISHED, self.Status.SETTLED)

    @property
    def is_listed(self) -> bool:
        return bool(self.digest)


class RoundPlaces(models.Model):
    """How many places of a class a round gives away."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="places", verbose_name=_("round"))
    nursery_class = models.ForeignKey(NurseryClass, models.PROTECT, related_name="+", verbose_name=_("class"))
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        verbose_name = _("places of a round")
        verbose_name_plural = _("places of rounds")
        ordering = ["round", "nursery_class"]
        constraints = [
            models.UniqueConstraint(fields=["round", "nursery_class"], name="round_places_once_per_class"),
            models.CheckConstraint(condition=Q(places__gte=1), name="round_places_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.nursery_class_id}: {self.places}"


class EntryQuerySet(models.QuerySet["RoundEntry"]):
    def for_user(self, user: User) -> Self:
        staff = within_posts(user, VIEW, "round__community", places=("round__facility",))
        mine = Application.objects.filter(of_family(user)).values("pk")
        return self.filter(staff | Q(pk__in=EntryChild.objects.filter(application__in=mine).values("entry")))


class RoundEntry(models.Model):
    """A household in a round under a lot of its own: the application's code opens files, the lot nothing."""

    class Mode(models.TextChoices):
        TOGETHER = drawing.TOGETHER, _("all children together or none")
        SPLIT = drawing.SPLIT, _("one child may start first")

    class Tier(models.IntegerChoices):
        PROTECTED = 1, _("placed first by law or policy")
        SIBLING = 2, _("a sibling is in the nursery")
        COMMUNITY = 3, _("lives in the community")
        NEARBY = 4, _("lives nearby")

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries", verbose_name=_("round"))
    lot = models.PositiveIntegerField(_("lot"))
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier)
    mode = models.CharField(_("siblings"), max_length=13, choices=Mode, default=Mode.TOGETHER)
    # Class codes as the published list has them: one for each child, joined by +; the first wish first.
    choices = models.CharField(_("choices"), max_length=400)
    entered_at = models.DateTimeField(_("entered at"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("household in a round")
        verbose_name_plural = _("households in a round")
        ordering = ["round", "lot"]
        constraints = [
            models.UniqueConstraint(fields=["round", "lot"], name="round_entry_lot_once"),
            models.CheckConstraint(condition=Q(tier__range=(1, 4)), name="round_entry_tier_known"),
            models.CheckConstraint(condition=~Q(choices=""), name="round_entry_has_a_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.lot}"

    def as_household(self) -> drawing.Household:
        choices = tuple(tuple(choice.split("+")) for choice in self.choices.split(" "))
        return drawing.Household(self.lot, self.tier, self.mode, choices)


class EntryChild(models.Model):
    """One child of a household in a round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+", verbose_name=_("round"))
    entry = models.ForeignKey(
        RoundEntry, models.CASCADE, related_name="children", verbose_name=_("household")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="round_entries", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("which child"))

    class Meta:
        verbose_name = _("child in a round")
        verbose_name_plural = _("children in a round")
        ordering = ["entry", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "application"],
                name="entry_child_once_in_a_round",
                violation_error_message=_("This child is in the round already."),
            ),
            models.UniqueConstraint(fields=["entry", "number"], name="entry_child_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class DrawResult(AppendOnly):
    """One line of a drawn round. Nobody changes it: a second draw would be another round."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="results", verbose_name=_("round"))
    entry = models.OneToOneField(
        RoundEntry, models.PROTECT, related_name="result", verbose_name=_("household")
    )
    position = models.PositiveIntegerField(_("position"))
    ticket = models.CharField(_("ticket"), max_length=HASH)
    outcome = models.CharField(_("outcome"), max_length=8)
    classes = models.CharField(_("classes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("result of a draw")
        verbose_name_plural = _("results of draws")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="draw_result_position_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["placed", "partly", "waits"]), name="draw_result_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
