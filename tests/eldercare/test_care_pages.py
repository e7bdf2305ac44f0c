"""The pages of elder care: the eight kinds, then who → when → what to know → is this right?"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from circle.models import Resident
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

NOBODY = "7b0f6a86-6a3c-4b3b-9d6e-2f6a1f0f8f5e"


@pytest.fixture
def grandma():
    return make.own_resident()


@pytest.fixture
def nine(grandma):
    """Tomorrow at nine, care at the station."""
    return care.slot()


@pytest.fixture
def her(client, grandma):
    client.force_login(grandma.login)
    return client


def url(kind, page: str = "", **chosen) -> str:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return f"/eldercare/{kind.code}/{page}" + (f"?{query}" if query else "")


def last_step(her, elder, slot, **said):
    """Answers, then the check page, then its form as the browser would send it."""
    chosen = {"resident": elder.code, "slot": slot.code} if slot else {"resident": elder.code}
    kind = slot.kind if slot else said.pop("kind")
    to_check = her.post(url(kind, "needs/", **chosen), said)["Location"]
    page = her.get(to_check)
    hidden = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.text)
    return to_check, {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


# The kinds --------------------------------------------------------------------------------------------------


def test_index_shows_what_is_offered_here_and_120_first(client, html):
    shown, hidden = care.kind(name_zh="助浴甲"), care.kind(name_zh="助浴乙", is_active=False)
    other = care.kind(name_zh="助浴丙", facility=make.facility(community=make.community()))
    text = html(client.get("/eldercare/"))
    assert [kind.name_zh in text for kind in (shown, hidden, other)] == [True, False, False]
    assert text.index("tel:120") < text.index(shown.name_zh)


@pytest.mark.parametrize(("way", "has_form"), [("booking", True), ("request", True), ("emergency", False)])
def test_kind_page_says_what_it_is_and_leads_on(client, way, has_form):
    kind = care.kind(way=way)
    text = client.get(url(kind)).text
    assert all(words in text for words in (kind.what_zh, kind.giver_zh, kind.price_zh))
    assert (f"{url(kind)}who/" in text, kind.duty_phone in text) == (has_form, True)
    client.force_login(make.own_resident().login)
    assert client.get(url(kind, "who/", choose=1)).status_code == (200 if has_form else 404)


def test_price_nobody_verified_wears_the_badge(client):
    badge = "待核"
    assert badge in client.get(url(care.kind())).text
    assert badge not in client.get(url(care.kind(is_verified=True))).text


@pytest.mark.parametrize("values", [{"is_active": False}, {"community": None}])
def test_kind_that_is_not_offered_here_is_not_found(client, values):
    make.here()
    if "community" in values:
        values = {"facility": make.facility(community=make.community())}
    assert client.get(url(care.kind(**values))).status_code == 404


def test_kinds_are_found_by_the_header_search(client):
    kind = care.kind(name_zh="助浴", synonyms="洗澡")
    assert f'href="{url(kind)}"' in client.get("/search/?q=xizao").text


# Who and when -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["who/", "when/", "needs/", "check/"])
def test_stranger_signs_in_first(client, nine, page):
    response = client.get(url(nine.kind, page))
    assert response["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("page", ["when/", "needs/", "check/"])
@pytest.mark.parametrize("resident", ["", "nonsense", NOBODY])
def test_page_without_a_person_leads_back_to_who(her, nine, page, resident):
    assert her.get(url(nine.kind, page, resident=resident))["Location"] == url(nine.kind, "who/")


def test_nobody_arranges_care_for_a_neighbour(her, nine):
    neighbour = make.resident()
    answer = her.get(url(nine.kind, "needs/", resident=neighbour.code, slot=nine.code))
    assert answer["Location"] == url(nine.kind, "who/")


def test_who_offers_oneself_and_those_one_acts_for(her, grandma, nine):
    friend = make.mandate(agent=grandma.login, principal=make.resident(), scope="bookings").principal
    make.resident()
    response = her.get(url(nine.kind, "who/"))
    assert {each.person for each in response.context["choices"]} == {grandma, friend}
    assert url(nine.kind, "when/") in response.text


def test_newcomer_gives_a_name_and_goes_on(client, nine):
    login = make.resident_login()
    client.force_login(login)
    response = client.post(url(nine.kind, "who/"), {"name": "新来的", "once": "key"})
    newcomer = Resident.objects.get(login=login)
    assert response["Location"] == url(nine.kind, "when/", resident=newcomer.code)
    assert client.post(url(nine.kind, "who/"), {"name": " ", "once": "k2"}).status_code == 422


def test_times_leave_out_the_past_the_closed_the_far_and_other_kinds(her, grandma, nine):
    for values in (
        {"starts_at": make.moment(0, 7)},
        {"starts_at": make.moment(2, 9), "closed_by": "staff"},
        {"starts_at": make.moment(15, 9)},
    ):
        care.slot(kind=nine.kind, **values)
    care.slot()
    days = her.get(url(nine.kind, "when/", resident=grandma.code)).context["days"]
    assert [slot for day in days for slot in day.slots] == [nine]


@pytest.mark.parametrize("page", ["needs/", "check/"])
def test_full_time_leads_back_to_the_times(her, grandma, nine, page):
    nine.resize(-2)
    answer = her.get(url(nine.kind, page, resident=grandma.code, slot=nine.code))
    assert answer["Location"] == url(nine.kind, "when/", resident=grandma.code)


# What we should know ----------------------------------------------------------------------------------------


def test_conditions_must_be_answered_and_a_no_leads_to_the_phone(her, grandma, nine, codes):
    fever = care.question(kind=nine.kind)
    page = url(nine.kind, "needs/", resident=grandma.code, slot=nine.code)
    assert codes(her.post(page, {})) == {"required", "consent_missing"}
    refused = her.post(page, {f"condition_{fever.code}": "no", "note": "膝盖疼", "consents": "on"})
    assert (refused.status_code, codes(refused)) == (422, {"precondition"})
    assert "膝盖疼" in refused.text
    assert make.PHONE in refused.text
    assert codes(her.post(page, {f"condition_{fever.code}": "yes"})) == {"consent_missing"}
    assert her.post(page, {f"condition_{fever.code}": "yes", "consents": "on"}).status_code == 302


def test_address_is_asked_at_home_only_and_proposed_from_the_register(her, grandma, nine, codes):
    home = make.household()
    Resident.objects.filter(pk=grandma.pk).update(building=home.building, household=home)
    slot = care.slot(kind=care.kind(is_at_home=True))
    page = url(slot.kind, "needs/", resident=grandma.code, slot=slot.code)
    text = her.get(page).text
    assert f'value="{home.door}"' in text
    assert codes(her.post(page, {})) == {"required"}
    assert "id_door" not in her.get(url(nine.kind, "needs/", resident=grandma.code, slot=nine.code)).text


@pytest.mark.parametrize("day", ["2026-11-23", "2027-01-01", "2026-02-30", "tomorrow"])
def test_wished_day_must_be_a_possible_one(her, grandma, day):
    kind = care.request_kind()
    page = url(kind, "needs/", resident=grandma.code)
    assert her.post(page, {"day": day}).status_code == 422


def test_what_was_typed_stands_in_no_address_and_is_there_again(her, grandma, nine):
    page = url(nine.kind, "needs/", resident=grandma.code, slot=nine.code)
    address = her.post(page, {"note": "膝盖疼", "consents": "on"})["Location"]
    assert set(parse_qs(urlsplit(address).query)) == {"resident", "slot"}
    assert "膝盖疼" in her.get(address).text
    assert "膝盖疼" in her.get(page).text


# Is this right? ---------------------------------------------------------------------------------------------


def test_check_without_answers_leads_back_to_them(her, grandma, nine):
    care.question(kind=nine.kind)
    chosen = {"resident": grandma.code, "slot": nine.code}
    assert her.get(url(nine.kind, "check/", **chosen))["Location"] == url(nine.kind, "needs/", **chosen)


def test_booking_is_made_once_and_shown(her, grandma, nine):
    need = care.question(kind=nine.kind, sort="need", text_zh="坐轮椅")
    address, sent = last_step(her, grandma, nine, needs=[need.code], note="请走东门", consents="on")
    answers = {her.post(address, sent)["Location"] for _ in range(3)}
    booking = CareBooking.objects.get()
    assert answers == {f"/eldercare/bookings/{booking.code}/"}
    assert (booking.resident, booking.slot, booking.needs, booking.note) == (
        grandma,
        nine,
        [need.code],
        "请走东门",
    )
    text = her.get(booking.get_absolute_url()).text
    assert all(words in text for words in (booking.code, "坐轮椅", "请走东门"))


def test_answers_are_forgotten_once_it_is_booked(her, grandma, nine):
    address, sent = last_step(her, grandma, nine, note="膝盖疼", consents="on")
    her.post(address, sent)
    later = care.slot(kind=nine.kind, starts_at=make.moment(2, 9))
    page = url(nine.kind, "needs/", resident=grandma.code, slot=later.code)
    assert "膝盖疼" not in her.get(page).text


def test_request_is_sent_with_or_without_a_day(her, grandma):
    for said in ({"day": "2026-11-27"}, {"day": ""}):
        kind = care.request_kind()
        address, sent = last_step(her, grandma, None, kind=kind, **said)
        assert her.post(address, sent).status_code == 302
    assert [str(day) for day in CareBooking.objects.order_by("pk").values_list("day", flat=True)] == [
        "2026-11-27",
        "None",
    ]


def test_back_after_success_shows_what_is_arranged(her, grandma, nine, codes):
    address, sent = last_step(her, grandma, nine)
    her.post(address, sent)
    response = her.post(address, sent | {"once": "another"})
    assert (response.status_code, codes(response)) == (422, {"already_booked"})
    assert CareBooking.objects.get().get_absolute_url() in response.text


def test_last_place_taken_meanwhile_is_refused_and_keeps_the_answers(her, grandma, nine, codes):
    address, sent = last_step(her, grandma, nine, note="请走东门", consents="on")
    nine.resize(-2)
    response = her.post(address, sent)
    assert (response.status_code, codes(response)) == (422, {"full"})
    assert "请走东门" in response.text


def test_forged_time_of_another_kind_is_refused(her, grandma, nine):
    other = care.slot()
    address = url(nine.kind, "check/", resident=grandma.code, slot=other.code)
    assert her.post(address, {"once": "key"})["Location"].startswith(url(nine.kind, "when/"))
    assert not CareBooking.objects.exists()


@pytest.mark.parametrize("page", ["", "who/", "when/", "needs/", "check/"])
def test_wrong_verb_is_refused_and_personal_pages_are_never_cached(her, grandma, nine, page):
    address = url(nine.kind, page, resident=grandma.code, slot=nine.code)
    assert her.delete(address).status_code == 405
    assert page == "" or "no-store" in her.get(address)["Cache-Control"]


# One booking, and /me/ --------------------------------------------------------------------------------------

PAGES = ["", "cancel/", "?print=1"]


@pytest.fixture
def booking(grandma, nine):
    return care.booking(slot=nine, resident=grandma)


def address(booking: CareBooking, page: str = "") -> str:
    return f"/eldercare/bookings/{booking.code}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_booking_is_shown_to_the_elder_and_to_who_may_act_for_her(client, her, booking, page):
    assert her.get(address(booking, page)).status_code == 200
    client.force_login(make.mandate(principal=booking.resident, scope="bookings").agent)
    assert client.get(address(booking, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_booking_does_not_exist_for_anybody_else(client, booking, page):
    client.logout()
    assert client.get(address(booking, page))["Location"] == f"/eldercare/bookings/?code={booking.code}"
    for stranger in (make.own_resident().login, care.coordinator(), care.care_worker()):
        client.force_login(stranger)
        assert client.get(address(booking, page)).status_code == 404
        assert client.post(address(booking, "cancel/")).status_code == 404
    booking.refresh_from_db()
    assert booking.status == "requested"


def test_cancel_gives_the_place_back_and_is_refused_twice(her, booking):
    assert her.post(address(booking, "cancel/"))["Location"] == address(booking)
    booking.slot.refresh_from_db()
    assert booking.slot.taken == 0
    again = her.post(address(booking, "cancel/"))
    assert (again.status_code, again.context["refused"].code) == (422, "already_cancelled")


def test_me_shows_ones_own_care_and_of_whom_one_acts_for(client, her, booking):
    strangers = care.booking()
    text = her.get("/me/").text
    assert (booking.code in text, strangers.code in text) == (True, False)
    client.force_login(care.coordinator())
    assert booking.code not in client.get("/me/").text


def test_pages_take_few_queries(her, grandma, nine, booking, queries_of):
    later = care.slot(kind=nine.kind, starts_at=make.moment(2, 9))
    chosen = {"resident": grandma.code, "slot": later.code}
    her.post(url(nine.kind, "needs/", **chosen), {"note": "x", "consents": "on"})
    for page in ("who/", "when/", "needs/", "check/"):
        assert queries_of(url(nine.kind, page, **chosen, choose=1)) <= 12
    assert queries_of(address(booking)) <= 12
    assert queries_of("/eldercare/") <= 12
    assert queries_of(url(nine.kind)) <= 12


def test_me_takes_the_same_queries_for_one_and_many(her, grandma, booking, queries_of):
    few = queries_of("/me/")
    for number in range(8):
        care.booking(resident=grandma, slot=care.slot(starts_at=make.moment(2, 9 + number)))
    assert queries_of("/me/") == few <= 12
