"""One booking: shown, moved, cancelled, found again by phone number and code; and the page /me/."""

import datetime as dt

import pytest
import time_machine
from icalendar import Calendar

from circle.models import Record
from services.models import Booking
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def booking():
    """Tomorrow at nine."""
    return make.booking()


@pytest.fixture
def her(client, booking):
    client.force_login(booking.resident.login)
    return client


def address(booking: Booking, page: str = "") -> str:
    return f"/services/bookings/{booking.code}/{page}"


def find(client, booking: Booking, **values):
    sent = {"phone": booking.resident.phone, "code": booking.code} | values
    return client.post("/services/bookings/", sent)


def codes(response) -> set[str]:
    errors = response.context["form"].errors.as_data()
    return {error.code for field in errors.values() for error in field}


# Who may see it ---------------------------------------------------------------------------------------------

PAGES = ["", "cancel/", "move/", "calendar.ics", "?print=1"]


@pytest.mark.parametrize("page", PAGES)
def test_booking_is_shown_to_its_person(her, booking, page):
    assert her.get(address(booking, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_booking_is_shown_to_who_may_act_for_the_person(client, booking, page):
    client.force_login(make.mandate(principal=booking.resident, scope="bookings").agent)
    assert client.get(address(booking, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_booking_does_not_exist_for_a_neighbour(client, booking, page):
    client.force_login(make.own_resident().login)
    assert client.get(address(booking, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_stranger_is_asked_for_the_phone_number(client, booking, page):
    response = client.get(address(booking, page))
    assert response["Location"] == f"/services/bookings/?code={booking.code}"


def test_stranger_learns_nothing_of_a_code_that_does_not_exist(client, booking):
    assert client.get("/services/bookings/AAAAAAAA/")["Location"] == "/services/bookings/?code=AAAAAAAA"


def test_clerk_of_another_community_does_not_see_it(client, booking):
    client.force_login(make.clerk(community=make.community()))
    assert client.get(address(booking)).status_code == 404


@pytest.mark.parametrize("page", ["cancel/", "move/"])
def test_neighbour_cannot_change_it(client, booking, page):
    client.force_login(make.own_resident().login)
    assert client.post(address(booking, page)).status_code == 404
    assert Booking.objects.get().status == "booked"


@pytest.mark.parametrize("page", ["cancel/", "move/"])
def test_right_to_look_changes_nothing(client, booking, page):
    """Staff work in the back office, where it is recorded as theirs and needs the right to change."""
    later = make.slot(counter=booking.slot.counter, starts_at=make.moment(2, 10))
    client.force_login(make.staff("services.view_booking"))
    assert client.get(address(booking, page)).status_code == 404
    assert client.post(address(booking, page), {"slot": later.code}).status_code == 404
    found = Booking.objects.get()
    assert (found.status, found.slot) == ("booked", booking.slot)


@pytest.mark.parametrize("page", ["", "calendar.ics", "?print=1"])
def test_page_of_a_resident_is_not_there_for_staff(client, booking, page):
    """They look at it in the back office, where their post says what they may see."""
    for user in (make.staff("services.view_booking", "services.change_booking"), make.clerk()):
        client.force_login(user)
        assert client.get(address(booking, page)).status_code == 404


def test_signed_in_visitor_may_change_what_number_and_code_have_opened(client, booking):
    client.force_login(make.own_resident().login)
    find(client, booking)
    assert client.post(address(booking, "cancel/"))["Location"] == address(booking)
    assert Booking.objects.get().status == "cancelled"


# Cancel and move --------------------------------------------------------------------------------------------


def test_cancel_gives_the_place_back(her, booking):
    assert her.post(address(booking, "cancel/"))["Location"] == address(booking)
    booking.refresh_from_db()
    booking.slot.refresh_from_db()
    assert (booking.status, booking.slot.taken) == ("cancelled", 0)


def test_cancelled_twice_is_refused_with_a_sentence(her, booking):
    her.post(address(booking, "cancel/"))
    response = her.post(address(booking, "cancel/"))
    assert (response.status_code, response.context["refused"].code) == (422, "already_cancelled")


def test_cancelled_too_late_is_refused(her, booking):
    with time_machine.travel(booking.cancellable_until + dt.timedelta(seconds=1), tick=False):
        response = her.post(address(booking, "cancel/"))
    assert (response.status_code, response.context["refused"].code) == (422, "too_late")


def test_move_keeps_the_code(her, booking):
    later = make.slot(counter=booking.slot.counter, starts_at=make.moment(2, 10))
    assert her.post(address(booking, "move/"), {"slot": later.code})["Location"] == address(booking)
    booking.refresh_from_db()
    assert (booking.slot, booking.day) == (later, later.day)


@pytest.mark.parametrize(
    ("slot", "code"),
    [("", "required"), ("nonsense", "invalid"), ("7b0f6a86-6a3c-4b3b-9d6e-2f6a1f0f8f5e", "slot_unknown")],
)
def test_move_without_a_real_time_is_refused(her, booking, slot, code):
    response = her.post(address(booking, "move/"), {"slot": slot})
    assert (response.status_code, codes(response)) == (422, {code})


def test_move_to_a_full_time_is_refused(her, booking):
    full = make.slot(counter=booking.slot.counter, starts_at=make.moment(2, 10), capacity=0)
    response = her.post(address(booking, "move/"), {"slot": full.code})
    assert (response.status_code, codes(response)) == (422, {"full"})


# Calendar file ----------------------------------------------------------------------------------------------


def test_calendar_file_holds_the_appointment_in_utc(her, booking):
    response = her.get(address(booking, "calendar.ics"))
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("dtstart") == booking.slot.starts_at.astimezone(dt.UTC)
    assert (str(event["summary"]), str(event["status"])) == (booking.item.name, "CONFIRMED")


def test_calendar_file_of_a_cancelled_booking_takes_it_out(her, booking):
    her.post(address(booking, "cancel/"))
    [event] = Calendar.from_ical(her.get(address(booking, "calendar.ics")).content).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"


def test_calendar_file_counts_each_change(her, booking):
    """Two changes within one second as well: the second must replace the first."""
    seen, other = [], make.slot(counter=booking.slot.counter, starts_at=make.moment(2, 9))
    for change in (None, "move/", "cancel/"):
        if change:
            her.post(address(booking, change), {"slot": other.code})
        [event] = Calendar.from_ical(her.get(address(booking, "calendar.ics")).content).walk("VEVENT")
        seen.append(event["SEQUENCE"])
    assert seen == sorted(set(seen))
    assert seen[-1] < 2**31  # RFC 5545


# Without an account -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelled", [str.lower, lambda code: f" {code[:4]}-{code[4:]} "])
def test_booking_is_found_by_phone_and_code(client, booking, spelled):
    response = find(client, booking, code=spelled(booking.code))
    assert response["Location"] == address(booking)
    assert client.get(address(booking)).status_code == 200


def test_found_booking_can_be_cancelled_without_an_account(client, booking):
    find(client, booking)
    client.post(address(booking, "cancel/"))
    booking.refresh_from_db()
    last = Record.objects.latest("id")
    assert (booking.status, last.actor) == ("cancelled", None)


def test_next_person_at_the_same_computer_finds_nothing(client, booking):
    find(client, booking)
    assert "/services/bookings/forget/" in client.get(address(booking)).text
    assert client.post("/services/bookings/forget/")["Location"] == "/services/bookings/"
    assert client.get(address(booking)).status_code == 302


def test_found_booking_stays_open_for_half_an_hour(client, booking):
    find(client, booking)
    with time_machine.travel(make.MORNING + dt.timedelta(minutes=29), tick=False):
        assert client.get(address(booking)).status_code == 200
    with time_machine.travel(make.MORNING + dt.timedelta(minutes=31), tick=False):
        assert client.get(address(booking)).status_code == 302


def test_ones_own_booking_offers_nothing_to_close(her, booking):
    assert "/services/bookings/forget/" not in her.get(address(booking)).text


def test_booking_of_someone_without_a_phone_is_found_by_the_agents(client):
    mandate = make.mandate()
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    assert find(client, booking, phone=mandate.agent.phone)["Location"] == address(booking)


@pytest.mark.parametrize("wrong", [{"phone": "13800138000"}, {"code": "AAAAAAAA"}])
def test_wrong_number_and_unknown_code_get_the_same_answer(client, booking, wrong):
    response = find(client, booking, **wrong)
    assert (response.status_code, codes(response)) == (422, {"not_found"})


def test_someone_elses_code_is_noted(client, booking):
    find(client, booking, phone="13800138000")
    last = Record.objects.latest("id")
    assert (last.verb, last.subject_id) == ("booking_found_refused", booking.pk)


def test_attempts_at_one_code_are_limited(client, booking):
    for _ in range(5):
        find(client, booking, phone="13800138000")
    response = find(client, booking)
    assert (response.status_code, codes(response)) == (422, {"too_many"})


@pytest.mark.parametrize("wrong", [{"phone": ""}, {"phone": "12"}, {"code": ""}])
def test_missing_answer_is_asked_again_and_the_rest_is_kept(client, booking, wrong):
    response = find(client, booking, **wrong)
    assert response.status_code == 422
    assert (booking.code if "phone" in wrong else booking.resident.phone) in response.text


# /me/ -------------------------------------------------------------------------------------------------------


def test_me_asks_to_sign_in(client):
    make.community()
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"


def test_me_shows_ones_own_bookings_and_of_whom_one_acts_for(her, booking):
    mandate = make.mandate(agent=booking.resident.login)
    hers = make.booking(resident=mandate.principal, by=mandate.agent)
    strangers = make.booking()
    text = her.get("/me/").text
    assert (booking.code in text, hers.code in text, strangers.code in text) == (True, True, False)


def test_me_shows_staff_their_own_matters_only(client, booking):
    client.force_login(make.clerk())
    assert booking.code not in client.get("/me/").text


def test_me_takes_the_same_queries_for_one_and_ten_bookings(her, booking, queries_of):
    few = queries_of("/me/")
    for number in range(9):
        make.booking(resident=booking.resident, slot=make.slot(starts_at=make.moment(2, 9 + number)))
    assert queries_of("/me/") == few <= 12


def test_me_shows_what_we_wrote(her, booking):
    assert her.get("/me/").text.count(booking.code) == 4  # the row, its address, what waits, the message
