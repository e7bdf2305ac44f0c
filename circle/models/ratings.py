"""Ratings (好差评) of what was done for somebody, and what becomes of the bad ones."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.hooks import hook_functions
from circle.identifiers.public_codes import new_code
from circle.models.base import Bilingual
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.residents import Resident, own_ids

VIEW, CHANGE = "circle.view_rating", "circle.change_rating"
FOLLOW_UP = "circle.change_ratingfollowup"
WORDS_LENGTH, TITLE_LENGTH = 300, 200
LOW = 2  # this level and those below are answered by somebody


class Level(models.IntegerChoices):
    """By their official names."""

    VERY_GOOD = 5, pgettext_lazy("rating", "very satisfied")
    GOOD = 4, pgettext_lazy("rating", "satisfied")
    FAIR = 3, pgettext_lazy("rating", "basically satisfied")
    BAD = 2, pgettext_lazy("rating", "not satisfied")
    VERY_BAD = 1, pgettext_lazy("rating", "very dissatisfied")


class Reason(models.TextChoices):
    """What was good or bad."""

    FRIENDLY = "friendly", pgettext_lazy("rating", "friendly and patient")
    CLEAR = "clear", pgettext_lazy("rating", "explained clearly")
    FAST = "fast", pgettext_lazy("rating", "quick")
    ONE_VISIT = "one_visit", pgettext_lazy("rating", "done in one visit")
    WAITED = "waited", pgettext_lazy("rating", "waited too long")
    UNCLEAR = "unclear", pgettext_lazy("rating", "not explained clearly")
    UNFRIENDLY = "unfriendly", pgettext_lazy("rating", "unfriendly")
    CAME_AGAIN = "came_again", pgettext_lazy("rating", "had to come again")
    NOT_KEPT = "not_kept", pgettext_lazy("rating", "a promise was not kept")


PRAISE = [Reason.FRIENDLY, Reason.CLEAR, Reason.FAST, Reason.ONE_VISIT]
BLAME = [Reason.WAITED, Reason.UNCLEAR, Reason.UNFRIENDLY, Reason.CAME_AGAIN, Reason.NOT_KEPT]
REASONS: dict[int, list[Reason]] = {5: PRAISE, 4: PRAISE, 3: [*PRAISE[:3], *BLAME[:2]], 2: BLAME, 1: BLAME}


def about_things_seen_by(user: User) -> Q:
    """Ratings of the kinds of things that this login's posts let it see, in their communities."""
    found = Q(pk__in=[])
    for offered in hook_functions("ratable"):
        for kind in offered():
            found |= Q(subject_type=kind.label) & within_posts(user, kind.permission)
    return found


class RatingQuerySet(models.QuerySet["Rating"]):
    def for_user(self, user: User) -> Self:
        """One's own, and those of one's communities: never of what one has done oneself."""
        return self.filter(Q(resident__in=own_ids(user)) | Q(pk__in=self.in_office(user).values("pk")))

    def in_office(self, user: User, permission: str = VIEW) -> Self:
        rows = self.filter(within_posts(user, permission) & about_things_seen_by(user))
        return rows.unserved_by(user)

    def unserved_by(self, user: User) -> Self:
        own = Rating.served_by.through._default_manager.filter(rating=OuterRef("pk"), user=user.pk)
        return self.exclude(Exists(own))

    def unrated(self) -> Self:
        """Also those tapped on a tablet of ours, where anybody may have stood: a word by link counts more."""
        return self.filter(Q(rated_at=None) | Q(channel=Rating.Channel.DEVICE))

    def open(self, at: dt.datetime) -> Self:
        return self.unrated().filter(until__gt=at)

    def given(self) -> Self:
        return self.filter(rated_at__isnull=False)


class Rating(models.Model):
    """Asked for when a thing was served, given once. The thing by model and id, as in the audit log."""

    class Channel(models.TextChoices):
        LINK = "link", pgettext_lazy("rating", "by the link")
        CALL = "call", pgettext_lazy("rating", "by phone, typed in")
        PAPER = "paper", pgettext_lazy("rating", "on paper, typed in")
        DEVICE = "device", pgettext_lazy("rating", "on a device of ours")

    TYPED_IN = [Channel.CALL, Channel.PAPER]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="ratings", verbose_name=_("community")
    )
    subject_type = models.CharField(_("kind of row"), max_length=60)
    subject_id = models.BigIntegerField(_("row"))
    # What the thing is one of, for the figures: a service item, a kind of care.
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    title_zh = models.CharField(_("what was done"), max_length=TITLE_LENGTH)
    title_en = models.CharField(_("what was done (English)"), max_length=TITLE_LENGTH, blank=True)
    title = Bilingual()
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ratings",
        verbose_name=_("resident"),
    )
    served_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("who served")
    )
    served_at = models.DateTimeField(_("served at"))
    # Good for one rating, without a login.
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    # Empty where they were only seen at a tablet.
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    until = models.DateTimeField(_("may be rated until"))
    rated_at = models.DateTimeField(_("rated at"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    reasons = models.CharField(_("what was good or bad"), max_length=120, blank=True)  # divided by blanks
    words = models.CharField(_("in their words"), max_length=WORDS_LENGTH, blank=True)
    channel = models.CharField(_("came"), max_length=6, choices=Channel, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("typed in by"),
    )

    same_community = ("resident",)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-served_at", "-id"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "rated_at"], name="rating_about"),
            models.Index(fields=["community", "-served_at"], name="rating_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                name="rating_once_per_thing",
                violation_error_message=_("This has been rated already."),
            ),
            models.CheckConstraint(
                condition=Q(rated_at=None, level=None, channel="", reasons="", words="")
                | Q(rated_at__isnull=False, level__isnull=False, level__range=(1, 5)) & ~Q(channel=""),
                name="rating_has_a_level",
            ),
            models.CheckConstraint(
                condition=Q(typed_by=None) | Q(channel__in=["call", "paper"]), name="rating_typed_in"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rate", args=[self.code])

    @property
    def is_unrated(self) -> bool:
        """Of one row what `unrated` says of many."""
        return self.rated_at is None or self.channel == Rating.Channel.DEVICE

    def is_open_at(self, at: dt.datetime) -> bool:
        """Of one row what `open` says of many."""
        return self.is_unrated and at < self.until

    @property
    def is_low(self) -> bool:
        return self.level is not None and self.level <= LOW

    @property
    def reason_labels(self) -> list[str]:
        return [str(Reason(code).label) for code in self.reasons.split()]

    def is_served_by(self, user: User) -> bool:
        return self.served_by.filter(pk=user.pk).exists()


class RatingFollowUpQuerySet(models.QuerySet["RatingFollowUp"]):
    def in_office(self, user: User, permission: str = "circle.view_ratingfollowup") -> Self:
        seen = Rating.objects.in_office(user)
        return self.filter(within_posts(user, permission), rating__in=seen)

    def for_user(self, user: User) -> Self:
        return self.in_office(user)

    def live(self) -> Self:
        return self.exclude(status=RatingFollowUp.Status.ANSWERED)


class RatingFollowUp(models.Model):
    """What becomes of a low rating: the person is called back, and gets an answer, by other people."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("low rating", "to be called back")
        CALLED = "called", pgettext_lazy("low rating", "called back, to be answered")
        ANSWERED = "answered", pgettext_lazy("low rating", "answered")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="follow_up", verbose_name=_("rating"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("since"))
    call_by = models.DateField(_("call back by"))
    answer_by = models.DateField(_("answer by"))
    called_at = models.DateTimeField(_("called back at"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("called back by"),
    )
    call_words = models.CharField(_("what was said on the phone"), max_length=WORDS_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answer = models.CharField(_("our answer"), max_length=WORDS_LENGTH, blank=True)

    objects = RatingFollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("low rating")
        verbose_name_plural = _("low ratings")
        ordering = ["-id"]
        indexes = [models.Index(fields=["community", "status"], name="rating_follow_up_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", called_at=None) | ~Q(status="open") & ~Q(call_words=""),
                name="rating_follow_up_called",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered", answer=""), name="rating_follow_up_answered"
            ),
        ]

    def __str__(self) -> str:
        return str(self.rating)

    @property
    def due_on(self) -> dt.date | None:
        return {"open": self.call_by, "called": self.answer_by}.get(self.status)

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < localdate()
