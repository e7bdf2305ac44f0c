"""Standing orders: ordinary orders once for each date, pauses, and what could not be ordered."""

import pytest
from django.core.exceptions import ValidationError

from circle.actions import report_death
from circle.models import Message, Residence
from eldercare.actions.canteen import (
    end_standing,
    give_up_meal,
    lay_out_meals,
    note_meal_profile,
    pause_standing,
    resume_standing,
    settle_date,
)
from eldercare.models import MealOrder, StandingDate
from tests import make, make_canteen
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW
MENU = "面 / 8元 / 2份 / 含麦\n红烧肉 / 15元 / 9份 / 可软 / 含大豆"
WHO = {"via": "phone", "at": AT}


def lay_out(at=AT) -> int:
    return lay_out_meals(community=make.here(), at=at)


def menus(days: int = 3):
    place = make_canteen.canteen()
    for number in range(days):
        make_canteen.menu(MENU, facility=place, day=TOMORROW + number * DAY)
    return place


def test_meals_are_laid_out_once_and_what_was_cancelled_never_comes_back():
    menus()
    boss = care.coordinator()
    row = make_canteen.standing(weekdays=[TOMORROW.weekday(), (TOMORROW + DAY).weekday()])
    assert (lay_out(), lay_out()) == (2, 0)
    first = MealOrder.objects.get(day=TOMORROW)
    assert (first.dish.name_zh, first.booked_by, first.via) == ("面", None, "phone")
    give_up_meal(order=first, by=boss, **WHO)
    assert lay_out() == 0
    assert not Message.objects.filter(event="meal_ordered").exists()
    with pytest.raises(ValidationError) as twice:
        make_canteen.standing(resident=row.resident)
    assert twice.value.code == "already_standing"


def test_dish_is_one_that_they_may_eat_and_want_and_the_rest_waits_for_somebody():
    menus(1)
    boss, elders = care.coordinator(), [care.elder() for _ in range(5)]
    for elder, allergens in zip(elders, (["wheat"], [], ["wheat", "soy"], [], []), strict=True):
        said = make_canteen.wish(allergens=allergens, consents=True)
        note_meal_profile(resident=elder, wish=said, by=boss, **WHO)
    make_canteen.standing(resident=elders[0], by=boss)
    make_canteen.standing(resident=elders[1], by=boss, wish=make_canteen.wish(variants=["soft"]))
    make_canteen.standing(resident=elders[2], by=boss)
    make_canteen.standing(resident=elders[3], by=boss, wish=make_canteen.wish(variants=["halal"]))
    home = care.home(make.here())
    make_canteen.standing(resident=elders[4], by=boss, wish=make_canteen.brought(home))
    Residence.objects.create(resident=elders[4], building=make.building(), moved_in_on=TOMORROW)
    assert lay_out() == 2
    assert set(MealOrder.objects.values_list("dish__name_zh", flat=True)) == {"红烧肉"}
    waiting = dict(StandingDate.objects.waiting().values_list("standing__resident", "cause"))
    assert waiting == {
        elders[2].pk: "allergen", elders[3].pk: "variant_missing", elders[4].pk: "moved_home",
    }  # fmt: skip
    settle_date(row=StandingDate.objects.waiting().first(), at=AT, by=boss)
    assert StandingDate.objects.waiting().count() == 2


def test_full_and_late_menus_go_to_the_list_of_the_coordinator():
    make_canteen.menu("面 / 8元 / 1份")
    for _ in range(2):
        make_canteen.standing()
    assert lay_out() == 1
    assert StandingDate.objects.waiting().get().cause == "full"
    make_canteen.menu(MENU, day=TOMORROW + DAY, facility=make_canteen.MenuDay.objects.get().facility)
    assert lay_out(AT + 2 * DAY + DAY / 12) == 0
    assert StandingDate.objects.waiting().filter(cause="cut_off_passed").count() == 2


def test_scenario_19_pause_holiday_and_death_leave_no_label():
    place = menus(4)
    boss, elders = care.coordinator(), [care.elder() for _ in range(3)]
    rows = [make_canteen.standing(resident=elder, by=boss) for elder in elders]
    make.closure(facility=place, starts_on=TOMORROW + 3 * DAY, ends_on=TOMORROW + 3 * DAY)
    assert lay_out() == 9
    pause_standing(standing=rows[0], starts_on=TOMORROW, ends_on=None, by=boss, **WHO)
    report_death(resident=elders[1], died_on=AT.date(), at=AT, by=make.director())
    assert lay_out() == 0
    cooked = MealOrder.objects.cooked_for()
    assert {order.resident for order in cooked} == {elders[2]}
    assert not cooked.filter(day=TOMORROW + 3 * DAY).exists()
    resume_standing(standing=rows[0], by=boss, **WHO)
    assert lay_out() == 3
    assert cooked.filter(resident=elders[0]).count() == 3
    end_standing(standing=rows[0], by=boss, **WHO)
    assert not cooked.filter(resident=elders[0]).exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"weekdays": []}, "weekdays_missing"),
        ({"weekdays": [7]}, "weekdays_missing"),
        ({"meal": "tea"}, "meal_unknown"),
        ({"wish": make_canteen.wish("delivery")}, "address_missing"),
        ({"wish": make_canteen.wish("by air")}, "way_unknown"),
        ({"wish": make_canteen.wish(portions=4)}, "portions_wrong"),
        ({"wish": make_canteen.wish(variants=["raw"])}, "variant_missing"),
    ],
)
def test_standing_order_that_makes_no_sense_is_refused(said, code):
    with pytest.raises(ValidationError) as caught:
        make_canteen.standing(**said)
    assert caught.value.code == code
