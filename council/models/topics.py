import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
from council.models.bodies import Body
from council.models.meetings import Meeting
from council.models.offices import Office

TEXT_LENGTH = 1000
FACTS_LENGTH = 300
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
        """What staff have put into words that everybody may read, also what was not taken up, and why."""
        return self.filter(body__visibility="public").exclude(
            Q(status__in=[Topic.Status.RECEIVED, Topic.Status.WITHDRAWN])
            | Q(public_text_zh="")
            | Q(hidden_at__isnull=False)
        )

    def on_loop(self) -> Self:
        """Those that have a page of their own; without words where they are not public (any more)."""
        return self.filter(body__visibility="public")

    def left_over(self) -> Self:
        """Without an answer, of meetings that are over; taken up, and called off with their meeting."""
        over = [Meeting.Status.HELD, Meeting.Status.CANCELLED, Meeting.Status.ADJOURNED]
        return self.unanswered().filter(Q(meeting__status__in=over) | Q(is_queued=True))

    def requested(self) -> Self:
        """A fifth of the households asks for a meeting, and none is called yet."""
        return self.filter(status="accepted", meeting=None, stations__kind="requested")

    def overdue(self, day: dt.date) -> Self:
        return self.unanswered().filter(due_on__lt=day)

    def by_due_date(self) -> Self:
        """What waits, the most pressing first."""
        return self.unanswered().order_by(F("due_on").asc(nulls_last=True), "came_at", "pk")

    def like(self, words: str) -> "list[Topic]":
        """Those with most of these words or pairs of signs, the likest first; one query."""
        pieces = pieces_of(words)
        if not pieces:
            return []
        some = Q()
        for piece in pieces:
            column = "public_text_en__icontains" if piece.isascii() else "public_text_zh__contains"
            some |= Q(**{column: piece})
        newest = self.filter(some).order_by("-came_at", "-pk")[:MOST_COMPARED]
        least = 2 if len(pieces) > 2 else 1
        counts = [(row.count_pieces(pieces), row) for row in newest]
        likest = sorted((each for each in counts if each[0] >= least), key=lambda each: -each[0])
        return [row for _count, row in likest]

    def unanswered(self) -> Self:
        return self.filter(status__in=[Topic.Status.RECEIVED, Topic.Status.ACCEPTED])


STOP_SIGNS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
SHORT_WORDS = {*"的了是在和有我们不", "there", "this", "with", "that"}
MOST_PIECES = 12
MOST_COMPARED = 200


def pieces_of(words: str) -> list[str]:
    """Pairs of neighbouring Chinese signs and English words of more than three letters, each once."""
    found: dict[str, None] = {}
    for run in STOP_SIGNS.split(words[:TEXT_LENGTH]):
        for chinese in re.findall(r"[\u4e00-\u9fff]+", run):
            for first, second in pairwise(chinese):
                if first not in SHORT_WORDS and second not in SHORT_WORDS:
                    found.setdefault(first + second)
        for word in re.findall(r"[A-Za-z]{4,}", run):
            if word.lower() not in SHORT_WORDS:
                found.setdefault(word.lower())
    return list(found)[:MOST_PIECES]


class Topic(models.Model):
    """What somebody wants the council to talk about. What they typed stays between them and the secretary."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("taken up")
        DECLINED = "declined", _("not taken up")
        ANSWERED = "answered", _("answered")
        MERGED = "merged", _("joined with another")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a topic", "withdrawn")

    class Channel(models.TextChoices):
        ONLINE = "online", _("online")
        PHONE = "phone", _("by phone")
        WINDOW = "window", _("at the window")
        PAPER = "paper", _("on paper")
        DOOR = "door", _("at the door")
        MEETING = "meeting", _("in a meeting")
        BOX = "box", _("card in the box")
        DEPUTY = "deputy", _("day of the deputies")
        WECHAT = "wechat", _("WeChat group")
        HOTLINE = "hotline", _("hotline 12345")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="topics", verbose_name=_("community")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="topics", verbose_name=_("body"))
    # For which it is meant, or at which it is; it may be said, and answered, without one.
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("meeting")
    )
    is_queued = models.BooleanField(_("waits for the next meeting"), default=False, editable=False)
    receipt = models.CharField(_("receipt number"), max_length=16, unique=True, editable=False)
    dimension = models.CharField(_("part of life"), max_length=12, choices=Dimension, blank=True)
    text = models.TextField(_("as it was written"), max_length=TEXT_LENGTH)
    public_text_zh = models.CharField(_("for everybody (Chinese)"), max_length=200, blank=True)
    public_text_en = models.CharField(_("for everybody (English)"), max_length=300, blank=True)
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, null=True, blank=True, related_name="topics", verbose_name=_("what if")
    )
    # What the portal knows of the matter, taken along from the page on which it was raised.
    facts_zh = models.CharField(_("facts (Chinese)"), max_length=FACTS_LENGTH, blank=True)
    facts_en = models.CharField(_("facts (English)"), max_length=FACTS_LENGTH, blank=True)
    facts_url = models.CharField(_("page of the facts"), max_length=200, blank=True, editable=False)
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

    # The first receiver: stays responsible to the raiser, wherever it is referred.
    office = models.CharField(
        _("responsible office"), max_length=10, choices=Office, default=Office.COMMITTEE
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("joined with")
    )
    # The next date: so many working days from a day on. `respond_by` is the first one, for the rates.
    due_from = models.DateField(null=True, editable=False)
    due_days = models.PositiveSmallIntegerField(default=0, editable=False)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    respond_by = models.DateField(_("first answer due on"), null=True, editable=False)
    responded_at = models.DateTimeField(_("first answer at"), null=True, editable=False)
    is_extended = models.BooleanField(_("deadline extended"), default=False, editable=False)
    reopened = models.PositiveSmallIntegerField(_("opened again"), default=0, editable=False)
    # Where households ask for a meeting: how many there were on the day on which the signing began.
    households = models.PositiveIntegerField(_("households on that day"), null=True, editable=False)
    # Of the hotline: its own number and its own date.
    outside_number = models.CharField(_("number of the hotline"), max_length=40, blank=True)
    outside_due_on = models.DateField(_("date of the hotline"), null=True, blank=True)
    # Its public words were taken off; the stations stay.
    hidden_at = models.DateTimeField(_("taken off at"), null=True, editable=False)
    hidden_reason = models.CharField(_("why taken off"), max_length=200, blank=True, editable=False)

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
    facts = Bilingual()

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
            models.Index(fields=["community", "status", "due_on"], name="topic_by_due"),
            models.Index(fields=["community", "respond_by"], name="topic_by_first_date"),
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
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into=None)),
                name="topic_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="topic_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(outside_number="", outside_due_on=None) | Q(via="hotline"),
                name="topic_outside_number_of_hotline",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.receipt])

    def count_pieces(self, pieces: Sequence[str]) -> int:
        """How many of these its public words have."""
        words = f"{self.public_text_zh} {self.public_text_en.lower()}"
        return sum(piece in words for piece in pieces)

    @property
    def loop_url(self) -> str:
        """Its page for everybody."""
        return reverse("council_loop", args=[self.receipt])

    @property
    def needed_households(self) -> int:
        """One fifth of those on the first day, rounded up."""
        return ((self.households or 0) + 4) // 5

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.RECEIVED, self.Status.ACCEPTED)

    @property
    def shows_words(self) -> bool:
        """Whether everybody may read what it is about."""
        closed = (self.Status.RECEIVED, self.Status.WITHDRAWN)
        return bool(self.public_text_zh) and self.status not in closed and self.hidden_at is None

    @property
    def words_digest(self) -> str:
        """Of the public words: says which ones a clerk had before them."""
        return hashlib.sha256(f"{self.public_text_zh}\n{self.public_text_en}".encode()).hexdigest()
