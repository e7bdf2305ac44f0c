"""Numbers that change, are lost, or come back after half a year."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import change_phone, doubt_if_unused, release_number, settle_doubt
from circle.models import Record, Resident, User
from tests import make

pytestmark = pytest.mark.django_db

AT = make.MORNING
NEW = "13800138000"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def change(resident, phone=NEW, shown="resident") -> Resident:
    return change_phone(resident=resident, phone=phone, shown=shown, at=AT, by=make.clerk())


def code_of(act, *args, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    return refusal.value.code


# At the window ----------------------------------------------------------------------------------------------


def test_a_new_number_detaches_the_old_login_and_ends_its_sessions(client):
    resident = make.own_resident()
    old = resident.login
    client.force_login(old)
    assert client.get("/me/").status_code == 200
    changed = change(resident)
    assert (changed.phone, changed.login) == (NEW, None)
    assert set(Resident.objects.represented_by(old)) == set()
    assert client.get("/me/").status_code == 302
    kept = Record.objects.about(resident).get()
    assert (kept.verb, kept.details) == ("phone_changed", {"shown": "resident"})


def test_a_lost_phone_leaves_a_resident_without_a_number():
    resident = change(make.own_resident(), "")
    assert (resident.phone, resident.login) == ("", None)
    assert Record.objects.about(resident).get().verb == "phone_lost"


def test_mandates_go_with_the_person_to_the_new_number():
    resident = make.own_resident()
    mandate = make.mandate(agent=resident.login)
    change(resident)
    mandate.refresh_from_db()
    assert (mandate.agent.phone, mandate.revoked_at) == (NEW, None)


def test_mandates_of_a_lost_phone_end():
    resident = make.own_resident()
    mandate = make.mandate(agent=resident.login)
    change(resident, "")
    mandate.refresh_from_db()
    assert mandate.revoked_at == AT


def test_a_login_that_serves_others_keeps_its_mandates():
    resident = make.own_resident()
    make.resident(login=resident.login)
    mandate = make.mandate(agent=resident.login)
    change(resident)
    mandate.refresh_from_db()
    assert (mandate.agent, mandate.revoked_at) == (resident.login, None)


def test_a_change_is_refused():
    resident = make.own_resident()
    assert code_of(change, resident, "12") == "phone_invalid"
    assert code_of(change, resident, NEW, "") == "document_missing"
    assert code_of(change, make.resident(died_on=AT.date())) == "resident_gone"
    resident.refresh_from_db()
    assert resident.login is not None


# Unused for half a year -------------------------------------------------------------------------------------


@pytest.fixture
def old() -> Resident:
    """Whose number was last used 181 days ago."""
    login = make.resident_login(last_login=AT - dt.timedelta(days=181))
    return make.resident(
        login=login, phone=login.phone, building=make.building(), born_on=dt.date(1940, 3, 5)
    )


def settle(old, building="own", year=1940) -> None:
    building = old.building if building == "own" else building
    settle_doubt(user=old.login, building=building, birth_year=year, community=old.community, at=AT)


@pytest.mark.parametrize(("days", "is_doubted"), [(179, False), (180, False), (181, True)])
def test_a_number_is_doubted_after_half_a_year(days, is_doubted):
    login = make.resident_login(last_login=AT - dt.timedelta(days=days))
    make.resident(login=login)
    assert doubt_if_unused(user=login, at=AT) is is_doubted


def test_a_number_behind_which_nobody_stands_is_not_doubted():
    login = make.resident_login(last_login=AT - dt.timedelta(days=500))
    assert not doubt_if_unused(user=login, at=AT)


def test_a_doubted_number_opens_nothing_until_it_is_answered(old):
    mandate = make.mandate(agent=old.login)
    doubt_if_unused(user=old.login, at=AT)
    login = User.objects.get(pk=old.login.pk)
    assert set(Resident.objects.represented_by(login)) == set(Resident.objects.own(login)) == set()
    settle(old)
    login.refresh_from_db()
    assert set(Resident.objects.represented_by(login)) == {old, mandate.principal}
    assert Record.objects.about(login).get().verb == "number_released"


def test_wrong_answers_are_recorded_and_only_five_are_heard(old):
    doubt_if_unused(user=old.login, at=AT)
    for building, year in [(None, 1940), (make.building(), 1940), ("own", 1941), ("own", 1), ("own", 9)]:
        assert code_of(settle, old, building, year) == "not_matching"
    assert code_of(settle, old) == "doubt_locked"
    assert [row.details["code"] for row in Record.objects.about(old.login)] == [
        "doubt_locked",
        *["not_matching"] * 5,
    ]
    release_number(user=old.login, community=old.community, at=AT, by=make.clerk())
    assert old in Resident.objects.represented_by(User.objects.get(pk=old.login.pk))
