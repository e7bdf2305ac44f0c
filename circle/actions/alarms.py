"""Alarms: raised once for a person, told on from step to step until somebody sees to it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.duty_hours import is_in_duty_hours
from circle.models import Alarm, AlarmStep, Facility, Mandate, Resident, User, Via
from circle.models.alarms import CHANGE, WORDS_LENGTH
from circle.notifications.alarms import alarm_minutes, notify_duty
from circle.permissions.on_behalf import mandate_for
from circle.signals import alarm_closed

Kind, Status = AlarmStep.Kind, Alarm.Status


@transaction.atomic
def raise_alarm(
    *,
    resident: Resident,
    source: str,
    at: dt.datetime,
    by: User | None = None,
    subject: models.Model | None = None,
    words: str = "",
    facility: Facility | None = None,
) -> Alarm:
    """Somebody has to look after this person: the duty is told at once, the others by the clock.

    A person has one open alarm: a second matter or call joins it and changes no timer. The same `subject`
    joins once, so a job may call it every minute.
    """
    words = " ".join(words.split())[:WORDS_LENGTH]
    about = {"subject_type": subject._meta.label_lower, "subject_id": subject.pk} if subject else {}
    alarm, is_new = find_or_open(resident, source, at, words, facility)
    if about and alarm.steps.filter(**about).exists():
        return alarm
    kind = Kind.RAISED if is_new else Kind.JOINED
    alarm.steps.create(kind=kind, at=at, by=by, words="" if is_new else words, source=source, **about)
    record(verb=f"alarm_{kind}", subject=alarm, community=alarm.community_id, at=at, actor=by, source=source)
    if is_new:
        notify_duty(alarm, at)
    return alarm


@transaction.atomic
def call_for_help(*, resident: Resident, at: dt.datetime, by: User) -> Alarm:
    """The button on the page, for oneself or whom one may act for, in the hours of the duty phone.

    Refuses: off_duty, not_allowed, number_in_doubt, resident_gone.
    """
    if not is_in_duty_hours(at):
        raise ValidationError(
            _("Nobody reads this now. Please phone, 120 first if a life is in danger."), code="off_duty"
        )
    scope = Mandate.Scope.BOOKINGS
    mandate_for(by=by, resident=resident, scope=scope, via=Via.ONLINE, staff_permission=CHANGE)
    return raise_alarm(resident=resident, source=Alarm.Source.HELP, at=at, by=by)


def find_or_open(
    resident: Resident, source: str, at: dt.datetime, words: str, facility: Facility | None
) -> tuple[Alarm, bool]:
    """The open alarm of the person, locked, so that it is not closed meanwhile; else a new one."""
    live = Alarm.objects.live().filter(resident=resident)
    found = live.select_for_update(no_key=True).first()
    if found:
        return found, False
    moments = {"raised_at": at, "status_at": at, "waits_from": at}
    said: dict[str, Any] = {"source": source, "words": words, "facility": facility} | moments
    try:
        with transaction.atomic():
            new = Alarm.objects.create(community_id=resident.community_id, resident=resident, **said)
    except IntegrityError:  # somebody else has raised one in this moment
        return live.select_for_update(no_key=True).get(), False
    return new, True


@transaction.atomic
def acknowledge_alarm(*, alarm: Alarm, at: dt.datetime, by: User) -> Alarm:
    """`by` sees to it: the clock stops, until nothing was heard for as long as the rule says.

    Whom nothing is heard of may be relieved by somebody else.
    Refuses: already_acknowledged (by whom), not_possible (closed), changed_meanwhile.
    """
    own = lock_alarm(alarm)
    if own.status == Status.ACKNOWLEDGED and not own.is_silent(at):
        raise ValidationError(
            _("%(name)s sees to it already."),
            code="already_acknowledged",
            params={"name": own.acknowledged_by},
        )
    change_status(
        alarm,
        verb="alarm_acknowledged",
        allowed=[Status.OPEN, Status.ACKNOWLEDGED],
        to=Status.ACKNOWLEDGED,
        at=at,
        by=by,
        acknowledged_at=at,
        acknowledged_by=by,
        **clock_after(own, at),
    )
    alarm.steps.create(kind=Kind.ACKNOWLEDGED, at=at, by=by)
    return alarm


@transaction.atomic
def note_alarm(*, alarm: Alarm, at: dt.datetime, by: User, words: str) -> Alarm:
    """What was done so far; the silence is over, so the clock begins anew.

    Refuses: reason_missing, reason_too_long, not_acknowledged (nobody sees to it yet), not_possible (closed).
    """
    words = checked_reason(words, WORDS_LENGTH)
    own = lock_alarm(alarm)
    if own.status == Status.OPEN:
        raise ValidationError(_("Say first that you see to it."), code="not_acknowledged")
    if not own.is_live:
        raise ValidationError(_("This alarm is closed."), code="not_possible")
    Alarm.objects.filter(pk=own.pk).update(**clock_after(own, at))
    alarm.steps.create(kind=Kind.NOTED, at=at, by=by, words=words)
    record(verb="alarm_noted", subject=alarm, community=alarm.community_id, at=at, actor=by)
    alarm.refresh_from_db()
    return alarm


@transaction.atomic
def close_alarm(*, alarm: Alarm, at: dt.datetime, by: User, words: str) -> Alarm:
    """How the person is, in words; whoever closes an alarm that nobody saw to saw to it.

    Sends `alarm_closed` in the same transaction, so that the matters that raised it can be settled.
    Refuses: reason_missing, reason_too_long, already_closed.
    """
    words = checked_reason(words, WORDS_LENGTH)
    own = lock_alarm(alarm)
    change_status(
        alarm,
        verb="alarm_closed",
        allowed=[Status.OPEN, Status.ACKNOWLEDGED],
        to=Status.CLOSED,
        at=at,
        by=by,
        acknowledged_at=own.acknowledged_at or at,
        acknowledged_by=own.acknowledged_by or by,
        closed_at=at,
        closed_by=by,
        outcome=words,
    )
    alarm.steps.create(kind=Kind.CLOSED, at=at, by=by)
    alarm_closed.send(sender=Alarm, alarm=alarm, at=at, by=by, words=words)
    return alarm


def settle_alarm(*, subject: models.Model, at: dt.datetime, by: User, words: str = "") -> None:
    """The matter that raised the alarm has come to an end, such as by "not at home" taken back.

    The alarm is closed if nothing else raised or joined it; else a person closes it.
    """
    for alarm in Alarm.objects.live().about(subject):
        same = Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
        others = alarm.steps.filter(kind__in=[Kind.RAISED, Kind.JOINED]).exclude(same)
        if not others.exists():
            close_alarm(alarm=alarm, at=at, by=by, words=words or gettext("The matter has been settled."))


def lock_alarm(alarm: Alarm) -> Alarm:
    rows = Alarm.objects.select_for_update(no_key=True, of=("self",)).select_related("acknowledged_by")
    return rows.get(pk=alarm.pk)


def clock_after(own: Alarm, at: dt.datetime) -> dict[str, Any]:
    """The columns of the clock after a person did something: it stands still for the silence of the rule."""
    silence = alarm_minutes(at)["silence"]
    return {"round": own.round + 1, "waits_from": at + dt.timedelta(minutes=silence)}
