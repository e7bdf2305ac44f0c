"""The three pages of a booking: when, who, is this right?"""

import re
import uuid

import pytest

from circle.models import Record, Resident
from services.models import Booking
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


NOBODY = "7b0f6a86-6a3c-4b3b-9d6e-2f6a1f0f8f5e"


@pytest.fixture
def grandma():
    """A resident with a login, at an item that can be booked tomorrow at nine."""
    return make.own_resident()


@pytest.fixture
def nine(grandma):
    return make.slot()


@pytest.fixture
def her(client, grandma):
    client.force_login(grandma.login)
    return client


def url(slot, page: str = "") -> str:
    return f"/services/{slot.counter.items.get().code}/book/{page}"


def chosen(slot, resident, **more) -> dict:
    return {"slot": slot.code, "resident": resident.code, "once": str(uuid.uuid4())} | more


def codes(response) -> set[str]:
    """The codes of the refusals on the page."""
    errors = response.context["form"].errors.as_data()
    return {error.code for field in errors.values() for error in field}


# When? ------------------------------------------------------------------------------------------------------


def test_times_show_what_is_left_and_what_is_full(client, nine, html):
    make.slot(counter=nine.counter, starts_at=make.moment(1, 10), capacity=0)
    text = html(client.get(url(nine)))
    assert "9:00–9:30" in text
    assert "10:00–10:30" in text
    assert text.count("disabled") == 1


def test_times_leave_out_the_past_the_closed_the_far_and_the_kept_ones(client, nine):
    item = nine.counter.items.get()
    for values in (
        {"starts_at": make.moment(0, 7)},
        {"starts_at": make.moment(2, 9), "closed_by": "staff"},
        {"starts_at": make.moment(item.book_days_ahead + 1, 9)},
        {"starts_at": make.moment(3, 9), "channel": "counter"},
    ):
        make.slot(counter=nine.counter, **values)
    days = client.get(url(nine)).context["days"]
    assert [slot for day in days for slot in day.slots] == [nine]


def test_times_of_another_counter_are_not_offered(client, nine):
    make.slot()
    assert [slot for day in client.get(url(nine)).context["days"] for slot in day.slots] == [nine]


def test_first_day_with_a_place_is_shown_and_another_may_be_chosen(client, nine):
    nine.resize(-2)
    later = make.slot(counter=nine.counter, starts_at=make.moment(2, 9))
    assert client.get(url(nine)).context["day"].date == later.day
    assert client.get(url(nine), {"day": nine.day.isoformat()}).context["day"].date == nine.day
    assert client.get(url(nine), {"day": "yesterday"}).context["day"].date == later.day


def test_no_time_at_all_names_the_phone(client, html):
    item = make.bookable()
    assert make.PHONE in html(client.get(f"/services/{item.code}/book/"))


@pytest.mark.parametrize("values", [{"is_bookable": False}, {"status": "paused"}, {"status": "draft"}])
def test_item_that_cannot_be_booked_has_no_booking_page(client, values):
    item = make.bookable(**values)
    assert client.get(f"/services/{item.code}/book/").status_code == 404


def test_item_page_leads_to_the_booking(client, nine, html):
    item = nine.counter.items.get()
    assert f'href="/services/{item.code}/book/"' in html(client.get(f"/services/{item.code}/"))


def test_times_take_the_same_queries_for_one_and_a_hundred(client, nine, queries_of):
    few = queries_of(url(nine))
    for number in range(100):
        make.slot(counter=nine.counter, starts_at=make.moment(2 + number // 10, 8 + number % 10))
    assert queries_of(url(nine)) == few <= 12


def test_only_the_times_of_the_day_shown_are_read(client, nine, slots_read):
    for number in range(30):
        make.slot(counter=nine.counter, starts_at=make.moment(2 + number // 10, 8 + number % 10))
    read = slots_read(lambda: client.get(url(nine)))
    assert read == 1
    full_day = client.get(url(nine), {"day": make.moment(2, 8).date().isoformat()}).context["days"]
    assert [day.left for day in full_day] == [2, 20, 20, 20]


def test_times_name_hall_and_window_with_the_minutes_on_foot(client, nine, html):
    item, near = nine.counter.items.get(), nine.counter.facility
    far = make.facility(name_zh="远处大厅", east=900, hours="9:00-12:00", kind=near.kind)
    other = make.counter(items=[item], facility=far, name_zh="九号窗口")
    make.slot(counter=other, starts_at=nine.starts_at)
    page = client.get(url(nine))
    text = html(page)
    assert [hall.facility for hall in page.context["halls"]] == [near, far]
    for words in (near.name, nine.counter.name, "远处大厅", "九号窗口"):
        assert words in text
    assert len(re.findall(r"约 ?\d+ ?分钟", text)) == 2


def test_who_page_names_hall_and_window(her, grandma, nine, html):
    make.mandate(agent=grandma.login, principal=make.resident())  # or nobody is asked for whom it is
    text = html(her.get(url(nine, "who/"), {"slot": nine.code}))
    assert nine.counter.facility.name in text
    assert nine.counter.name in text


# Who? -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["who/", "check/"])
def test_stranger_signs_in_first_and_comes_back(client, nine, page):
    response = client.get(url(nine, page), {"slot": nine.code})
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?next=")
    assert str(nine.code) in response["Location"]


def test_who_offers_oneself_and_those_one_acts_for(her, grandma, nine):
    neighbour = make.mandate(agent=grandma.login, principal=make.resident()).principal
    ended = make.mandate(agent=grandma.login, principal=make.resident(), valid_until=make.MORNING.date())
    make.mandate(agent=grandma.login, principal=make.resident(), revoked_at=make.MORNING)
    make.resident()
    choices = her.get(url(nine, "who/"), {"slot": nine.code}).context["choices"]
    assert {each.person for each in choices} == {grandma, neighbour, ended.principal}


def test_newcomer_gives_a_name_and_goes_on(client, nine):
    login = make.resident_login()
    client.force_login(login)
    page = f"{url(nine, 'who/')}?slot={nine.code}"
    response = client.post(page, {"name": "新来的", "once": "key"})
    newcomer = Resident.objects.get(login=login)
    assert (response.status_code, newcomer.name, newcomer.phone) == (302, "新来的", login.phone)
    assert str(newcomer.code) in response["Location"]


def test_newcomer_sent_twice_is_registered_once(client, nine):
    login = make.resident_login()
    client.force_login(login)
    page = f"{url(nine, 'who/')}?slot={nine.code}"
    answers = {client.post(page, {"name": "新来的", "once": "key"})["Location"] for _ in range(2)}
    assert (len(answers), Resident.objects.filter(login=login).count()) == (1, 1)


def test_newcomer_without_a_name_is_asked_again(client, nine):
    client.force_login(make.resident_login())
    response = client.post(f"{url(nine, 'who/')}?slot={nine.code}", {"name": "  ", "once": "key"})
    assert (response.status_code, codes(response)) == (422, {"required"})


@pytest.mark.parametrize("slot", ["", "nonsense", NOBODY])
@pytest.mark.parametrize("page", ["who/", "check/"])
def test_page_without_a_free_time_leads_back_to_the_times(her, nine, page, slot):
    assert her.get(url(nine, page), {"slot": slot})["Location"] == url(nine)


def test_full_time_leads_back_and_keeps_the_person(her, grandma, nine):
    nine.resize(-2)
    response = her.get(url(nine, "check/"), {"slot": nine.code, "resident": grandma.code})
    assert response["Location"] == f"{url(nine)}?resident={grandma.code}"


def test_check_without_a_person_leads_to_who(her, nine):
    response = her.get(url(nine, "check/"), {"slot": nine.code})
    assert response["Location"].startswith(url(nine, "who/"))


# Is this right? ---------------------------------------------------------------------------------------------


def test_booking_is_made_and_shown(her, grandma, nine):
    response = her.post(url(nine, "check/"), chosen(nine, grandma))
    booking = Booking.objects.get()
    assert response["Location"] == f"/services/bookings/{booking.code}/"
    assert (booking.resident, booking.slot, booking.via, booking.status) == (
        grandma,
        nine,
        "online",
        "booked",
    )
    assert booking.code in her.get(response["Location"]).text


def test_double_click_makes_one_booking_and_gives_one_answer(her, grandma, nine):
    sent = chosen(nine, grandma)
    answers = [her.post(url(nine, "check/"), sent)["Location"] for _ in range(3)]
    assert (len(set(answers)), Booking.objects.count()) == (1, 1)


def test_back_after_success_is_refused_and_shows_the_booking(her, grandma, nine, html):
    her.post(url(nine, "check/"), chosen(nine, grandma))
    response = her.post(url(nine, "check/"), chosen(nine, grandma))
    assert (response.status_code, codes(response)) == (422, {"already_booked"})
    assert Booking.objects.get().get_absolute_url() in html(response)


def test_last_place_taken_meanwhile_is_refused_and_keeps_what_was_chosen(her, grandma, nine):
    nine.resize(-2)
    response = her.post(url(nine, "check/"), chosen(nine, grandma))
    assert (response.status_code, codes(response)) == (422, {"full"})
    assert f"?resident={grandma.code}" in response.text


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"starts_at": make.moment(2, 9), "closed_by": "timetable"}, "slot_closed"),
        ({"starts_at": make.moment(0, 7)}, "slot_past"),
        ({"starts_at": make.moment(40, 9)}, "too_far_ahead"),
        ({"starts_at": make.moment(2, 9), "channel": "counter"}, "wrong_slot"),
    ],
)
def test_time_that_cannot_be_booked_is_refused(her, grandma, nine, values, code):
    slot = make.slot(counter=nine.counter, **values)
    response = her.post(url(nine, "check/"), chosen(slot, grandma))
    assert (response.status_code, codes(response)) == (422, {code})
    assert not Booking.objects.exists()


def test_forged_time_of_another_item_or_community_is_refused(her, grandma, nine):
    for slot in (make.slot(), make.slot(of=make.bookable(community=make.community()))):
        response = her.post(url(nine, "check/"), chosen(slot, grandma))
        assert (response.status_code, codes(response)) == (422, {"slot_unknown"})


def test_someone_one_may_not_act_for_is_refused_and_noted(her, nine):
    response = her.post(url(nine, "check/"), chosen(nine, make.resident()))
    assert (response.status_code, codes(response)) == (422, {"not_allowed"})
    noted = Record.objects.get()
    assert (noted.verb, noted.details) == ("booking_made_refused", {"code": "not_allowed"})


@pytest.mark.parametrize("resident", [NOBODY, "nonsense", ""])
def test_unknown_person_is_refused(her, nine, resident):
    response = her.post(url(nine, "check/"), {"slot": nine.code, "resident": resident, "once": "key"})
    assert response.status_code == 422
    assert not Booking.objects.exists()


def test_person_of_another_community_is_refused(her, grandma, nine):
    elsewhere = make.resident(community=make.community(), login=grandma.login)
    response = her.post(url(nine, "check/"), chosen(nine, elsewhere))
    assert (response.status_code, codes(response)) == (422, {"not_allowed"})


def test_refused_booking_may_be_tried_again_with_the_same_key(her, grandma, nine):
    sent = chosen(nine, grandma)
    nine.resize(-2)
    assert her.post(url(nine, "check/"), sent).status_code == 422
    nine.resize(2)
    assert her.post(url(nine, "check/"), sent).status_code == 302


def test_booking_in_someones_name_keeps_the_mandate(her, grandma, nine):
    mandate = make.mandate(agent=grandma.login, principal=make.resident())
    her.post(url(nine, "check/"), chosen(nine, mandate.principal))
    booking = Booking.objects.get()
    assert (booking.mandate, booking.booked_by) == (mandate, grandma.login)


@pytest.mark.parametrize("page", ["", "who/", "check/"])
def test_wrong_verb_is_refused(her, nine, page):
    assert her.delete(url(nine, page)).status_code == 405


def test_pages_are_never_cached(her, grandma, nine):
    for page in ("", "who/", "check/"):
        answer = her.get(url(nine, page), {"slot": nine.code, "resident": grandma.code})
        assert "no-store" in answer["Cache-Control"]


def test_check_page_takes_few_queries(her, grandma, nine, queries_of):
    address = f"{url(nine, 'check/')}?slot={nine.code}&resident={grandma.code}"
    assert queries_of(address) <= 12


def test_every_page_speaks_english(her, grandma, nine):
    for page in ("", "who/", "check/"):
        text = her.get(
            f"/en{url(nine, page)}", {"slot": nine.code, "resident": grandma.code}, follow=True
        ).text
        main = re.search(r"<h1>.*</h1>", text, re.DOTALL).group()
        assert not re.search(r"[一-鿿]", main)
