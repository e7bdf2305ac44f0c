"""How an ordered meal ended: in the hands of who eats it, or with nobody there to take it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions import raise_alarm
from circle.booking.transitions import change_status
from circle.models import Alarm, User
from eldercare.actions.bookings import day_of
from eldercare.models import MealOrder
from eldercare.models.canteen import Way

Status = MealOrder.Status


@transaction.atomic
def hand_over_meal(*, order: MealOrder, at: dt.datetime, by: User) -> MealOrder:
    """One meal, one outcome; somebody who opens after all takes it on the second try.

    Refuses: already_served, not_possible, not_today, changed_meanwhile.
    """
    refuse_early(order, at)
    allowed = [Status.ORDERED, Status.MISSED]
    change_status(order, verb="meal_served", allowed=allowed, to=Status.SERVED, at=at, by=by)
    return order


@transaction.atomic
def miss_meal(*, order: MealOrder, at: dt.datetime, by: User) -> MealOrder:
    """Nobody fetched it, or nobody opened: at the door that raises an alarm, since somebody lives there who
    had ordered a meal.

    Refuses: already_missed, not_possible, not_today, changed_meanwhile.
    """
    refuse_early(order, at)
    change_status(order, verb="meal_missed", allowed=[Status.ORDERED], to=Status.MISSED, at=at, by=by)
    if order.way == Way.DELIVERY:
        raise_alarm(resident=order.resident, source=Alarm.Source.NOT_HOME, subject=order, at=at, by=by)
    return order


def refuse_early(order: MealOrder, at: dt.datetime) -> None:
    if order.day > day_of(at):
        raise ValidationError(_("This meal is for a later day."), code="not_today")
