"""A counter with hours of its own sells those and no others."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.calendar.working_days import SHANGHAI
from circle.models import Closure
from services import actions
from services.models import Booking, Counter, CounterClosure, CounterShift, Slot
from tests import make
from tests.asked_first import leave_in_list
from tests.html_forms import sent_by

pytestmark = pytest.mark.django_db

NOW = make.MORNING  # a Tuesday
WEDNESDAY, SATURDAY, HOLIDAY = 2, 5, 7


@pytest.fixture
def counter():
    """At a place that is open every day, for the two weeks from today on."""
    place = make.facility(hours="8:00-18:00", follows_workdays=True)
    return make.counter(
        facility=place, items=[make.item(is_bookable=True)], counter_places=0, slot_minutes=60, days_ahead=14
    )


def shift(counter: Counter, opens: int, closes: int, **values) -> CounterShift:
    return CounterShift.objects.create(
        counter=counter, opens=dt.time(opens), closes=dt.time(closes), **values
    )


def starts(counter: Counter) -> list[str]:
    actions.lay_out_slots(community=counter.community, at=NOW)
    slots = Slot.objects.open().online().filter(counter=counter).order_by("starts_at")
    return [f"{slot.starts_at.astimezone(SHANGHAI):%m-%d %H}" for slot in slots]


def test_vaccination_is_on_wednesday_and_saturday_morning(counter):
    shift(counter, 9, 11, weekday=WEDNESDAY)
    shift(counter, 9, 10, weekday=SATURDAY)
    days = ["11-25 09", "11-25 10", "11-28 09", "12-02 09", "12-02 10", "12-05 09"]
    assert starts(counter) == days


def test_counter_without_hours_of_its_own_serves_whenever_its_place_is_open(counter):
    assert len(starts(counter)) == 15 * 10 - 1
    assert starts(counter)[0] == "11-24 09"  # the hour that has begun is not sold


def test_clinic_on_one_date_alone(counter):
    shift(counter, 14, 16, date=dt.date(2026, 11, 30))
    assert starts(counter) == ["11-30 14", "11-30 15"]


def test_hours_hold_from_and_until(counter):
    shift(counter, 9, 10, weekday=WEDNESDAY, valid_from=dt.date(2026, 11, 26))
    shift(counter, 15, 16, weekday=WEDNESDAY, valid_until=dt.date(2026, 11, 25))
    assert starts(counter) == ["11-25 15", "12-02 09"]


def test_closure_closes_every_kind_of_hours(counter):
    shift(counter, 9, 10, weekday=WEDNESDAY)
    shift(counter, 14, 15, date=dt.date(2026, 11, 25))
    make.closure(facility=counter.facility, starts_on=dt.date(2026, 11, 25), ends_on=dt.date(2026, 11, 25))
    assert starts(counter) == ["12-02 09"]


def closed_afternoon(**values):
    """Tomorrow from 14 to 16 o'clock."""
    day = dt.date(2026, 11, 25)
    times = {"from_time": dt.time(14), "until_time": dt.time(16)}
    return {"starts_on": day, "ends_on": day, "reason_zh": "停电"} | times | values


@pytest.mark.parametrize("kind", ["place", "counter"])
def test_closed_afternoon_closes_its_times_and_no_others(counter, kind):
    other = make.counter(facility=counter.facility, counter_places=0, slot_minutes=60, days_ahead=1)
    before = starts(counter)
    if kind == "place":
        make.closure(facility=counter.facility, **closed_afternoon())
    else:
        make.counter_closure(counter=counter, **closed_afternoon())
    left = [time for time in before if time not in ("11-25 14", "11-25 15")]
    assert starts(counter) == left
    assert ("11-25 14" in starts(other)) == (kind == "counter")


def test_closed_afternoon_cuts_hours_of_its_own(counter):
    shift(counter, 9, 17, weekday=WEDNESDAY, valid_until=dt.date(2026, 11, 25))
    shift(counter, 13, 18, date=dt.date(2026, 11, 26))
    make.counter_closure(counter=counter, **closed_afternoon(ends_on=dt.date(2026, 11, 26)))
    wednesday = [9, 10, 11, 12, 13, 16]
    thursday = [13, 16, 17]
    assert starts(counter) == [f"11-25 {hour:02}" for hour in wednesday] + [
        f"11-26 {hour:02}" for hour in thursday
    ]


@pytest.mark.parametrize(
    "values",
    [
        {"until_time": dt.time(14)},
        {"until_time": dt.time(13)},
        {"until_time": None},
        {"from_time": None},
        {"ends_on": dt.date(2026, 11, 24)},
    ],
)
@pytest.mark.parametrize("kind", ["place", "counter"])
def test_closure_that_ends_before_it_begins_is_refused(counter, kind, values):
    if kind == "place":
        row = Closure(facility=counter.facility, **closed_afternoon(**values))
    else:
        row = CounterClosure(counter=counter, **closed_afternoon(**values))
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_clerk_closes_a_counter_for_an_afternoon_and_takes_it_back(client, counter):
    starts(counter)
    booking = make.booking(slot=counter.slots.online().get(starts_at=make.moment(1, 14)))
    client.force_login(make.post("hall_clerk", community=counter.community).user)
    url = reverse("admin:services_counterclosure_add")
    said = closed_afternoon(counter=counter.pk, reason_en="Power cut") | {
        "from_time": "14:00",
        "until_time": "16:00",
    }
    with time_machine.travel(NOW, tick=False):
        page = leave_in_list(client, client.post(url, said))
    assert page.redirect_chain
    assert list(Booking.objects.stranded(NOW)) == [booking]
    assert "attention=stranded" in page.text
    closure = CounterClosure.objects.get()
    with time_machine.travel(NOW, tick=False):
        client.post(reverse("admin:services_counterclosure_delete", args=[closure.pk]), {"post": "yes"})
    assert not CounterClosure.objects.exists()
    assert not Booking.objects.stranded(NOW)


def test_clerk_closes_the_hall_and_no_other_place(client, counter):
    hall = make.facility(kind=make.kind(code="service_hall"), community=counter.community)
    client.force_login(make.post("hall_clerk", community=counter.community).user)
    for place, many in ((hall, 1), (counter.facility, 0)):
        said = closed_afternoon(facility=place.pk, reason_en="") | {
            "from_time": "14:00",
            "until_time": "16:00",
        }
        client.post(reverse("admin:circle_closure_add"), said)
        assert place.closures.count() == many
    client.post(reverse("admin:circle_closure_delete", args=[hall.closures.get().pk]), {"post": "yes"})
    assert not hall.closures.exists()


def test_director_edits_the_working_calendar_and_it_is_laid_out_at_once(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    starts(counter)
    holiday = dt.date(2026, 11, 25)
    said = {"date": holiday, "name_zh": "社区日", "name_en": "Day", "is_holiday": "on", "source": "测试"}
    with time_machine.travel(NOW, tick=False):
        page = client.post(reverse("admin:circle_calendarday_add"), said, follow=True)
    assert page.redirect_chain, page.context["errors"]
    assert not Slot.objects.open().filter(day=holiday).exists()


def test_counter_that_limits_the_days_ahead_is_named(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    [item] = counter.items.all()
    item.audiences.add(make.audience())
    Counter.objects.update(days_ahead=7)
    change = reverse("admin:services_serviceitem_change", args=[item.pk])
    assert (
        counter.name_zh
        in client.post(change, sent_by(client.get(change), "serviceitem_form"), follow=True).text
    )
    limits = "limits_days_ahead"
    page = client.get(reverse("admin:services_counter_change", args=[counter.pk]))
    sent = sent_by(page, "counter_form")
    shown = client.post(page.request["PATH_INFO"], sent, follow=True)
    assert limits in {message.extra_tags for message in shown.context["messages"]}
    sent["days_ahead"] = "14"
    shown = client.post(page.request["PATH_INFO"], sent, follow=True)
    assert limits not in {message.extra_tags for message in shown.context["messages"]}


def test_on_a_holiday_only_hours_for_holidays_and_of_that_date_count(counter):
    shift(counter, 9, 10, weekday=WEDNESDAY)
    make.calendar_day(dt.date(2026, 11, 25))
    assert starts(counter) == ["12-02 09"]
    shift(counter, 11, 12, weekday=HOLIDAY)
    shift(counter, 15, 16, date=dt.date(2026, 11, 25))
    assert starts(counter) == ["11-25 11", "11-25 15", "12-02 09"]


def test_overlapping_hours_do_not_double_the_places(counter):
    shift(counter, 9, 11, weekday=WEDNESDAY)
    CounterShift.objects.create(counter=counter, weekday=WEDNESDAY, opens=dt.time(9, 30), closes=dt.time(12))
    assert starts(counter)[:3] == ["11-25 09", "11-25 10", "11-25 11"]


def test_hours_past_midnight_belong_to_the_day_they_begin_on(counter):
    shift(counter, 23, 1, weekday=WEDNESDAY)
    assert starts(counter) == ["11-25 23", "11-26 00", "12-02 23", "12-03 00"]


def slots_of(counter: Counter) -> list[tuple[str, int, str, int]]:
    """Begin, minutes, share and places of each."""
    actions.lay_out_slots(community=counter.community, at=NOW)
    found = Slot.objects.open().filter(counter=counter).order_by("starts_at", "channel")
    return [
        (
            f"{slot.starts_at.astimezone(SHANGHAI):%m-%d %H:%M}",
            (slot.ends_at - slot.starts_at).seconds // 60,
            slot.channel,
            slot.capacity,
        )
        for slot in found
    ]


def test_shift_has_minutes_and_places_of_its_own(counter):
    until = {"valid_until": dt.date(2026, 11, 30)}
    shift(counter, 9, 10, weekday=WEDNESDAY, **until)
    shift(counter, 10, 11, weekday=WEDNESDAY, slot_minutes=30, online_places=5, counter_places=1, **until)
    assert slots_of(counter) == [
        ("11-25 09:00", 60, "online", 2),
        ("11-25 10:00", 30, "counter", 1),
        ("11-25 10:00", 30, "online", 5),
        ("11-25 10:30", 30, "counter", 1),
        ("11-25 10:30", 30, "online", 5),
    ]


def test_shift_of_one_date_goes_before_the_weekly_one_that_it_overlaps(counter):
    shift(counter, 9, 12, weekday=WEDNESDAY, valid_until=dt.date(2026, 11, 30))
    shift(counter, 9, 10, date=dt.date(2026, 11, 25), slot_minutes=30, online_places=9)
    assert [(time, places) for time, _minutes, _share, places in slots_of(counter)] == [
        ("11-25 09:00", 9),
        ("11-25 09:30", 9),
        ("11-25 10:00", 2),
        ("11-25 11:00", 2),
    ]


@pytest.mark.usefixtures("in_the_morning")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("9:00", "11:00"), ("10:30", "12:00")),
        (("9:00", "12:00"), ("10:00", "11:00")),
        (("22:00", "2:00"), ("23:00", "0:00")),
    ],
)
def test_overlapping_shifts_of_a_counter_are_refused(client, counter, first, second):
    client.force_login(make.post("director", community=counter.community).user)
    url = reverse("admin:services_counter_change", args=[counter.pk])
    sent = sent_by(client.get(url), "counter_form") | {"shifts-TOTAL_FORMS": "2"}
    for number, (opens, closes) in enumerate((first, second)):
        row = f"shifts-{number}-"
        sent |= {f"{row}weekday": "2", f"{row}opens": opens, f"{row}closes": closes}
    response = client.post(url, sent)
    assert response.status_code == 200
    assert "重叠" in response.text
    assert not CounterShift.objects.exists()
    sent |= {"shifts-1-opens": "12:00", "shifts-1-closes": "13:00"}
    assert client.post(url, sent).status_code == 302


@pytest.mark.usefixtures("in_the_morning")
def test_shifts_that_follow_each_other_in_time_do_not_overlap(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    url = reverse("admin:services_counter_change", args=[counter.pk])
    sent = sent_by(client.get(url), "counter_form") | {"shifts-TOTAL_FORMS": "2"}
    for number, (first, last) in enumerate([("", "2026-11-30"), ("2026-12-01", "")]):
        row = f"shifts-{number}-"
        sent |= {f"{row}weekday": "2", f"{row}opens": "9:00", f"{row}closes": "11:00"}
        sent |= {f"{row}valid_from": first, f"{row}valid_until": last}
    assert client.post(url, sent).status_code == 302


def test_new_hours_strand_who_has_booked_another_day(counter):
    starts(counter)
    slot = counter.slots.online().get(starts_at=make.moment(2, 9))
    booking = make.booking(slot=slot)
    shift(counter, 9, 11, weekday=WEDNESDAY)
    starts(counter)
    assert list(Booking.objects.stranded(NOW)) == [booking]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"weekday": 2, "date": dt.date(2026, 11, 25)},
        {"weekday": 2, "valid_from": dt.date(2026, 11, 26), "valid_until": dt.date(2026, 11, 25)},
    ],
)
def test_hours_without_a_day_or_upside_down_are_refused(counter, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        shift(counter, 9, 10, **values)
    row = CounterShift(counter=counter, opens=dt.time(9), closes=dt.time(10), **values)
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize("values", [{"weekday": 2}, {"date": dt.date(2026, 11, 25)}])
def test_same_hours_twice_are_refused(counter, values):
    shift(counter, 9, 10, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        shift(counter, 9, 12, **values)


def test_director_enters_the_hours_and_they_are_laid_out_at_once(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    url = reverse("admin:services_counter_change", args=[counter.pk])
    sent = sent_by(client.get(url), "counter_form") | {
        "shifts-TOTAL_FORMS": "1",
        "shifts-0-weekday": "2",
        "shifts-0-opens": "9:00",
        "shifts-0-closes": "10:00",
    }
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain, response.context["errors"]
    slots = Slot.objects.open().online().order_by("starts_at").values_list("day", flat=True)
    assert {day.weekday() for day in slots} == {WEDNESDAY}


def save_shift(client, counter, **said):
    """Add hours on the counter's page; with an `id` change those."""
    url = reverse("admin:services_counter_change", args=[counter.pk])
    sent = sent_by(client.get(url), "counter_form")
    sent |= {"shifts-TOTAL_FORMS": "1"} | {f"shifts-0-{name}": value for name, value in said.items()}
    return client.post(url, sent)


def refusals_in(page) -> list[str]:
    [formset] = [each.formset for each in page.context["inline_admin_formsets"]]
    return [refusal.code for refusal in formset.non_form_errors().as_data()]


@pytest.mark.parametrize(
    "said",
    [
        {"date": "2026-11-23"},
        {"date": "2026-11-24", "opens": "6:00", "closes": "7:00"},
        {"weekday": "2", "valid_until": "2026-11-23"},
        {"weekday": "2", "valid_from": "2026-11-01", "valid_until": "2026-11-20"},
    ],
)
def test_hours_that_are_over_already_are_refused(client, counter, said):
    client.force_login(make.post("director", community=counter.community).user)
    with time_machine.travel(NOW, tick=False):
        page = save_shift(client, counter, **{"opens": "9:00", "closes": "10:00"} | said)
    assert refusals_in(page) == ["shift_past"]
    assert not counter.shifts.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"date": "2026-11-24", "opens": "7:00", "closes": "9:00"},
        {"date": "2026-11-23", "opens": "22:00", "closes": "12:00"},
        {"weekday": "1", "valid_until": "2026-11-24"},
    ],
)
def test_hours_that_are_not_over_yet_are_taken(client, counter, said):
    client.force_login(make.post("director", community=counter.community).user)
    with time_machine.travel(NOW, tick=False):
        assert save_shift(client, counter, **{"opens": "9:00", "closes": "10:00"} | said).status_code == 302
    assert counter.shifts.count() == 1


def test_old_hours_stand_in_the_way_of_no_other_change(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    make.counter_shift(counter=counter, date=dt.date(2026, 10, 1))
    url = reverse("admin:services_counter_change", args=[counter.pk])
    with time_machine.travel(NOW, tick=False):
        assert client.post(url, sent_by(client.get(url), "counter_form")).status_code == 302


def test_director_edits_the_hours_of_the_place_and_takes_a_closure_back(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    place = counter.facility
    closure = make.closure(facility=place, starts_on=dt.date(2026, 11, 25))
    page = client.get(reverse("admin:circle_facility_change", args=[place.pk]))
    names = sent_by(page, "facility_form")
    assert {"opening_hours-0-opens", "opening_hours-0-DELETE"} <= {*names, "opening_hours-0-DELETE"}
    assert 'name="opening_hours-0-DELETE"' in page.text
    client.post(reverse("admin:circle_closure_delete", args=[closure.pk]), {"post": "yes"})
    assert not place.closures.exists()


def test_director_sets_how_far_ahead_an_item_is_booked_and_cancelled(client, counter):
    client.force_login(make.post("director", community=counter.community).user)
    [item] = counter.items.all()
    page = client.get(reverse("admin:services_serviceitem_change", args=[item.pk]))
    assert {"book_days_ahead", "cancel_hours"} <= set(sent_by(page, "serviceitem_form"))
