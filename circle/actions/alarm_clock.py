"""What the clock does to alarms that nobody sees to, or of which nothing is heard."""

import datetime as dt

from django.db import transaction

from circle.audit.log import record
from circle.models import Alarm
from circle.notifications.alarms import alarm_minutes, notify_readers, planned_steps


def escalate_alarms(*, at: dt.datetime) -> int:
    """Take every step that is due, each once; returns their number. Late, all that are due come together."""
    minutes = alarm_minutes(at)
    waiting = Alarm.objects.live().filter(waits_from__lte=at).order_by("pk").values_list("pk", flat=True)
    return sum(escalate_one(pk, minutes, at) for pk in list(waiting))


@transaction.atomic
def escalate_one(pk: int, minutes: dict[str, int], at: dt.datetime) -> int:
    """Locked, so that two machines take no step twice and none is taken after somebody acknowledged."""
    rows = Alarm.objects.live().filter(pk=pk, waits_from__lte=at)
    alarm = rows.select_for_update(no_key=True, of=("self",)).select_related("community", "resident").first()
    if alarm is None:
        return 0
    taken = set(alarm.steps.filter(round=alarm.round).values_list("kind", "position"))
    planned = list(planned_steps(alarm, minutes, at))
    passed = (at - alarm.waits_from) / dt.timedelta(minutes=1)
    due = [step for step in planned if step.minutes <= passed and (step.kind, step.position) not in taken]
    for step in sorted(due, key=lambda each: each.minutes):
        alarm.steps.create(kind=step.kind, position=step.position, round=alarm.round, at=at)
        notify_readers(alarm, step, at)
        record(verb="alarm_told", subject=alarm, community=alarm.community_id, at=at, step=step.kind)
    if passed >= max(step.minutes for step in planned) + minutes["repeat"]:
        alarm.round, alarm.waits_from = alarm.round + 1, at
        alarm.save(update_fields=["round", "waits_from"])
    return len(due)
