"""What closures, of days and of hours, leave of the opening hours."""

import datetime as dt

import pytest

from circle.calendar.opening_hours import (
    Opening,
    Timetable,
    is_closed_on,
    opening_at,
    opening_spans,
)
from tests.circle.timetables import (
    CALENDAR,
    HALL,
    NIGHT_MARKET,
    Closed,
    Row,
    at,
    closed,
    date,
    say,
)


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-04", "2026-03-05"])
def test_a_closure_holds_on_its_first_and_last_day(day):
    timetable = closed(HALL, "2026-03-03", "2026-03-05")
    assert opening_at(timetable, CALENDAR, at(f"{day} 10:00")) == Opening(
        False, opens_at=at("2026-03-06 9:00"), closure=timetable.closures[0], closed_for="closure"
    )


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-06"])
def test_a_closure_does_not_hold_the_day_before_or_after(day):
    assert opening_at(closed(HALL, "2026-03-03", "2026-03-05"), CALENDAR, at(f"{day} 10:00")).is_open


def test_closed_until_further_notice():
    timetable = closed(HALL, "2026-03-03")
    assert opening_at(timetable, CALENDAR, at("2026-05-11 10:00")) == Opening(
        False, closure=timetable.closures[0], closed_for="closure"
    )
    assert say(timetable, "2026-05-11 10:00") == "Closed until further notice"
    assert opening_at(timetable, CALENDAR, at("2026-03-02 10:00")).is_open


AFTERNOON = Closed(date("2026-03-03"), date("2026-03-03"), dt.time(14), dt.time(16))
HALL_CLOSED_FOR_AN_AFTERNOON = Timetable(HALL.hours, [AFTERNOON], follows_workdays=True)


def test_closure_of_some_hours_leaves_the_rest_of_the_day_open():
    table = HALL_CLOSED_FOR_AN_AFTERNOON
    spans = opening_spans(table, CALENDAR, date("2026-03-03"))
    times = [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in spans]
    assert times == ["09:00-12:00", "13:00-14:00", "16:00-17:00"]
    assert not is_closed_on(table, CALENDAR, date("2026-03-03"))
    assert opening_at(table, CALENDAR, at("2026-03-03 13:59")).closes_at == at("2026-03-03 14:00")
    assert opening_at(table, CALENDAR, at("2026-03-03 14:00")) == Opening(
        False, opens_at=at("2026-03-03 16:00"), closure=AFTERNOON, closed_for="closure"
    )
    assert opening_at(table, CALENDAR, at("2026-03-03 16:00")).is_open
    assert say(table, "2026-03-03 15:00") == "Closed, opens today at 4:00\u00a0pm"


def test_closure_of_some_hours_holds_on_each_of_its_days_and_touches_no_other():
    closure = Closed(date("2026-03-03"), None, dt.time(8), dt.time(12))
    table = Timetable(HALL.hours, [closure], follows_workdays=True)
    assert opening_at(table, CALENDAR, at("2026-03-02 10:00")).is_open
    assert not opening_at(table, CALENDAR, at("2026-03-05 10:00")).is_open
    assert opening_at(table, CALENDAR, at("2026-03-05 13:00")).is_open


def test_closure_of_the_evening_leaves_the_night_after_it():
    table = Timetable(
        NIGHT_MARKET.hours, [Closed(date("2026-03-03"), date("2026-03-03"), dt.time(17), dt.time(20))]
    )
    [span] = opening_spans(table, CALENDAR, date("2026-03-03"))
    assert (span.start, span.end) == (at("2026-03-03 20:00"), at("2026-03-04 2:00"))


def test_closure_past_midnight_closes_both_sides_of_it():
    """A place that is open from eight in the evening until four, and closed from eleven until two."""
    night = Row(0, dt.time(20), dt.time(4))
    closure = Closed(date("2026-03-02"), date("2026-03-02"), dt.time(23), dt.time(2))
    timetable = Timetable([night], [closure])
    spans = opening_spans(timetable, CALENDAR, date("2026-03-02"))
    assert [(f"{span.start:%H:%M}", f"{span.end:%H:%M}") for span in spans] == [
        ("20:00", "23:00"),
        ("02:00", "04:00"),
    ]
    said = {
        text: opening_at(timetable, CALENDAR, at(f"2026-03-{text}")).is_open
        for text in ("02 22:59", "02 23:00", "03 01:59", "03 02:00")
    }
    assert list(said.values()) == [True, False, False, True]
    assert opening_at(timetable, CALENDAR, at("2026-03-03 01:00")).closure == closure


def test_closure_of_the_early_morning_cuts_the_night_before():
    night = Row(0, dt.time(20), dt.time(4))
    closure = Closed(date("2026-03-03"), date("2026-03-03"), dt.time(1), dt.time(5))
    spans = opening_spans(Timetable([night], [closure]), CALENDAR, date("2026-03-02"))
    assert [f"{span.end:%H:%M}" for span in spans] == ["01:00"]


def test_of_two_closures_the_longest_is_named():
    short, endless = Closed(date("2026-03-02"), date("2026-03-03")), Closed(date("2026-03-01"))
    for closures in ([short, endless], [endless, short]):
        assert (
            opening_at(Timetable(HALL.hours, closures), CALENDAR, at("2026-03-02 10:00")).closure == endless
        )


def test_a_long_closure_names_its_last_day():
    assert (
        say(closed(HALL, "2026-03-03", "2026-05-08"), "2026-03-03 10:00")
        == "Closed up to and including Fri 8 May"
    )
