import datetime as dt

import pytest
from django.utils import translation

from circle.calendar.opening_hours import (
    Opening,
    Span,
    Timetable,
    opening_at,
    opening_sentence,
    opening_spans,
)
from tests.circle.timetables import (
    CALENDAR,
    DAILY,
    HALL,
    NIGHT_MARKET,
    ON_HOLIDAYS,
    PHARMACY,
    SHOP,
    WORKING_WEEK,
    at,
    closed,
    date,
    rows,
    say,
)


def test_hall_is_open_until_lunch():
    assert opening_at(HALL, CALENDAR, at("2026-03-02 9:00")) == Opening(
        True, closes_at=at("2026-03-02 12:00")
    )


@pytest.mark.parametrize("clock", ["12:00", "12:30", "12:59"])
def test_hall_is_closed_for_lunch(clock):
    assert opening_at(HALL, CALENDAR, at(f"2026-03-02 {clock}")) == Opening(
        False, opens_at=at("2026-03-02 13:00"), closed_for="lunch"
    )


def test_hall_before_and_after_hours_names_the_next_opening():
    assert opening_at(HALL, CALENDAR, at("2026-03-02 8:59")) == Opening(
        False, opens_at=at("2026-03-02 9:00"), closed_for="hours"
    )
    assert opening_at(HALL, CALENDAR, at("2026-03-02 17:00")) == Opening(
        False, opens_at=at("2026-03-03 9:00"), closed_for="hours"
    )


def test_a_canteen_between_meals_is_not_at_lunch():
    canteen = Timetable(rows(DAILY, "7:00-9:00", "11:00-13:00", "16:00-18:30"))
    for clock, opens in (("9:30", "11:00"), ("13:30", "16:00")):
        assert opening_at(canteen, CALENDAR, at(f"2026-03-02 {clock}")) == Opening(
            False, opens_at=at(f"2026-03-02 {opens}"), closed_for="hours"
        )


def test_an_empty_day_between_two_short_spans_is_not_lunch():
    gate = Timetable(rows(WORKING_WEEK, "7:00-8:30", "17:00-18:00"))
    assert opening_at(gate, CALENDAR, at("2026-03-02 12:30")).closed_for == "hours"


def test_hall_opens_after_spring_festival():
    assert opening_at(HALL, CALENDAR, at("2026-02-15 10:00")) == Opening(
        False, opens_at=at("2026-02-24 9:00"), closed_for="holiday"
    )


def test_hall_opens_on_a_make_up_saturday_by_mondays_hours():
    assert opening_spans(HALL, CALENDAR, date("2026-02-14")) == [
        Span(at("2026-02-14 9:00"), at("2026-02-14 12:00")),
        Span(at("2026-02-14 13:00"), at("2026-02-14 17:00")),
    ]
    assert opening_at(HALL, CALENDAR, at("2026-02-14 10:00")).is_open
    assert not opening_at(HALL, CALENDAR, at("2026-03-07 10:00")).is_open


def test_mondays_hours_hold_on_a_make_up_day_even_with_saturday_hours():
    office = Timetable(rows([0], "9:00-17:00") + rows([5], "9:00-11:00"), follows_workdays=True)
    assert opening_spans(office, CALENDAR, date("2026-02-14")) == [
        Span(at("2026-02-14 9:00"), at("2026-02-14 17:00"))
    ]
    assert opening_spans(office, CALENDAR, date("2026-03-07")) == [
        Span(at("2026-03-07 9:00"), at("2026-03-07 11:00"))
    ]


def test_shop_keeps_its_hours_on_a_holiday():
    assert opening_at(SHOP, CALENDAR, at("2026-02-17 10:00")) == Opening(
        True, closes_at=at("2026-02-17 22:00")
    )


def test_a_shops_weekly_day_off_is_not_blamed_on_a_holiday():
    barber = Timetable(rows([0, 2, 3, 4, 5, 6], "9:00-19:00"))
    assert opening_at(barber, CALENDAR, at("2026-02-17 10:00")) == Opening(
        False, opens_at=at("2026-02-18 9:00"), closed_for="hours"
    )


def test_holiday_hours_win_on_a_holiday():
    hours = rows([ON_HOLIDAYS], "10:00-15:00")
    for timetable in (
        Timetable([*SHOP.hours, *hours]),
        Timetable([*HALL.hours, *hours], follows_workdays=True),
    ):
        assert opening_spans(timetable, CALENDAR, date("2026-02-17")) == [
            Span(at("2026-02-17 10:00"), at("2026-02-17 15:00"))
        ]
        assert opening_at(timetable, CALENDAR, at("2026-02-17 9:00")) == Opening(
            False, opens_at=at("2026-02-17 10:00"), closed_for="hours"
        )


def test_a_place_open_on_holidays_only_says_when_nothing_is_near():
    temple_fair = Timetable(rows([ON_HOLIDAYS], "10:00-20:00"))
    assert opening_at(temple_fair, CALENDAR, at("2026-03-02 12:00")) == Opening(False, closed_for="hours")
    assert say(temple_fair, "2026-03-02 12:00") == "Closed, does not open in the next two weeks"


def test_a_night_market_is_open_past_midnight():
    night = Opening(True, closes_at=at("2026-03-03 2:00"))
    assert opening_at(NIGHT_MARKET, CALENDAR, at("2026-03-02 18:00")) == night
    assert opening_at(NIGHT_MARKET, CALENDAR, at("2026-03-03 1:59")) == night
    assert opening_at(NIGHT_MARKET, CALENDAR, at("2026-03-03 2:00")) == Opening(
        False, opens_at=at("2026-03-03 18:00"), closed_for="hours"
    )


def test_a_night_belongs_to_the_day_it_begins_on():
    timetable = closed(NIGHT_MARKET, "2026-03-03", "2026-03-03")
    assert opening_at(timetable, CALENDAR, at("2026-03-03 1:00")).is_open
    assert opening_at(timetable, CALENDAR, at("2026-03-03 19:00")).closed_for == "closure"
    assert opening_at(timetable, CALENDAR, at("2026-03-04 1:00")) == Opening(
        False, opens_at=at("2026-03-04 18:00"), closed_for="hours"
    )


def test_closing_at_midnight_is_the_end_of_the_day():
    bar = Timetable(rows(DAILY, "18:00-0:00"))
    assert opening_at(bar, CALENDAR, at("2026-03-02 23:59")) == Opening(True, closes_at=at("2026-03-03 0:00"))
    assert not opening_at(bar, CALENDAR, at("2026-03-03 0:00")).is_open
    assert say(bar, "2026-03-02 23:59") == "Open now, until midnight"


def test_open_day_and_night_never_closes():
    assert opening_at(PHARMACY, CALENDAR, at("2026-03-02 23:59")) == Opening(True)
    assert opening_at(PHARMACY, CALENDAR, at("2026-03-03 0:00")) == Opening(True)
    assert say(PHARMACY, "2026-03-03 0:00") == "Open around the clock"


def test_open_day_and_night_in_shifts_never_closes():
    shifts = Timetable(rows(DAILY, "6:00-14:00", "14:00-22:00", "22:00-6:00"))
    assert opening_at(shifts, CALENDAR, at("2026-03-02 3:00")) == Opening(True)


def test_open_day_and_night_until_a_closure():
    timetable = closed(PHARMACY, "2026-03-05", "2026-03-05")
    assert opening_at(timetable, CALENDAR, at("2026-03-02 3:00")) == Opening(
        True, closes_at=at("2026-03-05 0:00")
    )
    assert say(timetable, "2026-03-02 3:00") == "Open now, until the end of Wed 4 Mar"
    assert say(timetable, "2026-03-04 3:00") == "Open now, until midnight"
    assert opening_at(timetable, CALENDAR, at("2026-03-05 3:00")).opens_at == at("2026-03-06 0:00")


def test_overlapping_rows_close_with_the_later_one():
    timetable = Timetable(rows(DAILY, "8:00-18:00", "9:00-12:00"))
    assert opening_at(timetable, CALENDAR, at("2026-03-02 10:00")).closes_at == at("2026-03-02 18:00")


def test_without_hours_nothing_is_claimed():
    nothing = Timetable([], follows_workdays=True)
    assert opening_at(nothing, CALENDAR, at("2026-03-02 10:00")) == Opening(False, closed_for="unknown")
    assert say(nothing, "2026-03-02 10:00") == "Opening hours not known: please phone"


def test_without_hours_a_closure_is_still_known():
    assert say(closed(Timetable([]), "2026-03-02"), "2026-03-02 10:00") == "Closed until further notice"


def test_a_year_without_notice_makes_the_answer_tentative():
    assert opening_at(HALL, CALENDAR, at("2027-03-01 10:00")) == Opening(
        True, closes_at=at("2027-03-01 12:00"), tentative=True
    )
    assert (
        say(HALL, "2027-03-01 10:00") == "Open now, until 12\u00a0noon. Holiday arrangement not announced yet"
    )


def test_a_next_opening_in_a_year_without_notice_is_tentative():
    assert opening_at(HALL, CALENDAR, at("2026-12-31 17:00")) == Opening(
        False, opens_at=at("2027-01-04 9:00"), closed_for="hours", tentative=True
    )
    assert not opening_at(HALL, CALENDAR, at("2026-12-31 16:59")).tentative


def test_a_shop_that_ignores_holidays_is_never_tentative():
    assert not opening_at(SHOP, CALENDAR, at("2027-01-01 10:00")).tentative
    assert not opening_at(closed(HALL, "2027-01-01"), CALENDAR, at("2027-01-01 10:00")).tentative


def test_moments_in_other_time_zones_are_read_in_shanghai():
    assert opening_at(HALL, CALENDAR, dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)) == Opening(
        True, closes_at=at("2026-03-02 12:00")
    )
    # 23:30 on Sunday in London is Monday morning in the hall.
    assert opening_at(HALL, CALENDAR, dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)).opens_at == at(
        "2026-03-02 9:00"
    )


def test_today_is_todays_date_in_shanghai():
    before_midnight_in_utc = at("2026-03-02 7:30").astimezone(dt.UTC)
    with translation.override("en"):
        answer = opening_at(HALL, CALENDAR, before_midnight_in_utc)
        assert opening_sentence(answer, before_midnight_in_utc) == "Closed, opens today at 9:00\u00a0am"
    assert opening_at(closed(HALL, "2026-03-02"), CALENDAR, before_midnight_in_utc).closed_for == "closure"


def test_hours_may_come_in_any_order():
    hall = Timetable(list(reversed(HALL.hours)), follows_workdays=True)
    assert opening_spans(hall, CALENDAR, date("2026-03-02")) == opening_spans(
        HALL, CALENDAR, date("2026-03-02")
    )
    assert opening_at(hall, CALENDAR, at("2026-03-02 12:30")).closed_for == "lunch"


def test_no_span_is_shifted_by_summer_time():
    days = [date("2026-01-01") + dt.timedelta(days=n) for n in range(365)]
    found = [span for day in days for span in opening_spans(NIGHT_MARKET, CALENDAR, day)]
    assert {span.start.utcoffset() for span in found} == {dt.timedelta(hours=8)}
    assert {span.end.timestamp() - span.start.timestamp() for span in found} == {8 * 3600}


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="without a time zone"):
        opening_at(HALL, CALENDAR, dt.datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="without a time zone"):
        opening_sentence(Opening(True), dt.datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("timetable", "moment", "sentence"),
    [
        (HALL, "2026-03-02 13:00", "Open now, until 5:00\u00a0pm"),
        (HALL, "2026-03-02 9:00", "Open now, until 12\u00a0noon"),
        (HALL, "2026-03-02 12:30", "Closed for lunch, opens again at 1:00\u00a0pm"),
        (HALL, "2026-03-02 7:00", "Closed, opens today at 9:00\u00a0am"),
        (HALL, "2026-03-02 18:00", "Closed, opens tomorrow at 9:00\u00a0am"),
        (HALL, "2026-03-06 18:00", "Closed, opens Mon 9 Mar at 9:00\u00a0am"),
        (HALL, "2026-02-17 10:00", "Closed for the public holiday, opens Tue 24 Feb at 9:00\u00a0am"),
        (NIGHT_MARKET, "2026-03-02 20:00", "Open now, until tomorrow at 2:00\u00a0am"),
        (NIGHT_MARKET, "2026-03-03 1:00", "Open now, until 2:00\u00a0am"),
    ],
)
def test_sentences_read_as_english(timetable, moment, sentence):
    assert say(timetable, moment) == sentence


def test_a_span_over_several_days_names_the_day_it_ends():
    fair = Timetable(rows([4], "18:00-0:00") + rows([5], "0:00-0:00") + rows([6], "0:00-20:00"))
    assert say(fair, "2026-03-06 19:00") == "Open now, until Sun 8 Mar at 8:00\u00a0pm"


def test_chinese_sentences_use_the_chinese_clock_and_date():
    assert "17:00" in say(HALL, "2026-03-02 13:00", "zh-hans")
    spring = say(HALL, "2026-02-17 10:00", "zh-hans")
    assert "2月24日（星期二）" in spring
    assert "9:00\u00a0am" not in spring
