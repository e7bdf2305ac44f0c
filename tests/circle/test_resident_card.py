"""The box on every page that finds a resident, and their card with what each app offers there."""

import pytest
import time_machine

from circle.models import Record
from services.models import Booking
from tests import make, make_childcare, make_council, make_eldercare
from tests.make import MORNING

pytestmark = pytest.mark.django_db
FIND = "/admin/circle/resident/find/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def grandma():
    house = make.building(name_zh="3栋", code="b3")
    door = make.household(building=house, door="2-501")
    return make.resident(name="王桂兰", phone="13812340027", building=house, household=door)


def card(resident) -> str:
    return f"/admin/circle/resident/card/{resident.code}/"


@pytest.fixture
def desk(client):
    """A hall clerk's."""
    client.force_login(make.clerk())
    return client


SAID = ["13812340027", "+86 138-1234-0027", "0027", "００２７"]
SAID += ["王桂兰", "桂兰", "wgl", "wangguilan", "wang gui", "3栋", "B3"]


@pytest.mark.parametrize("typed", SAID)
def test_she_is_found_by_what_somebody_says(desk, grandma, typed):
    make.resident(name="李四", phone="13900001111")
    assert desk.post(FIND, {"q": typed})["Location"] == card(grandma)


def test_she_is_found_by_the_code_of_any_matter(client, grandma):
    client.force_login(make.post("director").user)
    codes = [
        make.booking(resident=grandma, via="phone", by=make.clerk(), slot=make.slot(channel="counter")).code,
        make_eldercare.request(resident=grandma, via="phone", by=make_eldercare.coordinator()).code,
        make_childcare.submitted(guardian=grandma, via="phone", by=make_childcare.head()).code,
        make_council.topic(resident=grandma, via="phone", by=make_council.secretary()).receipt,
    ]
    for code in codes:
        typed = f"{code[:4]} {code[4:]}".lower()
        assert client.post(FIND, {"q": typed})["Location"] == card(grandma), code


def test_receipt_leads_only_the_council_to_who_raised_the_topic(client, desk, grandma):
    by = make_council.secretary()
    receipt = make_council.topic(resident=grandma, via="phone", by=by).receipt
    assert desk.post(FIND, {"q": receipt}).status_code == 200
    booking = make.booking(resident=grandma, via="phone", by=make.clerk(), slot=make.slot(channel="counter"))
    listed = "/admin/services/booking/?q="
    assert booking.code in desk.get(listed + booking.code).text
    assert booking.code not in desk.get(listed + receipt).text
    client.force_login(make.post("director").user)
    assert client.post(FIND, {"q": receipt})["Location"] == card(grandma)


def test_several_are_offered_and_nobody_says_so(desk, grandma):
    make.resident(name="王桂林")
    assert len(desk.post(FIND, {"q": "王桂"}).context["people"]) == 2
    page = desk.post(FIND, {"q": "nobody here"})
    assert (page.status_code, page.context["people"]) == (200, [])
    assert desk.get(FIND).status_code == 200


def test_nobody_of_another_community_the_dead_or_the_forgotten_is_found(desk):
    for values in ({"community": make.community()}, {"died_on": MORNING.date()}, {"erased_at": MORNING}):
        phone = {} if "erased_at" in values else {"phone": "13812340027"}
        make.resident(name="王桂兰", **values, **phone)
    for typed in ("0027", "13812340027", "王桂兰"):
        assert desk.post(FIND, {"q": typed}).context["people"] == []


def test_tail_follows_the_number(grandma):
    grandma.phone = "13812349999"
    grandma.save()
    people = type(grandma).objects
    assert (people.with_phone_tail("9999").get(), people.with_phone_tail("0027").exists()) == (grandma, False)


def test_box_stands_on_every_page_for_who_may_look(client, desk, grandma):
    for page in ("/admin/", "/admin/services/booking/", card(grandma)):
        assert f'action="{FIND}"' in desk.get(page).text
    client.force_login(make.post("council_chair").user)
    assert f'action="{FIND}"' not in client.get("/admin/").text
    assert client.post(FIND, {"q": "0027"}).status_code == 403


def a_full_life(resident) -> None:
    for _ in range(2):
        free = make.moment(1 + Booking.objects.filter(resident=resident).count(), 9)
        slot = make.slot(channel="counter", starts_at=free)
        make.booking(resident=resident, via="phone", by=make.clerk(), slot=slot)
        make_eldercare.request(resident=resident, via="phone", by=make_eldercare.coordinator())
        make_childcare.submitted(guardian=resident, via="phone", by=make_childcare.head())
        make_council.topic(resident=resident, via="phone", by=make_council.secretary())
        make.message(resident=resident)
        make.resident(household=resident.household)
        signed = {"via": "phone", "by": make.clerk(), "matter": make.mobile()}
        make.consent(resident=resident, **signed)
        make.guardianship(child=resident)
    make.mandate(principal=resident)


def test_card_shows_what_each_app_holds_and_offers(client, grandma):
    a_full_life(grandma)
    client.force_login(make.post("director").user)
    page = client.get(card(grandma))
    parts = {part.code: part for part in page.context["parts"]}
    assert {code: len(part.rows) for code, part in parts.items()} == {
        "bookings": 2, "care": 2, "nursery": 2, "topics": 2,
    }  # fmt: skip
    for part in parts.values():
        for act in part.acts:
            assert client.get(act.url).status_code == 200, act.url
            assert act.url.replace("&", "&amp;") in page.text
        for row in part.rows:
            assert client.get(row.url).status_code == 200
            assert {client.get(act.url).status_code for act in row.acts} <= {200}
    assert "138****0027" in page.text
    assert "13812340027" not in page.text


def test_card_shows_a_post_only_what_is_its_own(desk, grandma):
    a_full_life(grandma)
    page = desk.get(card(grandma))
    bookings, care = page.context["parts"]
    assert (bookings.code, len(bookings.rows)) == ("bookings", 2)
    # Arranged at the hall, a meal, who rings, the school, a card that is noted.
    assert (care.code, care.rows, len(care.acts)) == ("care", [], 5)
    assert "还没有。" not in page.text


def test_card_is_flat_and_within_its_budget(client, queries_of, grandma):
    client.force_login(make.post("director").user)
    a_full_life(grandma)
    few = queries_of(card(grandma))
    a_full_life(grandma)
    assert queries_of(card(grandma)) == few
    assert few <= 22


def test_each_look_at_a_card_is_kept_once(desk, grandma):
    desk.get(card(grandma))
    kept = Record.objects.get(verb="data_read")
    assert (kept.subject_id, kept.details) == (grandma.pk, {"page": "resident_card"})


def test_topic_begun_from_the_card_is_the_persons(client, grandma, clock):
    client.force_login(make.post("council_secretary").user)
    meeting = make_council.calling()
    clock.move_to(make_council.IN_CALL)
    url = f"/admin/council/topic/new/?resident={grandma.code}"
    assert "王桂兰" in client.get(url).text
    sent = {"meeting": meeting.pk, "text": "路灯坏了", "via": "phone", "once": "key", "name": "", "phone": ""}
    assert client.post(url, sent).status_code == 302
    assert grandma.topics.get().text == "路灯坏了"
