"""When the nursery closes on a day, and which children are still there then."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from childcare.actions.tasks import settle_tasks
from childcare.models import ChildDay, HeadTask
from circle.actions import settle_alarm
from circle.calendar import legal_parameters
from circle.calendar.working_days import SHANGHAI
from circle.models import User

CLOSING = "nursery_closing"


def closing_on(day: dt.date) -> dt.datetime | None:
    """None where the dated rule has no time for that day."""
    try:
        time = legal_parameters.rule_value(CLOSING, "at", on=day)
    except ValidationError:
        return None
    return dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=SHANGHAI)


def uncollected_days(at: dt.datetime) -> QuerySet[ChildDay]:
    """Of children still present: of today once the nursery has closed, and of every earlier day."""
    today = localdate(at)
    closing = closing_on(today)
    over = Q(day__lt=today)
    if closing and closing <= at:
        over |= Q(day=today)
    return ChildDay.objects.filter(over, status=ChildDay.Status.PRESENT)


def settle_uncollected(child_day: ChildDay, at: dt.datetime, by: User) -> None:
    """The alarm about this day, and the task unless the child was not collected on another day either."""
    settle_alarm(subject=child_day, at=at, by=by)
    others = uncollected_days(at).filter(application=child_day.application_id)
    if not others.exclude(pk=child_day.pk).exists():
        settle_tasks(child_day.application, HeadTask.Kind.NOT_COLLECTED, at=at, by=by)
