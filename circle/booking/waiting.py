"""Waiting for a place: who joined first is offered the next one; an offer is a claimed place with a deadline.

An app's row adds the thing waited for and the place that is held, and its actions free and claim it.
"""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.booking.appointments import is_of_number
from circle.calendar.working_days import SHANGHAI, Calendar
from circle.identifiers.public_codes import new_code
from circle.models import Community, Mandate, Message, Resident, User, Via
from circle.notifications.outbox import expected_channel
from circle.notifications.quiet import community_quiet_hours, is_within_hours

ANSWER_WITHIN = dt.timedelta(hours=4)  # quiet hours do not count
SHORTEST = dt.timedelta(hours=1)  # an offer that leaves less time is not made
STEP = dt.timedelta(minutes=15)
END_OF_WORK = dt.time(17)
REACH = dt.timedelta(days=20)  # longer than any rest between two working days


class WaitingQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        return self.filter(status=WaitingStatus.WAITING)

    def proved_by(self, phone: str, code: str) -> Self:
        """Of this code, if the number is that of its person."""
        return self.filter(is_of_number(phone), code=code)

    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def over(self) -> Self:
        return self.exclude(status__in=LIVE)

    def in_line(self) -> Self:
        return self.order_by("joined_at", "pk")


class WaitingStatus(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("for a place", "waiting")
    OFFERED = "offered", _("a place is offered")
    ACCEPTED = "accepted", _("place taken")
    DECLINED = "declined", _("offer declined")
    LAPSED = "lapsed", _("offer lapsed")
    LEFT = "left", _("no longer waiting")
    ENDED = "ended", _("no place became free")


LIVE = [WaitingStatus.WAITING, WaitingStatus.OFFERED]


class Waiting(models.Model):
    """One person in a line, for the days from the first to the last. Joining again is a new row, at the end.

    A subclass has `class Meta(Waiting.Meta)` and repeats `*Waiting.Meta.constraints` where it has its own.
    """

    Status = WaitingStatus

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", verbose_name=_("community"))
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="%(class)s_rows", verbose_name=_("resident")
    )
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    status_at = models.DateTimeField(_("since"))
    via = models.CharField(_("made"), max_length=8, choices=Via)
    joined_at = models.DateTimeField(_("joined at"))
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )
    offer_until = models.DateTimeField(_("answer until"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status="offered", offer_until__isnull=False)
                | ~Q(status="offered") & Q(offer_until=None),
                name="%(class)s_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


def is_told_in_person(resident: Resident, user: User | None) -> bool:
    return expected_channel(resident, user) == Message.Channel.DESK


def answer_deadline(
    *, resident: Resident, user: User | None, last_moment: dt.datetime, at: dt.datetime
) -> dt.datetime | None:
    """Until when an offer made now may be answered; None where too little time is left for that.

    Who is told at the door has at least one whole working day. Nothing lasts beyond the last moment at which
    the place is of use.
    """
    if is_told_in_person(resident, user):
        today = at.astimezone(SHANGHAI).date()
        day = Calendar.load_days(today, today + REACH).add_workdays(today, 2)
        until = dt.datetime.combine(day, END_OF_WORK, tzinfo=SHANGHAI)
        return until if until <= last_moment else None
    until = min(waking_time_after(at, ANSWER_WITHIN), last_moment)
    return until if until - at >= SHORTEST else None


def waking_time_after(at: dt.datetime, length: dt.timedelta) -> dt.datetime:
    hours = community_quiet_hours(localtime(at).date())
    while length > dt.timedelta():
        if hours is None or not is_within_hours(at.astimezone(SHANGHAI).time(), hours):
            length -= STEP
        at += STEP
    return at
