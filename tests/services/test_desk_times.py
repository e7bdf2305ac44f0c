"""Times at the counters in the back office: listed, closed, moved between the shares; closures of a place."""

import re

import pytest
import time_machine
from django.urls import reverse

from circle.models import Closure, Facility
from services.models import Slot
from tests import make
from tests.asked_first import leave_in_list

pytestmark = pytest.mark.django_db

TODAY = make.MORNING.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.MORNING, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable()


@pytest.fixture
def counter(item):
    return item.counters.get()


@pytest.fixture
def hall(counter):
    return counter.facility


@pytest.fixture
def ours(hall):
    return hall.community


def url_of(name: str, *args, model: str = "slot") -> str:
    return reverse(f"admin:services_{model}_{name}", args=args)


def codes_in(response) -> list[str]:
    return re.findall(r'data-code="([^"]*)"', response.text)


def rows_in(response) -> list:
    return list(response.context["cl"].queryset)


# Slots and counters -----------------------------------------------------------------------------------------


def test_slots_are_listed_from_today_on_unless_asked_otherwise(client, clerk, counter):
    past = make.slot(counter=counter, starts_at=make.moment(-1, 9))
    coming = make.slot(counter=counter, starts_at=make.moment(1, 9))
    url = url_of("changelist")
    assert rows_in(client.get(url)) == [coming]
    assert rows_in(client.get(url, {"when": "past"})) == [past]
    assert rows_in(client.get(url, {"when": "all"})) == [past, coming]
    assert rows_in(client.get(url, {"counter": counter.pk})) == [coming]


def test_filter_of_counters_names_ones_own_only(client, clerk, counter):
    foreign = make.counter(facility=make.facility(community=make.community()))
    text = client.get(url_of("changelist")).text
    assert (counter.name in text, foreign.name in text) == (True, False)


def test_slots_are_closed_and_opened_over_a_page(client, clerk, counter):
    slot = make.slot(counter=counter)
    foreign = make.slot(of=make.bookable(community=make.community()))
    booking = make.booking(slot=slot)
    url = url_of("changelist")
    for action, state in (("close", "staff"), ("reopen", "")):
        sent = {"action": action, "_selected_action": [slot.pk, foreign.pk]}
        before = slot.closed_by
        assert client.post(url, sent).status_code == 200
        slot.refresh_from_db()
        assert slot.closed_by == before
        leave_in_list(client, client.post(url, sent | {"confirmed": "yes"}))
        slot.refresh_from_db()
        assert slot.closed_by == state
    foreign.refresh_from_db()
    booking.refresh_from_db()
    assert (foreign.closed_by, booking.status) == ("", "booked")


def test_slots_are_never_typed(client, clerk, counter):
    slot = make.slot(counter=counter)
    assert client.post(url_of("change", slot.pk), {"capacity": 99}).status_code == 403
    assert client.get(url_of("add")).status_code == 403


def test_staff_read_only_the_times_of_the_day_shown(client, clerk, counter, slots_read):
    booking = make.booking(slot=make.slot(counter=counter))
    for number in range(30):
        make.slot(counter=counter, starts_at=make.moment(2 + number // 10, 8 + number % 10))
    url = reverse("admin:services_booking_ask", args=[booking.code, "move"])
    assert slots_read(lambda: client.get(url)) <= 10 + 1  # the booking's own


@pytest.fixture
def shares(counter):
    online = make.slot(counter=counter, capacity=3)
    return online, make.slot(counter=counter, capacity=1, channel="counter")


def test_places_are_moved_between_the_shares(client, clerk, shares):
    online, kept = shares
    url = url_of("places", online.pk)
    assert client.get(url).context["form"]["to"].value() == "counter"
    assert client.post(url, {"places": 2, "to": "counter"})["Location"] == url
    assert [Slot.objects.get(pk=slot.pk).capacity for slot in (online, kept)] == [1, 3]
    client.post(url, {"places": 1, "to": "online"})
    assert [Slot.objects.get(pk=slot.pk).capacity for slot in (online, kept)] == [2, 2]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"places": 3}, "full"),
        ({"places": 0}, "min_value"),
        ({"places": ""}, "required"),
        ({"to": "nowhere"}, "invalid_choice"),
    ],
)
def test_move_of_places_says_what_is_wrong(client, clerk, shares, values, code):
    online, _kept = shares
    make.booking(slot=online)
    url = url_of("places", online.pk)
    response = client.post(url, {"places": 1, "to": "counter"} | values)
    assert (response.status_code, codes_in(response)) == (422, [code])


def test_places_of_a_single_share_open_the_other_one(client, clerk, counter):
    slot = make.slot(counter=counter)
    response = client.post(url_of("places", slot.pk), {"places": 1, "to": "counter"})
    assert response.status_code == 302
    other = Slot.objects.get(channel="counter")
    assert (other.starts_at, other.ends_at, other.capacity) == (slot.starts_at, slot.ends_at, 1)
    assert Slot.objects.get(channel="online").capacity == slot.capacity - 1


def test_share_that_gives_more_than_it_has_opens_no_other(client, clerk, counter):
    slot = make.slot(counter=counter)
    response = client.post(url_of("places", slot.pk), {"places": 3, "to": "counter"})
    assert (codes_in(response), Slot.objects.count()) == (["full"], 1)


def test_share_that_does_not_exist_gives_no_places(client, clerk, counter):
    slot = make.slot(counter=counter)
    response = client.post(url_of("places", slot.pk), {"places": 1, "to": "online"})
    assert codes_in(response) == ["one_share"]


def test_week_shows_both_shares_of_each_time(client, clerk, shares, hall, html):
    make.booking(slot=shares[0])
    url = url_of("week", hall.short_code)
    text = html(client.get(url, {"from": "2026-11-26"}))
    assert "1/3 · 0/1" in text
    assert f'href="{url_of("places", shares[0].pk)}"' in text
    for slot in shares:
        Slot.objects.filter(pk=slot.pk).update(closed_by="staff")
    assert 'class="closed"' in html(client.get(url))
    assert "1/3" not in html(client.get(url, {"from": "2026-12-07"}))


def test_week_takes_the_same_few_queries_for_any_number_of_slots(clerk, counter, hall, queries_of):
    url = url_of("week", hall.short_code)
    make.slot(counter=counter)
    few = queries_of(url)
    for n in range(20):
        make.slot(counter=counter, starts_at=make.moment(n % 4, 10 + n // 4))
    assert queries_of(url) == few <= 12


def test_pages_of_slots_are_shut_to_others(client, shares, hall):
    urls = [url_of("week", hall.short_code), url_of("places", shares[0].pk)]
    assert {client.get(url)["Location"].split("?")[0] for url in urls} == {"/admin/login/"}
    client.force_login(make.clerk(community=make.community()))
    assert {client.get(url).status_code for url in urls} == {404}
    client.force_login(make.staff("services.view_slot"))
    assert [client.get(url).status_code for url in urls] == [200, 403]
    client.force_login(make.staff("services.view_booking"))
    assert client.get(urls[0]).status_code == 403


def test_weeks_of_several_halls_are_chosen(client, clerk, hall, item):
    url = url_of("weeks")
    assert client.get(url)["Location"] == url_of("week", hall.short_code)
    make.bookable()
    assert url_of("week", hall.short_code) in client.get(url).text


# Closures ---------------------------------------------------------------------------------------------------


def closure_sent(hall, first: str, last: str = "") -> dict:
    return {"facility": hall.pk, "starts_on": first, "ends_on": last, "reason_zh": "停电"}


def test_closure_closes_its_times_and_names_the_bookings_it_hits(client, director, item, counter, hall):
    hit = make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(1, 9)))
    later = make.slot(counter=counter, starts_at=make.moment(3, 9))
    missed = make.booking(item=item, slot=later)
    url = reverse("admin:circle_closure_add")
    page = client.post(f"/en{url}", closure_sent(hall, "2026-11-25", "2026-11-26"))
    response = leave_in_list(client, page)
    assert codes_in(response) == ["closure_hits_bookings"]
    [link] = re.findall(r'<a href="([^"]*attention=stranded[^"]*)"', response.text)
    assert "1 booking falls into this closure" in response.text
    assert rows_in(client.get(link.replace("&amp;", "&"))) == [hit]
    assert Slot.objects.get(pk=hit.slot_id).closed_by == "timetable"
    assert Slot.objects.get(pk=missed.slot_id).is_open


def test_closure_without_an_end_hits_all_that_follow(client, director, item, counter, hall):
    for day in (1, 3):
        make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(day, 9)))
    url = reverse("admin:circle_closure_add")
    text = leave_in_list(client, client.post(f"/en{url}", closure_sent(hall, "2026-11-25"))).text
    assert "2 bookings fall into this closure" in text


def test_closure_that_hits_nobody_says_nothing(client, director, hall, counter):
    make.slot(counter=counter)
    response = client.post(reverse("admin:circle_closure_add"), closure_sent(hall, "2026-11-25"), follow=True)
    assert codes_in(response) == []
    assert Closure.objects.exists()


def test_closure_typed_on_the_page_of_its_place_warns_as_well(client, director, item, counter, hall):
    client.force_login(make.director())
    make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(1, 9)))
    url = reverse("admin:circle_facility_change", args=[hall.pk])
    form = client.get(url).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value is not None and name != "photo"}
    for inline in ("opening_hours", "changes"):
        sent |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    sent |= {"closures-TOTAL_FORMS": "1", "closures-INITIAL_FORMS": "0"}
    sent |= {"closures-0-starts_on": "2026-11-25", "closures-0-reason_zh": "停电"}
    response = leave_in_list(client, client.post(url, sent, follow=True))
    assert codes_in(response) == ["closure_hits_bookings"]
    assert Facility.objects.get().closures.count() == 1
