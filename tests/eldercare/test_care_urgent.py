"""Urgent help: one phone number, the real duty hours, a button in them, and who does not come home."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import close_alarm
from circle.models import Alarm
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
CALL = "/eldercare/call/"
HOURS = {"from": "08:00", "to": "20:00"}
NINE, TEN = make.moment(1, 9), make.moment(1, 10)


@pytest.fixture
def hours():
    return make.rule("duty_hours", params=HOURS)


@pytest.fixture
def at_ten():
    with time_machine.travel(TEN, tick=False):
        yield


def test_refusal_names_the_same_phone_as_every_page():
    kind = care.kind(facility=make.facility(hours="8:00-20:00", phone="0851-0000 0110"))
    care.question(kind=kind)
    elder, slot = make.own_resident(), care.slot(kind=kind)
    said = {"answers": Answers(), "via": "online", "at": make.MORNING, "by": elder.login}
    with pytest.raises(ValidationError, match="0100") as refused:
        actions.book_slot(kind=kind, slot=slot, resident=elder, **said)
    assert refused.value.code == "precondition"
    assert "0110" not in refused.value.messages[0]


def test_page_says_the_real_duty_hours(client, hours):
    kind = care.kind(way="emergency", is_at_home=True)
    page = client.get(kind.get_absolute_url()).text
    assert "昼夜" not in page
    assert "24小时" not in page
    assert "8:00" in page
    assert "20:00" in page


def test_button_raises_an_alarm_in_duty_hours(client, hours, at_ten):
    care.kind(way="emergency", is_at_home=True)
    elder = make.own_resident()
    client.force_login(elder.login)
    assert elder.name in client.get(CALL).text
    page = client.post(CALL, {"resident": str(elder.code)}, follow=True)
    row = Alarm.objects.get()
    assert (row.resident, row.source, row.steps.get().by) == (elder, "help", elder.login)
    assert "120" in page.text
    client.post(CALL, {"resident": str(elder.code)})
    assert Alarm.objects.count() == 1


def test_agent_calls_for_whom_they_look_after_and_for_nobody_else(client, hours, at_ten):
    agent, elder, stranger = make.own_resident(), make.resident(), make.resident()
    make.mandate(principal=elder, agent=agent.login)
    client.force_login(agent.login)
    assert client.post(CALL, {"resident": str(stranger.code)}).status_code == 422
    assert not Alarm.objects.exists()
    client.post(CALL, {"resident": str(elder.code)})
    assert Alarm.objects.get().resident == elder


@pytest.mark.parametrize("hour", [7, 20, 23])
def test_outside_duty_hours_there_is_the_phone_only(client, hours, hour):
    elder = make.own_resident()
    client.force_login(elder.login)
    with time_machine.travel(make.moment(1, hour), tick=False):
        page = client.get(CALL)
        assert "120" in page.text
        assert "<button" not in page.text.split("<main")[1].split("</main>")[0]
        assert client.post(CALL, {"resident": str(elder.code)}).status_code == 422
    assert not Alarm.objects.exists()


def test_call_without_the_rule_is_by_phone(client, at_ten):
    elder = make.own_resident()
    client.force_login(elder.login)
    assert client.post(CALL, {"resident": str(elder.code)}).status_code == 422


# Who does not come home --------------------------------------------------------------------------------


@pytest.fixture
def late():
    return make.rule("escort_late", params={"minutes": 30})


def escorted() -> CareBooking:
    """With an escort to the hospital, from nine to ten."""
    booking = care.assigned(kind=care.kind(brings_home=True))
    return actions.begin_care(booking=booking, at=NINE, by=booking.assigned_to)


def test_escort_that_is_late_raises_an_alarm_once(late):
    booking = escorted()
    assert booking.home_by == TEN
    assert actions.raise_late_escorts(at=TEN + dt.timedelta(minutes=29)) == 0
    assert actions.raise_late_escorts(at=TEN + dt.timedelta(minutes=30)) == 1
    assert actions.raise_late_escorts(at=TEN + dt.timedelta(minutes=31)) == 0
    assert Alarm.objects.get().source == "late"
    actions.complete_booking(booking=booking, at=TEN + dt.timedelta(minutes=40), by=booking.assigned_to)
    assert Alarm.objects.get().status == "closed"


def test_closed_alarm_about_an_escort_is_not_raised_again_for_the_same_hour(late):
    booking, boss = escorted(), care.coordinator()
    at = TEN + dt.timedelta(minutes=30)
    actions.raise_late_escorts(at=at)
    close_alarm(alarm=Alarm.objects.get(), at=at, by=boss, words="还在医院排队")
    assert actions.raise_late_escorts(at=at + dt.timedelta(minutes=5)) == 0
    later = at + dt.timedelta(hours=1)
    actions.move_home_time(booking=booking, home_by=later, at=at, by=booking.assigned_to)
    assert actions.raise_late_escorts(at=later + dt.timedelta(minutes=30)) == 1


def test_crew_says_that_they_come_home_later(late, refusal):
    booking = escorted()
    given = {"booking": booking, "at": NINE, "by": booking.assigned_to}
    later = make.moment(1, 12)
    assert refusal(actions.move_home_time, **given, home_by=NINE) == "time_wrong"
    assert refusal(actions.move_home_time, **given, home_by=make.moment(2, 1)) == "time_wrong"
    assert refusal(actions.move_home_time, **given | {"by": care.care_worker()}, home_by=later) == "not_yours"
    actions.move_home_time(**given, home_by=later)
    booking.refresh_from_db()
    assert booking.home_by == later
    assert actions.raise_late_escorts(at=make.moment(1, 12)) == 0


def test_other_care_has_no_time_of_coming_home(late, refusal):
    booking = care.assigned()
    actions.begin_care(booking=booking, at=NINE, by=booking.assigned_to)
    assert booking.home_by is None
    given = {"booking": booking, "at": NINE, "by": booking.assigned_to}
    assert refusal(actions.move_home_time, **given, home_by=TEN) == "not_possible"
    assert actions.raise_late_escorts(at=make.moment(1, 20)) == 0
