"""The clerk's window and the pad of printed numbers."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Resident
from services import actions
from services.models import Booking, Ticket
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.moment(0, 9)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def item(clerk):
    return make.bookable()


@pytest.fixture
def counter(item):
    return item.counters.get()


@pytest.fixture
def press(client, counter):
    """Presses a key; gives the code of the refusal, empty where it was done."""
    url = reverse("admin:services_ticket_window", args=[counter.pk])

    def do(verb: str, **values: str) -> str:
        """With the number that the page shows, unless another one is given."""
        mine = client.get(url).context["window"].mine
        said = {"verb": verb} | ({"ticket": mine.code} if mine else {}) | values
        answer = client.post(url, said, follow=True)
        assert answer.status_code == 200
        return next((message.extra_tags for message in answer.context["messages"] if message.extra_tags), "")

    do.url = url
    return do


def status_of(ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def test_day_of_a_clerk_with_one_key_for_each_thing(press, item, counter):
    other = make.counter(items=[item], facility=counter.facility)
    first, second, third = (make.ticket(item=item, at=NOW) for _number in range(3))
    assert press("again") == "nothing_in_hand"
    assert (press("next"), status_of(first)) == ("", "called")
    assert press("next") == "in_hand"
    assert [press(verb) for verb in ("again", "again", "again")] == ["", "", "called_out"]
    assert (press("skip"), status_of(first)) == ("", "skipped")
    assert (press("next"), press("start"), press("park")) == ("", "", "")
    assert (press("call", ticket=first.code), press("start")) == ("", "")
    assert (press("item", item=item.code), press("next")) == ("", "")
    assert (status_of(first), status_of(third)) == ("done", "called")
    assert (press("transfer", to=str(other.pk)), status_of(third)) == ("", "waiting")
    assert press("call", ticket=third.code) == "wrong_counter"
    assert (press("return", ticket=second.code), press("next"), press("done")) == ("", "", "")
    assert press("next") == "nobody_waiting"
    assert status_of(second) == "done"


@pytest.mark.parametrize("verb", ["done", "park", "item", "name", "next"])
def test_page_of_a_second_tab_does_nothing_to_another_number(press, item, verb):
    resident = make.resident(community=item.community)
    first, second = (make.ticket(item=item, at=NOW) for _number in range(2))
    third = make.ticket(item=item, at=NOW)
    assert [press("next"), press("start"), press("next"), press("start")] == [""] * 4
    more = {"item": item.code, "resident": str(resident.code)}
    assert press(verb, ticket=first.code, **more) == "changed_meanwhile"
    assert press(verb, ticket="", **more) == "changed_meanwhile"
    assert [status_of(ticket) for ticket in (first, second, third)] == ["done", "serving", "waiting"]
    second.refresh_from_db()
    assert second.resident is None
    assert press(verb, **more) == ""


def test_each_form_about_the_number_in_hand_carries_its_code(client, press, item):
    ticket = make.ticket(item=item, at=NOW)
    press("next")
    make.resident(community=item.community, name="赵大爷")
    page = client.post(press.url, {"verb": "find", "q": "赵大爷"}).text
    assert page.count(f'name="ticket" value="{ticket.code}"') == 3


def test_of_two_items_noted_at_once_none_is_lost(item, counter, clerk):
    ticket = make.ticket(item=item, at=NOW)
    Ticket.objects.filter(pk=ticket.pk).update(item=None)
    other = make.item(community=item.community)
    actions.call_next(counter=counter, at=NOW, by=clerk)
    for noted in (item, other):
        [stale] = Ticket.objects.filter(pk=ticket.pk)
        stale.item_id = None  # as it was read before the other desk wrote
        actions.add_item(ticket=stale, item=noted, at=NOW, by=clerk)
    found = Ticket.objects.get(pk=ticket.pk)
    assert (found.item, list(found.more_items.all())) == (item, [other])


def test_number_that_was_finished_or_named_meanwhile_is_not_named(item, counter, clerk):
    one, other = (make.resident(community=item.community) for _number in range(2))
    make.ticket(item=item, at=NOW)
    ticket = actions.call_next(counter=counter, at=NOW, by=clerk)
    [stale] = Ticket.objects.filter(pk=ticket.pk)
    actions.name_ticket(ticket=ticket, resident=one, at=NOW, by=clerk)
    with pytest.raises(ValidationError) as refusal:
        actions.name_ticket(ticket=stale, resident=other, at=NOW, by=clerk)
    assert refusal.value.code == "changed_meanwhile"
    assert Ticket.objects.get(pk=ticket.pk).resident == one


def test_unknown_key_is_not_found(client, press):
    assert client.post(press.url, {"verb": "eat"}).status_code == 404


def test_window_says_who_is_next_and_why_in_few_queries(
    client, press, item, counter, django_assert_max_num_queries
):
    make.rule("hall_priority", params={"reasons": ["wheelchair"]})
    booking = make.booking(slot=make.slot(counter=counter, starts_at=NOW), at=make.moment(-1, 9))
    make.ticket(item=item, at=make.moment(0, 8, 40))
    make.ticket(item=item, at=make.moment(0, 8, 50), priority="wheelchair")
    assert press("find", q=booking.code.lower()) == ""
    for _number in range(20):
        make.ticket(item=item, at=NOW, resident=make.resident())
    press("next")
    client.get(press.url)
    with django_assert_max_num_queries(12):
        page = client.get(press.url)
    booking.refresh_from_db()
    window = page.context["window"]
    assert (booking.status, window.mine.booking, window.waiting) == (Booking.Status.ARRIVED, booking, 22)
    with_reason = [(ticket.label, ticket.reason) for ticket in window.following[:2]]
    assert [label for label, _reason in with_reason] == ["A002", "A001"]
    assert [reason for _label, reason in with_reason] == ["优先：坐轮椅", "8:40 到的"]


def test_search_box_finds_numbers_people_and_reads_an_id_card(client, press, item):
    ticket = make.ticket(item=item, at=NOW)
    press("next")
    number = make.id_number(dt.date(1951, 3, 5))
    known = make.resident(community=item.community, name="赵大爷", id_number=number, id_type="resident")
    line = f"赵大爷,男,汉,19510305,观山湖区石榴苑3栋,{number}"
    for typed in (line, "赵大爷", number):
        found = client.post(press.url, {"verb": "find", "q": typed}).context["found"]
        assert found.people == [known], typed
    assert client.post(press.url, {"verb": "find", "q": "a 001"}).context["found"].ticket == ticket
    assert press("name", resident=str(known.code)) == ""
    assert Ticket.objects.get().resident == known
    assert str(known.code) in client.get(press.url).text


def test_card_of_somebody_new_fills_name_and_birthday_and_the_number_is_dropped(client, press, item):
    make.ticket(item=item, at=NOW)
    press("next")
    number = make.id_number(dt.date(1960, 7, 9))
    page = client.post(press.url, {"verb": "find", "q": f"钱大妈 女 {number}"})
    initial = page.context["found"].newcomer.initial
    assert (initial, page.context["found"].people) == ({"name": "钱大妈", "born_on": dt.date(1960, 7, 9)}, [])
    assert number not in page.text
    assert press("register", name="钱大妈", born_on="2060-07-09") == "born_in_future"
    assert press("register", name="", born_on="") == "required"
    assert press("register", name="钱大妈", born_on="1960-07-09", phone="") == ""
    resident = Resident.objects.get()
    assert (resident.name, resident.born_on, resident.id_number) == ("钱大妈", dt.date(1960, 7, 9), "")
    assert Ticket.objects.get().resident == resident


def test_box_for_nothing_and_for_a_booking_of_another_hall(client, press, item):
    found = client.post(press.url, {"verb": "find", "q": "没有这个人"}).context["found"]
    assert (found.people, found.ticket) == ([], None)
    other = make.booking(
        slot=make.slot(counter=make.counter(items=[item]), starts_at=NOW), at=make.moment(-1, 9)
    )
    assert press("find", q=other.code) == "other_hall"


def test_clerk_chooses_a_counter_and_the_only_one_is_opened_at_once(client, counter, item):
    url = reverse("admin:services_ticket_windows")
    assert client.get(url)["Location"] == reverse("admin:services_ticket_window", args=[counter.pk])
    second = make.counter(items=[item], facility=counter.facility)
    assert list(client.get(url).context["counters"]) == [counter, second]


def test_counters_of_halls_with_bookings_of_late_stand_first(client, counter, item):
    quiet = make.counter(items=[item], facility=make.facility(community=counter.facility.community))
    quiet.facility.code = "a-hall-without-bookings"
    quiet.facility.save()
    url = reverse("admin:services_ticket_windows")
    assert client.get(url).context["counters"] == [quiet, counter]
    make.booking(slot=make.slot(counter=counter, starts_at=NOW), at=make.moment(-1, 9))
    assert client.get(url).context["counters"] == [counter, quiet]


def test_pad_is_printed_and_typed_in_once(client, counter):
    url = reverse("admin:services_ticket_pad", args=[counter.facility.short_code])
    assert [number in client.get(f"{url}?print=1").text for number in ("P001", "P200", "P201")] == [
        True,
        True,
        False,
    ]
    said = {"number": "7", "day": "2026-11-24", "time": "08:40"}
    assert [client.post(url, said).status_code for _time in range(2)] == [302, 422]
    ticket = Ticket.objects.get()
    assert (ticket.label, ticket.drawn_at) == ("P007", make.moment(0, 8, 40))
    assert client.post(url, said | {"number": "8", "time": "09:01"}).status_code == 422


def test_arrivals_of_a_list_are_done_from_the_day_sheet(client, counter, item):
    ticket = make.ticket(item=item, at=NOW)
    sheet = reverse("admin:services_booking_day", args=[counter.facility.short_code])
    url = reverse("admin:services_ticket_act", args=[ticket.code, "done"])
    assert url in client.get(sheet).text
    client.post(url)
    assert status_of(ticket) == "done"
    client.post(reverse("admin:services_ticket_act", args=[ticket.code, "leave"]))
    assert status_of(ticket) == "done"
