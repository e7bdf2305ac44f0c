"""A child not collected by closing time: messages, a task, and the day closed by the head afterwards."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions.closing import Closing, closing_on, settle_uncollected, uncollected_days
from childcare.actions.collectors import find_collector
from childcare.actions.rules import notify_guardians, notify_head
from childcare.actions.tasks import open_task
from childcare.models import ChildDay, HeadTask
from childcare.models.days import NOTE_LENGTH
from circle.booking.transitions import change_status, checked_reason
from circle.models import User
from circle.permissions.on_behalf import mandate_details

Status = ChildDay.Status
Kind = HeadTask.Kind


def report_uncollected(*, at: dt.datetime) -> int:
    """A task for the head at once; on the day itself messages, repeated as the rule says. The number sent."""
    closing = closing_on(localdate(at))
    rows = uncollected_days(at).select_related("application__community", "application__child")
    return sum(report_one(row, closing, at) for row in rows.order_by("pk"))


@transaction.atomic
def report_one(row: ChildDay, closing: Closing | None, at: dt.datetime) -> bool:
    """Locked: whoever records the collection at this moment comes first, or settles the task."""
    locked = ChildDay.objects.filter(pk=row.pk, status=Status.PRESENT).select_for_update(no_key=True)
    found = locked.values_list("alerts_sent", flat=True).first()
    if found is None:
        return False
    open_task(row.application, Kind.NOT_COLLECTED, at)
    due = closing.alerts_due(at) if closing and row.day == localdate(at) else 0
    if found >= due:
        return False
    ChildDay.objects.filter(pk=row.pk).update(alerts_sent=due)
    dedupe = f"{row.pk}:{due}"
    application = row.application
    notify_guardians(
        application,
        "child_not_collected",
        at,
        dedupe=f"child_not_collected:{dedupe}",
        phone=application.community.phone,
    )
    notify_head(application, "child_still_here", at, dedupe=f"child_still_here:{dedupe}")
    return True


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
