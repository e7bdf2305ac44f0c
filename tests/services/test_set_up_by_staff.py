"""What the back office sets up by its own forms: times of a weekday or a date, in a row, without booking."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from circle.calendar.working_days import SHANGHAI
from services import actions
from services.models import Booking, Counter, Slot
from tests import make
from tests.html_forms import sent_by

pytestmark = pytest.mark.django_db
NOW = make.MORNING  # Tuesday 24 November 2026
MONDAY, WEDNESDAY, THURSDAY = 0, 2, 3
COUNTERS = 30


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def station():
    return make.facility(hours="8:00-18:00", name_zh="卫生站", name_en="Health station")


@pytest.fixture
def director(client, station):
    client.force_login(make.director())
    return client


def add_counter(client, place, *shifts: dict, **values) -> Counter:
    """By the form "add", with hours of its own; laid out when it is saved."""
    url = reverse("admin:services_counter_add")
    sent = sent_by(client.get(url), "counter_form") | {
        "community": str(place.community_id),
        "facility": str(place.pk),
        "name_zh": "窗口",
        "name_en": "Counter",
        "shifts-TOTAL_FORMS": str(len(shifts)),
        **values,
    }
    for number, shift in enumerate(shifts):
        sent |= {f"shifts-{number}-{name}": value for name, value in shift.items()}
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain, response.context["errors"]
    return Counter.objects.get(code=values["code"])


def change_item(client, item, **values) -> None:
    url = reverse("admin:services_serviceitem_change", args=[item.pk])
    response = client.post(url, sent_by(client.get(url), "serviceitem_form") | values, follow=True)
    assert response.redirect_chain, response.context["errors"]


def on_sale(counter: Counter) -> list[str]:
    slots = Slot.objects.open().online().filter(counter=counter).order_by("starts_at")
    return [f"{slot.starts_at.astimezone(SHANGHAI):%m-%d %H:%M}" for slot in slots]


def shift(opens: str, closes: str, **day) -> dict:
    return {"opens": opens, "closes": closes, **{name: str(value) for name, value in day.items()}}


def test_vaccination_wednesdays_lawyers_thursday_and_a_flu_clinic_on_one_date(director, station):
    item = make.item(is_bookable=True, community=station.community)
    each = {"items": [str(item.pk)], "slot_minutes": "60", "counter_places": "0", "days_ahead": "14"}
    cases = [
        ("vaccination", shift("9:00", "11:00", weekday=WEDNESDAY), ["11-25", "12-02"], ["09:00", "10:00"]),
        ("lawyer", shift("14:00", "15:00", weekday=THURSDAY), ["11-26", "12-03"], ["14:00"]),
        ("flu", shift("8:00", "9:00", date="2026-11-30"), ["11-30"], ["08:00"]),
    ]
    for code, hours, days, times in cases:
        counter = add_counter(director, station, hours, code=code, **each)
        assert on_sale(counter) == [f"{day} {time}" for day in days for time in times], code
    page = director.get(f"/services/{item.code}/book/?day=2026-11-30")
    assert page.context["day"].date == dt.date(2026, 11, 30)


def test_ping_pong_room_is_booked_for_two_hours_running(director, station, client):
    item = make.bookable(community=station.community, audiences=[make.audience()])
    change_item(director, item, times_in_a_row="2")
    hours = shift("18:00", "21:00", weekday=WEDNESDAY)
    room = add_counter(
        director, station, hours, code="room", items=[str(item.pk)], slot_minutes="60", online_places="1"
    )
    person = make.own_resident(community=station.community)
    client.force_login(person.login)
    for number, hour in enumerate((18, 19, 20)):
        slot = room.slots.online().get(starts_at=make.moment(1, hour))
        sent = {
            "slot": slot.code,
            "resident": person.code,
            "once": f"6f1c1a3e-0000-4000-8000-00000000000{number}",
        }
        page = client.post(f"/services/{item.code}/book/check/", sent)
        assert page.status_code == (422 if hour == 20 else 302)
    assert Booking.objects.live().count() == 2


def test_tai_chi_without_booking(director, station, html):
    add_counter(
        director,
        station,
        shift("7:00", "8:00", weekday=WEDNESDAY),
        code="tai-chi",
        name_zh="太极拳",
        online_places="0",
        counter_places="0",
    )
    assert not Slot.objects.exists()
    assert "太极拳" in html(director.get(station.get_absolute_url()))
    assert director.get("/services/sessions/tai-chi/calendar.ics").status_code == 200


def test_second_hall_runs_a_day(director, station, client, html):
    """Its window is opened, the chooser names both halls, and its clerk goes through the day sheet."""
    item = make.bookable(community=station.community, audiences=[make.audience()])
    [first] = item.counters.all()
    second = add_counter(director, station, code="second", items=[str(item.pk)], days_ahead="1")
    actions.lay_out_slots(community=station.community, at=NOW)
    chooser = html(director.get(f"/services/{item.code}/book/"))
    assert first.facility.name_zh in chooser
    assert station.name_zh in chooser
    slot = second.slots.online().filter(day=NOW.date()).order_by("starts_at").first()
    booking = make.booking(item=item, slot=slot)
    client.force_login(make.clerk(community=station.community))
    sheet = client.get(reverse("admin:services_booking_day", args=[station.short_code]))
    assert booking.code in html(sheet)
    for verb, status in (("arrive", "arrived"), ("serve", "served")):
        client.post(
            reverse("admin:services_booking_do", args=[booking.code]), {"verb": verb, "back": "sheet"}
        )
        booking.refresh_from_db()
        assert booking.status == status


def test_sheet_and_chooser_take_few_queries_with_thirty_counters(client, station, queries_of):
    item = make.item(is_bookable=True, community=station.community)
    counters = [make.counter(facility=station, items=[item]) for _ in range(COUNTERS)]
    for counter in counters:
        make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(0, 14), capacity=3))
    assert queries_of(f"/services/{item.code}/book/") <= 12
    client.force_login(make.clerk(community=station.community))
    sheet = reverse("admin:services_booking_day", args=[station.short_code])
    assert max(queries_of(sheet), queries_of(f"{sheet}?print=1")) <= 12
