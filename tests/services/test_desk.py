"""Bookings in the back office: made for a resident, found, called off; the queues of the halls."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from circle.models import Message, Resident
from services.backoffice.queues import hall_queues
from services.models import Booking, Slot
from tests import make

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


def url_of(name: str, *args, model: str = "booking") -> str:
    return reverse(f"admin:services_{model}_{name}", args=args)


def codes_in(response) -> list[str]:
    return re.findall(r'data-code="([^"]*)"', response.text)


def rows_in(response) -> list:
    return list(response.context["cl"].queryset)


# Booking for a resident -------------------------------------------------------------------------------------


def new_url(hall) -> str:
    return f"{url_of('new')}?facility={hall.short_code}"


def time_url(hall, resident, item=None) -> str:
    url = f"{url_of('time')}?facility={hall.short_code}&resident={resident.code}"
    return f"{url}&item={item.code}" if item else url


@pytest.mark.parametrize("typed", ["桂兰", "138 0013 8000", "+86 138-0013-8000"])
def test_resident_is_found_by_name_and_by_phone(client, clerk, hall, typed):
    found = make.resident(name="王桂兰", phone="13800138000")
    make.resident(name="李大爷", phone=make.mobile())
    make.resident(name="王桂兰", phone="13800138000", community=make.community())
    make.resident(name="王桂兰", phone="13800138000", died_on=TODAY)
    response = client.post(new_url(hall), {"q": typed})
    assert response.context["people"] == [found]
    assert f"resident={found.code}" in response.text
    assert ("138****8000" in response.text, found.phone in response.text) == (True, typed == "13800138000")


def hrefs_in(response) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', response.text)]


def test_from_the_search_to_the_code_by_what_the_pages_offer(client, clerk, item, counter, hall):
    """Search, choose, book; and for whom nobody knows yet: register, book."""
    known = make.resident(name="赵大爷", phone="13800138000")
    times = [make.moment(1, 9), make.moment(1, 10)]
    slots = [make.slot(counter=counter, starts_at=time, channel="counter") for time in times]
    found = client.post(new_url(hall), {"q": "zdy"})
    [chosen] = [href for href in hrefs_in(found) if href.startswith(url_of("time"))]
    nobody = client.post(new_url(hall), {"q": "钱大妈"})
    assert nobody.context["people"] == []
    newcomer = nobody.context["newcomer"].initial | {"phone": ""}
    [action] = re.findall(r'action="([^"]*register[^"]*)"', nobody.text)
    registered = client.post(unescape(action), newcomer)["Location"]
    for url, slot in zip((chosen, registered), slots, strict=True):
        assert f'value="{item.code}"' in client.get(url).text
        form = client.get(f"{url}&item={item.code}").context["form"]
        sent = {"slot": slot.code, "via": "phone", "once": form.initial["once"]}
        done = client.post(f"{url}&item={item.code}", sent, follow=True)
        assert Booking.objects.get(slot=slot).code in done.text
    names = Booking.objects.order_by("slot__starts_at").values_list("resident__name", flat=True)
    assert list(names) == [known.name, "钱大妈"]
    assert Resident.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "initial"),
    [
        ("钱大妈", {"name": "钱大妈"}),
        ("138 0013 8000", {"phone": "138 0013 8000"}),
        ("1380013800", {"phone": "1380013800"}),
        ("0027", {}),
        ("3栋", {}),
        ("AB23 CD45", {}),
    ],
)
def test_form_for_somebody_new_begins_with_what_was_typed(client, clerk, hall, typed, initial):
    found = dict(client.post(new_url(hall), {"q": typed}).context["newcomer"].initial)
    assert found.pop("once")
    assert found == initial


def test_empty_search_is_refused(client, clerk, hall):
    response = client.post(new_url(hall), {"q": " "})
    assert (response.status_code, codes_in(response)) == (422, ["required"])


def test_who_is_not_found_is_taken_into_the_register(client, clerk, hall):
    url = f"{url_of('register')}?facility={hall.short_code}"
    sent = {"name": "钱大妈", "phone": "", "once": "k1"}
    answers = [client.post(url, sent)["Location"] for _ in range(2)]
    resident = Resident.objects.get()
    assert (resident.name, resident.phone, resident.community) == ("钱大妈", "", hall.community)
    assert answers == [time_url(hall, resident)] * 2


def test_whoever_is_known_by_phone_and_name_is_not_registered_twice(client, clerk, hall):
    known = make.resident(name="钱大妈", phone="13800138000")
    url = f"{url_of('register')}?facility={hall.short_code}"
    sent = {"name": " 钱大妈 ", "phone": "138 0013 8000", "once": "k1"}
    assert client.post(url, sent)["Location"] == time_url(hall, known)


@pytest.mark.parametrize(("values", "code"), [({"name": ""}, "required"), ({"phone": "12"}, "phone_invalid")])
def test_register_says_what_is_wrong(client, clerk, hall, values, code):
    sent = {"name": "钱大妈", "phone": "", "once": "k1"} | values
    response = client.post(f"{url_of('register')}?facility={hall.short_code}", sent)
    assert (response.status_code, codes_in(response)) == (422, [code])
    assert not Resident.objects.exists()


def test_times_are_those_of_the_desk_else_those_online(client, clerk, item, counter, hall):
    resident = make.resident()
    kept = make.slot(counter=counter, starts_at=make.moment(1, 9), channel="counter", capacity=1)
    online = make.slot(counter=counter, starts_at=make.moment(1, 9))
    instead = make.slot(counter=counter, starts_at=make.moment(1, 10))
    make.slot(counter=counter, starts_at=make.moment(1, 10), channel="counter", capacity=0)
    closed = make.slot(counter=counter, starts_at=make.moment(1, 11), closed_by="staff")
    assert client.get(time_url(hall, resident)).context["item"] is None
    text = client.get(time_url(hall, resident, item)).text
    shown = [str(slot.code) in text for slot in (kept, online, instead, closed)]
    assert shown == [True, False, True, False]


@pytest.mark.parametrize("via", ["phone", "window"])
@pytest.mark.parametrize("phone", ["", "13800138000"])
def test_clerk_books_and_reads_the_code_aloud(client, clerk, item, counter, hall, via, phone):
    make.material(item=item, name_zh="户口簿")
    resident = make.resident(phone=phone)
    slot = make.slot(counter=counter, starts_at=make.moment(1, 9), channel="counter", capacity=2)
    sent = {"slot": slot.code, "via": via, "once": "k1"}
    answers = {client.post(time_url(hall, resident, item), sent)["Location"] for _ in range(2)}
    booking = Booking.objects.get()
    assert answers == {url_of("booked", booking.code)}
    assert (booking.resident, booking.slot, booking.via, booking.booked_by) == (resident, slot, via, clerk)
    text = client.get(url_of("booked", booking.code)).text
    assert (booking.code in text, "户口簿" in text) == (True, True)
    assert [message.channel for message in Message.objects.all()] == ["sms" if phone else "desk"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"slot": ""}, "required"),
        ({"slot": "nonsense"}, "invalid"),
        ({"slot": "7f1e2a9c-5a55-4c5e-9a1f-0b6f3f1c2d3e"}, "slot_missing"),
        ({"via": "online"}, "invalid_choice"),
        ({"via": "walk_in"}, "invalid_choice"),
    ],
)
def test_booking_form_says_what_is_wrong(client, clerk, item, counter, hall, values, code):
    slot = make.slot(counter=counter, starts_at=make.moment(1, 9), channel="counter")
    sent = {"slot": slot.code, "via": "phone", "once": "k1"} | values
    response = client.post(time_url(hall, make.resident(), item), sent)
    assert (response.status_code, codes_in(response)) == (422, [code])
    assert not Booking.objects.exists()


def test_forged_slot_of_another_community_is_refused(client, clerk, item, hall):
    foreign = make.slot(of=make.bookable(community=make.community()))
    sent = {"slot": foreign.code, "via": "phone", "once": "k1"}
    response = client.post(time_url(hall, make.resident(), item), sent)
    assert (response.status_code, codes_in(response)) == (422, ["other_community"])


def test_full_and_doubled_bookings_are_refused(client, clerk, item, counter, hall):
    resident = make.resident()
    full = make.slot(counter=counter, starts_at=make.moment(1, 9), capacity=0)
    free = make.slot(counter=counter, starts_at=make.moment(1, 10))
    url = time_url(hall, resident, item)
    assert codes_in(client.post(url, {"slot": full.code, "via": "phone", "once": "k1"})) == ["full"]
    assert client.post(url, {"slot": free.code, "via": "phone", "once": "k2"}).status_code == 302
    again = client.post(url, {"slot": free.code, "via": "phone", "once": "k3"})
    assert codes_in(again) == ["already_booked"]


def test_booking_begins_with_the_hall(client, clerk, item, hall):
    assert client.get(url_of("new"))["Location"] == new_url(hall)
    make.bookable()
    assert new_url(hall) in client.get(url_of("new")).text


def test_forged_residents_and_halls_are_not_found(client, clerk, hall):
    stranger = make.resident(community=make.community())
    assert client.get(time_url(hall, stranger)).status_code == 404
    for wrong in ("resident=nonsense", "resident="):
        assert client.get(f"{url_of('time')}?facility={hall.short_code}&{wrong}").status_code == 404
    for wrong, status in {"ZZZZZZ": 404, "": 404, "%00": 400, "a b": 404}.items():
        assert client.get(f"{url_of('new')}?facility={wrong}").status_code == status


def test_booking_for_residents_is_shut_to_others(client, hall, item):
    resident = make.resident()
    urls = [new_url(hall), time_url(hall, resident), f"{url_of('register')}?facility={hall.short_code}"]
    assert {client.post(url)["Location"].split("?")[0] for url in urls} == {"/admin/login/"}
    client.force_login(make.clerk(community=make.community()))
    assert {client.post(url).status_code for url in urls} == {404}
    client.force_login(make.staff("services.view_booking", "circle.view_resident"))
    assert {client.post(url).status_code for url in urls} == {403}
    client.force_login(make.clerk())
    assert client.get(urls[2]).status_code == 405


def test_code_of_another_community_is_not_shown(client, clerk):
    community = make.community()
    slot = make.slot(of=make.bookable(community=community))
    resident = make.resident(community=community, login=make.resident_login())
    booking = make.booking(slot=slot, resident=resident)
    assert client.get(url_of("booked", booking.code)).status_code == 404


# Bookings ---------------------------------------------------------------------------------------------------


def test_bookings_are_found_by_code_and_by_name(client, clerk):
    booking, _other = make.booking(resident=make.own_resident(name="王桂兰")), make.booking()
    code = booking.code
    for typed in (code, code.lower(), f"{code[:4]} {code[4:]}", f"{code[:4]}-{code[4:]}", "桂兰"):
        assert rows_in(client.get(url_of("changelist"), {"q": typed})) == [booking]


def test_bookings_are_read_and_never_typed(client, clerk):
    booking = make.booking()
    url = url_of("change", booking.pk)
    text = client.get(url).text
    assert [name in text for name in (booking.code, booking.resident.name)] == [True, True]
    assert "_save" not in text
    assert client.post(url, {"status": "served"}).status_code == 403
    assert client.post(url_of("add"), {}).status_code == 403
    assert client.post(url_of("delete", booking.pk), {"post": "yes"}).status_code == 403
    for pk in ("999999", "nonsense"):
        assert client.get(url_of("change", pk)).status_code == 302


def test_bookings_of_today_tomorrow_and_before(client, clerk, item, counter):
    found = {
        when: make.booking(
            item=item,
            slot=make.slot(counter=counter, starts_at=make.moment(day, 9)),
            at=make.moment(-5, 8),
        )
        for when, day in {"past": -1, "today": 0, "tomorrow": 1}.items()
    }
    for when, booking in found.items():
        assert rows_in(client.get(url_of("changelist"), {"when": when})) == [booking]
    assert len(rows_in(client.get(url_of("changelist"), {"when": "week"}))) == 2


def test_several_are_called_off_over_a_page_with_a_reason(client, clerk):
    bookings = [make.booking(), make.booking()]
    kept = make.booking()
    url = url_of("changelist")
    sent = {"action": "revoke_all", "_selected_action": [booking.pk for booking in bookings]}
    assert bookings[0].code in client.post(url, sent).text
    empty = client.post(url, sent | {"confirmed": "yes", "reason": " "})
    assert (empty.status_code, codes_in(empty)) == (422, ["reason_missing"])
    assert not Booking.objects.filter(status="revoked").exists()
    client.post(url, sent | {"confirmed": "yes", "reason": "停电"})
    assert set(Booking.objects.filter(status="revoked", reason="停电")) == set(bookings)
    assert Message.objects.filter(event="booking_revoked").count() == 2
    kept.refresh_from_db()
    assert kept.status == "booked"


def test_bulk_action_names_what_could_not_be_done_and_does_the_rest(client, clerk):
    cancelled, booked = make.booking(), make.booking()
    client.post(url_of("do", cancelled.code), {"verb": "cancel"})
    sent = {"action": "revoke_all", "_selected_action": [cancelled.pk, booked.pk]}
    sent |= {"confirmed": "yes", "reason": "停电"}
    response = client.post(url_of("changelist"), sent, follow=True)
    assert codes_in(response) == ["not_possible"]
    assert cancelled.code in response.text
    booked.refresh_from_db()
    assert booked.status == "revoked"


# Queues -----------------------------------------------------------------------------------------------------


def counts(user) -> dict[str, int]:
    return {queue.url: queue.count for queue in hall_queues(user)}


def test_queues_count_todays_bookings_of_each_hall(client, clerk, item, counter, hall):
    slot = make.slot(counter=counter, starts_at=make.moment(0, 14))
    for _ in range(2):
        make.booking(item=item, slot=slot)
    make.booking()  # tomorrow, elsewhere
    make.booking(slot=make.slot(of=make.bookable(), starts_at=make.moment(0, 14)))
    found = counts(clerk)
    assert (found[url_of("days")], found[url_of("day", hall.short_code)], len(found)) == (3, 2, 17)
    assert url_of("day", hall.short_code) in client.get("/admin/").text


def test_queues_name_who_is_stranded_and_what_has_no_outcome(client, clerk, item, counter):
    stranded = make.booking(item=item, slot=make.slot(counter=counter))
    old = make.slot(counter=counter, starts_at=make.moment(-2, 9))
    unfinished = make.booking(item=item, slot=old, at=make.moment(-5, 8))
    Slot.objects.filter(pk=stranded.slot_id).update(closed_by="timetable")
    found = {queue.url.partition("=")[2]: queue for queue in hall_queues(clerk) if "attention" in queue.url}
    assert [found[name].count for name in ("stranded", "unfinished")] == [1, 1]
    assert [found[name].is_urgent for name in ("stranded", "unfinished")] == [True, False]
    assert rows_in(client.get(found["stranded"].url)) == [stranded]
    assert rows_in(client.get(found["unfinished"].url)) == [unfinished]


def test_queue_begins_with_the_earliest(client, clerk, item, counter):
    slots = [
        make.slot(counter=counter, starts_at=make.moment(day, hour))
        for day, hour in ((2, 9), (1, 10), (1, 9))
    ]
    late, middle, early = (make.booking(item=item, slot=slot) for slot in slots)
    Slot.objects.update(closed_by="timetable")
    url = reverse("admin:services_booking_changelist")
    assert rows_in(client.get(url + "?attention=stranded")) == [early, middle, late]
    assert rows_in(client.get(url + "?when=week")) == [early, middle, late]
    assert rows_in(client.get(url))[0] == late


def test_queues_leave_other_communities_out(clerk):
    community = make.community()
    slot = make.slot(of=make.bookable(community=community), starts_at=make.moment(0, 14))
    make.booking(slot=slot, resident=make.resident(community=community, login=make.resident_login()))
    assert set(counts(clerk).values()) == {0}


def test_index_takes_the_same_few_queries_for_any_number_of_bookings(clerk, item, counter, queries_of):
    slot = make.slot(counter=counter, starts_at=make.moment(0, 14), capacity=30)
    make.booking(item=item, slot=slot)
    few = queries_of("/admin/")
    for _ in range(9):
        make.booking(item=item, slot=slot)
    assert queries_of("/admin/") == few <= 20
