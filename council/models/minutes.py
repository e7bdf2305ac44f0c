import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.calendar.working_days import SHANGHAI
from circle.formats.language import is_english
from circle.models import AppendOnly, Bilingual, Community, Edit, User, own_ids, within_posts
from council.models.agenda import AgendaItem
from council.models.bodies import Body, Membership
from council.models.meetings import Meeting
from council.models.resolutions import Resolution
from council.models.roll import Attendance, Movement, Roll

TRANSITION_FIELDS = ["status", "status_at", "note"]


@dataclass(frozen=True)
class Decision:
    """A resolution as minuted."""

    number: str
    text_zh: str
    text_en: str
    voted_at: str
    entitled: int
    present: int
    quorum: int
    yes: int
    no: int
    abstain: int
    needed: int
    rule: dict[str, Any]
    outcome: str
    method: str = "hands"  # as all were counted before others were known
    invalid: int = 0
    options: list[dict[str, Any]] = field(default_factory=list)  # zh, en, votes; empty: for or against

    text = Bilingual()

    @property
    def options_in_words(self) -> list[tuple[str, int]]:
        english = is_english()
        return [((english and each["en"]) or each["zh"], each["votes"]) for each in self.options]

    @property
    def outcome_label(self) -> str:
        return str(Resolution.Outcome(self.outcome).label)


@dataclass(frozen=True)
class Point:
    """One agenda item as minuted."""

    number: int
    kind: str
    title_zh: str
    title_en: str
    result: str
    minutes_zh: str = ""
    minutes_en: str = ""
    resolution: Decision | None = None

    title = Bilingual()
    minutes = Bilingual()

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Language and text of the minutes, where there are any."""
        return [
            (name, text) for name, text in (("zh-Hans", self.minutes_zh), ("en", self.minutes_en)) if text
        ]

    @property
    def kind_label(self) -> str:
        return str(AgendaItem.Kind(self.kind).label)

    @property
    def result_label(self) -> str:
        return str(AgendaItem.Status(self.result).label)


@dataclass(frozen=True)
class Waived:
    """How many of those present gave up due notice: of one item, or without a number of the whole meeting."""

    number: int | None
    in_favour: int
    present: int


@dataclass(frozen=True)
class AttendanceGroup:
    """Who was there, watched, was excused or absent: names where they are public, and how many others."""

    state: str
    names: list[list[str]]  # name and seat
    others: int

    @property
    def label(self) -> str:
        return str(GROUPS[self.state])

    @property
    def named(self) -> list[tuple[str, str]]:
        """Name, always in Chinese, and seat in the language of the page."""
        return [(name, str(Membership.Seat(seat).label)) for name, seat in self.names]


GROUPS = {
    "present": pgettext_lazy("head of minutes", "Present"),
    "observers": pgettext_lazy("head of minutes", "Attending without a vote"),
    "excused": pgettext_lazy("head of minutes", "Excused"),
    "absent": pgettext_lazy("head of minutes", "Absent"),
}


@dataclass(frozen=True)
class Sheet:
    """The minutes of a meeting as data. The same data always give the same `text`, so one hash."""

    community: str
    body: dict[str, str]
    meeting: str
    begun: str
    ended: str
    place: dict[str, str]
    version: int
    replaces: str  # SHA-256 of the version that this one corrects; empty for the first
    correction: str  # what was corrected; empty for the first
    roll: Roll
    points: list[Point] = field(default_factory=list)
    movements: list[Movement] | None = None  # None: written before they were minuted
    # SHA-256 of the minutes of any body that were published last when these were submitted; empty where there
    # were none. None: a draft, not public, or written before there was a chain.
    previous: str | None = None
    waivers: list[Waived] | None = None  # None: written before they were minuted
    is_from_paper: bool = False
    chaired_by: str = ""
    recorded_by: str = ""
    attendance: list[AttendanceGroup] | None = None  # None: written before anybody was named

    @classmethod
    def read(cls, text: str) -> Self:
        said = json.loads(text)
        points = [
            Point(**point | {"resolution": Decision(**point["resolution"]) if point["resolution"] else None})
            for point in said["points"]
        ]
        moves = said.get("movements")
        movements = None if moves is None else [Movement(**move) for move in moves]
        waived = said.get("waivers")
        waivers = None if waived is None else [Waived(**each) for each in waived]
        groups = said.get("attendance")
        attendance = None if groups is None else [AttendanceGroup(**each) for each in groups]
        parts = {"points": points, "movements": movements, "waivers": waivers, "attendance": attendance}
        return cls(**said | {"roll": Roll(**said["roll"])} | parts)

    @property
    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "council.view_minutesversion"))

    def public(self) -> Self:
        """What has been published stays public, replaced or not."""
        return self.filter(status__in=PUBLIC)

    def shown(self) -> Self:
        """Those, and what was redacted: of that only hash and reason."""
        return self.filter(status__in=[*PUBLIC, MinutesVersion.Status.REDACTED])

    def withdrawn(self, community: int) -> Self:
        """What stood in the chain and can no longer be downloaded, in the order of its publication."""
        own = self.filter(community=community, status=MinutesVersion.Status.REDACTED)
        return own.filter(meeting__body__visibility=Body.Visibility.PUBLIC).order_by("published_at", "pk")

    def chain(self, community: int) -> Self:
        """What outsiders can download and verify, in the order of its publication."""
        own = self.public().filter(community=community, meeting__body__visibility=Body.Visibility.PUBLIC)
        return own.order_by("published_at", "pk")

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def to_review_by(self, user: User) -> Self:
        """In review, of meetings where one of this login's own people was present."""
        there = Attendance.objects.filter(
            membership__resident__in=own_ids(user), status=Attendance.Status.PRESENT
        )
        rows = self.filter(status=MinutesVersion.Status.IN_REVIEW, meeting__in=there.values("meeting"))
        return rows.select_related("meeting__body", "meeting__rule").order_by("-meeting__starts_at")

    def current(self) -> Self:
        return self.filter(status=MinutesVersion.Status.PUBLISHED)


class MinutesVersion(AppendOnly):
    """The minutes of one meeting, first or corrected. Once published, a version never changes.

    Two people together can withdraw its text: then the hash and their reason stay.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced")
        REDACTED = "redacted", _("text withdrawn")

    deletable_when = "OLD.status = 'draft' AND OLD.version > 1"  # a correction that was begun by mistake
    insertable_when = "NEW.status = 'draft'"
    edits: ClassVar = [
        Edit(
            "OLD.status = 'draft' AND NEW.status IN ('draft', 'in_review')",
            [*TRANSITION_FIELDS, "body", "revision", "approved_by_id"],
        ),
        Edit(
            "OLD.status = 'in_review' AND NEW.status IN ('draft', 'approved')",
            [*TRANSITION_FIELDS, "approved_by_id"],
        ),
        Edit("OLD.status = 'approved' AND NEW.status = 'draft'", [*TRANSITION_FIELDS, "approved_by_id"]),
        Edit(
            "OLD.status = 'approved' AND NEW.status = 'published'",
            [*TRANSITION_FIELDS, "sha256", "published_at"],
        ),
        Edit("OLD.status = 'published' AND NEW.status = 'superseded'", ["status", "status_at"]),
        Edit(
            "OLD.status IN ('published', 'superseded') AND NEW.status = OLD.status"
            " AND (OLD.redaction_asked_by_id IS NULL) <> (NEW.redaction_asked_by_id IS NULL)",
            ["status_at", "redaction_reason", "redaction_asked_by_id"],
        ),
        Edit(
            "OLD.status IN ('published', 'superseded') AND NEW.status = 'redacted' AND NEW.body = ''"
            " AND OLD.redaction_asked_by_id IS NOT NULL",
            ["status", "status_at", "body", "redacted_by_id"],
        ),
    ]

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="minutes", verbose_name=_("community")
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    version = models.PositiveSmallIntegerField(pgettext_lazy("of minutes", "version"))
    body = models.TextField(_("text"), editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    correction = models.CharField(_("what was corrected"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    status_at = models.DateTimeField(_("since"))
    note = models.CharField(_("why it was returned"), max_length=200, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    # Everybody who ever wrote in this version: none of them approves it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("written by"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    # Asked for by one person, done by another one.
    redaction_reason = models.CharField(_("why the text is withdrawn"), max_length=200, blank=True)
    redaction_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who asked to withdraw it"),
    )
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of minutes", "withdrawn by"),
    )

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-meeting", "-version"]
        permissions = [("approve_minutesversion", "Can approve minutes")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(status="published"), name="minutes_one_published"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(status__in=["draft", "in_review", "approved"]),
                name="minutes_one_open",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="minutes_approved_by_another",
                violation_error_message=_("Whoever wrote the minutes cannot approve them."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "in_review"]) | Q(approved_by__isnull=False),
                name="minutes_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "superseded", "redacted"])
                | Q(published_at__isnull=False) & ~Q(sha256=""),
                name="minutes_published_has_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(correction=""), name="minutes_correction_says_what"
            ),
            models.CheckConstraint(
                condition=Q(redaction_asked_by=None, redaction_reason="")
                | Q(redaction_asked_by__isnull=False) & ~Q(redaction_reason=""),
                name="minutes_redaction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(redacted_by=F("redaction_asked_by")),
                    status="redacted",
                    body="",
                    redacted_by__isnull=False,
                    redaction_asked_by__isnull=False,
                )
                | Q(~Q(status="redacted"), redacted_by=None),
                name="minutes_redacted_by_two",
                violation_error_message=_("Whoever asked for it cannot withdraw the text."),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version} {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return self.meeting.address("minutes_version", self.version)

    @property
    def review_url(self) -> str:
        """Where those who were there read it, and ask for other words."""
        return self.meeting.address("minutes_review")

    @property
    def review_ends_on(self) -> dt.date | None:
        """The last day to ask for other words, while it is in review; None where the rule names no time."""
        if self.status != self.Status.IN_REVIEW or not self.meeting.rule:
            return None
        submitted_on, held_on = (localdate(at, SHANGHAI) for at in (self.status_at, self.meeting.starts_at))
        return self.meeting.rule.last_review_day(submitted_on, held_on)

    @property
    def file_name(self) -> str:
        return f"{self.meeting.file_name}-v{self.version}.json"

    @property
    def sheet(self) -> Sheet:
        return Sheet.read(self.body)

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC

    @property
    def is_redacted(self) -> bool:
        return self.status == self.Status.REDACTED

    @property
    def is_unbroken(self) -> bool:
        """Whether the text still is the one that was published."""
        return not self.is_public or self.sha256 == text_digest(self.body)


PUBLIC = [MinutesVersion.Status.PUBLISHED, MinutesVersion.Status.SUPERSEDED]
OPEN = [MinutesVersion.Status.DRAFT, MinutesVersion.Status.IN_REVIEW, MinutesVersion.Status.APPROVED]


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
