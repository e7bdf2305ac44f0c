"""That somebody looks in on an elder within a period, and the time for which this rests."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Resident, Rule, User, within_posts
from eldercare.models.bookings import CareBooking
from eldercare.models.volunteers import Pairing

DUTY_VIEW = "eldercare.view_visitduty"  # of the whole community, or of the own grid
DUTY_CHANGE = "eldercare.change_visitduty"


def looked_after_by(user: User) -> Q:
    """The residents whom this login may look in on, as a condition on residents: of its posts and grids,
    and of a volunteer those whom they have met."""
    own = Pairing.objects.introduced().filter(volunteer__user=user)
    return within_posts(user, DUTY_CHANGE, near="building__") | Q(pk__in=own.values("resident"))


class VisitDutyQuerySet(models.QuerySet["VisitDuty"]):
    def for_user(self, user: User) -> Self:
        """Of the communities and grids of one's posts, and of a volunteer those of their elders."""
        own = Pairing.objects.introduced().filter(volunteer__user=user)
        near = within_posts(user, DUTY_VIEW, near="resident__building__")
        return self.filter(near | Q(resident__in=own.values("resident")))

    def due(self) -> Self:
        return self.filter(status=VisitDuty.Status.DUE)

    def of_day(self, day: dt.date) -> Self:
        """Whose period includes that day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def shown(self) -> Self:
        return self.select_related("resident__building__grid", "resident__household")


class VisitDuty(models.Model):
    """Somebody is to look in on this person within this period; laid out and closed by the clock.

    One of the clock's steps is final: what was not done by the end of its period is missed and stays so.
    """

    class Every(models.TextChoices):
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        EVENT = "event", _("after an event")

    class Status(models.TextChoices):
        DUE = "due", _("to be done")
        DONE = "done", _("done")
        MISSED = "missed", _("missed")
        RESTING = "resting", _("resting")
        DROPPED = "dropped", _("no longer needed")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="visit_duties", verbose_name=_("community")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="visit_duties", verbose_name=_("elder")
    )
    every = models.CharField(_("how often"), max_length=8, choices=Every)
    period = models.CharField(_("period"), max_length=40)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    due_at = models.DateTimeField(_("until"))
    # From which the frequency comes; empty after an event without a rule of its own.
    rule = models.ForeignKey(Rule, models.PROTECT, null=True, editable=False, related_name="+")
    event = models.CharField(_("what happened"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.DUE)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    # The visit of elder care that did it, where it was not a round.
    booking = models.ForeignKey(
        CareBooking, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("booking")
    )

    same_community = ("resident",)

    objects = VisitDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit duty")
        verbose_name_plural = _("visit duties")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["community", "status", "due_at"], name="visit_duty_status"),
            models.Index(fields=["community", "starts_on", "ends_on"], name="visit_duty_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "period"],
                name="visit_duty_once",
                violation_error_message=_("This duty is laid out already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="visit_duty_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False, done_at__lte=F("due_at"))
                | (~Q(status="done") & Q(done_at=None, booking=None)),
                name="visit_duty_done_in_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(every="event") | ~Q(event=""),
                name="visit_duty_event_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.period}"


class DutyRestQuerySet(models.QuerySet["DutyRest"]):
    def for_user(self, user: User) -> Self:
        return self.filter(within_posts(user, DUTY_VIEW, near="resident__building__"))

    def on(self, day: dt.date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class DutyRest(models.Model):
    """Nobody has to look in from one day to another: hospital, or with the children over winter."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="duty_rests", verbose_name=_("community")
    )
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="duty_rests", verbose_name=_("elder"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=120)
    said_by = models.CharField(_("said by"), max_length=60)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
    )

    same_community = ("resident",)

    objects = DutyRestQuerySet.as_manager()

    class Meta:
        verbose_name = _("rest of the visits")
        verbose_name_plural = _("rests of the visits")
        ordering = ["-starts_on", "id"]
        indexes = [models.Index(fields=["community", "ends_on"], name="duty_rest_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="duty_rest_ends_after_it_starts",
                violation_error_message=_("A rest cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(said_by=""),
                name="duty_rest_says_why_and_who",
                violation_error_message=_("Say why, and who said so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.starts_on}"
