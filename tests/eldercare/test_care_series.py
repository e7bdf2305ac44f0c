"""Care that comes again: laid out as bookings, each once; moved, paused, ended as a whole or in part."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle import actions as circle_actions
from circle.models import Closure, Message
from circle.notifications import send_messages
from eldercare import actions
from eldercare.hooks.schedule import find_violations, tick
from eldercare.models import CareBooking, CareSeries, CareSlot, SeriesDate
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT, DAY = make.MORNING, dt.timedelta(days=1)
WEEK = 7 * DAY


def days_of(series: CareSeries, *states: str) -> list[dt.date]:
    rows = CareBooking.objects.filter(series_date__series=series, status__in=states or CareBooking.LIVE)
    return list(rows.order_by("day").values_list("day", flat=True))


def told(event: str) -> int:
    return Message.objects.filter(event=event).count()


def test_series_is_laid_out_within_reach_and_told_of_once():
    series = care.series()
    first = series.first_day
    assert days_of(series, "confirmed") == [first, first + WEEK]
    list(tick(AT + WEEK))
    list(tick(AT + WEEK))
    assert days_of(series, "confirmed") == [first, first + WEEK, first + 2 * WEEK]
    assert (told("care_series_asked"), told("care_series_confirmed")) == (1, 1)
    assert told("care_requested") + told("care_confirmed") == 0
    end = dt.datetime.combine(series.last_day + DAY, dt.time(8), tzinfo=AT.tzinfo)
    actions.finish_series(at=end)
    series.refresh_from_db()
    assert series.status == "ended"


def test_moved_date_does_not_come_twice_and_cancelled_one_never_again():
    series = care.series()
    boss = care.coordinator(community=series.community)
    one, two = CareBooking.objects.filter(series_date__series=series).order_by("day")
    other = care.slot(kind=series.kind, starts_at=one.starts_at + DAY)
    actions.move_booking(booking=one, slot=other, at=AT, via="phone", by=boss)
    actions.cancel_booking(booking=two, at=AT, via="phone", by=boss)
    list(tick(AT + dt.timedelta(minutes=1)))
    assert days_of(series) == [other.day]
    assert days_of(series, "cancelled") == [series.first_day + WEEK]


def test_full_and_closed_dates_wait_for_the_coordinator(refusal):
    series = care.series()
    kind, boss = series.kind, care.coordinator(community=series.community)
    third, fourth = series.first_day + 2 * WEEK, series.first_day + 3 * WEEK
    make.closure(facility=kind.facility, starts_on=third, ends_on=third)
    list(tick(AT + WEEK))
    row = SeriesDate.objects.get(status="waiting")
    assert (row.day, row.cause) == (third, "day_closed")
    slot = care.slot(kind=kind, starts_at=make.moment(1, 15) + 2 * WEEK)
    actions.book_date_again(row=row, slot=slot, at=AT + WEEK, by=boss)
    assert (row.status, row.booking.status, told("care_series_date")) == ("booked", "confirmed", 1)
    actions.lay_out_slots(community=series.community, at=AT + 2 * WEEK)
    CareSlot.objects.filter(kind=kind, day=fourth).update(capacity=0)
    actions.lay_out_series(community=series.community, at=AT + 2 * WEEK)
    row = SeriesDate.objects.get(status="waiting")
    assert row.cause == "full"
    assert refusal(actions.skip_date, row=row, at=AT, by=boss, reason=" ") == "reason_missing"
    actions.skip_date(row=row, at=AT + 2 * WEEK, by=boss, reason="那天都约满了")
    assert refusal(actions.skip_date, row=row, at=AT, by=boss, reason="再说") == "not_possible"
    assert told("care_series_skipped") == 1


def test_pause_takes_the_dates_back_and_an_early_end_brings_them_again(refusal):
    series = care.series()
    said = {"series": series, "via": "online", "by": series.resident.login, "at": AT}
    first = series.first_day
    away = {"starts_on": first, "ends_on": first + 2 * WEEK}
    assert refusal(actions.pause_series, **said, starts_on=first, ends_on=first - DAY) == "pause_backwards"
    pause = actions.pause_series(**said, **away)
    assert actions.pause_series(**said, **away) == pause
    list(tick(AT + DAY - dt.timedelta(hours=8)))
    assert days_of(series) == []
    assert (told("care_series_paused"), told("care_cancelled")) == (1, 0)
    actions.resume_series(**said, pause=pause)
    assert days_of(series) == [first, first + WEEK]


def test_rest_or_all_is_cancelled_and_told_of_once(refusal):
    series, whole = care.series(), care.series()
    first = series.first_day
    said = {"via": "online", "at": AT}
    stranger = make.own_resident(community=series.community).login
    assert refusal(actions.end_series, series=series, by=stranger, **said) == "not_allowed"
    actions.end_series(series=series, by=series.resident.login, from_day=first + WEEK, **said)
    assert (days_of(series), series.status, series.last_day) == ([first], "running", first + WEEK - DAY)
    actions.end_series(series=whole, by=whole.resident.login, **said)
    assert (days_of(whole), whole.status) == ([], "ended")
    assert (told("care_series_ended"), told("care_cancelled")) == (2, 0)
    assert refusal(actions.end_series, series=whole, by=whole.resident.login, **said) == "not_possible"
    boss = care.coordinator(community=series.community)
    actions.revoke_series(series=series, at=AT, by=boss, reason="护理员调走了")
    assert (days_of(series), days_of(series, "revoked")) == ([], [first])
    assert (told("care_series_revoked"), told("care_revoked")) == (1, 0)
    assert list(find_violations()) == []


def test_all_or_the_rest_moves_to_another_weekday_within_its_week(refusal):
    series = care.series()
    care.shift(kind=series.kind, weekday=4)
    actions.lay_out_slots(community=series.community, at=AT)
    first, boss = series.first_day, care.coordinator(community=series.community)
    said = {"series": series, "at": AT, "via": "phone", "by": boss}
    assert refusal(actions.move_series, **said, weekday=series.weekday, starts=series.starts) == "same_slot"
    moved_alone = CareBooking.objects.get(series_date__series=series, day=first)
    other = care.slot(kind=series.kind, starts_at=moved_alone.starts_at + DAY)
    actions.move_booking(booking=moved_alone, slot=other, at=AT, via="phone", by=boss)
    actions.move_series(**said, weekday=4, starts=dt.time(10))
    assert days_of(series) == [other.day, first + WEEK + 2 * DAY]
    assert (told("care_series_moved"), told("care_moved")) == (1, 1)  # the second of the one moved alone
    actions.move_series(**said, weekday=5, starts=dt.time(10))  # no time begins on a Saturday
    assert SeriesDate.objects.get(status="waiting").cause == "no_time"
    list(tick(AT + dt.timedelta(minutes=1)))
    assert SeriesDate.objects.filter(series=series).count() == 2


def test_series_of_requests_is_for_days(refusal):
    kind = care.request_kind()
    series = care.series(kind=kind, weeks=2)
    assert days_of(series, "confirmed") == [series.first_day, series.first_day + WEEK]
    elder = make.own_resident(community=kind.community)
    asked = {"kind": kind, "resident": elder, "by": elder.login, "via": "online", "at": AT}
    asked |= {"answers": actions.Answers(), "day": AT.date() + DAY}
    for days, code in ((3, "series_too_short"), (400, "series_too_long")):
        rhythm = actions.Rhythm(AT.date() + days * DAY)
        assert refusal(actions.ask_series, **asked, rhythm=rhythm) == code
    rhythm = actions.Rhythm(AT.date() + 60 * DAY)
    actions.ask_series(**asked, rhythm=rhythm)
    again = asked | {"day": AT.date() + 8 * DAY}
    assert refusal(actions.ask_series, **again, rhythm=rhythm) == "already_series"


def test_death_consent_and_move_of_the_elder_stop_a_series():
    series, told_so, moved = care.series(), care.series(is_confirmed=False), care.series()
    boss = make.post("director", community=series.community).user
    circle_actions.report_death(resident=series.resident, died_on=AT.date(), at=AT, by=boss)
    series.refresh_from_db()
    assert (series.status, days_of(series)) == ("ended", [])
    CareSeries.objects.filter(pk=told_so.pk).update(note="腿脚不便")
    consent = circle_actions.require_consent(
        purpose="care_health", resident=told_so.resident, consents=True, via="phone", at=AT, by=boss
    )
    circle_actions.withdraw_consent(consent=consent, via="phone", at=AT, by=boss)
    told_so.refresh_from_db()
    assert (told_so.status, told_so.note) == ("ended", "")
    CareSeries.objects.filter(pk=moved.pk).update(building=make.building(community=moved.community))
    circle_actions.move_in(
        resident=moved.resident, building=care.home(moved.community), on=AT.date() + DAY, at=AT + DAY, by=boss
    )
    list(tick(AT + WEEK))
    assert SeriesDate.objects.get(status="waiting").cause == "moved_home"
    boss = care.coordinator(community=moved.community)
    home = {"building": care.home(moved.community), "door": "1-101"}
    moved.refresh_from_db()
    actions.readdress_series(series=moved, **home, at=AT + WEEK, by=boss)
    actions.book_date_again(row=SeriesDate.objects.shown().get(status="waiting"), at=AT + WEEK, by=boss)
    assert not SeriesDate.objects.filter(status="waiting").exists()


def test_week_of_a_series_stands_in_the_database_once():
    series = care.series()
    row = SeriesDate.objects.filter(series=series).first()
    row.pk, row.booking, row.status, row.cause = None, None, "waiting", "full"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_scenario_19_pause_holiday_and_death_leave_no_care_and_no_message():
    series = care.series(weeks=12)
    boss = make.post("director", community=series.community).user
    holiday = series.first_day + 2 * WEEK
    Closure.objects.create(facility=series.kind.facility, starts_on=holiday, ends_on=holiday)
    said = {"series": series, "via": "phone", "by": boss, "at": AT}
    actions.pause_series(**said, starts_on=series.first_day, ends_on=series.first_day + WEEK)
    list(tick(AT + WEEK))
    assert days_of(series) == []
    assert list(SeriesDate.objects.values_list("day", "status")) == [(holiday, "waiting")]
    before = Message.objects.count()
    circle_actions.report_death(resident=series.resident, died_on=AT.date(), at=AT + WEEK, by=boss)
    list(tick(AT + 4 * WEEK))
    assert days_of(series) == []
    assert Message.objects.filter(resident=series.resident).count() <= before
    assert not CareBooking.objects.live().filter(resident=series.resident).exists()


def test_elder_is_told_once_before_a_series_runs_out_and_it_can_go_on(refusal):
    make.rule("series_ending", params={"days": 21})
    series, short = care.series(weeks=8), care.series(weeks=2)  # of the short one nobody forgets the end
    boss = care.coordinator(community=series.community)
    last, said = series.last_day, {"series": series, "via": "phone", "by": boss}
    early, near = (make.moment((last - AT.date()).days - days, 9) for days in (30, 20))
    assert actions.tell_ending_series(at=early) == 0
    assert [actions.tell_ending_series(at=near) for _ in range(2)] == [1, 0]
    assert Message.objects.get(event="care_series_ending").values["code"] == series.code
    assert refusal(actions.extend_series, **said, at=near, last_day=last - WEEK) == "series_too_short"
    assert refusal(actions.extend_series, **said, at=near, last_day=last + 60 * WEEK) == "series_too_long"
    for _ in range(2):
        actions.extend_series(**said, at=near, last_day=last + 8 * WEEK)
    assert (series.status, told("care_series_extended")) == ("running", 1)
    send_messages(at=near, also_at_night=True)
    assert Message.objects.get(event="care_series_ending").status == "dropped"
    later = near + 8 * WEEK
    assert actions.tell_ending_series(at=later) == 1  # of its new last day
    short.refresh_from_db()
    assert short.told_end_at is None
