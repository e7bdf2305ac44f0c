"""Ordering on the page and at the desk, one's own meals, and those of every week."""

import pytest
from django.urls import reverse

from circle.models import Record
from eldercare.models import MealOrder, StandingOrder
from tests import make, make_canteen
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW


@pytest.fixture
def elder(client):
    login = make.resident_login()
    client.force_login(login)
    return care.elder(login=login)


def test_elder_orders_in_two_taps_what_they_had_the_last_time(client, elder, django_assert_max_num_queries):
    place, home = make_canteen.canteen(), care.home(make.here())
    dish = make_canteen.dish(facility=place)
    url = reverse("meal_dish", args=[dish.code])
    said = {"way": "delivery", "portions": "1", "variants": ["soft"]}
    assert "address_missing" in [error.code for error in refused(client.post(url, said))]
    said |= {"building": home.short_code, "door": "2-501"}
    answer = client.post(url, said)
    order = MealOrder.objects.get()
    assert answer.url == order.get_absolute_url()
    next_dish = make_canteen.dish(facility=place, day=TOMORROW + DAY)
    with django_assert_max_num_queries(16):
        form = client.get(reverse("meal_dish", args=[next_dish.code])).context["form"]
    assert (form["way"].value(), form["variants"].value()) == ("delivery", ["soft"])
    assert (form["building"].value(), form["door"].value()) == (home.short_code, "2-501")
    assert [way for way, _label in form.fields["way"].choices] == ["eat_in", "pickup", "delivery"]
    assert order.code in client.get(reverse("my_meals")).text
    assert order.code in client.get("/me/").text
    assert client.post(order.get_absolute_url()).status_code == 302
    order.refresh_from_db()
    assert order.status == "cancelled"


def refused(response) -> list:
    assert response.status_code == 422
    return response.context["form"].non_field_errors().as_data()


def test_dish_with_an_allergen_asks_for_the_word_only_after_the_refusal(client, elder):
    dish = make_canteen.dish()
    url = reverse("meal_dish", args=[dish.code])
    said = {"way": "pickup", "portions": "1", "allergens": ["soy"], "consents": "on"}
    page = client.post(url, said)
    assert [error.code for error in refused(page)] == ["allergen"]
    assert "eats_anyway" in [field.name for field in page.context["form"].visible_fields()]
    assert client.post(url, said | {"eats_anyway": "on"}).status_code == 302
    assert MealOrder.objects.get().eats_anyway == ["soy"]


def test_meals_of_every_week_are_ordered_paused_and_ended(client, elder):
    said = {"meals": ["lunch", "supper"], "weekdays": ["0", "2"], "way": "pickup", "portions": "1"}
    answer = client.post(reverse("standing_new"), said)
    lunch, supper = StandingOrder.objects.order_by("pk")
    assert (answer.url, lunch.weekdays, supper.meal) == (lunch.get_absolute_url(), [0, 2], "supper")
    url = lunch.get_absolute_url()
    page = client.post(url, {"verb": "pause", "starts_on": "2026-11-20"})
    assert page.status_code == 422
    assert client.post(url, {"verb": "pause", "starts_on": "2026-11-26"}).status_code == 302
    assert lunch.is_paused(TOMORROW + 9 * DAY)
    assert client.post(url, {"verb": "resume"}).status_code == 302
    assert client.post(url, {"verb": "end"}).status_code == 302
    lunch.refresh_from_db()
    assert lunch.status == "ended"


def test_canteen_orders_by_phone_for_a_regular_and_takes_a_reason_after_the_cut_off(client):
    user = make.post("canteen").user
    client.force_login(user)
    regular = care.elder(name="王秀英")
    dish = make_canteen.dish(day=AT.date())
    make_canteen.order(dish=make_canteen.dish(facility=dish.menu.facility), resident=regular)
    found = client.post(reverse("admin:eldercare_mealorder_regulars"), {"q": "王秀英"})
    assert found.context["people"] == [regular]
    url = f"{reverse('admin:eldercare_mealorder_new')}?resident={regular.code}"
    home = care.home(make.here())
    said = {"dish": dish.pk, "way": "delivery", "building": home.short_code, "door": "1-101"}
    said |= {"portions": "1", "via": "phone"}
    assert client.get(url).status_code == 200
    page = client.post(url, said)
    assert [error.code for error in refused(page)] == ["cut_off_passed"]
    assert "late_reason" in [field.name for field in page.context["form"].visible_fields()]
    assert client.post(url, said | {"late_reason": "刚出院"}).status_code == 302
    order = MealOrder.objects.get(day=AT.date())
    assert client.get(reverse("admin:eldercare_mealorder_change", args=[order.pk])).status_code == 200
    assert {row.details["page"] for row in Record.objects.about(regular)} >= {"meals"}
    assert (order.late_by, order.via) == (user, "phone")
    for name in ("give_up", "revoke"):
        ask = client.get(reverse("admin:eldercare_mealorder_ask", args=[order.code, name]))
        assert ask.status_code == 200
    said = {"reason": "停电"}
    client.post(reverse("admin:eldercare_mealorder_ask", args=[order.code, "revoke"]), said)
    order.refresh_from_db()
    assert order.status == "revoked"
    assert client.post(reverse("admin:eldercare_mealorder_carry_over")).status_code == 302
