"""Many order the last portions at the second of the cut-off: as many as there are get one, none after it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from circle.models import Resident
from eldercare.actions.canteen import lay_out_meals, order_meal
from eldercare.hooks.schedule import find_canteen_violations
from eldercare.models import Dish, MealOrder, Portion
from tests import make, make_canteen
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make_canteen.AT
CUT_OFF = make.moment(1, 9, 30)
SECOND = CUT_OFF - make_canteen.DAY / 86400
PORTIONS, IN_TIME, LATE = 4, 8, 4  # 300 portions and 1,000 orders, scaled down
PUBLIC = Dish.objects.select_related("menu__facility", "community")


def test_portions_are_taken_once_and_none_after_the_cut_off(at_once):
    dish, boss = make_canteen.dish(f"面 / 8元 / {PORTIONS}份"), care.coordinator()
    elders = [care.elder() for _ in range(IN_TIME + LATE)]

    def ask(pk: int, at):
        def call() -> object:
            said = {"dish": PUBLIC.get(pk=dish.pk), "wish": make_canteen.wish(), "via": "phone", "by": boss}
            try:
                return order_meal(**said, resident=Resident.objects.get(pk=pk), at=at).status
            except ValidationError as refusal:
                return refusal.code

        return call

    moments = [SECOND] * IN_TIME + [CUT_OFF] * LATE
    answers = at_once(*(ask(elder.pk, at) for elder, at in zip(elders, moments, strict=True)))
    assert sorted(answers[:IN_TIME]) == ["full"] * (IN_TIME - PORTIONS) + ["ordered"] * PORTIONS
    assert set(answers[IN_TIME:]) == {"cut_off_passed"}
    assert list(find_canteen_violations()) == []


def test_one_person_twice_and_the_clock_make_one_meal(at_once):
    dish, boss = make_canteen.dish("面 / 8元 / 9份"), care.coordinator()
    standing = make_canteen.standing(by=boss)

    def ask() -> object:
        elder = Resident.objects.get(pk=standing.resident_id)
        said = {"wish": make_canteen.wish(), "via": "phone", "by": boss, "at": AT}
        try:
            return order_meal(dish=PUBLIC.get(pk=dish.pk), resident=elder, **said).status
        except ValidationError as refusal:
            return refusal.code

    def clock() -> object:
        return lay_out_meals(community=dish.community, at=AT)

    answers = at_once(ask, clock, ask, clock)
    assert MealOrder.objects.live().count() == 1
    assert [answer in ("ordered", 1) for answer in answers].count(True) == 1
    assert Portion.objects.get(dish=dish, share="reserved").taken == 1


@pytest.mark.planted
def test_naive_code_oversells_a_dish():
    """The negative control: count, then write. Only PostgreSQL lets several in at a time."""
    dish = make_canteen.dish("面 / 8元 / 1份")
    portion = dish.portions.get(share="reserved")
    elders = [care.elder() for _ in range(6)]
    start, counted = threading.Barrier(6), threading.Barrier(6)

    def naive(elder: Resident) -> bool:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                ordered = MealOrder.objects.live().filter(dish=dish).count()
                if connection.vendor == "postgresql":
                    counted.wait(timeout=20)  # all have counted before the first one writes
                if ordered >= portion.capacity:
                    return False
                write(dish, elder)
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        let_in = sum(pool.map(naive, elders))
    assert let_in > 1 if connection.vendor == "postgresql" else let_in == 1
    MealOrder.objects.all().delete()  # what was planted, and broke the promise


def write(dish: Dish, elder: Resident) -> None:
    MealOrder.objects.create(
        community_id=dish.community_id,
        resident=elder,
        dish=dish,
        day=dish.menu.day,
        meal=dish.menu.meal,
        way="pickup",
        price_cents=dish.price_cents,
        status_at=AT,
        cut_off_at=CUT_OFF,
        via="phone",
        booked_at=AT,
    )
