"""Care that raises an alarm: nobody was at home, or an escort did not bring the elder home in time."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.actions import raise_alarm, settle_alarm
from circle.audit.log import record
from circle.calendar.legal_parameters import rule_value
from circle.models import Alarm, AlarmStep, User
from eldercare.actions.checks import refuse_not_yours
from eldercare.models import CareBooking

LABEL = CareBooking._meta.label_lower
LATE_RULE = "escort_late"


def raise_not_home(booking: CareBooking, at: dt.datetime, by: User | None) -> None:
    raise_alarm(resident=booking.resident, source=Alarm.Source.NOT_HOME, subject=booking, at=at, by=by)


def raise_missing_alarms(*, at: dt.datetime) -> int:
    """For visits from before there were alarms; returns the number raised."""
    found = list(bookings_without_alarm().select_related("resident__community"))
    for booking in found:
        raise_not_home(booking, at, None)
    return len(found)


def bookings_without_alarm() -> QuerySet[CareBooking]:
    """Nobody was at home, nobody has said how the elder is, and no alarm about it is open."""
    steps = AlarmStep.objects.filter(subject_type=LABEL, subject_id=OuterRef("pk"))
    return CareBooking.objects.nobody_home().exclude(Exists(steps.exclude(alarm__status=Alarm.Status.CLOSED)))


def bookings_of_alarm(alarm: Alarm) -> QuerySet[CareBooking]:
    """Those that raised or joined it and are not settled."""
    subjects = alarm.steps.filter(subject_type=LABEL).values("subject_id")
    return CareBooking.objects.nobody_home().filter(pk__in=subjects)


def raise_late_escorts(*, at: dt.datetime) -> int:
    """Elders whose escort should have brought them home by now; returns the number of alarms raised.

    One for each agreed time: after an alarm is closed, a later time has to be agreed on first.
    """
    known = AlarmStep.objects.filter(
        subject_type=LABEL, subject_id=OuterRef("pk"), at__gte=OuterRef("home_by")
    )
    out = CareBooking.objects.filter(status=CareBooking.Status.IN_SERVICE, home_by__lte=at - late_after(at))
    found = list(out.exclude(Exists(known)).select_related("resident__community"))
    for booking in found:
        raise_alarm(resident=booking.resident, source=Alarm.Source.LATE, subject=booking, at=at)
    return len(found)


def late_after(at: dt.datetime) -> dt.timedelta:
    """None at all where the rule has no values."""
    try:
        return dt.timedelta(minutes=rule_value(LATE_RULE, "minutes", on=localdate(at)))
    except ValidationError:
        return dt.timedelta()


@transaction.atomic
def move_home_time(*, booking: CareBooking, home_by: dt.datetime, at: dt.datetime, by: User) -> CareBooking:
    """They come home later, such as after a queue at the hospital; an alarm about it ends.

    Refuses: not_yours, not_possible (not out with an escort), time_wrong (not after now, or not today).
    """
    refuse_not_yours(booking, by)
    if home_by <= at or localdate(home_by) != localdate(at):
        raise ValidationError(_("Say a time later today."), code="time_wrong")
    out = CareBooking.objects.closable_by(by).filter(status=CareBooking.Status.IN_SERVICE)
    rows = CareBooking.objects.filter(pk__in=out.exclude(home_by=None).filter(pk=booking.pk).values("pk"))
    if not rows.update(home_by=home_by):
        raise ValidationError(_("Nobody is out with an escort here."), code="not_possible")
    booking.refresh_from_db(fields=["home_by"])
    record(verb="care_home_moved", subject=booking, community=booking.community_id, at=at, actor=by)
    settle_alarm(subject=booking, at=at, by=by, words=gettext("The escort says that they come home later."))
    return booking
