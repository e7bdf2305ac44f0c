"""The senior school: terms, classes and their weekly hours."""

import datetime as dt
import hashlib
import secrets
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import LimitedCapacity, LimitedCapacityQuerySet
from circle.identifiers.public_codes import short_code
from circle.models import Community, Facility, Resident, User, within_posts
from circle.models.base import Bilingual

SCHOOL_VIEW, SCHOOL_CHANGE = "eldercare.view_schoolclass", "eldercare.change_schoolclass"
MOST_COURSES = 6
LONGEST_TERM = dt.timedelta(days=366)
# What lies outside is a slip of the pen, and would have the clock lay out centuries of meetings.
DAYS = (dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def new_seed() -> str:
    return secrets.token_hex(32)


class Term(models.Model):
    """A season of courses: when one asks for a place, and how a full class is filled."""

    class Season(models.TextChoices):
        WINTER = "winter", _("winter term")
        SPRING = "spring", _("spring term")
        SUMMER = "summer", _("summer term")
        AUTUMN = "autumn", _("autumn term")

    class Filling(models.TextChoices):
        DRAW = "draw", _("a draw among all who asked in the window")
        FIRST_COME = "first", _("first come, first served")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="school_terms", verbose_name=_("community")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    season = models.CharField(_("season"), max_length=6, choices=Season)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens_at = models.DateTimeField(_("enrolment opens at"))
    closes_at = models.DateTimeField(_("enrolment closes at"))
    filling = models.CharField(_("how a full class is filled"), max_length=5, choices=Filling, default="draw")
    is_former_first = models.BooleanField(_("former pupils first"), default=False)
    others_from = models.DateTimeField(
        _("others from"),
        null=True,
        blank=True,
        help_text=_("Without a draw: until then only former pupils may enrol."),
    )
    most_courses = models.PositiveSmallIntegerField(_("most courses a person"), default=2)
    # Its hash stands on the page from the beginning, the seed itself after the draw.
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("school term")
        verbose_name_plural = _("school terms")
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "year", "season"],
                name="school_term_once",
                violation_error_message=_("This term is there already."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")),
                name="school_term_ends_after_it_begins",
                violation_error_message=_("The last day cannot lie before the first."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="school_term_window_closes_later",
                violation_error_message=_("Enrolment closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__range=DAYS, last_day__range=DAYS),
                name="school_term_in_this_century",
                violation_error_message=_("Please look at the year again."),
            ),
            models.CheckConstraint(
                condition=Q(most_courses__gte=1, most_courses__lte=MOST_COURSES),
                name="school_term_courses",
                violation_error_message=_("A person takes one to six courses."),
            ),
            models.CheckConstraint(
                condition=Q(others_from__isnull=False, is_former_first=True, filling="first")
                | Q(others_from=None) & ~Q(is_former_first=True, filling="first"),
                name="school_term_others_later",
                violation_error_message=_(
                    "Say from when others may enrol where former pupils come first without a draw."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_season_display()}"

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day - self.first_day > LONGEST_TERM:
            raise ValidationError(
                {"last_day": ValidationError(_("A term lasts at most a year."), code="term_too_long")}
            )

    @property
    def is_drawn_by_lot(self) -> bool:
        return self.filling == self.Filling.DRAW

    @property
    def seed_hash(self) -> str:
        return hashlib.sha256(self.seed.encode()).hexdigest()


class SchoolClassQuerySet(LimitedCapacityQuerySet):
    def for_user(self, user: User) -> Self:
        """Those whose roll this login keeps: as staff; while the term lasts as teacher or class monitor."""
        own = Q(teacher_login=user.pk) | Q(monitor__login=user.pk)
        own &= Q(term__last_day__gte=localdate(), is_active=True)
        return self.filter(within_posts(user, SCHOOL_CHANGE) | own)

    def public(self, community: Community) -> Self:
        return self.filter(community=community, is_active=True)

    def current(self, today: dt.date) -> Self:
        return self.filter(term__last_day__gte=today)

    def shown(self) -> Self:
        return self.select_related("term", "facility", "community")


class SchoolClass(LimitedCapacity):
    """One course of one term: its teacher, room, weekday and hours, and its places."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="school_classes", verbose_name=_("community")
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="classes", verbose_name=_("term"))
    code = models.CharField(_("code"), max_length=8, unique=True, default=short_code, editable=False)
    name_zh = models.CharField(_("name (Chinese)"), max_length=60)
    name_en = models.CharField(_("name (English)"), max_length=80, blank=True)
    what_zh = models.CharField(_("what is learnt (Chinese)"), max_length=200, blank=True)
    what_en = models.CharField(_("what is learnt (English)"), max_length=300, blank=True)
    teacher = models.CharField(_("teacher"), max_length=40)
    teacher_login = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the teacher's login"),
        help_text=_("With it the teacher keeps the roll."),
    )
    monitor = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("class monitor"),
        help_text=_("A pupil who keeps the roll and sees names only."),
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, related_name="school_classes", verbose_name=_("place")
    )
    room = models.CharField(_("room"), max_length=40)
    weekday = models.PositiveSmallIntegerField(
        _("weekday"),
        choices=[
            (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")),
            (4, _("Friday")), (5, _("Saturday")), (6, _("Sunday")),
        ],
    )  # fmt: skip
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))
    last_join_day = models.DateField(_("last day to join"))
    is_active = models.BooleanField(_("takes place"), default=True)
    # What the draw found, as published.
    drawn_asked = models.PositiveIntegerField(_("asked"), null=True, blank=True, editable=False)
    drawn_former = models.PositiveIntegerField(
        _("former pupils among them"), null=True, blank=True, editable=False
    )

    name, what = Bilingual(), Bilingual()
    same_community = ("term", "facility")

    objects = SchoolClassQuerySet.as_manager()

    class Meta(LimitedCapacity.Meta):
        verbose_name = _("class of the senior school")
        verbose_name_plural = _("classes of the senior school")
        ordering = ["term", "weekday", "opens", "pk"]
        constraints = [
            *LimitedCapacity.Meta.constraints,
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="school_class_ends_after_it_begins",
                violation_error_message=_("A class ends after it begins."),
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="school_class_weekday"),
            models.CheckConstraint(
                condition=Q(last_join_day__range=DAYS),
                name="school_class_joined_in_this_century",
                violation_error_message=_("Please look at the year again."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.term})" if self.term_id else self.name

    def clean(self) -> None:
        if self.term_id and self.last_join_day and self.last_join_day > self.term.last_day:
            raise ValidationError(
                {"last_join_day": ValidationError(_("The term is over by then."), code="after_the_term")}
            )

    def get_absolute_url(self) -> str:
        return reverse("school_class", args=[self.code])

    def can_join(self, at: dt.datetime) -> bool:
        return self.is_active and localdate(at) <= self.last_join_day


class ClassSession(models.Model):
    """One meeting of a class, laid out from its weekday without holidays and closures."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, related_name="sessions", verbose_name=_("class")
    )
    day = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    roll_at = models.DateTimeField(_("roll taken at"), null=True, blank=True, editable=False)
    roll_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("roll taken by")
    )

    class Meta:
        verbose_name = _("meeting of a class")
        verbose_name_plural = _("meetings of classes")
        ordering = ["day", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "day"], name="class_session_once_a_day"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="class_session_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def seen_roll(self) -> str:
        """Which roll of the meeting this is: what a form sends back."""
        return self.roll_at.isoformat() if self.roll_at else ""
