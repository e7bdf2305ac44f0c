"""Moving in and out, with dates that stay."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from circle.actions import move_in, move_out
from circle.models import Residence
from tests import make

pytestmark = pytest.mark.django_db

AT = make.MORNING
TODAY = AT.date()


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def come(resident, building, on=TODAY, **values) -> Residence:
    return move_in(resident=resident, building=building, on=on, at=AT, by=make.clerk(), **values)


def go(resident, on=TODAY) -> None:
    move_out(resident=resident, on=on, at=AT, by=make.clerk())


def code_of(act, *args, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    return refusal.value.code


def homes(resident) -> list[tuple]:
    rows = resident.residences.order_by("moved_in_on", "id")
    return [(row.building, row.moved_in_on, row.moved_out_on) for row in rows]


def test_every_home_keeps_its_dates():
    resident, first, second = make.resident(), make.building(), make.building()
    come(resident, first, days_ago(90))
    for _ in range(2):
        come(resident, second, days_ago(30))
    for _ in range(2):
        go(resident, days_ago(1))
    assert homes(resident) == [
        (first, days_ago(90), days_ago(30)),
        (second, days_ago(30), days_ago(1)),
    ]
    resident.refresh_from_db()
    assert (resident.building, resident.household) == (None, None)


def test_a_household_comes_with_its_building():
    household = make.household()
    resident = make.resident(community=household.community)
    come(resident, household.building, household=household)
    assert set(household.members.all()) == {resident}


def test_who_lived_here_before_moves_were_kept_moves_out_with_a_row():
    building = make.building()
    resident = make.resident(building=building)
    go(resident)
    assert homes(resident) == [(building, TODAY, TODAY)]


def test_a_move_is_refused():
    resident = make.resident()
    assert code_of(come, resident, make.building(community=make.community())) == "other_community"
    assert code_of(come, resident, make.building(), household=make.household()) == "household_elsewhere"
    assert code_of(come, resident, make.building(), days_ago(-1)) == "move_in_future"
    come(resident, make.building(), days_ago(5))
    assert code_of(go, resident, days_ago(6)) == "move_before_last"
    assert code_of(come, make.resident(died_on=TODAY), make.building()) == "resident_gone"
    assert Residence.objects.count() == 1
