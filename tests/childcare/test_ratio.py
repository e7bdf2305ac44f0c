"""Children present against carers with the class: a gate for the next arrival only."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.actions.ratio import carers_needed
from childcare.hooks.schedule import find_violations
from childcare.models import ChildDay, RatioConfirmation
from circle.models import Message, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
PER_CARER = {"infants": 3, "toddlers": 5, "older": 7}


@pytest.fixture(autouse=True)
def rule():
    ground.rule("nursery_ratio", params=PER_CARER)


@pytest.fixture
def on_the_morning():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def group():
    """Three children and places for more; one carer for one child."""
    ground.Rule.objects.filter(kind="nursery_ratio").update(params={"infants": 1, "toddlers": 1, "older": 1})
    return make.nursery_class(capacity=3)


def code(act, **values) -> str:
    try:
        act(**values)
    except ValidationError as refusal:
        return refusal.code
    return ""


def children(group, number: int) -> list:
    return [
        make.enrolled(nursery_class=group, guardian=ground.own_resident(community=group.community))
        for _ in range(number)
    ]


def arrive(application) -> str:
    return code(actions.check_in_child, application=application, at=AT, by=ground.user())


def count(group, carers: int) -> None:
    actions.count_carers(nursery_class=group, carers=carers, at=AT, by=ground.user())


def confirm(group, reason: str = "on_the_way") -> str:
    return code(actions.confirm_ratio, nursery_class=group, reason=reason, at=AT, by=ground.user())


# Counting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "ages", "needed"),
    [
        ("infants", [8] * 4, 2),
        ("toddlers", [20] * 5, 1),
        ("toddlers", [20] * 6, 2),
        ("older", [30] * 8, 2),
        ("mixed", [20] * 8 + [30] * 10, 4),  # 8/5 + 10/7 = 3.03
        ("mixed", [20] * 5 + [30] * 14, 3),  # exactly 1 + 2
        ("mixed", [], 0),
    ],
)
def test_scenario_11_carers_are_the_ceiling_of_the_exact_sum(band, ages, needed):
    births = [START - dt.timedelta(days=months * 31) for months in ages]
    assert carers_needed(band, births, START, PER_CARER) == needed


# The gate ---------------------------------------------------------------------------------------------------


def test_scenario_11_the_next_child_is_stopped_and_nobody_is_thrown_out(group):
    first, second, third = children(group, 3)
    count(group, 2)
    assert [arrive(first), arrive(second)] == ["", ""]
    count(group, 1)  # one calls in sick
    assert arrive(third) == "too_few_carers"
    assert ChildDay.objects.filter(status="present").count() == 2


def test_confirmed_with_a_reason_it_comes_in_and_the_head_of_the_nursery_knows(group):
    other = ground.facility(dimension="children", community=group.community)
    head = make.head(community=group.community, facility=group.facility)
    make.head(community=group.community, facility=other)
    first, second, third = children(group, 3)
    count(group, 1)
    assert arrive(first) == ""
    assert arrive(second) == "too_few_carers"
    assert confirm(group, "") == "reason_missing"
    assert confirm(group) == ""
    assert arrive(second) == ""
    assert arrive(third) == "too_few_carers"  # more than was confirmed
    assert Message.objects.get(event="ratio_confirmed").user == head
    details = Record.objects.get(verb="ratio_confirmed").details
    assert (details["reason"], details["children"], details["needed"]) == ("on_the_way", 2, 2)


def test_a_confirmation_does_not_hold_with_fewer_carers(group):
    first, second = children(group, 2)
    count(group, 1)
    arrive(first)
    confirm(group)
    count(group, 0)
    assert arrive(second) == "too_few_carers"


def test_a_child_that_comes_back_passes_the_gate_and_who_is_here_does_not_meet_it_again(group):
    first, second = children(group, 2)
    count(group, 1)
    arrive(first)
    row = ChildDay.objects.get(application=first)
    assert arrive(first) == "already_present"
    key = f"guardian-{first.guardian.code}"
    actions.check_out_child(child_day=row, collector=key, at=AT, by=ground.user())
    arrive(second)
    back = {"child_day": ChildDay.objects.get(pk=row.pk), "at": AT, "by": ground.user()}
    assert code(actions.check_in_again, **back) == "too_few_carers"


def test_with_carers_enough_there_is_nothing_to_confirm(group):
    count(group, 3)
    assert confirm(group) == "not_short"


def test_without_a_rule_there_is_no_gate(group):
    ground.Rule.objects.filter(kind="nursery_ratio").delete()
    assert [arrive(each) for each in children(group, 2)] == ["", ""]


WRONG = [
    {"infants": 3, "toddlers": 5},
    {"infants": 3, "toddlers": 0, "older": 7},
    {"infants": 3, "toddlers": -5, "older": 7},
    {"infants": 3, "toddlers": 2.5, "older": 7},
    {"infants": 3, "toddlers": True, "older": 7},
    {"infants": 3, "toddlers": "five", "older": 7},
    [3, 5, 7],
]


def test_a_rule_that_nothing_can_be_counted_with_stops_nobody_and_is_reported(group):
    count(group, 1)
    waiting = children(group, 2)
    mixed = make.nursery_class("mixed", facility=group.facility)
    for params in WRONG:
        ground.Rule.objects.filter(kind="nursery_ratio").update(params=params)
        assert actions.class_ratio(group, START).needed is None
        assert actions.class_ratio(mixed, START).needed is None
        assert any("carers cannot be counted" in each for each in find_violations())
    assert [arrive(each) for each in waiting] == ["", ""]
    ground.Rule.objects.filter(kind="nursery_ratio").update(params=PER_CARER)
    assert not list(find_violations())


def test_staff_cannot_save_a_ratio_that_nothing_can_be_counted_with(client):
    client.force_login(ground.director())
    url = reverse("admin:circle_rule_add")
    said = {"kind": "nursery_ratio", "valid_from": "2027-01-01", "source_zh": "示例"}
    for params in WRONG:
        answer = client.post(f"/en{url}", said | {"params": json.dumps(params)})
        assert "at least 1" in answer.text
    assert not ground.Rule.objects.filter(valid_from="2027-01-01").exists()
    assert client.post(url, said | {"params": json.dumps(PER_CARER)}).status_code == 302
    assert ground.Rule.objects.filter(valid_from="2027-01-01").exists()


def test_those_who_look_after_the_class_count_until_somebody_says_a_number(group):
    assert actions.class_ratio(group, START).carers is None
    assert arrive(children(group, 1)[0]) == ""
    make.nurse(group, community=group.community)
    assert actions.class_ratio(group, START).carers == 1
    count(group, 2)
    assert actions.class_ratio(group, START).carers == 2
    assert (
        code(actions.count_carers, nursery_class=group, carers=-1, at=AT, by=ground.user()) == "number_wrong"
    )


def test_all_have_come_stops_whole_at_the_gate(group):
    children(group, 2)
    count(group, 1)
    assert code(actions.check_in_class, nursery_class=group, at=AT, by=ground.user()) == "too_few_carers"
    assert not ChildDay.objects.filter(status="present").exists()


def test_database_refuses_a_confirmation_where_no_carer_is_missing(group):
    same = {"nursery_class": group, "day": START, "at": AT, "by": ground.user(), "children": 3}
    for wrong in (
        {"reason": "short", "needed": 2, "carers": 2},
        {"reason": "because", "needed": 3, "carers": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RatioConfirmation.objects.create(**same | wrong)


# The sheet --------------------------------------------------------------------------------------------------


def test_nurse_sets_the_carers_and_lets_the_next_child_in_with_one_tap(client, html, group, on_the_morning):
    first, second = children(group, 2)
    client.force_login(make.nurse(group, community=group.community))
    sheet, url = (
        reverse("admin:childcare_childday_sheet"),
        reverse("admin:childcare_childday_carers", args=[group.pk]),
    )
    client.post(url, {"carers": "1"})
    assert "Too few carers" not in html(client.get(f"/en{sheet}"))
    arrive(first)
    text = html(client.get(f"/en{sheet}"))
    assert "Too few carers for another child" in text
    client.post(url, {"reason": "short"})
    assert "Too few carers for another child" not in html(client.get(f"/en{sheet}"))
    assert arrive(second) == ""
    assert client.post(f"/en{url}", {"carers": "many"}).status_code == 302
    assert "Enter how many carers" in html(client.get(f"/en{sheet}"))
