"""When the nursery closes on a day, and which children are still there then."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from childcare.actions.tasks import settle_tasks
from childcare.models import ChildDay, HeadTask
from circle.calendar import legal_parameters
from circle.calendar.working_days import SHANGHAI
from circle.models import User

CLOSING = "nursery_closing"


@dataclass(frozen=True)
class Closing:
    """When the nursery closes on a day, and how often it is said that a child is still there."""

    at: dt.datetime
    every: dt.timedelta
    times: int

    def alerts_due(self, at: dt.datetime) -> int:
        return 0 if at < self.at else min((at - self.at) // self.every + 1, self.times)


def closing_on(day: dt.date) -> Closing | None:
    """None where the dated rule has no values for that day."""
    try:
        params = legal_parameters.rule_in_force(CLOSING, on=day).params
    except ValidationError:
        return None
    moment = dt.datetime.combine(day, dt.time.fromisoformat(params["at"]), tzinfo=SHANGHAI)
    return Closing(moment, dt.timedelta(minutes=params["repeat_minutes"]), params["times"])


def uncollected_days(at: dt.datetime) -> QuerySet[ChildDay]:
    """Of children still present: of today once the nursery has closed, and of every earlier day."""
    today = localdate(at)
    closing = closing_on(today)
    over = Q(day__lt=today)
    if closing and closing.at <= at:
        over |= Q(day=today)
    return ChildDay.objects.filter(over, status=ChildDay.Status.PRESENT)


def settle_uncollected(child_day: ChildDay, at: dt.datetime, by: User) -> None:
    """The task about this child, unless it was not collected on another day either."""
    others = uncollected_days(at).filter(application=child_day.application_id)
    if not others.exclude(pk=child_day.pk).exists():
        settle_tasks(child_day.application, HeadTask.Kind.NOT_COLLECTED, at=at, by=by)
