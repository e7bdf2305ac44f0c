"""The menu of the canteen: written, copied, shown, and its portions in two shares of one total."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Rule
from eldercare.actions.canteen import align_cut_offs, copy_week, cut_offs, move_portions, write_menu
from eldercare.actions.canteen.menu_text import line_of, read_menu
from eldercare.models import Dish, MenuDay, Portion
from tests import make, make_canteen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW


def code_of(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*args, **said)
    return caught.value.code


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (make_canteen.LINE, ("Braised pork", 1500, 3, 1, ["soft", "low_salt"], ["soy"])),
        ("番茄炒蛋／１２.５０元／60份／含蛋", ("", 1250, 60, 0, [], ["egg"])),
        ("白粥 | 2 | 40+10份", ("", 200, 40, 10, [], [])),
    ],
)
def test_line_of_a_menu_is_read_in_any_order_and_width(line, read):
    [found] = read_menu(line)
    assert (
        found.name_en, found.price_cents, found.reserved, found.walk_in, found.variants, found.allergens,
    ) == read  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("红烧肉", "line_unreadable"),
        ("红烧肉 / 15元", "line_unreadable"),
        ("红烧肉 / 15元 / 3份 / 含不知道", "line_unreadable"),
        ("红烧肉 / 15元 / 3份\n红烧肉 / 16元 / 3份", "dish_twice"),
        ("\n".join(f"菜{n} / 1元 / 1份" for n in range(21)), "too_many_dishes"),
    ],
)
def test_menu_that_cannot_be_read_is_refused(text, code):
    assert code_of(read_menu, text) == code


def test_menu_is_written_once_changed_and_cleared():
    place, by = make_canteen.canteen(), make.user()
    menu = make_canteen.menu(facility=place)
    dish = menu.dishes.prefetch_related("portions").get()
    assert line_of(dish) == make_canteen.LINE
    said = {"facility": place, "day": TOMORROW, "meal": "lunch", "at": AT, "by": by}
    assert write_menu(text=make_canteen.LINE.replace("3+1", "5+1") + "\n白粥 / 2元 / 9份", **said) == menu
    assert [row.capacity for row in dish.portions.order_by("share")] == [5, 1]
    write_menu(text="", **said)
    assert not Dish.objects.exists()
    assert not MenuDay.objects.exists()


def test_dish_that_was_ordered_stays_with_its_price_and_portions():
    dish = make_canteen.dish()
    make_canteen.order(dish=dish, wish=make_canteen.wish(portions=2))
    said = {"facility": dish.menu.facility, "day": TOMORROW, "meal": "lunch", "at": AT, "by": make.user()}
    assert code_of(write_menu, text="", **said) == "dish_ordered"
    assert code_of(write_menu, text=make_canteen.LINE.replace("15元", "9元"), **said) == "dish_ordered"
    assert code_of(write_menu, text=make_canteen.LINE.replace("3+1", "1+1"), **said) == "full"
    write_menu(text=make_canteen.LINE.replace("3+1", "2+1"), **said)


def test_closed_day_and_past_day_and_day_without_a_rule_get_no_menu():
    place, by = make_canteen.canteen(), make.user()
    said = {"facility": place, "meal": "lunch", "text": make_canteen.LINE, "at": AT, "by": by}
    assert code_of(write_menu, day=TOMORROW, **said) == "rule_missing"
    make_canteen.cut_off_rule()
    assert code_of(write_menu, day=TOMORROW - 2 * DAY, **said) == "day_past"
    make.closure(facility=place, starts_on=TOMORROW, ends_on=TOMORROW)
    assert code_of(write_menu, day=TOMORROW, **said) == "place_closed"


def test_week_is_copied_into_empty_open_days_once():
    place, by = make_canteen.canteen(), make.user()
    for meal in ("lunch", "supper"):
        make_canteen.menu(facility=place, meal=meal)
    make_canteen.menu("白粥 / 2元 / 9份", facility=place, day=TOMORROW + DAY)
    make_canteen.menu("面条 / 8元 / 9份", facility=place, day=TOMORROW + 7 * DAY, meal="supper")
    make.closure(facility=place, starts_on=TOMORROW + 8 * DAY, ends_on=TOMORROW + 8 * DAY)
    said = {"facility": place, "from_day": TOMORROW, "to_day": TOMORROW + 7 * DAY, "at": AT, "by": by}
    assert (copy_week(**said), copy_week(**said)) == (1, 0)
    copied = MenuDay.objects.get(day=TOMORROW + 7 * DAY, meal="lunch")
    assert line_of(copied.dishes.prefetch_related("portions").get()) == make_canteen.LINE


def test_portions_move_between_the_shares_and_the_total_stays():
    dish = make_canteen.dish()
    said = {"dish": dish, "at": AT, "by": make.user()}
    move_portions(to="walk_in", count=2, **said)
    assert code_of(move_portions, to="walk_in", count=2, **said) == "full"
    move_portions(to="reserved", count=1, **said)
    assert dict(Portion.objects.values_list("share", "capacity")) == {"reserved": 2, "walk_in": 2}


def test_cut_offs_follow_a_new_rule_for_days_to_come():
    portion = make_canteen.dish().portions.first()
    assert cut_offs(TOMORROW) == {
        "delivery_until": make.moment(0, 16), "pickup_until": make.moment(1, 9) + DAY / 48,
    }  # fmt: skip
    Rule.objects.filter(kind="meal_cut_off").update(
        params={
            "delivery": {"days_before": 1, "time": "12:00"},
            "pickup": {"days_before": 1, "time": "18:00"},
        }
    )
    assert (align_cut_offs(at=AT), align_cut_offs(at=AT)) == (1, 0)
    portion.refresh_from_db()
    assert (portion.delivery_until, portion.pickup_until) == (make.moment(0, 12), make.moment(0, 18))


def test_pages_show_the_menu_and_hide_what_a_closure_shut(client, django_assert_max_num_queries):
    place = make_canteen.canteen()
    make_canteen.menu(facility=place, day=AT.date())
    make_canteen.menu("清蒸鲈鱼 / 22元 / 9份 / 含鱼", facility=place)
    with django_assert_max_num_queries(12):
        page = client.get("/eldercare/canteen/")
    assert "红烧肉" in page.text.partition("share-text")[2]
    assert page.text.count("清蒸鲈鱼") == 1
    client.get(reverse("elder", args=["on"]))
    assert "红烧肉" in client.get("/").text
    assert "清蒸鲈鱼" in client.get("/eldercare/canteen/week/").text
    make.closure(facility=place, starts_on=AT.date(), ends_on=TOMORROW)
    assert (
        "红烧肉" not in client.get("/eldercare/canteen/").text + client.get("/eldercare/canteen/week/").text
    )


def test_cook_writes_a_week_on_one_page(client):
    place, user = make_canteen.canteen(), make.post("canteen").user
    make_canteen.cut_off_rule()
    client.force_login(user)
    url = reverse("admin:eldercare_menuday_week")
    good, bad = f"{TOMORROW}_lunch", f"{TOMORROW}_supper"
    answer = client.post(url, {good: make_canteen.LINE, bad: "红烧肉"})
    assert answer.status_code == 422
    assert not MenuDay.objects.exists()
    assert client.post(url, {good: make_canteen.LINE}).status_code == 302
    assert MenuDay.objects.get().facility == place
    dish = Dish.objects.get()
    moved = client.post(
        reverse("admin:eldercare_dish_ask", args=[dish.code, "move"]), {"to": "walk_in", "count": 1}
    )
    assert moved.status_code == 302
    assert dish.portions.get(share="walk_in").capacity == 2
    client.post(f"{url}?date={TOMORROW + 7 * DAY}", {"copy": "1"})
    assert MenuDay.objects.count() == 2
