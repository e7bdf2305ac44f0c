"""Care that raises an alarm: nobody was at home."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from circle.actions import raise_alarm
from circle.models import Alarm, AlarmStep, User
from eldercare.models import CareBooking

LABEL = CareBooking._meta.label_lower


def raise_not_home(booking: CareBooking, at: dt.datetime, by: User | None) -> None:
    raise_alarm(resident=booking.elder, source=Alarm.Source.NOT_HOME, subject=booking, at=at, by=by)


def raise_missing_alarms(*, at: dt.datetime) -> int:
    """For visits from before there were alarms; returns the number raised."""
    found = list(bookings_without_alarm().select_related("elder__community"))
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
