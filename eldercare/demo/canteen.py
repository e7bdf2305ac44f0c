"""The canteen in the demo: a month of menus, standing and single orders, one refused, made by the actions."""

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.demo.messages import send_demo_messages
from circle.demo.staff import demo_staff
from circle.models import Facility, Resident, Via
from eldercare.actions import canteen
from eldercare.actions.canteen.menus import WEEK
from eldercare.actions.canteen.week import canteens
from eldercare.models import Dish, MealOrder, MealSubsidy, MenuDay
from eldercare.models.canteen import Meal, Variant, Way

if TYPE_CHECKING:
    from eldercare.demo import Month

PAST, COMING, STANDING, SINGLE = 21, 8, 12, 3  # days, days, elders, orders of a day
COOK = "canteen@demo.invalid"
# Two lunches and one supper of each weekday, in turn.
LUNCHES = [
    (
        "红烧肉套餐 / Braised pork set meal / 15元 / 60+30份 / 可软、少盐 / 含大豆\n"
        "番茄炒蛋套餐 / Tomato and egg set meal / 12元 / 50+20份 / 可软、少盐、无糖 / 含蛋"
    ),
    (
        "清蒸鱼套餐 / Steamed fish set meal / 16元 / 50+20份 / 可软、少盐 / 含鱼\n"
        "肉末豆腐套餐 / Tofu with minced pork set meal / 12元 / 50+20份 / 可软、少盐、不辣 / 含大豆"
    ),
    (
        "土豆烧鸡套餐 / Chicken with potatoes set meal / 15元 / 60+30份 / 可软、少盐、不辣 / 含大豆\n"
        "清炒时蔬套餐 / Vegetable set meal / 10元 / 40+20份 / 可软、少盐、无糖、清真"
    ),
    (
        "牛肉粉 / Beef rice noodles / 13元 / 60+30份 / 可少盐、不辣、清真 / 含大豆\n"
        "冬瓜丸子套餐 / Winter melon and meatball set meal / 13元 / 50+20份 / 可软、少盐 / 含蛋"
    ),
]
SUPPERS = [
    "小米粥配包子 / Millet porridge with buns / 8元 / 40+20份 / 可软 / 含麦",
    "鸡蛋面 / Egg noodles / 9元 / 40+20份 / 可软、少盐 / 含麦、蛋",
    "白粥配小菜 / Congee with side dishes / 7元 / 40+20份 / 可软、少盐、无糖",
]


def add_canteen(month: "Month") -> None:
    """Nothing where there is no canteen, or where a menu is written already."""
    place = next(iter(canteens(month.community)), None)
    if place is None or MenuDay.objects.filter(community=month.community).exists():
        return
    today = month.now.date()
    load_subsidies(month)
    settle_in(month, today)
    for number in range(-PAST, COMING + 1):
        day = today + number * ONE_DAY
        write_day(month, place, day, min(noon(day - 3 * ONE_DAY), month.now))
    for number in range(-PAST, COMING - 1):
        day = today + number * ONE_DAY
        evening_before = min(noon(day - ONE_DAY), month.now)
        if number % WEEK == 0:  # it reaches a week ahead
            canteen.lay_out_meals(community=month.community, at=evening_before)
        order_singly(month, day, evening_before)
        send_demo_messages(evening_before)
    close_meals(month, today)
    canteen.charge_due(at=month.now)


# Invented amounts after what a district of another city pays; the community has to confirm them.
SUBSIDIES: list[dict[str, Any]] = [
    {"code": "age-60", "name_zh": "60至69岁助餐补贴", "name_en": "Subsidy from 60 to 69", "from_age": 60,
     "to_age": 69, "cents": 200},
    {"code": "age-70", "name_zh": "70至79岁助餐补贴", "name_en": "Subsidy from 70 to 79", "from_age": 70,
     "to_age": 79, "cents": 300},
    {"code": "age-80", "name_zh": "80岁以上助餐补贴", "name_en": "Subsidy from 80 on", "from_age": 80,
     "cents": 400, "delivery_cents": 100},
    {"code": "hardship", "name_zh": "特困老人助餐补贴", "name_en": "Subsidy in extreme need",
     "reason": "destitute", "cents": 600, "delivery_cents": 200, "funder": "charity"},
]  # fmt: skip


def load_subsidies(month: "Month") -> None:
    for row in SUBSIDIES:
        key = {"community": month.community, "code": row["code"], "valid_from": dt.date(2026, 1, 1)}
        values = {"funder": "civil", "per": "day", "source_zh": "演示数值，参照外地做法，待社区核实"}
        values["source_en"] = "Demo values after what is done elsewhere, to be confirmed by the community"
        MealSubsidy.objects.get_or_create(**key, defaults=values | row)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=SHANGHAI)


def settle_in(month: "Month", today: dt.date) -> None:
    """Who eats every day, and what some of them must not eat."""
    begins = noon(today - (PAST + 4) * ONE_DAY)
    for number, elder in enumerate(month.elders[:STANDING]):
        by, via = month.who_asks(elder)
        wish = wish_of(month, elder, number)
        said: dict[str, Any] = {"resident": elder, "via": via, "at": begins, "by": by}
        with contextlib.suppress(ValidationError):  # who acts for them did not yet at that time
            canteen.order_standing(
                meal=Meal.SUPPER if number % 5 == 4 else Meal.LUNCH,
                weekdays=range(7) if number % 3 == 0 else range(5),
                wish=wish,
                **said,
            )
    send_demo_messages(begins)


def wish_of(month: "Month", elder: Resident, number: int) -> canteen.MealWish:
    is_brought = number % 2 == 0 and elder.building is not None
    return canteen.MealWish(
        way="delivery" if is_brought else "pickup",
        variants=[Variant.SOFT] if number % 3 == 1 else [],
        building=elder.building if is_brought else None,
        door=f"{number % 4 + 1}-{number % 6 + 1}01" if is_brought else "",
        allergens={3: ["fish"], 5: ["egg"]}.get(number),
        consents=True,
    )


def write_day(month: "Month", place: Facility, day: dt.date, at: dt.datetime) -> None:
    cook, number = demo_staff(month.community, COOK), day.toordinal()
    said: dict[str, Any] = {"facility": place, "day": day, "at": at, "by": cook}
    with contextlib.suppress(ValidationError):  # the canteen is closed on that day
        canteen.write_menu(meal=Meal.LUNCH, text=LUNCHES[number % len(LUNCHES)], **said)
        canteen.write_menu(meal=Meal.SUPPER, text=SUPPERS[number % len(SUPPERS)], **said)


def close_meals(month: "Month", today: dt.date) -> None:
    """Meals of days that are over were handed over; now and then nobody came for one."""
    cook = demo_staff(month.community, COOK)
    over = MealOrder.objects.live().filter(community=month.community, day__lt=today).shown()
    for number, order in enumerate(over.order_by("day", "pk")):
        said: dict[str, Any] = {"order": order, "at": noon(order.day), "by": cook}
        if number % 40 == 39 and order.way != Way.DELIVERY:
            canteen.miss_meal(**said)
        else:
            canteen.hand_over_meal(**said)


def order_singly(month: "Month", day: dt.date, at: dt.datetime) -> None:
    """A few more, some of which are given up again."""
    dishes = Dish.objects.public(month.community).filter(menu__day=day)
    choices = list(dishes.order_by("menu__meal", "order"))
    for elder in month.chance.sample(month.elders, min(SINGLE, len(month.elders))) if choices else []:
        by, via = month.who_asks(elder)
        who: dict[str, Any] = {"via": via, "at": at, "by": by}
        wish = canteen.MealWish(way=month.chance.choice(["eat_in", "pickup"]))
        with contextlib.suppress(ValidationError):  # ordered already, or they must not eat it
            order = canteen.order_meal(dish=month.chance.choice(choices), resident=elder, wish=wish, **who)
            send_demo_messages(at)  # before something else becomes of it
            if month.chance.random() < 0.15:
                canteen.give_up_meal(order=order, via=Via.PHONE, at=at, by=month.boss)
