"""Kitchen sheet, labels and doors are counted from the same orders; each meal has one outcome."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Alarm
from eldercare.actions.canteen import give_up_meal, hand_over_meal, miss_meal
from eldercare.models import MealOrder
from tests import make, make_canteen
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW
NOON = make.moment(1, 12)


def test_sheet_labels_and_doors_agree_and_leave_out_who_does_not_eat(client, django_assert_max_num_queries):
    dish, boss = make_canteen.dish("红烧肉 / 15元 / 20+5份 / 可软 / 含大豆"), care.coordinator()
    of = {"dish": dish, "by": boss}
    brought = make_canteen.brought(care.home(make.here()), variants=["soft"], portions=2)
    make_canteen.order(**of, wish=brought, resident=care.elder(name="赵奶奶（测试）"))
    make_canteen.order(**of)
    make_canteen.order(**of, wish=make_canteen.wish("eat_in"))
    give_up_meal(order=make_canteen.order(**of), via="phone", at=NOON, by=boss)
    client.force_login(make.post("canteen").user)
    query = f"?date={TOMORROW}&meal=lunch"
    with django_assert_max_num_queries(20):
        page = client.get(reverse("admin:eldercare_mealorder_kitchen") + query)
    kitchen = page.context["kitchen"]
    assert (kitchen.total, len(kitchen.labels), [row.kept for row in kitchen.dishes]) == (4, 4, [5])
    assert sorted(counts for _cooked, counts, _sum in kitchen.dishes[0].rows) == [[0, 0, 2], [1, 1, 0]]
    assert client.get(reverse("admin:eldercare_mealorder_kitchen") + query + "&print=1").status_code == 200
    labels = client.get(reverse("admin:eldercare_mealorder_labels") + query)
    assert [label.number for label in labels.context["labels"][:2]] == [1, 2]
    assert labels.text.count("赵奶奶（测试）") == 2
    doors = client.get(reverse("admin:eldercare_mealorder_doors") + query)
    assert (len(doors.context["doors"]), len(doors.context["counter"])) == (1, 2)


def test_door_that_nobody_opens_raises_one_alarm_and_the_second_try_hands_it_over():
    home, boss = care.home(make.here()), care.coordinator()
    order = make_canteen.order(wish=make_canteen.brought(home), by=boss)
    with pytest.raises(ValidationError) as early:
        miss_meal(order=order, at=AT, by=boss)
    assert early.value.code == "not_today"
    miss_meal(order=order, at=NOON, by=boss)
    assert Alarm.objects.get().resident == order.resident
    with pytest.raises(ValidationError) as twice:
        miss_meal(order=order, at=NOON, by=boss)
    assert twice.value.code == "already_missed"
    assert hand_over_meal(order=order, at=NOON, by=boss).status == "served"
    fetched = make_canteen.order(dish=order.dish)
    miss_meal(order=fetched, at=NOON, by=boss)
    assert Alarm.objects.count() == 1
    assert MealOrder.objects.cooked_for().count() == 2
