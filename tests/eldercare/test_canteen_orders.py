"""Ordering a meal: one cut-off for every channel, portions, allergens, addresses, and giving it up."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import report_death, withdraw_consent
from circle.models import Consent, Message
from eldercare import actions
from eldercare.actions import Answers
from eldercare.actions.canteen import (
    carry_requests_over,
    give_up_meal,
    note_meal_profile,
    order_meal,
    revoke_meal,
)
from eldercare.hooks.schedule import find_canteen_violations
from eldercare.models import CareBooking, MealOrder, MealProfile, Portion
from tests import make, make_canteen
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY, TOMORROW = make_canteen.AT, make_canteen.DAY, make_canteen.TOMORROW
FOUR, HALF_PAST_NINE = make.moment(0, 16), make.moment(1, 9, 30)


def code_of(act, *args, **said) -> str:
    with pytest.raises(ValidationError) as caught:
        act(*args, **said)
    return caught.value.code


def left(dish) -> int:
    return Portion.objects.get(dish=dish, share="reserved").left


def test_order_keeps_what_was_agreed_on_and_its_portions():
    dish, elder = make_canteen.dish(), care.elder(phone=make.mobile())
    order = make_canteen.order(
        dish=dish, resident=elder, wish=make_canteen.wish(portions=2, variants=["soft"])
    )
    assert (order.day, order.meal, order.price_cents, order.total_cents) == (TOMORROW, "lunch", 1500, 3000)
    assert (order.variants, order.cut_off_at, left(dish)) == (["soft"], HALF_PAST_NINE, 1)
    assert Message.objects.get(event="meal_ordered").resident == elder
    again = {"dish": dish, "resident": elder, "wish": make_canteen.wish(), "via": "phone", "at": AT}
    assert code_of(order_meal, **again, by=care.coordinator()) == "already_ordered"
    assert left(dish) == 1


def test_scenario_20_the_second_of_the_cut_off_is_the_same_for_every_channel():
    """Order at 15:59:59 and 16:00:00, and the 100th of 100: page, phone and clock ask one function."""
    dish, home, boss = make_canteen.dish(), care.home(make.here()), care.coordinator()
    elder = care.elder(login=make.resident_login())
    said = {"dish": dish, "wish": make_canteen.brought(home)}
    for via, by, person in [
        ("online", elder.login, elder),
        ("phone", boss, care.elder()),
        ("window", boss, elder),
    ]:
        asked = said | {"via": via, "by": by, "resident": person}
        assert code_of(order_meal, **asked, at=FOUR) == "cut_off_passed"
    assert code_of(make_canteen.order, dish=dish, at=HALF_PAST_NINE) == "cut_off_passed"
    second = FOUR - DAY / 86400
    taken = [order_meal(**said, via="online", by=elder.login, resident=elder, at=second)]
    taken += [make_canteen.order(dish=dish, at=HALF_PAST_NINE - DAY / 86400) for _ in range(2)]
    assert left(dish) == 0
    assert code_of(make_canteen.order, dish=dish) == "full"
    assert give_up_meal(order=taken[0], via="online", at=second, by=elder.login).status == "cancelled"
    late = give_up_meal(order=taken[1], via="phone", at=HALF_PAST_NINE, by=boss)
    assert (late.status, left(dish)) == ("uneaten", 1)
    assert code_of(give_up_meal, order=late, via="phone", at=AT, by=boss) == "not_possible"
    assert list(find_canteen_violations()) == []


def test_after_the_cut_off_a_named_person_takes_it_down_with_a_reason():
    dish, boss = make_canteen.dish(), make.post("canteen").user
    late = {"dish": dish, "at": HALF_PAST_NINE, "late_reason": "昨天住院今天回家"}
    order = make_canteen.order(**late, by=boss)
    assert (order.late_by, order.late_reason) == (boss, "昨天住院今天回家")
    assert code_of(make_canteen.order, **late, by=make.post("hall_clerk").user) == "not_allowed"
    elder = care.elder(login=make.resident_login())
    assert code_of(make_canteen.order, **late, via="online", by=elder.login, resident=elder) == "not_allowed"
    assert code_of(make_canteen.order, **late | {"at": AT + 2 * DAY}, by=boss) == "day_past"
    with pytest.raises(IntegrityError), transaction.atomic():
        MealOrder.objects.filter(pk=order.pk).update(late_reason="")


def test_who_may_order_for_whom():
    dish, elder = make_canteen.dish("面 / 8元 / 9份"), care.elder()
    agent = make.resident_login()
    make.mandate(principal=elder, agent=agent, scope="meals")
    order = make_canteen.order(dish=dish, resident=elder, via="online", by=agent)
    assert order.mandate.agent == agent
    assert list(MealOrder.objects.mine(agent)) == [order]
    stranger = make.resident_login()
    assert code_of(make_canteen.order, dish=dish, via="online", by=stranger) == "not_allowed"
    assert code_of(give_up_meal, order=order, via="online", at=AT, by=stranger) == "not_allowed"
    assert code_of(make_canteen.order, dish=dish, by=make.post("volunteer").user) == "not_allowed"
    far = care.elder(community=make.community())
    assert code_of(make_canteen.order, dish=dish, resident=far) == "other_community"


def test_address_is_asked_saved_and_never_taken_from_the_register():
    dish, elder = make_canteen.dish(), care.elder()
    without = make_canteen.wish("delivery")
    assert code_of(make_canteen.order, dish=dish, resident=elder, wish=without) == "address_missing"
    home = care.home(make.here())
    order = make_canteen.order(dish=dish, resident=elder, wish=make_canteen.brought(home))
    assert (order.building, order.door) == (home, "2-501")
    assert (elder.meal_profile.building, elder.meal_profile.door) == (home, "2-501")
    with pytest.raises(IntegrityError), transaction.atomic():
        MealOrder.objects.filter(pk=order.pk).update(building=None)


def test_dish_that_they_must_not_eat_is_refused_but_for_their_own_word():
    dish, boss = make_canteen.dish(), care.coordinator()
    elder = care.elder()
    said = {"resident": elder, "via": "phone", "at": AT, "by": boss}
    no_soy = make_canteen.wish(allergens=["soy"])
    assert code_of(note_meal_profile, wish=no_soy, **said) == "consent_missing"
    note_meal_profile(wish=make_canteen.wish(allergens=["soy"], consents=True), **said)
    assert code_of(order_meal, dish=dish, wish=make_canteen.wish(), **said) == "allergen"
    order = order_meal(dish=dish, wish=make_canteen.wish(eats_anyway=True), **said)
    other = make_canteen.order(dish=dish)
    assert list(MealOrder.objects.against_diet(AT.date())) == [order]
    no_soy = make_canteen.wish(allergens=["soy"], consents=True)
    note_meal_profile(resident=other.resident, wish=no_soy, via="phone", at=AT, by=boss)
    assert MealOrder.objects.against_diet(AT.date()).count() == 2
    consent = Consent.objects.get(resident=elder)
    withdraw_consent(consent=consent, via="window", at=AT, by=make.director())
    order.refresh_from_db()
    assert (MealProfile.objects.get(resident=elder).allergens, order.eats_anyway) == ([], [])


def test_closed_day_takes_no_order_and_calls_off_what_was_ordered():
    order = make_canteen.order()
    make.closure(facility=order.dish.menu.facility, starts_on=TOMORROW, ends_on=TOMORROW)
    assert code_of(make_canteen.order, dish=order.dish) == "place_closed"
    assert list(MealOrder.objects.stranded(AT.date())) == [order]
    revoke_meal(order=order, reason="停水", at=AT, by=care.coordinator())
    assert (order.status, left(order.dish)) == ("revoked", 3)
    assert Message.objects.filter(event="meal_revoked").count() == 1


def test_dead_are_not_cooked_for_whatever_the_cut_off():
    order = make_canteen.order()
    standing = make_canteen.standing(resident=order.resident)
    report_death(resident=order.resident, died_on=AT.date(), at=HALF_PAST_NINE, by=make.director())
    order.refresh_from_db()
    standing.refresh_from_db()
    assert (order.status, standing.status, left(order.dish)) == ("cancelled", "ended", 3)


def test_open_requests_become_orders_or_are_called_off_with_a_message():
    kind = care.request_kind(code="meals")
    for number, code in enumerate(["lunch", "home", "soft"]):
        care.question(kind=kind, sort="need", code=code, asks_address=code == "home", order=number)
    boss, home = care.coordinator(), care.home(make.here())
    elders = [care.elder() for _ in range(3)]
    said = {"kind": kind, "via": "phone", "at": AT, "by": boss}
    asked = Answers(needs=["lunch", "home", "soft"], building=home, door="1-101", consents=True)
    for elder, days in zip(elders, (1, 1, 3), strict=True):
        actions.request_care(resident=elder, answers=asked, day=AT.date() + days * DAY, **said)
    make_canteen.dish("软饭套餐 / 9元 / 1份 / 可软")
    found = carry_requests_over(community=make.here(), at=AT, by=boss)
    assert (len(found.orders), len(found.refused), len(found.left)) == (1, 1, 1)
    [order] = found.orders
    assert (order.way, order.variants, order.door) == ("delivery", ["soft"], "1-101")
    assert sorted(CareBooking.objects.values_list("status", flat=True)) == [
        "cancelled",
        "requested",
        "revoked",
    ]
    assert Message.objects.filter(event="care_revoked").count() == 1
    assert carry_requests_over(community=make.here(), at=AT, by=boss).orders == []
