"""/circle/week/: sessions, meetings and closures of the week, on paper and as text for the group."""

import datetime as dt

import pytest

from circle.calendar.weeks import week_span
from circle.notifications.sharing import MAX_CHARS
from council.models import Meeting
from tests import make
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOW = make.MORNING  # Tuesday 24 November, eight o'clock
URL = "/en/circle/week/"


@pytest.fixture
def place():
    return make.facility(hours="9:00-17:00", name_en="Law Square", name_zh="法治广场")


def session(place, **values):
    counter = make.counter(
        facility=place, items=[], name_en="Tai chi", name_zh="太极拳", online_places=0, counter_places=0
    )
    make.counter_shift(counter=counter, **values)
    return counter


@pytest.mark.parametrize(
    ("today", "is_next", "span"),
    [
        ("2026-11-24", False, ("2026-11-24", "2026-11-29")),
        ("2026-11-24", True, ("2026-11-30", "2026-12-06")),
        ("2026-11-29", False, ("2026-11-29", "2026-11-29")),
        ("2026-11-29", True, ("2026-11-30", "2026-12-06")),
        ("2026-11-30", False, ("2026-11-30", "2026-12-06")),
    ],
)
def test_week_goes_to_sunday(today, is_next, span):
    at = dt.datetime.fromisoformat(f"{today}T12:00+08:00")
    assert tuple(day.isoformat() for day in week_span(at, is_next=is_next)) == span


def test_session_stands_on_its_day(client, place):
    session(place)
    page = client.get(URL)
    [event] = page.context["week"].events
    assert (event.title, event.place) == ("Tai chi", "Law Square")
    assert event.starts_at == make.moment(1, 9)
    assert "Wed 25 Nov" in page.text
    [event] = client.get(f"{URL}?week=next").context["week"].events
    assert event.starts_at == make.moment(8, 9)


def test_what_is_over_is_left_out(client, place):
    session(place, date=NOW.date(), opens=dt.time(6), closes=dt.time(7))
    session(make.facility(community=place.community), date=NOW.date(), opens=dt.time(7), closes=dt.time(9))
    assert [event.starts_at.hour for event in client.get(URL).context["week"].events] == [7]


def hold(meeting, day: int) -> None:
    times = {"starts_at": make.moment(day, 19), "ends_at": make.moment(day, 21)}
    call = {"call_opens_at": make.moment(day - 20, 9), "call_closes_at": make.moment(day - 10, 9)}
    Meeting.objects.filter(pk=meeting.pk).update(**times | call)


def test_public_meeting_stands_on_its_day_and_no_other(client):
    shown = council.meeting()
    hold(shown, 2)
    inner = council.committee(code="inner", sign="内", visibility="closed")
    hold(council.meeting(body=inner, place=shown.place), 3)
    [event] = client.get(URL).context["week"].events
    assert (event.starts_at, event.place) == (make.moment(2, 19), shown.place.name)


def test_closures_of_places_and_counters_are_named_and_their_sessions_left_out(client, place):
    counter = session(place)
    make.counter_closure(counter=counter, starts_on=dt.date(2026, 11, 25), ends_on=dt.date(2026, 11, 25))
    other = make.facility(community=place.community, name_en="Library")
    make.closure(facility=other, starts_on=dt.date(2026, 11, 20), ends_on=None)
    make.closure(facility=other, starts_on=dt.date(2026, 11, 30), ends_on=dt.date(2026, 12, 1))
    week = client.get(URL).context["week"]
    assert list(week.events) == []
    assert [closing.title for closing in week.closings] == ["Library", "Law Square · Tai chi"]


def test_nothing_of_other_communities_and_unpublished_places(client, place):
    community = make.community()
    session(make.facility(community=community))
    make.closure(facility=make.facility(community=community), starts_on=NOW.date())
    make.closure(facility=make.facility(is_published=False, community=place.community), starts_on=NOW.date())
    week = client.get(URL).context["week"]
    assert (list(week.events), week.closings) == ([], [])
    assert "Nothing is planned" in client.get(URL).text


def test_group_text_has_a_line_for_each_and_the_link(client, place):
    session(place)
    make.closure(facility=place, starts_on=dt.date(2026, 11, 28), ends_on=dt.date(2026, 11, 28))
    text = client.get("/circle/week/").context["text"]
    assert "11月25日（星期三） 9:00 太极拳 (法治广场)" in text.splitlines()[1]
    assert "法治广场" in text.splitlines()[2]
    assert text.splitlines()[-1].endswith("/circle/week/")


def test_long_group_text_says_how_many_more_there_are(client, place):
    for hour in range(8, 20):
        session(place, date=dt.date(2026, 11, 26), opens=dt.time(hour), closes=dt.time(hour, 30))
    text = client.get(URL).context["text"]
    assert len(text) <= MAX_CHARS
    lines = text.splitlines()
    assert lines[-2] == f"and {12 - (len(lines) - 3)} more"


def test_page_takes_the_same_few_queries_for_any_number_of_sessions(place, queries_of):
    session(place)
    few = queries_of(URL)
    for hour in range(8, 18):
        session(make.facility(community=place.community), opens=dt.time(hour), closes=dt.time(hour, 30))
    assert queries_of(URL) <= few
