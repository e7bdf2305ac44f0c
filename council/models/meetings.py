import datetime as dt
import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Facility, User, within_posts
from council.models.bodies import Body
from council.models.rules import BodyRule

LONGEST_SESSION = dt.timedelta(hours=10)
PUBLISHED = ["noticed", "in_session", "held", "closed", "adjourned"]


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def for_user(self, user: User) -> Self:
        """As staff; residents read the public ones."""
        return self.filter(within_posts(user, "council.view_meeting"))

    def public(self, community: Community) -> Self:
        """Those whose page everybody may open: of public bodies from the day they are planned.

        Of a body that shows its decisions only those whose minutes are published; of a closed one none.
        Page, list, search, calendars and sitemap all ask this.
        """
        decided = Meeting.objects.filter(
            community=community, body__visibility=Body.Visibility.DECISIONS, minutes__status="published"
        )
        shown = Q(body__visibility=Body.Visibility.PUBLIC) | Q(pk__in=decided.values("pk"))
        return self.filter(shown, community=community).select_related("body", "place", "community")

    def with_papers(self) -> Self:
        """Of these, those whose agenda, topics and minutes everybody may read."""
        return self.filter(body__visibility=Body.Visibility.PUBLIC)

    def of_the_council(self) -> Self:
        return self.filter(body__kind=Body.Kind.RESIDENTS_COUNCIL)

    def calling(self, at: dt.datetime) -> Self:
        """Whose call for topics is open at that moment: the first instant counts, the last does not."""
        return self.filter(
            status=Meeting.Status.CALL_OPEN, call_opens_at__lte=at, call_closes_at__gt=at
        ).order_by("call_closes_at")

    def call_to_come(self, at: dt.datetime) -> Self:
        waiting = [Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN]
        return self.filter(status__in=waiting, call_opens_at__gt=at).order_by("call_opens_at")

    def call_due(self, at: dt.datetime) -> Self:
        """Planned, and its call should have been opened by now."""
        return self.filter(status=Meeting.Status.PLANNED, call_opens_at__lte=at, starts_at__gt=at)

    def agenda_due(self, at: dt.datetime) -> Self:
        """The call is over, and the agenda is not published yet."""
        return self.filter(status=Meeting.Status.CALL_OPEN, call_closes_at__lte=at)

    def minutes_due(self) -> Self:
        """Held, and its minutes are not public yet."""
        return self.filter(status=Meeting.Status.HELD).exclude(minutes__status="published")

    def to_come(self, at: dt.datetime) -> Self:
        open_ones = ["planned", "call_open", "noticed", "in_session"]
        return self.filter(status__in=open_ones, ends_at__gt=at).order_by("starts_at")

    def past(self, at: dt.datetime) -> Self:
        over = Q(status__in=["held", "closed", "adjourned"]) | Q(ends_at__lte=at)
        return self.filter(over).exclude(status="cancelled").order_by("-starts_at")


class Meeting(models.Model):
    """One meeting of a body. Every step is a verb in council/actions."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CALL_OPEN = "call_open", _("taking topics")
        NOTICED = "noticed", _("agenda published")
        IN_SESSION = "in_session", _("in session")
        HELD = "held", _("minutes to follow")
        CLOSED = "closed", _("completed")
        ADJOURNED = "adjourned", _("adjourned, no quorum")
        CANCELLED = "cancelled", _("cancelled")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="meetings", verbose_name=_("community")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    part = models.PositiveSmallIntegerField(
        _("which of the month"),
        default=1,
        help_text=_("1 is the regular meeting; a further one in the same month is 2, then 3."),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.ForeignKey(Facility, models.PROTECT, related_name="meetings", verbose_name=_("place"))
    call_opens_at = models.DateTimeField(_("call for topics opens"))
    call_closes_at = models.DateTimeField(_("call for topics closes"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLANNED)
    status_at = models.DateTimeField(_("since"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # By which it is opened and its hands are counted; the body's rule may be another one by now.
    rule = models.ForeignKey(
        BodyRule,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="meetings",
        verbose_name=_("rule of procedure"),
    )
    # Of the meeting that had no quorum; its items stand on the agenda of this one.
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    # Why the agenda was published inside the days of notice; decisions then wait for a waiver.
    late_notice_reason = models.CharField(_("why the notice is late"), max_length=200, blank=True)
    is_from_paper = models.BooleanField(_("entered from paper"), default=False, editable=False)
    noticed_at = models.DateTimeField(_("agenda published at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    # Counts how often the roll was put down: a form says which one it was filled in upon.
    roll_revision = models.PositiveIntegerField(default=0, editable=False)
    ical_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ical_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["community", "-starts_at"], name="meeting_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year", "month", "part"],
                name="meeting_once_in_a_month",
                violation_error_message=_("This body already has that meeting in this month."),
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, part__gte=1, part__lte=9, year__gte=2000),
                name="meeting_month_exists",
                violation_error_message=_("There is no such month."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("A meeting cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(call_opens_at__lt=F("call_closes_at"), call_closes_at__lte=F("starts_at")),
                name="meeting_call_before_it_starts",
                violation_error_message=_("The call opens, then closes, then the meeting begins."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planned", "call_open", "cancelled"]) | Q(rule__isnull=False),
                name="meeting_noticed_has_its_rule",
                violation_error_message=_("Its body has no rule yet for that day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return self.address("meeting")

    def clean(self) -> None:
        """What the database cannot ask: that body and place are of one community."""
        for row in (self.body if self.body_id else None, self.place if self.place_id else None):
            if row and self.community_id and row.community_id != self.community_id:
                raise ValidationError(_("This belongs to another community."), code="other_community")

    @property
    def slug(self) -> str:
        """2026-11; of a further meeting in the month 2026-11-2."""
        further = f"-{self.part}" if self.part > 1 else ""
        return f"{self.year}-{self.month:02}{further}"

    @property
    def name(self) -> str:
        """Residents' council, November 2026; needs its body at hand."""
        month = date_format(dt.date(self.year, self.month, 1), "YEAR_MONTH_FORMAT")
        words = {"body": self.body.name, "month": month, "part": self.part}
        if self.part > 1:
            return gettext("%(body)s, %(month)s, meeting %(part)s") % words
        return gettext("%(body)s, %(month)s") % words

    def address(self, name: str, *args: object) -> str:
        """Of this page of the meeting. The residents' council needs no name in front."""
        where = [self.slug] if self.body.is_main else [self.body.code, self.slug]
        return reverse(name, args=[*where, *args])

    @property
    def file_name(self) -> str:
        """As files about it begin: the residents' council needs no name in front."""
        return self.slug if self.body.is_main else f"{self.body.code}-{self.slug}"

    @property
    def has_public_agenda(self) -> bool:
        return self.status in PUBLISHED

    def is_calling(self, at: dt.datetime) -> bool:
        return self.status == self.Status.CALL_OPEN and self.call_opens_at <= at < self.call_closes_at
