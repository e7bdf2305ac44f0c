import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from childcare.models.applications import Application
from childcare.models.visit_times import OF_PLAN, VisitPlan, VisitSlot
from circle.booking.appointments import Appointment, AppointmentQuerySet
from circle.models import Mandate, User, ids_represented_by, within_posts

VIEW = "childcare.view_nurseryvisit"
CHANGE = "childcare.change_nurseryvisit"


class NurseryVisitQuerySet(AppointmentQuerySet["NurseryVisit"]):
    def for_user(self, user: User) -> Self:
        """Of the people whom this login may act for, and of the nurseries of its posts."""
        return self.filter(within_posts(user, VIEW, places=OF_PLAN) | in_the_name_of(user))

    def latest_first(self) -> Self:
        return self.order_by("-day", "-id")

    def unrecorded(self, today: dt.date) -> Self:
        """Of earlier days, and nobody has said whether the family came."""
        return self.live().filter(day__lt=today)

    def to_come(self, today: dt.date) -> Self:
        return self.live().filter(day__gte=today)

    def shown(self) -> Self:
        """With the relations that a list shows."""
        return self.select_related("plan__facility", "slot", "resident", "application__child")


def in_the_name_of(user: User) -> Q:
    return Q(resident__in=ids_represented_by(user, Mandate.Scope.CHILDCARE))


def stranded_at(at: dt.datetime) -> Q:
    """Still to come, but its time is closed, or its nursery receives nobody or is unpublished."""
    is_closed = ~Q(slot__closed_by="") | Q(plan__is_open=False) | Q(plan__facility__is_published=False)
    return Q(Q(status=NurseryVisit.Status.BOOKED, slot__starts_at__gt=at), is_closed)


class NurseryVisit(Appointment):
    """A family comes to the nursery at a time: to look round, or with a child that has a place there."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("booked")
        CAME = "came", _("came")
        NOT_COME = "not_come", _("did not come")
        OVER = "over", _("over, nothing recorded")
        CANCELLED = "cancelled", _("cancelled")
        REVOKED = "revoked", _("called off by us")

    LIVE = [Status.BOOKED]
    FREED = [Status.CANCELLED, Status.REVOKED]
    in_the_name_of = staticmethod(in_the_name_of)
    stranded_at = staticmethod(stranded_at)

    plan = models.ForeignKey(
        VisitPlan, models.PROTECT, related_name="bookings", verbose_name=_("visits to a nursery")
    )
    slot = models.ForeignKey(VisitSlot, models.PROTECT, related_name="bookings", verbose_name=_("time"))
    # Of a trial half-day alone: the child's, that has been offered or holds a place there.
    application = models.ForeignKey(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trials",
        verbose_name=_("application"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.BOOKED)

    objects = NurseryVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("booked visit")
        verbose_name_plural = _("booked visits")
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["community", "-day", "-id"], name="visit_latest"),
            models.Index(fields=["slot", "status"], name="visit_slot"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "plan"],
                condition=Q(status="booked", application=None),
                name="visit_one_live_per_person",
                violation_error_message=_("A time is booked already. Move it, or cancel it first."),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status="booked"),
                name="visit_one_live_trial_per_child",
                violation_error_message=_("A time is booked already. Move it, or cancel it first."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.code])

    @property
    def starts_at(self) -> dt.datetime:
        return self.slot.starts_at

    @property
    def cancellable_until(self) -> dt.datetime:
        """Until then the family may cancel or move it; afterwards by phone only."""
        return self.slot.starts_at - dt.timedelta(hours=self.plan.cancel_hours)
