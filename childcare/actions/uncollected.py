"""A child not collected by closing time: an alarm, a task, and the day closed by the head afterwards."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.closing import settle_uncollected, uncollected_days
from childcare.actions.collectors import find_collector
from childcare.actions.tasks import open_task
from childcare.models import ChildDay, HeadTask
from childcare.models.days import NOTE_LENGTH
from circle.actions import raise_alarm
from circle.booking.transitions import change_status, checked_reason
from circle.models import Alarm, AlarmStep, User
from circle.permissions.on_behalf import mandate_details

Status = ChildDay.Status
Kind = HeadTask.Kind
YESTERDAY = dt.timedelta(days=1)


def report_uncollected(*, at: dt.datetime) -> int:
    """Tasks for the head to record who collected the child; and the alarm of a child that may still be there,
    as it was present today or yesterday. The number of days reported anew."""
    known = AlarmStep.objects.filter(subject_type=ChildDay._meta.label_lower, subject_id=OuterRef("pk"))
    tasks = HeadTask.objects.open().filter(kind=Kind.NOT_COLLECTED)
    is_known = Exists(known) | Q(day__lt=localdate(at) - YESTERDAY)
    rows = uncollected_days(at).exclude(is_known, application__in=tasks.values("application"))
    return sum(
        report_one(row, at)
        for row in rows.select_related("application__child", "nursery_class__facility").order_by("pk")
    )


@transaction.atomic
def report_one(row: ChildDay, at: dt.datetime) -> bool:
    """Locked: whoever records the collection at this moment comes first, or settles task and alarm."""
    if not is_still_here(row):
        return False
    open_task(row.application, Kind.NOT_COLLECTED, at)
    if row.application.child and row.day >= localdate(at) - YESTERDAY:
        raise_alarm(
            resident=row.application.child,
            source=Alarm.Source.NOT_COLLECTED,
            subject=row,
            at=at,
            facility=row.nursery_class.facility,
        )
    return True


def is_still_here(row: ChildDay) -> bool:
    rows = ChildDay.objects.filter(pk=row.pk, status=Status.PRESENT)
    return bool(rows.select_for_update(no_key=True).values_list("pk").first())


@transaction.atomic
def close_day(
    *, child_day: ChildDay, collector: str, left_at: dt.datetime, words: str, at: dt.datetime, by: User
) -> ChildDay:
    """Record afterwards who collected the child, when, and why nobody recorded it.

    `collector` is a key that `collectors_of` gives for that moment; empty where the words name somebody else.
    Refuses: reason_missing, reason_too_long, not_over (before closing time), time_wrong (before the child
    came, or after now), may_not_collect, already_left, not_possible (it was not here).
    """
    words = checked_reason(words, NOTE_LENGTH)
    if child_day.status == Status.PRESENT and not uncollected_days(at).filter(pk=child_day.pk).exists():
        raise ValidationError(
            _("The nursery has not closed yet. Record who collects the child on the sheet."), code="not_over"
        )
    if child_day.arrived_at and not child_day.arrived_at <= left_at <= at:
        raise ValidationError(
            _("The child went home after it came and before now. Please look at the time."), code="time_wrong"
        )
    chosen = find_collector(child_day.application.child, collector, left_at) if collector else None
    mandate, guardian = (chosen.mandate, chosen.guardian) if chosen else (None, None)
    change_status(
        child_day,
        verb="child_day_closed",
        allowed=[Status.PRESENT],
        to=Status.LEFT,
        at=at,
        by=by,
        details=mandate_details(mandate) | ({"guardian": guardian.pk} if guardian else {}),
        left_at=left_at,
        collected_by=guardian,
        collected_under=mandate,
        closed_at=at,
        closed_by=by,
        closing_words_sealed=ChildDay.sealed(words),
    )
    settle_uncollected(child_day, at, by)
    return child_day
