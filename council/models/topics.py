import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from circle.models import (
    Bilingual,
    Community,
    Dimension,
    Firm,
    Mandate,
    Resident,
    Scenario,
    User,
    firms_of,
    ids_represented_by,
    within_posts,
)
from council.models.meetings import Meeting

TEXT_LENGTH = 1000
SCOPE = Mandate.Scope.ALL
AGES = "topic"  # under which the rules say from what age on one raises a topic
READ_WORDS = (
    "council.change_topic"  # the name and what was typed; to view a topic is to read its public words
)
REPLY = "council.reply_topic"  # sees and answers what is assigned to one's firm


class TopicQuerySet(models.QuerySet["Topic"]):
    def for_user(self, user: User) -> Self:
        """Raised by the people whom this login may act for, and as staff of the community."""
        return self.filter(within_posts(user, READ_WORDS) | Q(raised_by__in=ids_represented_by(user, SCOPE)))

    def mine(self, user: User) -> Self:
        """As a resident or in somebody's name, leaving out what one sees as staff."""
        return self.filter(raised_by__in=ids_represented_by(user, SCOPE))

    def of_firm(self, user: User) -> Self:
        """Assigned to a firm that this login stands for; of these the public words, not what was typed."""
        return self.filter(firm__in=firms_of(user, REPLY))

    def public(self) -> Self:
        """What staff have put into words that everybody may read."""
        return self.filter(
            status__in=[Topic.Status.ACCEPTED, Topic.Status.ANSWERED], meeting__body__visibility="public"
        )

    def left_over(self) -> Self:
        """Without an answer, of meetings that are over or were called off."""
        over = [Meeting.Status.HELD, Meeting.Status.CANCELLED, Meeting.Status.ADJOURNED]
        return self.unanswered().filter(meeting__status__in=over)

    def unanswered(self) -> Self:
        return self.filter(status__in=[Topic.Status.RECEIVED, Topic.Status.ACCEPTED])


class Topic(models.Model):
    """What somebody wants the council to talk about. What they typed stays between them and the secretary."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("taken up")
        DECLINED = "declined", _("not taken up")
        ANSWERED = "answered", _("answered")

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        PHONE = "phone", _("by phone")
        WINDOW = "window", _("at the window")
        PAPER = "paper", _("on paper")
        DOOR = "door", _("at the door")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="topics", verbose_name=_("community")
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="topics", verbose_name=_("meeting"))
    receipt = models.CharField(_("receipt number"), max_length=16, unique=True, editable=False)
    dimension = models.CharField(_("part of life"), max_length=12, choices=Dimension, blank=True)
    text = models.TextField(_("as it was written"), max_length=TEXT_LENGTH)
    public_text_zh = models.CharField(_("for everybody (Chinese)"), max_length=200, blank=True)
    public_text_en = models.CharField(_("for everybody (English)"), max_length=300, blank=True)
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("what if")
    )
    raised_by = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("raised by")
    )
    # Of a topic in somebody's name; empty for one's own and for those that staff typed in.
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("mandate")
    )
    via = models.CharField(_("came"), max_length=8, choices=Channel)
    came_at = models.DateTimeField(_("came at"))
    age_reason = models.CharField(_("why outside the ages"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED)
    status_at = models.DateTimeField(_("since"))
    answer_zh = models.TextField(_("answer (Chinese)"), max_length=TEXT_LENGTH, blank=True)
    answer_en = models.TextField(_("answer (English)"), max_length=TEXT_LENGTH, blank=True)

    # Who sees to it: a colleague, or a firm, whose answers are rows of their own.
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="topics_in_care",
        verbose_name=_("who sees to it"),
    )
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("firm")
    )

    objects = TopicQuerySet.as_manager()

    public_text = Bilingual()
    answer = Bilingual()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-came_at", "-pk"]
        permissions = [
            ("assign_topic", _("Can say who sees to a topic")),
            ("reply_topic", _("Can see and answer the topics that are assigned to their firm")),
        ]
        indexes = [
            models.Index(fields=["community", "-came_at"], name="topic_latest"),
            models.Index(fields=["meeting", "status"], name="topic_of_meeting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "declined"]) | ~Q(answer_zh=""),
                name="topic_ends_with_an_answer",
                violation_error_message=_("A topic ends with an answer in words."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "answered"]) | ~Q(public_text_zh=""),
                name="topic_taken_up_has_public_words",
                violation_error_message=_("Say in public words what it is about."),
            ),
            models.CheckConstraint(
                condition=Q(responsible=None) | Q(firm=None),
                name="topic_has_one_who_sees_to_it",
                violation_error_message=_("Either a colleague or a firm sees to it."),
            ),
            models.CheckConstraint(
                condition=Q(firm=None) | ~Q(public_text_zh=""),
                name="topic_of_a_firm_has_public_words",
                violation_error_message=_("Say in public words what it is about."),
            ),
            models.CheckConstraint(
                condition=~Q(via="online") | Q(raised_by__isnull=False),
                name="topic_online_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.receipt])

    @property
    def words_digest(self) -> str:
        """Of the public words: says which ones a clerk had before them."""
        return hashlib.sha256(f"{self.public_text_zh}\n{self.public_text_en}".encode()).hexdigest()
