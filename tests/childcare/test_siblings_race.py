"""The last two seats: two households of twins and two single children at once, with and without the lock."""

import pytest
from django.core.exceptions import ValidationError

from childcare import actions
from childcare.actions import offers
from childcare.models import Application, NurseryClass, PassedOver, SeatDay
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 25
EXPECTED = {"together_only", "full"}


def households_of(group) -> list[list[int]]:
    """Two of twins that start together, and two of one child."""
    found = []
    for children in (2, 2, 1, 1):
        guardian = ground.own_resident(community=group.community)
        rows = [make.verified(nursery_class=group, guardian=guardian) for _ in range(children)]
        if children == 2:
            who = {"via": "online", "at": MORNING, "by": guardian.login}
            actions.declare_siblings(application=rows[0], siblings=rows[1:], mode="together_only", **who)
        found.append([each.pk for each in rows])
    return found


def offer(pk: int, group, by) -> Application:
    return actions.offer_place(
        application=Application.objects.shown().get(pk=pk),
        nursery_class=NurseryClass.objects.get(pk=group.pk),
        start_on=START,
        days=5,
        at=MORNING,
        by=by,
        reason="asked",
    )


def check(answer: object) -> None:
    if isinstance(answer, Exception):
        assert isinstance(answer, ValidationError), answer
        assert answer.code in EXPECTED


def take_back(pks: set[int], by) -> None:
    for pk in sorted(pks):
        row = Application.objects.shown().get(pk=pk)
        if row.status == "offered":
            actions.revoke_offer(application=row, reason="mistake", at=MORNING, by=by)
    PassedOver.objects.all().delete()


@pytest.fixture
def race(at_once):
    """How many children of each household were offered a place in one round; then everything is as before."""
    group, by = make.nursery_class(capacity=2), ground.user()
    households = households_of(group)

    def run() -> list[int]:
        for answer in at_once(*(lambda pk=pks[0]: offer(pk, group, by) for pks in households)):
            check(answer)
        offered = set(Application.objects.filter(status="offered").values_list("pk", flat=True))
        take_back(offered, by)
        return [len(offered & set(pks)) for pks in households]

    return run


@pytest.mark.long
def test_the_last_two_seats_go_to_one_pair_of_twins_or_to_two_children(race):
    for _ in range(ROUNDS):
        given = race()
        assert given[0] in (0, 2)
        assert given[1] in (0, 2)
        assert sum(given) == 2
        assert not SeatDay.objects.exists()


def test_without_the_lock_of_the_classes_the_promise_is_left_to_the_seats_alone(race, monkeypatch):
    """The control: nobody waits, and the unique days of the seats alone keep a third child out; whoever is
    late is refused, and no pair is torn."""
    monkeypatch.setattr(offers, "lock_classes", lambda *groups: None)
    for _ in range(5):
        given = race()
        assert given[0] in (0, 2)
        assert given[1] in (0, 2)
        assert sum(given) <= 2


@pytest.mark.planted
def test_without_the_household_a_pair_is_torn(race, monkeypatch):
    """The negative control: each child is offered a place by itself."""
    monkeypatch.setattr(offers, "household_places", lambda application, group, *more: [(application, group)])
    assert any(1 in race()[:2] for _ in range(10))
