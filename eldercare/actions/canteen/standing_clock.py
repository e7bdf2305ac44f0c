"""Ordinary orders from standing ones, once for each date; what could not be ordered waits for somebody."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import ONE_DAY
from circle.models import Community, Residence
from circle.permissions.on_behalf import refuse_gone
from eldercare.actions.bookings import day_of
from eldercare.actions.canteen.orders import Asked, place_order
from eldercare.actions.canteen.profiles import MealWish, forbidden_in
from eldercare.actions.canteen.week import week_of_menus
from eldercare.models import Dish, MealOrder, MealProfile, MenuDay, StandingDate, StandingOrder

AHEAD = 8  # days; the person still has time to cancel what was made
DateStatus = StandingDate.Status
CAUSES = {
    "address_missing": _("the address is missing"),
    "allergen": _("every dish contains what they must not eat"),
    "already_ordered": _("this meal was ordered already"),
    "cut_off_passed": _("the menu came after the cut-off"),
    "full": _("no portion is left"),
    "moved_home": _("they have moved: ask for the new address"),
    "not_allowed": _("who asked may not act for them any more"),
    "resident_gone": _("they have died or were erased"),
    "variant_missing": _("no dish can be had like that"),
}


def cause_of_date(row: StandingDate) -> str:
    return str(CAUSES.get(row.cause, _("it has to be looked at")))


def lay_out_meals(*, community: Community, at: dt.datetime) -> int:
    """Of the menus of the coming days; returns the number of orders made. A second run makes none."""
    today = day_of(at)
    standing = list(StandingOrder.objects.live().filter(community=community).shown())
    if not standing:
        return 0
    known = set(
        StandingDate.objects.filter(standing__in=standing, day__gte=today).values_list("standing", "day")
    )
    made = 0
    for each in week_of_menus(community, today, at, days=AHEAD):
        for row in standing:
            menus = [menu for menu in each.menus if menu.meal == row.meal]
            if menus and (row.pk, each.day) not in known and is_due(row, each.day):
                made += lay_out_date(row, each.day, menus, at)
    return made


def is_due(row: StandingOrder, day: dt.date) -> bool:
    return day >= row.first_day and day.weekday() in row.weekdays and not row.is_paused(day)


@transaction.atomic
def lay_out_date(row: StandingOrder, day: dt.date, menus: Iterable[MenuDay], at: dt.datetime) -> bool:
    """Whether it was ordered. The row is locked and looked at again: a pause may have come in between."""
    locked = StandingOrder.objects.live().filter(pk=row.pk).select_for_update(no_key=True).first()
    if locked is None or locked.is_paused(day) or locked.dates.filter(day=day).exists():
        return False
    date = StandingDate(community_id=row.community_id, standing=row, day=day, status_at=at)
    try:
        with transaction.atomic():
            date.order = order_date(row, menus, at)
        date.status = DateStatus.ORDERED
    except ValidationError as refusal:
        date.status, date.cause = DateStatus.WAITING, str(refusal.code)
        if refusal.code == "already_ordered":  # by hand, which is as good
            date.status = DateStatus.SETTLED
    date.save(force_insert=True)
    return date.status == DateStatus.ORDERED


def order_date(row: StandingOrder, menus: Iterable[MenuDay], at: dt.datetime) -> MealOrder:
    """The first suiting dish of which there is enough.

    Refuses: resident_gone, moved_home, and what `place_order` refuses.
    """
    refuse_gone(row.resident)
    refuse_moved(row)
    dishes = suiting_dishes(row, [dish for menu in menus for dish in menu.dishes.all()])
    wish = MealWish(row.way, row.portions, row.variants, row.building, row.door)
    for dish in dishes:
        asked = Asked(dish, row.resident, row.mandate, wish, row.via, at, None)
        try:
            with transaction.atomic():
                return place_order(asked, is_told=False)
        except ValidationError as refusal:
            if refusal.code != "full":
                raise
    raise ValidationError(CAUSES["full"], code="full")


def suiting_dishes(row: StandingOrder, dishes: list[Dish]) -> list[Dish]:
    """What they may eat and what can be had as they wish, in the order of the menu.

    Refuses: allergen, variant_missing.
    """
    profile = MealProfile.objects.filter(resident=row.resident_id).first()
    steps: list[tuple[str, Callable[[Dish], bool]]] = [
        ("allergen", lambda dish: not forbidden_in(dish, profile)),
        ("variant_missing", lambda dish: set(row.variants) <= set(dish.variants)),
    ]
    for code, suits in steps:
        dishes = [dish for dish in dishes if suits(dish)]
        if not dishes:
            raise ValidationError(CAUSES[code], code=code)
    return dishes


def refuse_moved(row: StandingOrder) -> None:
    """The meal would go to the old address."""
    later = Q(moved_in_on__gt=row.address_on) | Q(moved_out_on__gt=row.address_on)
    if row.building_id and Residence.objects.filter(later, resident=row.resident_id).exists():
        raise ValidationError(CAUSES["moved_home"], code="moved_home")


def forget_old_dates(*, at: dt.datetime) -> int:
    """What waited for somebody until its day was over."""
    old = StandingDate.objects.waiting().filter(day__lt=day_of(at) - ONE_DAY)
    return old.update(status=DateStatus.SETTLED, status_at=at)
