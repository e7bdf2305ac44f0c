"""Opening hours in the way of OpenStreetMap: what our rows can say, and what is refused by name."""

import datetime as dt

import pytest

from circle.calendar.osm_hours import UnreadableHoursError, read_osm_hours


def said(text):
    """{weekday: its spans}"""
    week: dict[int, str] = {}
    for day, opens, closes in read_osm_hours(text).rows:
        week[day] = f"{week.get(day, '')} {opens:%H:%M}-{closes:%H:%M}".strip()
    return week


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("24/7", dict.fromkeys(range(7), "00:00-00:00")),
        ("08:00-20:00", dict.fromkeys(range(7), "08:00-20:00")),
        ("Mo-We 09:00-12:00,13:30-17:30", dict.fromkeys(range(3), "09:00-12:00 13:30-17:30")),
        ("Mo,We 09:00-12:00, Mo 14:00-15:00", {0: "09:00-12:00 14:00-15:00", 2: "09:00-12:00"}),
        ("Sa-Mo 18:00-02:00", dict.fromkeys((0, 5, 6), "18:00-02:00")),
        ("Fr 22:00-26:00", {4: "22:00-02:00"}),
        ("mo-su 06:00-24:00", dict.fromkeys(range(7), "06:00-00:00")),
        ("Mo-Su 08:00-20:00; We off", dict.fromkeys((0, 1, 3, 4, 5, 6), "08:00-20:00")),
        ("Mo 08:00-20:00; PH 10:00-12:00", {0: "08:00-20:00", 7: "10:00-12:00"}),
        ("Mo-Tu,PH 08:00-20:00;", dict.fromkeys((0, 1, 7), "08:00-20:00")),
    ],
)
def test_what_our_rows_can_say_is_read(text, week):
    assert said(text) == week
    assert not read_osm_hours(text).follows_workdays


def test_off_on_public_holidays_is_the_working_calendar():
    found = read_osm_hours("Mo-Fr 09:00-17:00; PH off")
    assert found.follows_workdays
    assert {day for day, _opens, _closes in found.rows} == set(range(5))
    assert found.rows[0] == (0, dt.time(9), dt.time(17))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mo-Fr 25:00", "25:00"),
        ("Mo-Fr 09:00-25:00", "09:00-25:00"),
        ("Mo-Fr 9-17", "9-17"),
        ("Mo-Fr 09:61-17:00", "09:61-17:00"),
        ("Mx 09:00-17:00", "Mx 09:00-17:00"),
        ("Mo 09:00-12:00,11:00-13:00", "11:00-13:00"),
        ("Apr-Oct 09:00-17:00", "Jan–Dec"),
        ("Mo-Su sunrise-sunset", "sunrise, sunset"),
        ("Mo[1] 09:00-12:00", "Mo[1]"),
        ("SH 09:00-12:00", "SH"),
        ("Mo 09:00+", "+"),
        ('Mo 09:00-12:00 "by appointment"', "“…”"),
        ("Mo 09:00-12:00 || Tu 09:00-10:00", "||"),
        ("off", "off"),
    ],
)
def test_what_they_cannot_say_is_refused_by_name(text, named):
    with pytest.raises(UnreadableHoursError) as refusal:
        read_osm_hours(text)
    assert refusal.value.said == named
