"""Meals that are not eaten after all: cancelled in time, given up too late, or called off by us."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status, checked_reason
from circle.models import User, Via
from circle.permissions.on_behalf import lock_mandate, mandate_details, mandate_to_represent
from eldercare.actions.canteen.news import tell_of_meal
from eldercare.models import MealOrder, Portion
from eldercare.models.canteen.orders import meal_scope_of

Status = MealOrder.Status


@transaction.atomic
def give_up_meal(*, order: MealOrder, via: str, at: dt.datetime, by: User, is_told: bool = True) -> MealOrder:
    """Before the cut-off it is cancelled and its portions help a neighbour; after it, it is not cooked for
    this person any more, but stays to be paid.

    Refuses: already_cancelled, already_uneaten, not_possible, changed_meanwhile, not_allowed.
    """
    mandate = None
    if via == Via.ONLINE:
        mandate = mandate_to_represent(by, order.resident, meal_scope_of(by, order.resident_id))
        lock_mandate(mandate, at)
    details = {"via": via} | mandate_details(mandate)
    if at < order.cut_off_at:
        in_time = MealOrder.objects.filter(cut_off_at__gt=at)
        free_meal(order, Status.CANCELLED, at, by, rows=in_time, details=details)
    else:
        change_status(
            order,
            verb="meal_uneaten",
            allowed=[Status.ORDERED],
            to=Status.UNEATEN,
            at=at,
            by=by,
            details=details,
        )
    if is_told:
        tell_of_meal(order, f"meal_{order.status}", at)
    return order


@transaction.atomic
def revoke_meal(*, order: MealOrder, reason: str, at: dt.datetime, by: User) -> MealOrder:
    """From our side, at any time: nothing is to be paid, and the person is told why.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible, changed_meanwhile.
    """
    free_meal(order, Status.REVOKED, at, by, reason=checked_reason(reason))
    tell_of_meal(order, "meal_revoked", at)
    return order


def free_meal(order: MealOrder, to: str, at: dt.datetime, by: User | None, **more: Any) -> None:
    """End it without anything to pay, and give its portions back. In a transaction."""
    change_status(order, verb=f"meal_{to}", allowed=[Status.ORDERED], to=to, at=at, by=by, **more)
    portion = Portion.objects.get(dish=order.dish_id, share=Portion.Share.RESERVED)
    portion.give_back(order.portions)


def cancel_meals_of_dead(*, resident: int, at: dt.datetime, by: User, today: dt.date) -> int:
    """Nobody cooks them, prints a label or sends a bill, whatever the cut-off; returns their number."""
    orders = MealOrder.objects.to_come(today).filter(resident=resident).order_by(F("dish").asc())
    with transaction.atomic():
        found = list(orders.select_related("dish"))
        for order in found:
            free_meal(order, Status.CANCELLED, at, by)
    return len(found)


def keep_meal(*, order: MealOrder, at: dt.datetime, by: User, reason: str) -> MealOrder:
    """A meal has no like time: where bookings are moved together, it stays for somebody to see to.

    Refuses: no_time, always.
    """
    raise ValidationError(
        _("A meal is not moved to another day: call it off, and offer another."), code="no_time"
    )
