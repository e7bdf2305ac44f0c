"""The way of a topic, station by station, and what was answered, supported and said of it afterwards."""

import secrets
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.models import AppendOnly, Bilingual, Community, Resident, User, within_posts
from circle.models.records import Edit
from council.models.meetings import Meeting
from council.models.offices import Office
from council.models.topics import TEXT_LENGTH, Topic

NOTE_LENGTH = 300
WORDS_LENGTH = 200
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are mistaken for another


def new_link_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class Station(AppendOnly):
    """One step of a topic; the last one that has a status says how the topic stands.

    Its public note can be emptied, and nothing else of it ever changes.
    """

    edits: ClassVar = [
        Edit("NEW.note_zh = '' AND NEW.note_en = ''", only=("note_zh", "note_en")),
        Edit("NEW.meeting_id IS NULL", only=("meeting_id",)),  # the plan of that meeting was taken back
    ]

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("station of a topic", "received")
        ACKNOWLEDGED = "noted", pgettext_lazy("station of a topic", "read by the office")
        ACCEPTED = "accepted", pgettext_lazy("station of a topic", "taken up")
        WORDS = "words", pgettext_lazy("station of a topic", "public words changed")
        REFERRED = "referred", pgettext_lazy("station of a topic", "referred")
        RETURNED = "returned", pgettext_lazy("station of a topic", "returned: not theirs")
        EXTENDED = "extended", pgettext_lazy("station of a topic", "deadline extended")
        MERGED = "merged", pgettext_lazy("station of a topic", "joined with another topic")
        PLACED = "placed", pgettext_lazy("station of a topic", "left to a meeting")
        QUEUED = "queued", pgettext_lazy("station of a topic", "meeting called off: waits for the next one")
        ON_AGENDA = "agenda", pgettext_lazy("station of a topic", "on the agenda")
        SIGNING = "signing", pgettext_lazy("station of a topic", "households may ask for a meeting")
        REQUESTED = "requested", pgettext_lazy("station of a topic", "meeting requested by one fifth")
        INTERIM = "interim", pgettext_lazy("station of a topic", "interim answer")
        ANSWERED = "answered", pgettext_lazy("station of a topic", "answered")
        CORRECTED = "corrected", pgettext_lazy("station of a topic", "answer corrected")
        DECLINED = "declined", pgettext_lazy("station of a topic", "not taken up")
        EVALUATED = "asked", pgettext_lazy("station of a topic", "the person said how it was")
        REOPENED = "reopened", pgettext_lazy("station of a topic", "not solved: open again")
        WITHDRAWN = "withdrawn", pgettext_lazy("station of a topic", "withdrawn")
        HIDDEN = "hidden", pgettext_lazy("station of a topic", "words taken off the page")

    STATUS: ClassVar = {
        Kind.RECEIVED: Topic.Status.RECEIVED,
        Kind.ACCEPTED: Topic.Status.ACCEPTED,
        Kind.MERGED: Topic.Status.MERGED,
        Kind.ANSWERED: Topic.Status.ANSWERED,
        Kind.DECLINED: Topic.Status.DECLINED,
        Kind.REOPENED: Topic.Status.ACCEPTED,
        Kind.WITHDRAWN: Topic.Status.WITHDRAWN,
    }
    # The raiser has heard of the office in words; at these the first date is kept or missed.
    RESPONSES: ClassVar = [Kind.ACCEPTED, Kind.MERGED, Kind.INTERIM, Kind.ANSWERED, Kind.DECLINED]

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="stations", verbose_name=_("topic"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"))
    # Staff only: who raised it, or answers for themselves, stands nowhere in these rows.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    office = models.CharField(_("office"), max_length=10, choices=Office, blank=True)
    due_on = models.DateField(_("due on"), null=True)
    note_zh = models.CharField(_("in public words (Chinese)"), max_length=NOTE_LENGTH, blank=True)
    note_en = models.CharField(_("in public words (English)"), max_length=NOTE_LENGTH, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="+", verbose_name=_("meeting")
    )
    target = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="+", verbose_name=_("the other topic")
    )

    note = Bilingual()

    class Meta:
        verbose_name = _("station of a topic")
        verbose_name_plural = _("stations of topics")
        ordering = ["topic", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="merged") | Q(target__isnull=False), name="station_merged_into_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"


class PublicAnswer(AppendOnly):
    """What an office says to a topic, for everybody to read. A mistake is mended by a further row."""

    class Kind(models.TextChoices):
        INTERIM = "interim", pgettext_lazy("answer to a topic", "interim answer")
        FINAL = "final", pgettext_lazy("answer to a topic", "answer")
        CORRECTION = "correction", pgettext_lazy("answer to a topic", "correction")
        DECLINED = "declined", pgettext_lazy("answer to a topic", "why it is not taken up")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="answers", verbose_name=_("topic"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    office = models.CharField(_("office"), max_length=10, choices=Office)
    text_zh = models.TextField(_("answer (Chinese)"), max_length=TEXT_LENGTH)
    text_en = models.TextField(_("answer (English)"), max_length=TEXT_LENGTH, blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    resolution = models.ForeignKey(
        "council.Resolution", models.PROTECT, null=True, related_name="answers", verbose_name=_("resolution")
    )

    text = Bilingual()

    class Meta:
        verbose_name = _("answer to a topic")
        verbose_name_plural = _("answers to topics")
        ordering = ["topic", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh=""), name="publicanswer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"


class Support(models.Model):
    """Somebody for whom it is a matter as well. After its time the row still counts, and names nobody."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="supports", verbose_name=_("topic"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, related_name="topic_supports", verbose_name=_("resident")
    )
    via = models.CharField(_("came"), max_length=8, choices=Topic.Channel)
    came_at = models.DateTimeField(_("came at"))

    class Meta:
        verbose_name = _("support of a topic")
        verbose_name_plural = _("supports of topics")
        ordering = ["topic", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "resident"],
                name="support_once",
                violation_error_message=_("This person supports it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "council.view_topic"))

    def waiting(self) -> Self:
        return self.filter(given_at=None)


class Evaluation(models.Model):
    """Whether it is solved, asked once after a final answer: by a link good for once, or by a call back."""

    class Channel(models.TextChoices):
        LINK = "link", pgettext_lazy("evaluation", "by the link")
        CALL = "call", pgettext_lazy("evaluation", "by phone, typed in")

    class Level(models.IntegerChoices):
        VERY_BAD = 1, _("very dissatisfied")
        BAD = 2, _("dissatisfied")
        FAIR = 3, _("so-so")
        GOOD = 4, _("satisfied")
        VERY_GOOD = 5, _("very satisfied")

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="evaluations", verbose_name=_("topic"))
    answer = models.OneToOneField(
        PublicAnswer, models.PROTECT, related_name="evaluation", verbose_name=_("answer to a topic")
    )
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_link_code, editable=False)
    asked_at = models.DateTimeField(_("asked at"))
    until = models.DateTimeField(_("may be answered until"))
    given_at = models.DateTimeField(_("said at"), null=True)
    is_reached = models.BooleanField(_("reached"), default=True)
    is_solved = models.BooleanField(_("solved"), null=True)
    level = models.PositiveSmallIntegerField(_("satisfied"), choices=Level, null=True)
    words = models.CharField(_("in their words"), max_length=WORDS_LENGTH, blank=True)
    channel = models.CharField(_("came"), max_length=4, choices=Channel, blank=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("typed in by")
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation of an answer")
        verbose_name_plural = _("evaluations of answers")
        ordering = ["topic", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at=None, is_solved=None, level=None)
                | Q(given_at__isnull=False, is_reached=True, is_solved__isnull=False)
                | Q(given_at__isnull=False, is_reached=False, is_solved=None, level=None),
                name="evaluation_given_whole",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=1, level__lte=5), name="evaluation_level_exists"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="evaluation_can_be_given"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}"
