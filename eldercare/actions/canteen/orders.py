"""Ordering a meal, in whatever way we are asked: one action for page, phone, window, door and clock."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import SHANGHAI
from circle.models import Mandate, Resident, User, Via
from circle.permissions.on_behalf import can_act_as_staff, lock_mandate, mandate_details, mandate_for
from eldercare.actions.bookings import day_of
from eldercare.actions.canteen.cut_offs import column_of, cut_off_of
from eldercare.actions.canteen.menus import refuse_closed_place
from eldercare.actions.canteen.news import tell_of_meal
from eldercare.actions.canteen.profiles import (
    MealWish,
    address_of,
    checked_wish,
    refuse_allergen,
    save_profile,
)
from eldercare.models import Dish, MealOrder, MealProfile, Portion
from eldercare.models.canteen.orders import ORDER_ADD, ORDER_CHANGE, meal_scope_of


@transaction.atomic
def order_meal(
    *,
    dish: Dish,
    resident: Resident,
    wish: MealWish,
    via: str,
    at: dt.datetime,
    by: User,
    late_reason: str = "",
) -> MealOrder:
    """Order this dish, until the cut-off of its way.

    `late_reason`: why somebody who may change orders takes it down after the cut-off; it is kept with their
    name.
    Refuses: other_community, not_allowed, resident_gone, number_in_doubt, reason_too_long, and what
    `place_order` refuses.
    """
    if resident.community_id != dish.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    scope = meal_scope_of(by, resident.pk)
    mandate = mandate_for(by=by, resident=resident, scope=scope, via=via, staff_permission=ORDER_ADD)
    late_reason = checked_late_reason(late_reason, resident, via, by)
    return place_order(Asked(dish, resident, mandate, wish, via, at, by, late_reason))


def checked_late_reason(reason: str, resident: Resident, via: str, by: User) -> str:
    """Refuses: not_allowed, reason_too_long."""
    if not reason.strip():
        return ""
    if via == Via.ONLINE or not can_act_as_staff(by, resident, Via.PHONE, ORDER_CHANGE):
        raise ValidationError(_("Only the canteen takes orders after the cut-off."), code="not_allowed")
    return checked_reason(reason)


@dataclass(frozen=True)
class Asked:
    """Who is to eat what, and who asked for it under what mandate."""

    dish: Dish
    resident: Resident
    mandate: Mandate | None
    wish: MealWish
    via: str
    at: dt.datetime
    by: User | None
    late_reason: str = ""


def place_order(asked: Asked, *, is_told: bool = True) -> MealOrder:
    """The order with its portions; whether `by` may act for the person was asked before. In a transaction.

    Refuses: way_unknown, portions_wrong, variant_missing, address_missing, other_community, consent_missing,
    allergen, day_past, place_closed, already_ordered, cut_off_passed, full.
    """
    dish, at = asked.dish, asked.at
    wish = checked_wish(asked.wish, dish.community_id)
    refuse_missing_variant(dish, wish)
    menu = dish.menu
    if menu.day < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    refuse_closed_place(menu.facility, menu.day, at)
    if MealOrder.objects.live().filter(resident=asked.resident, day=menu.day, meal=menu.meal).exists():
        raise already_ordered()
    lock_mandate(asked.mandate, at)
    profile = profile_after(asked, wish)
    eats_anyway = refuse_allergen(dish, profile, eats_anyway=wish.eats_anyway)
    portion = dish.portions.get(share=Portion.Share.RESERVED)
    columns = address_of(wish) | {
        "cut_off_at": cut_off_of(portion, wish.way),
        "late_by": asked.by if asked.late_reason else None,
        "late_reason": asked.late_reason,
        "eats_anyway": eats_anyway,
    }
    try:
        with transaction.atomic():
            order = create_order(asked, wish, columns)
            take_portions(portion, wish, at, is_late=bool(asked.late_reason))
    except IntegrityError as clash:  # another order of this person came in between
        raise already_ordered() from clash
    details: dict[str, Any] = {"late": 1} if asked.late_reason else {}
    record(
        verb="meal_ordered",
        subject=order,
        community=order.community_id,
        at=at,
        actor=asked.by,
        after=order.status,
        via=asked.via,
        **details,
        **mandate_details(asked.mandate),
    )
    if is_told:
        tell_of_meal(order, "meal_ordered", at)
    return order


def profile_after(asked: Asked, wish: MealWish) -> MealProfile | None:
    """What is known of who eats, with what was said just now."""
    if asked.by and (wish.allergens is not None or wish.building):
        return save_profile(asked.resident, wish, via=asked.via, at=asked.at, by=asked.by)
    return MealProfile.objects.filter(resident=asked.resident).first()


def create_order(asked: Asked, wish: MealWish, columns: dict[str, Any]) -> MealOrder:
    dish = asked.dish
    return MealOrder.objects.create(
        community_id=dish.community_id,
        resident=asked.resident,
        dish=dish,
        day=dish.menu.day,
        meal=dish.menu.meal,
        way=wish.way,
        portions=wish.portions,
        price_cents=dish.price_cents,
        variants=[code for code in dish.variants if code in wish.variants],
        status_at=asked.at,
        via=asked.via,
        booked_at=asked.at,
        booked_by=asked.by,
        mandate=asked.mandate,
        **columns,
    )


def refuse_missing_variant(dish: Dish, wish: MealWish) -> None:
    if set(wish.variants) - set(dish.variants):
        raise ValidationError(_("This dish cannot be had like that."), code="variant_missing")


def take_portions(portion: Portion, wish: MealWish, at: dt.datetime, *, is_late: bool) -> None:
    """In one UPDATE, which decides about the portions and about the time.

    Refuses: cut_off_passed, full.
    """
    in_time = Q() if is_late else Q(**{f"{column_of(wish.way)}__gt": at})
    try:
        portion.take(wish.portions, in_time)
    except ValidationError as full:
        portion.refresh_from_db()
        until = cut_off_of(portion, wish.way)
        if not is_late and until <= at:
            raise cut_off_passed(until) from full
        raise ValidationError(
            _("So many portions are not left. Please choose another dish."), code="full"
        ) from full


def cut_off_passed(until: dt.datetime) -> ValidationError:
    local = until.astimezone(SHANGHAI)
    return ValidationError(
        _("It was possible until %(day)s, %(time)s. Please choose another way or another day."),
        code="cut_off_passed",
        params={"day": local.date().isoformat(), "time": clock_text(local)},
    )


def already_ordered() -> ValidationError:
    return ValidationError(_("This person has ordered this meal already."), code="already_ordered")
