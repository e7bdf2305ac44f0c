"""Alarms about a person, the steps of each, and who is on duty."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.identifiers.public_codes import new_code
from circle.models.people import User
from circle.models.places import Community
from circle.models.posts import within_posts
from circle.models.records import AppendOnly, Edit
from circle.models.residents import Resident

VIEW, CHANGE = "circle.view_alarm", "circle.change_alarm"
ADULTS, CHILDREN = "circle.adult_alarm", "circle.child_alarm"  # about whom one sees alarms
WORDS_LENGTH = 200


def about_whom(user: User) -> Q:
    """Alarms about adults, about children, or both, as the posts of this login give the right.

    About a child only of the nurseries of one's posts; where the nursery is not known, of the community.
    """
    children = Q(source=Alarm.Source.NOT_COLLECTED)
    own = within_posts(user, CHILDREN, places=("facility",))
    own |= Q(facility=None) & within_posts(user, CHILDREN)
    return children & own | ~children & within_posts(user, ADULTS)


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def for_user(self, user: User) -> Self:
        """Of the communities of one's posts; those about adults and those about children by two rights."""
        return self.filter(within_posts(user, VIEW), about_whom(user))

    def live(self) -> Self:
        return self.exclude(status=Alarm.Status.CLOSED)

    def about(self, subject: models.Model) -> Self:
        """Those that this row raised or joined."""
        named = {"steps__subject_type": subject._meta.label_lower, "steps__subject_id": subject.pk}
        return self.filter(**named).distinct()

    def shown(self) -> Self:
        return self.select_related(
            "community", "facility", "resident__building", "acknowledged_by", "closed_by"
        )


class Alarm(models.Model):
    """Somebody has to look after this person now; one is open for a person at a time.

    Its rows in `AlarmStep` say what raised it and what was done. Until a person acknowledges it the clock
    goes from step to step, beginning at `waits_from`; `round` counts how often it has begun anew.
    """

    class Source(models.TextChoices):
        NOT_HOME = "not_home", _("not at home")
        LATE = "late", _("not back from a visit with an escort")
        HELP = "help", _("call for help")
        NOT_COLLECTED = "not_collected", _("child not collected")

    class Status(models.TextChoices):
        OPEN = "open", _("nobody sees to it")
        ACKNOWLEDGED = "acknowledged", _("somebody sees to it")
        CLOSED = "closed", pgettext_lazy("an alarm", "closed")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="alarms", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="alarms", verbose_name=_("about whom")
    )
    # Where the child should have been collected; of an adult, none.
    facility = models.ForeignKey(
        "circle.Facility",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alarms",
        verbose_name=_("facility"),
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    source = models.CharField(_("what raised it"), max_length=20, choices=Source)
    words = models.CharField(_("what was said"), max_length=WORDS_LENGTH, blank=True)
    raised_at = models.DateTimeField(_("raised at"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    status_at = models.DateTimeField(_("since"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    waits_from = models.DateTimeField(_("the clock runs from"))
    acknowledged_at = models.DateTimeField(_("taken on at"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    outcome = models.CharField(_("what was found"), max_length=WORDS_LENGTH, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ["-raised_at", "-id"]
        permissions = [
            ("adult_alarm", _("Can see alarms about adults")),
            ("child_alarm", _("Can see alarms about children")),
        ]
        indexes = [models.Index(fields=["community", "status", "raised_at"], name="alarm_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=~Q(status="closed"),
                name="alarm_one_open_per_person",
                violation_error_message=_("An alarm about this person is open already."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", acknowledged_at=None, acknowledged_by=None)
                | (
                    Q(status__in=["acknowledged", "closed"])
                    & Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False)
                ),
                name="alarm_acknowledged_by_a_person",
            ),
            models.CheckConstraint(
                condition=(~Q(status="closed") & Q(closed_at=None, closed_by=None, outcome=""))
                | (Q(status="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="alarm_closed_with_words",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        return self.status != Alarm.Status.CLOSED

    def is_silent(self, at: dt.datetime) -> bool:
        """Somebody took it on, and for too long nothing was heard."""
        return self.status == Alarm.Status.ACKNOWLEDGED and self.waits_from <= at


class AlarmStep(AppendOnly):
    """What happened to an alarm: raised or joined by a matter, told to somebody, taken on, noted, closed."""

    class Kind(models.TextChoices):
        RAISED = "raised", _("raised")
        JOINED = "joined", _("reported again")
        RETRY = "retry", _("second try")
        CONTACT = "contact", _("told a relative")
        NEARBY = "nearby", _("told who is near")
        LEADER = "leader", _("told the leader")
        DIRECTOR = "director", _("told the director")
        ACKNOWLEDGED = "acknowledged", _("taken on")
        NOTED = "noted", _("noted")
        CLOSED = "closed", pgettext_lazy("an alarm", "closed")

    # A person who is forgotten takes the words along.
    edits: ClassVar[list[Edit]] = [Edit(when="NEW.words = '–'", only=("words",))]

    alarm = models.ForeignKey(Alarm, models.PROTECT, related_name="steps", verbose_name=_("alarm"))
    kind = models.CharField(_("step"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    words = models.CharField(_("words"), max_length=WORDS_LENGTH, blank=True)
    # Of a step that the clock takes, so that it is taken once.
    round = models.PositiveSmallIntegerField(_("round"), null=True)
    position = models.PositiveSmallIntegerField(_("place among the contacts"), null=True)
    # Of what raised it: its model and id, as in the audit log; empty for a call.
    source = models.CharField(_("what raised it"), max_length=20, choices=Alarm.Source, blank=True)
    subject_type = models.CharField(_("kind of row"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("row"), null=True)

    class Meta:
        verbose_name = _("step of an alarm")
        verbose_name_plural = _("steps of alarms")
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="alarm_step_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["alarm", "round", "kind", "position"],
                condition=Q(round__isnull=False),
                name="alarm_step_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(round=None, position=None)
                | Q(round__isnull=False, position__isnull=False, by=None),
                name="alarm_step_of_the_clock",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["acknowledged", "noted", "closed"]) | Q(by__isnull=False),
                name="alarm_step_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alarm_id} {self.kind}"


class DutyShiftQuerySet(models.QuerySet["DutyShift"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, "circle.view_dutyshift"))

    def on_duty(self, at: dt.datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class DutyShift(models.Model):
    """Who answers alarms from one time to another: a row of the duty roster."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="duty_shifts", verbose_name=_("community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duty_shifts", verbose_name=_("who is on duty")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duty roster")
        ordering = ["-starts_at", "id"]
        indexes = [models.Index(fields=["community", "ends_at"], name="duty_shift_end")]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "user", "starts_at"],
                name="duty_shift_once",
                violation_error_message=_("This duty is on the roster already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="duty_shift_ends_after_it_starts",
                violation_error_message=_("A duty ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.starts_at:%Y-%m-%d %H:%M}"
