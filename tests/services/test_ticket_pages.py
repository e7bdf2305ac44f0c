"""The public pages of tickets: the code at the entrance, one's place in line, screen, kiosk and slip."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from services import actions
from services.actions.ticket_entrance import ACCEPTED, PERIOD, entrance_token
from services.models import Ticket
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.moment(0, 9)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def counter():
    return make.bookable().counters.get()


@pytest.fixture
def hall(counter):
    return make.ticket_hall(facility=counter.facility)


def entrance(hall, at: dt.datetime = NOW) -> str:
    token = entrance_token(hall.facility, at)
    return f"/en/services/draw/{hall.facility.short_code}/{token}/"


def lines_of_page(page) -> str:
    return " ".join(page.text.split())


def test_code_at_the_entrance_leads_to_a_number_and_to_no_second_one(client, hall):
    page = client.get(reverse("ticket_entrance", args=[hall.device_key]))
    assert entrance(hall).removeprefix("/en") in page.text
    form = client.get(entrance(hall))
    assert form.status_code == 200
    drawn = client.post(entrance(hall), {"line": "A"})
    ticket = Ticket.objects.get()
    assert (ticket.origin, ticket.resident, drawn["Location"]) == (
        "phone",
        None,
        f"/en/services/tickets/{ticket.code}/",
    )
    assert client.post(entrance(hall), {"line": "A"})["Location"] == drawn["Location"]
    assert Ticket.objects.count() == 1
    client.post(drawn["Location"])
    client.post(entrance(hall), {"line": "A"})
    assert list(Ticket.objects.order_by("pk").values_list("status", flat=True)) == ["left", "waiting"]


def test_code_of_some_minutes_ago_draws_nothing(client, hall, clock):
    address = entrance(hall)
    clock.move_to(NOW + dt.timedelta(seconds=PERIOD * (ACCEPTED - 1)))
    assert client.get(address).status_code == 200
    clock.move_to(NOW + dt.timedelta(seconds=PERIOD * (ACCEPTED + 1)))
    for answer in (client.get(address), client.post(address, {"line": "A"})):
        assert (answer.status_code, 'data-code="entrance_code_old"' in answer.text) == (422, True)
    other = make.ticket_hall(facility=make.bookable().counters.get().facility)
    token = entrance_token(other.facility, NOW)
    assert client.post(f"/services/draw/{hall.facility.short_code}/{token}/").status_code == 422
    assert not Ticket.objects.exists()


def test_who_is_signed_in_is_known(client, hall):
    her = make.own_resident(community=hall.community)
    client.force_login(her.login)
    client.post(entrance(hall), {"line": "A"})
    assert Ticket.objects.get().resident == her


@pytest.mark.parametrize(
    ("values", "code"), [({"line": "Z"}, "unknown_line"), ({"priority": "rich"}, "priority_unknown")]
)
def test_what_nobody_offers_is_refused(client, hall, values, code):
    for address in (entrance(hall), f"/services/kiosk/{hall.device_key}/"):
        answer = client.post(address, values)
        assert (answer.status_code, f'data-code="{code}"' in answer.text) == (422, True)
    assert not Ticket.objects.exists()


def test_place_in_line_is_said_until_it_is_ones_turn(client, hall, counter, clock):
    clerk = make.clerk(community=hall.community)
    tickets = [make.ticket(item=counter.items.get(), at=NOW) for _number in range(4)]
    url = f"/en/services/tickets/{tickets[3].code}/"
    answer = client.get(url)
    page = lines_of_page(answer)
    assert answer["Refresh"] == "30"
    assert "Refresh" not in client.get(f"{url}?still=1")
    assert "3 people" in page
    assert "We cannot say yet." in page
    actions.call_next(counter=counter, at=NOW, by=clerk)
    assert "It is nearly your turn: please be in the hall." in lines_of_page(client.get(url))
    actions.skip_ticket(ticket=Ticket.objects.in_hand_of(clerk).get(), at=NOW, by=clerk)
    for _number in range(2):
        called = actions.call_next(counter=counter, at=NOW, by=clerk)
        actions.start_serving(ticket=called, at=NOW, by=clerk)
    assert "You are the next." in lines_of_page(client.get(url))
    actions.call_next(counter=counter, at=NOW, by=clerk)
    assert f"It is your turn: please go to {counter.name_en}." in lines_of_page(client.get(url))
    assert client.post(url).status_code == 403
    session = client.session
    session["my_ticket"] = tickets[3].code
    session.save()
    assert client.post(url).status_code == 422
    assert client.get("/services/tickets/NOSUCH00/").status_code == 404


def test_screen_says_numbers_and_counters_and_nothing_else(
    client, hall, counter, django_assert_max_num_queries
):
    clerk = make.clerk(community=hall.community)
    her = make.resident(community=hall.community, name="王秀英")
    for _number in range(30):
        make.ticket(item=counter.items.get(), resident=her, at=NOW)
    called = actions.call_next(counter=counter, at=NOW, by=clerk)
    url = reverse("ticket_screen", args=[hall.facility.short_code])
    client.get(url)
    with django_assert_max_num_queries(6):
        page = client.get(url)
    assert len(page.content) <= 20_000
    assert page["Refresh"] == "8"
    assert [word in page.text for word in (called.label, counter.name_en, "A002")] == [True] * 3
    assert [word in page.text for word in (her.name, counter.items.get().name_zh)] == [False, False]


def test_kiosk_prints_a_slip_of_its_own_hall(client, hall):
    make.rule("hall_priority", params={"reasons": ["wheelchair"]})
    kiosk = f"/en/services/kiosk/{hall.device_key}/"
    assert 'name="priority" value="wheelchair"' in client.get(f"{kiosk}?priority=wheelchair").text
    slip = client.post(kiosk, {"line": "A", "priority": "wheelchair"})["Location"]
    ticket = Ticket.objects.get()
    assert (ticket.origin, ticket.priority, slip) == ("kiosk", "wheelchair", f"{kiosk}{ticket.code}/")
    page = client.get(slip)
    assert page["Refresh"] == f"15;url={kiosk}"
    assert [word in page.text for word in (ticket.label, "data:image/svg+xml")] == [True] * 2
    other = make.ticket_hall(facility=make.bookable().counters.get().facility)
    assert client.get(f"/services/kiosk/{other.device_key}/{ticket.code}/").status_code == 404
    assert client.get("/services/kiosk/NOKEY/").status_code == 404


def test_list_of_arrivals_gives_no_numbers(client, hall):
    hall.mode = "list"
    hall.save()
    for address in (entrance(hall), f"/services/kiosk/{hall.device_key}/"):
        assert 'data-code="no_numbers"' in client.post(address, {"line": "A"}).text


def test_page_of_a_booking_leads_to_its_number_once_it_is_checked_in(client, counter):
    booking = make.booking(slot=make.slot(counter=counter, starts_at=NOW), at=make.moment(-1, 9))
    client.force_login(booking.resident.login)
    url = f"/en/services/bookings/{booking.code}/"
    assert "see your place in line" not in client.get(url).text
    actions.check_in_booking(booking=booking, at=NOW, by=make.clerk(community=booking.community))
    ticket = Ticket.objects.get()
    assert f'href="/en/services/tickets/{ticket.code}/"' in client.get(url).text


def test_renewed_addresses_shut_the_old_ones(client, hall):
    director = make.director()
    client.force_login(director)
    old = hall.device_key
    form = {"action": "renew_keys", "_selected_action": [str(hall.pk)]}
    client.post(reverse("admin:services_tickethall_changelist"), form)
    hall.refresh_from_db()
    assert hall.device_key != old
    page = client.get(reverse("admin:services_tickethall_change", args=[hall.pk])).text
    assert reverse("ticket_kiosk", args=[hall.device_key]) in page
    assert [client.get(f"/services/{name}/{old}/").status_code for name in ("kiosk", "entrance")] == [404] * 2
