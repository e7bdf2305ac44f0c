"""Writing the menu of a meal, copying a week, and moving portions between orders and walk-ins."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.opening_hours import is_closed_on
from circle.calendar.working_days import ONE_DAY, Calendar
from circle.models import Facility, User
from circle.proximity.nearby import facility_timetable
from eldercare.actions.bookings import day_of
from eldercare.actions.canteen.cut_offs import cut_offs
from eldercare.actions.canteen.menu_text import DishLine, line_of, read_menu
from eldercare.models import Dish, MenuDay, Portion

Share = Portion.Share
WEEK = 7


@transaction.atomic
def write_menu(
    *, facility: Facility, day: dt.date, meal: str, text: str, at: dt.datetime, by: User
) -> MenuDay | None:
    """What is cooked for this meal, as typed; what stands there already is changed, an empty text clears it.

    Refuses: day_past, place_closed, rule_missing, line_unreadable, dish_twice, too_many_dishes, dish_ordered
    (one that is left out, or whose price changes, was ordered), full (fewer portions than were ordered).
    """
    lines = read_menu(text)
    menu = MenuDay.objects.select_for_update(no_key=True).filter(facility=facility, day=day, meal=meal)
    found = menu.first()
    if not lines and found is None:
        return None
    if day < day_of(at):
        raise ValidationError(_("This day is over. Please choose another."), code="day_past")
    if lines:
        refuse_closed_place(facility, day, at)
    if found is None:
        found = MenuDay.objects.create(
            community_id=facility.community_id,
            facility=facility,
            day=day,
            meal=meal,
            entered_at=at,
            entered_by=by,
        )
    dishes = {dish.name_zh: dish for dish in found.dishes.prefetch_related("portions")}
    for name in dishes.keys() - {line.name_zh for line in lines}:
        remove_dish(dishes[name])
    for order, line in enumerate(lines):
        write_dish(found, dishes.get(line.name_zh), line, order)
    record(
        verb="meal_menu_written",
        subject=found,
        community=found.community_id,
        at=at,
        actor=by,
        day=day.isoformat(),
        meal=meal,
        dishes=len(lines),
    )
    if not lines:
        found.delete()
        return None
    return found


def write_dish(menu: MenuDay, dish: Dish | None, line: DishLine, order: int) -> None:
    columns = {
        "name_en": line.name_en,
        "price_cents": line.price_cents,
        "allergens": line.allergens,
        "variants": line.variants,
        "order": order,
    }
    wanted: dict[str, int] = {Share.RESERVED: line.reserved or 0, Share.WALK_IN: line.walk_in}
    if dish is None:
        dish = Dish.objects.create(community_id=menu.community_id, menu=menu, name_zh=line.name_zh, **columns)
        until = cut_offs(menu.day)
        for share, capacity in wanted.items():
            Portion.objects.create(dish=dish, share=share, capacity=capacity, **until)
        return
    if dish.price_cents != line.price_cents and is_ordered(dish):
        raise dish_ordered(dish)
    Dish.objects.filter(pk=dish.pk).update(**columns)
    for portion in dish.portions.all():
        if portion.capacity != wanted[portion.share]:
            resize_portion(portion, wanted[portion.share] - portion.capacity)


def resize_portion(portion: Portion, by: int) -> None:
    """Refuses: full."""
    try:
        portion.resize(by)
    except ValidationError as full:
        raise ValidationError(
            _("%(taken)s portions of “%(dish)s” are ordered already: there cannot be fewer."),
            code="full",
            params={"taken": portion.taken, "dish": portion.dish.name},
        ) from full


def is_ordered(dish: Dish) -> bool:
    return any(portion.taken for portion in dish.portions.all())


def dish_ordered(dish: Dish) -> ValidationError:
    return ValidationError(
        _("“%(dish)s” was ordered already: it stays, at its price."),
        code="dish_ordered",
        params={"dish": dish.name},
    )


def remove_dish(dish: Dish) -> None:
    """Refuses: dish_ordered."""
    if is_ordered(dish):
        raise dish_ordered(dish)
    dish.portions.all().delete()
    dish.delete()


def refuse_closed_place(facility: Facility, day: dt.date, at: dt.datetime) -> None:
    place = Facility.objects.with_timetable(at).get(pk=facility.pk)
    if is_closed_on(facility_timetable(place), Calendar.load(day, day), day):
        raise ValidationError(
            _("The canteen is closed on that day. Please choose another."), code="place_closed"
        )


@transaction.atomic
def copy_week(*, facility: Facility, from_day: dt.date, to_day: dt.date, at: dt.datetime, by: User) -> int:
    """The menus of the week of `from_day` for the week of `to_day`; returns how many were written.

    What stands there already stays, days that are over or closed get none: a second time does nothing.
    Refuses: rule_missing.
    """
    first, target = monday_of(from_day), monday_of(to_day)
    rows = MenuDay.objects.filter(facility=facility).with_dishes()
    source = rows.filter(day__gte=first, day__lt=first + WEEK * ONE_DAY)
    there = set(rows.filter(day__gte=target, day__lt=target + WEEK * ONE_DAY).values_list("day", "meal"))
    written = 0
    for menu in source:
        day = target + (menu.day - first)
        if (day, menu.meal) in there:
            continue
        text = "\n".join(line_of(dish) for dish in menu.dishes.all())
        try:
            with transaction.atomic():
                new = write_menu(facility=facility, day=day, meal=menu.meal, text=text, at=at, by=by)
        except ValidationError as refusal:
            if refusal.code not in ("day_past", "place_closed"):
                raise
            continue
        written += new is not None
    return written


def monday_of(day: dt.date) -> dt.date:
    return day - day.weekday() * ONE_DAY


@transaction.atomic
def move_portions(*, dish: Dish, to: str, count: int, at: dt.datetime, by: User) -> Dish:
    """Portions that nobody has taken, from one share of the dish to the other; the total stays.

    Refuses: full (fewer than that are free), count_wrong.
    """
    if count < 1:
        raise ValidationError(_("Say how many."), code="count_wrong")
    # In one order, so that two who move in opposite directions wait for each other.
    portions = {row.share: row for row in dish.portions.select_for_update().order_by("pk")}
    source = Share.WALK_IN if to == Share.RESERVED else Share.RESERVED
    portions[source].resize(-count)
    portions[to].resize(count)
    record(
        verb="meal_portions_moved",
        subject=dish,
        community=dish.community_id,
        at=at,
        actor=by,
        to=to,
        count=count,
    )
    return dish
