"""The last seat: two members of staff and a parent at once, with and without what guards it."""

import pytest
from django.core.exceptions import ValidationError

from childcare import actions
from childcare.actions import chains, offers
from childcare.models import Application, NurseryClass, SeatDay
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import ONE_DAY, START

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 200
LAST = START + 27 * ONE_DAY  # a Sunday
FIRST_BORN, SECOND_BORN = (START.replace(year=2025, month=month) for month in (9, 10))


def code(answer) -> str:
    if isinstance(answer, Exception) and not isinstance(answer, ValidationError):
        raise answer
    return answer.code if isinstance(answer, ValidationError) else ""


@pytest.fixture
def race(at_once):
    """A class of one place that a child leaves. At once two families are offered it from the day after, and
    the first family wants to stay after all; afterwards everything is as before."""
    group = make.nursery_class(capacity=1, below_months=20)
    first = make.enrolled(nursery_class=group, child_born_on=FIRST_BORN)
    born_on = {"child_born_on": SECOND_BORN, "start_on": LAST + ONE_DAY}
    waiting = [make.verified(nursery_class=group, **born_on) for _ in range(2)]
    by, parent = ground.user(), first.guardian.login
    notice = {"application": first, "via": "online", "at": MORNING, "by": parent}
    actions.give_notice(last_day=LAST, **notice)

    def offer(application):
        row = Application.objects.shown().get(pk=application.pk)
        return actions.offer_place(
            application=row,
            nursery_class=NurseryClass.objects.get(pk=group.pk),
            start_on=LAST + ONE_DAY,
            days=5,
            at=MORNING,
            by=by,
            reason="asked",
        )

    def stay():
        row = Application.objects.shown().get(pk=first.pk)
        return actions.withdraw_notice(**notice | {"application": row})

    def run() -> list[str]:
        return [code(each) for each in at_once(lambda: offer(waiting[0]), lambda: offer(waiting[1]), stay)]

    def reset() -> None:
        for each in waiting:
            row = Application.objects.shown().get(pk=each.pk)
            if row.status == "offered":
                actions.revoke_offer(application=row, reason="mistake", at=MORNING, by=by)
        row = Application.objects.shown().get(pk=first.pk)
        actions.give_notice(**notice | {"application": row, "last_day": LAST})

    return run, reset


def test_two_children_change_nurseries_crosswise_at_once(at_once):
    """Each locks both nurseries in the same order."""
    groups = [make.nursery_class(facility=ground.facility(dimension="children")) for _ in range(2)]
    children, by = [], make.head(community=groups[0].community)
    for number, group in enumerate(groups):
        found = make.verified(nursery_class=group, child_born_on=FIRST_BORN)
        wishes = {"nursery_class": groups[1 - number], "further": [group], "start_on": START}
        actions.change_wish(application=found, via="online", at=MORNING, by=found.guardian.login, **wishes)
        offered = {"nursery_class": group, "start_on": START, "days": 5, "at": MORNING, "by": by}
        actions.offer_place(application=found, **offered)
        actions.accept_offer(application=found, via="online", at=MORNING, by=found.guardian.login)
        children.append(found.pk)

    def move(number: int) -> Application:
        row = Application.objects.shown().get(pk=children[number])
        to = groups[1 - number]
        return actions.reseat_child(application=row, nursery_class=to, start_on=START, at=MORNING, by=by)

    answers = at_once(lambda: move(0), lambda: move(1))
    assert [code(each) for each in answers] == ["", ""]
    assert [each.offered_class for each in answers] == [groups[1], groups[0]]


def holders() -> int:
    """Children that believe they have the seat on the day after."""
    staying = Application.objects.filter(status="enrolled", last_day=None)
    return staying.count() + Application.objects.filter(status="offered").count()


@pytest.mark.long
def test_scenario_5_the_last_seat_has_one_winner_two_hundred_times(race):
    run, reset = race
    for _ in range(ROUNDS):
        assert sorted(run()) == ["", "full", "full"]
        assert holders() == 1
        assert SeatDay.objects.filter(day=LAST + ONE_DAY, half="am").count() == 1
        reset()


def look_before(monkeypatch, group) -> None:
    """Everybody has looked for free seats before anybody booked one."""
    seen = {
        born_on: chains.plan_chain(group, born_on, LAST + ONE_DAY, MORNING.date())
        for born_on in (FIRST_BORN, SECOND_BORN)
    }

    def as_seen(nursery_class, born_on, *args):
        return seen[born_on]

    for module in (offers, chains):
        monkeypatch.setattr(module, "plan_chain", as_seen)


def test_the_constraint_alone_lets_one_win(race, monkeypatch):
    run, _reset = race
    look_before(monkeypatch, NurseryClass.objects.get(capacity=1))
    assert sorted(run()) == ["", "full", "full"]
    assert holders() == 1


@pytest.mark.planted
def test_without_lock_and_constraint_all_believe_that_they_have_the_seat(race, monkeypatch):
    """The negative control of the tests above."""
    run, _reset = race
    look_before(monkeypatch, NurseryClass.objects.get(capacity=1))

    def book_in_spite(stay, parts) -> None:
        child = stay.application.child_id
        rows = [
            SeatDay(seat_id=part.seat, day=day, half="am", child_id=child, stay=stay)
            for part in parts
            for day in part.days
        ]
        SeatDay.objects.bulk_create(rows, ignore_conflicts=True)

    monkeypatch.setattr(chains, "book_parts", book_in_spite)
    assert run() == ["", "", ""]
    assert holders() == 3
