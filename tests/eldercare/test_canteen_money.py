"""Who pays which part of a meal: by dated schemes, in lines that are never changed, and the sums agree."""

import datetime as dt
import random
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from eldercare.actions.canteen import charge_due, correct_month, give_up_meal
from eldercare.actions.canteen.shares import MealPrice, share_out
from eldercare.actions.canteen.statements import line_words, month_of_meals
from eldercare.models import MealCharge
from tests import make, make_canteen
from tests import make_eldercare as care

AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW
NEXT_WEEK = AT + 7 * DAY
in_the_morning = pytest.mark.usefixtures("in_the_morning")


def scheme(pk=1, **values):
    defaults = {"per": "day", "cents": 300, "least_cents": 0, "delivery_cents": 0, "year_cents": None}
    return SimpleNamespace(pk=pk, **defaults | values)


@pytest.mark.parametrize(
    ("schemes", "used", "paid"),
    [
        ([], {}, [0, 0]),
        ([scheme()], {}, [300, 0]),
        ([scheme(per="meal")], {}, [300, 300]),
        ([scheme(cents=9000)], {}, [1500, 0]),
        ([scheme(least_cents=2500)], {}, [0, 0]),
        ([scheme(least_cents=2300)], {}, [300, 0]),
        ([scheme(per="meal", least_cents=1000)], {}, [300, 0]),
        ([scheme(delivery_cents=200)], {}, [500, 0]),
        ([scheme(year_cents=1000)], {1: 800}, [200, 0]),
        ([scheme(year_cents=1000)], {1: 1200}, [0, 0]),
        ([scheme(1), scheme(2, cents=250, per="meal")], {}, [250, 250]),
        ([scheme(2), scheme(1)], {}, [300, 0]),
    ],
)
def test_share_of_a_lunch_brought_home_and_a_supper(schemes, used, paid):
    meals = [MealPrice(1, 1500, is_brought=True), MealPrice(2, 800)]
    found = share_out(meals, schemes, used)
    assert [share.subsidy for share in found] == paid
    assert {share.scheme for share in found if share.subsidy} <= {
        min(each.pk for each in schemes or [scheme()]),
        2,
    }


@pytest.mark.parametrize("seed", range(20))
def test_price_is_always_subsidy_and_own_share_by_one_scheme(seed):
    chance = random.Random(seed)
    schemes = [
        scheme(
            pk,
            per=chance.choice(["day", "meal"]),
            cents=chance.randint(0, 2000),
            least_cents=chance.choice([0, 900, 1500]),
            delivery_cents=chance.choice([0, 400]),
            year_cents=chance.choice([None, 0, 500, 9000]),
        )
        for pk in range(1, chance.randint(1, 5))
    ]
    meals = [
        MealPrice(key, chance.randint(0, 3000), chance.randint(1, 3), chance.random() < 0.5)
        for key in range(chance.randint(1, 3))
    ]
    found = share_out(meals, schemes, {1: chance.randint(0, 9000)})
    for share, meal in zip(found, meals, strict=True):
        assert share.price == meal.cents * meal.portions == share.subsidy + share.own
        assert 0 <= share.subsidy <= meal.cents
    assert len({share.scheme for share in found if share.scheme}) <= 1
    for one in schemes:
        alone = share_out(meals, [one], {1: 0})
        assert one.year_cents is None or sum(share.subsidy for share in alone) <= one.year_cents


@pytest.mark.django_db
@in_the_morning
def test_scenario_18_eighty_on_the_day_of_the_meal_and_a_correction_backwards():
    """The subsidy follows the meal's date; one of the day even with two meals; a correction is new lines."""
    seventy = make_canteen.subsidy(from_age=70, to_age=79, cents=200)
    eighty = make_canteen.subsidy(from_age=80, cents=300, funder="charity")
    born = dt.date(TOMORROW.year - 80, TOMORROW.month, TOMORROW.day)
    elder, boss = care.elder(born_on=born), care.coordinator()
    place = make_canteen.canteen()
    for day, meal in [(AT.date(), "supper"), (TOMORROW, "lunch"), (TOMORROW, "supper")]:
        dish = make_canteen.dish(facility=place, day=day, meal=meal)
        make_canteen.order(dish=dish, resident=elder, by=boss)
    assert (charge_due(at=NEXT_WEEK), charge_due(at=NEXT_WEEK)) == (3, 0)
    lines = MealCharge.objects.order_by("day", "order")
    assert [(line.scheme, line.subsidy_cents) for line in lines] == [(seventy, 200), (eighty, 300), (None, 0)]
    elder.born_on = born + DAY
    elder.save()
    month = {"community": make.here(), "first": AT.date().replace(day=1), "last": AT.date() + 5 * DAY}
    assert (correct_month(**month, at=NEXT_WEEK, by=boss), correct_month(**month, at=NEXT_WEEK, by=boss)) == (
        2,
        0,
    )
    changed = MealCharge.objects.filter(day=TOMORROW, order__meal="lunch").order_by("number")
    assert [(line.sign, line.subsidy_cents, line.scheme) for line in changed] == [
        (1, 300, eighty), (-1, 300, eighty), (1, 200, seventy),
    ]  # fmt: skip
    assert "300" not in line_words(changed[2])
    found = month_of_meals(**month)
    assert [(row.funder, row.cents) for row in found.funders if row.cents] == [("civil", 400)]
    assert (found.price, found.own + found.subsidy) == (4500, 4500)


@pytest.mark.django_db
@in_the_morning
def test_strangers_and_the_young_pay_the_full_price_and_uneaten_meals_are_paid():
    make_canteen.subsidy()
    place, boss = make_canteen.canteen(), care.coordinator()
    dish = make_canteen.dish("面 / 8元 / 9份", facility=place)
    people = [care.elder(), care.elder(building=None), care.elder(age=30), care.elder(), care.elder()]
    orders = [make_canteen.order(dish=dish, resident=person, by=boss) for person in people]
    give_up_meal(order=orders[3], via="phone", at=AT, by=boss)
    give_up_meal(order=orders[4], via="phone", at=AT + 2 * DAY, by=boss)
    charge_due(at=NEXT_WEEK)
    own = dict(MealCharge.objects.values_list("order", "own_cents"))
    assert own == {orders[0].pk: 500, orders[1].pk: 800, orders[2].pk: 800, orders[4].pk: 500}
    with pytest.raises(DatabaseError), transaction.atomic():
        MealCharge.objects.update(own_cents=0)
    with pytest.raises(DatabaseError), transaction.atomic():
        MealCharge.objects.all().delete()


@pytest.mark.django_db
@in_the_morning
def test_statement_of_a_month_adds_up_on_the_page_and_in_both_files(client, django_assert_max_num_queries):
    make_canteen.subsidy(is_verified=False)
    elder = care.elder(login=make.resident_login())
    line = make_canteen.charge(resident=elder)
    client.force_login(care.coordinator())
    url = f"{reverse('admin:eldercare_mealcharge_statement')}?month=2026-11"
    page = client.get(url)
    assert (page.context["found"].price, page.context["found"].own) == (line.price_cents, line.own_cents)
    assert line.price_cents == line.own_cents + page.context["found"].subsidy
    assert client.get(f"{url}&xlsx=1").content[:2] == b"PK"
    assert "3.00" in client.get(f"{url}&csv=1").text
    assert client.get(f"{url}&print=1").status_code == 200
    assert client.post(url).status_code == 302
    assert MealCharge.objects.count() == 1
    client.force_login(make.post("canteen").user)
    assert client.get(url).status_code == 403
    client.force_login(elder.login)
    with django_assert_max_num_queries(12):
        mine = client.get("/eldercare/canteen/statement/?month=2026-11")
    assert (mine.context["own"], mine.context["subsidy"]) == (1200, 300)
