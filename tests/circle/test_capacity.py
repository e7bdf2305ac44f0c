"""Places are tried on slots, which are places like any others."""

import threading

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.test.utils import isolate_apps

from circle.booking.capacity import LimitedCapacity, check_capacity_constraints, has_capacity_constraint
from services.models import Slot
from tests import make

# Places are taken here without a booking that holds them.
pytestmark = [pytest.mark.django_db, pytest.mark.planted]


def numbers_of(slot: Slot) -> tuple[int, int]:
    """What the row says, after making sure that the object says the same."""
    kept = Slot.objects.get(pk=slot.pk)
    assert (slot.taken, slot.capacity) == (kept.taken, kept.capacity)
    return kept.taken, kept.capacity


def refusal_of(act, *arguments, **more) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*arguments, **more)
    return refusal.value.code


def test_take_counts_in_the_row_and_in_the_object():
    slot = make.slot(capacity=3)
    slot.take()
    slot.take(2)
    assert numbers_of(slot) == (3, 3)
    assert slot.left == 0


def test_take_refuses_when_all_are_taken():
    slot = make.slot(capacity=1, taken=1)
    assert refusal_of(slot.take) == "full"
    assert numbers_of(slot) == (1, 1)


def test_take_refuses_more_than_are_left():
    slot = make.slot(capacity=3, taken=2)
    assert refusal_of(slot.take, 2) == "full"
    assert numbers_of(slot) == (2, 3)


def test_take_refuses_what_has_no_places_at_all():
    assert refusal_of(make.slot(capacity=0).take) == "full"


def test_take_asks_the_row_and_not_the_object():
    slot = make.slot(capacity=1)
    stale = Slot.objects.get(pk=slot.pk)
    slot.take()
    assert stale.left == 1
    assert refusal_of(stale.take) == "full"


def test_take_refuses_where_a_condition_does_not_hold():
    slot = make.slot(capacity=2, closed_by="staff")
    assert refusal_of(slot.take, 1, closed_by="") == "full"
    assert refusal_of(slot.take, 1, Q(starts_at__gt=make.moment(2, 9))) == "full"
    assert refusal_of(slot.take, 1, Q(starts_at__gt=make.MORNING), closed_by="") == "full"
    assert numbers_of(slot) == (0, 2)


def test_take_goes_through_where_every_condition_holds():
    slot = make.slot(capacity=2)
    slot.take(1, Q(starts_at__gt=make.MORNING), Q(channel="online"), closed_by="")
    assert numbers_of(slot) == (1, 2)


def test_take_touches_no_other_row():
    slot, other = make.slot(), make.slot()
    slot.take()
    assert numbers_of(other) == (0, 2)


def test_give_back_frees_places():
    slot = make.slot(capacity=3, taken=3)
    slot.give_back()
    assert numbers_of(slot) == (2, 3)
    slot.give_back(2)
    assert numbers_of(slot) == (0, 3)
    slot.take(3)
    assert numbers_of(slot) == (3, 3)


@pytest.mark.parametrize(("taken", "n"), [(0, 1), (1, 2)])
def test_giving_back_more_than_was_taken_is_an_error(taken, n):
    slot = make.slot(capacity=3, taken=taken)
    with pytest.raises(RuntimeError):
        slot.give_back(n)
    assert numbers_of(slot) == (taken, 3)


@pytest.mark.parametrize(("by", "capacity"), [(2, 5), (-1, 2), (-2, 1), (0, 3)])
def test_resize_adds_places_and_takes_free_ones_away(by, capacity):
    slot = make.slot(capacity=3, taken=1)
    slot.resize(by)
    assert numbers_of(slot) == (1, capacity)


@pytest.mark.parametrize("by", [-3, -4, -100])
def test_resize_refuses_to_take_away_what_is_taken(by):
    slot = make.slot(capacity=3, taken=1)
    assert refusal_of(slot.resize, by) == "full"
    assert numbers_of(slot) == (1, 3)


def test_with_places_left_leaves_full_ones_out():
    free = make.slot(capacity=2, taken=1)
    make.slot(capacity=2, taken=2)
    make.slot(capacity=0)
    assert list(Slot.objects.with_places_left()) == [free]


# The last belt ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"taken": 3}, {"capacity": 0}, {"taken": -1}, {"capacity": -1}])
def test_database_itself_refuses_more_taken_than_there_are(change):
    slot = make.slot(capacity=2, taken=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**change)
    assert numbers_of(slot) == (1, 2)


@isolate_apps("circle")
def test_subclass_with_the_meta_keeps_the_check():
    class Bus(LimitedCapacity):
        class Meta(LimitedCapacity.Meta):
            app_label = "circle"

    class Coach(LimitedCapacity):
        number = models.IntegerField()

        class Meta(LimitedCapacity.Meta):
            app_label = "circle"
            constraints = [
                *LimitedCapacity.Meta.constraints,
                models.UniqueConstraint(fields=["number"], name="coach_once"),
            ]

    assert has_capacity_constraint(Bus)
    assert has_capacity_constraint(Coach)


@isolate_apps("circle")
def test_subclass_without_the_meta_loses_the_check():
    class Tram(LimitedCapacity):
        number = models.IntegerField()

        class Meta:
            app_label = "circle"
            constraints = [models.UniqueConstraint(fields=["number"], name="tram_once")]

    assert not has_capacity_constraint(Tram)


def test_system_check_names_a_subclass_without_the_check(monkeypatch):
    with isolate_apps("circle"):

        class Tram(LimitedCapacity):
            class Meta:
                app_label = "circle"

    assert check_capacity_constraints() == []
    monkeypatch.setitem(apps.all_models["circle"], "tram", Tram)
    apps.clear_cache()
    try:
        (error,) = check_capacity_constraints()
    finally:
        monkeypatch.undo()
        apps.clear_cache()
    assert (error.id, error.obj) == ("circle.E001", Tram)


# Many at once -----------------------------------------------------------------------------------------------


def codes(answers: list) -> list[str]:
    """The code of each refusal, "got" for each call that came through."""
    return sorted(getattr(answer, "code", answer) or "got" for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_last_places_go_to_as_many_as_there_are(at_once):
    slot = make.slot(capacity=3)
    answers = at_once(*[Slot.objects.get(pk=slot.pk).take for _ in range(12)])
    assert codes(answers) == ["full"] * 9 + ["got"] * 3
    assert Slot.objects.get(pk=slot.pk).taken == 3


@pytest.mark.django_db(transaction=True)
def test_transactions_that_take_and_roll_back_leave_the_places_to_others(at_once):
    slot = make.slot(capacity=4)
    lock = threading.Lock()
    unlucky = iter([True, False] * 8)

    def take_and_perhaps_regret() -> None:
        with lock:
            regrets = next(unlucky)
        with transaction.atomic():
            Slot.objects.get(pk=slot.pk).take()
            if regrets:
                raise LookupError

    answers = at_once(*[take_and_perhaps_regret] * 8)
    # Who waits is told only when the one before has made up its mind, so the four get their places.
    assert answers.count(None) == 4
    assert Slot.objects.get(pk=slot.pk).taken == 4


@pytest.mark.django_db(transaction=True)
def test_taking_returning_and_resizing_at_once_keep_the_count(at_once):
    slot = make.slot(capacity=4, taken=4)
    acts = [lambda: Slot.objects.get(pk=slot.pk).give_back()] * 4
    acts += [lambda: Slot.objects.get(pk=slot.pk).take()] * 4
    acts += [lambda: Slot.objects.get(pk=slot.pk).resize(-1)] * 4
    answers = codes(at_once(*acts))
    kept = Slot.objects.get(pk=slot.pk)
    assert set(answers) <= {"got", "full"}
    assert 0 <= kept.taken <= kept.capacity <= 4
    # Four gave back for sure; each other act that came through took a place or removed one.
    assert answers.count("got") - 4 == kept.taken + (4 - kept.capacity)
