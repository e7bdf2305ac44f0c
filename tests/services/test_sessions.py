"""A counter with hours and no places is a session: shown now, today and next, on pages and in calendars."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from circle.models import Facility
from circle.proximity.nearby import Moment
from services import actions
from services.models import CounterShift, Slot
from services.models.sessions import coming_sessions
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING  # Tuesday 24 November 2026
DAILY = range(7)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def square():
    return make.facility(name_zh="法治广场", name_en="Law Square")


@pytest.fixture
def tai_chi(square):
    """Every day from seven to eight, without booking."""
    found = session(square, name_zh="太极拳", name_en="Tai chi", code="tai-chi")
    for weekday in DAILY:
        CounterShift.objects.create(counter=found, weekday=weekday, opens=dt.time(7), closes=dt.time(8))
    return found


def session(place, **values):
    return make.counter(facility=place, online_places=0, counter_places=0, **values)


def coming(at: dt.datetime):
    places = Facility.objects.filter(is_published=True).with_timetable(at)
    return coming_sessions(places, Moment(at).calendar, at)


def said(at: dt.datetime) -> list[tuple]:
    found = coming(at)
    return [(each.counter.code, each.state, f"{each.starts_at:%m-%d %H}") for each in found]


def test_session_lays_out_no_slots(tai_chi):
    assert actions.lay_out_slots(community=tai_chi.community, at=NOW) == 0
    assert not Slot.objects.exists()


@pytest.mark.parametrize(
    ("day", "hour", "state", "time"),
    [
        (0, 6, "today", "11-24 07"),
        (0, 7, "now", "11-24 07"),
        (0, 8, "next", "11-25 07"),
    ],
)
def test_session_is_now_today_or_next(tai_chi, day, hour, state, time):
    assert said(make.moment(day, hour)) == [("tai-chi", state, time)]


def test_lecture_on_one_date_is_over_after_it(square):
    lecture = session(square, code="lecture")
    CounterShift.objects.create(
        counter=lecture, date=dt.date(2026, 11, 26), opens=dt.time(15), closes=dt.time(16)
    )
    assert said(NOW) == [("lecture", "next", "11-26 15")]
    assert said(make.moment(2, 16)) == []


def test_session_past_midnight_is_on_after_midnight(square):
    watch = session(square, code="watch")
    CounterShift.objects.create(counter=watch, weekday=1, opens=dt.time(23), closes=dt.time(1))
    assert said(make.moment(1, 0, 30)) == [("watch", "now", "11-24 23")]


def test_closed_session_is_not_announced(tai_chi, square):
    tomorrow = dt.date(2026, 11, 25)
    make.counter_closure(counter=tai_chi, starts_on=NOW.date(), ends_on=NOW.date())
    assert said(make.moment(0, 6)) == [("tai-chi", "next", "11-25 07")]
    make.closure(facility=square, starts_on=tomorrow, ends_on=tomorrow)
    assert said(make.moment(0, 6)) == [("tai-chi", "next", "11-26 07")]


def test_counter_with_places_and_one_without_hours_are_no_sessions(square):
    make.counter_shift(counter=make.counter(facility=square))
    session(square)
    session(make.facility(is_published=False))
    assert said(NOW) == []


def test_one_shift_without_places_is_a_session_of_a_counter_that_is_booked(square):
    counter = make.counter(facility=square, code="clinic", counter_places=0, days_ahead=3)
    make.counter_shift(counter=counter)
    make.counter_shift(counter=counter, opens=dt.time(14), closes=dt.time(15), online_places=0)
    assert said(NOW) == [("clinic", "next", "11-25 14")]
    actions.lay_out_slots(community=counter.community, at=NOW)
    assert {slot.starts_at.hour for slot in Slot.objects.all()} == {1}  # nine o'clock in UTC


@pytest.mark.parametrize("url", ["/", "/circle/", "/circle/{place}/"])
def test_pages_say_when_it_is(client, html, tai_chi, square, url):
    text = html(client.get(url.format(place=square.code)))
    assert "太极拳" in text
    assert "7:00" in text


def test_page_of_another_place_does_not_name_it(client, html, tai_chi):
    other = make.facility()
    assert "太极拳" not in html(client.get(f"/circle/{other.code}/"))


def test_calendar_file_has_the_coming_times(client, tai_chi):
    response = client.get("/services/sessions/tai-chi/calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == 28
    assert events[0]["SUMMARY"] == "太极拳"
    assert events[0].decoded("dtstart") == make.moment(1, 7).astimezone(dt.UTC)
    assert len({event["UID"] for event in events}) == 28


def test_calendar_of_no_session_is_not_found(client, square):
    make.counter(facility=square, code="window")
    assert client.get("/services/sessions/window/calendar.ics").status_code == 404


def test_sessions_take_the_same_queries_for_one_and_ten(tai_chi, square, django_assert_max_num_queries):
    for _number in range(10):
        make.counter_shift(counter=session(square))
    with django_assert_max_num_queries(3 + 3 + 2):  # the places with their hours, and the calendar
        assert len(coming(NOW)) == 11
