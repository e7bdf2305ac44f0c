"""One child entered by two parents without a common guardian or home: found before it has two places."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from childcare import actions
from childcare.models import KnownApart
from circle.actions import merge_residents
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make

pytestmark = pytest.mark.django_db
AT = ground.MORNING


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def sent_in(name: str = "王小明", **more):
    """By a parent with a new phone and no home in the register."""
    return make.submitted(guardian=ground.own_resident(), child_name=name, **more)


def verify(application) -> None:
    actions.verify_application(application=application, papers=make.PAPERS, at=AT, by=ground.user())


def offer(application) -> None:
    group, day = application.nursery_class, application.start_on
    actions.offer_place(
        application=application, nursery_class=group, start_on=day, days=5, at=AT, by=ground.user()
    )


def refused(act, *args) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args)
    return refusal.value.code


@pytest.mark.parametrize("spelt", ["王小明", "王 小明", "王·小明"])
def test_child_of_two_parents_is_neither_verified_nor_offered_a_place(spelt):
    first = sent_in()
    verify(first)
    second = sent_in(spelt)
    assert refused(verify, second) == "perhaps_known"
    assert refused(offer, first) == "perhaps_known"


@pytest.mark.parametrize("other", [{"name": "王小红"}, {"child_born_on": dt.date(2025, 6, 2)}])
def test_other_name_or_birthday_is_another_child(other):
    first, second = sent_in(), sent_in(**other)
    verify(first)
    verify(second)


def test_child_of_another_community_is_another_child():
    first = sent_in()
    make.submitted(guardian=ground.own_resident(community=ground.community()), child_name="王小明")
    verify(first)


def test_staff_say_that_it_is_another_child_and_both_go_on(client):
    first, second = sent_in(), sent_in()
    head = make.head()
    client.force_login(head)
    page = client.get(reverse("admin:childcare_application_change", args=[second.pk])).text
    ask = reverse("admin:childcare_application_ask", args=[second.code, "another"])
    assert (ask in page, str(first.child.code) in page) == (True, True)
    for _ in range(2):
        assert client.post(ask).status_code == 302
    apart = KnownApart.objects.get()
    assert (apart.other, apart.decided_by) == (first.child, head)
    assert Record.objects.filter(verb="children_told_apart").count() == 1
    verify(first)
    verify(second)
    offer(second)
    third = sent_in()
    assert refused(verify, third) == "perhaps_known"


def test_two_rows_are_joined_once_one_application_is_withdrawn():
    first, second = sent_in(), sent_in()
    actions.withdraw_application(application=second, via="online", at=AT, by=second.guardian.login)
    assert refused(verify, first) == "perhaps_known"
    merge_residents(kept=first.child, duplicate=second.child, at=AT, by=ground.user())
    verify(first)


def test_board_shows_both_with_as_many_queries_as_for_none(client, queries_of):
    sent_in("孩子甲")
    client.force_login(make.head())
    board = reverse("admin:childcare_application_board")
    few = queries_of(board)
    sent_in()
    sent_in()
    assert queries_of(board) == few
    cards = [card for column in client.get(board).context["columns"] for card in column.cards]
    assert sorted(card.is_perhaps_known for card in cards) == [False, True, True]
