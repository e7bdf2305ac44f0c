"""One search for a person: the same spellings find the same person wherever staff type who it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from circle.actions import merge_residents
from circle.models import Guardianship, Record, Resident
from council.models import Topic
from services.models import Booking, Ticket
from tests import make, make_childcare, make_council, make_eldercare
from tests.make_council import IN_CALL

pytestmark = pytest.mark.django_db

NAME, PHONE = "王桂兰", "13812340027"
SHOWN = 20


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(IN_CALL, tick=False):
        yield


def grandma(**values: Any) -> Resident:
    if "building" not in values:
        values["building"] = make.building(name_zh="石榴苑3栋", code="sly-3")
    number = "52011519440501002X"
    facts = {"name": NAME, "phone": PHONE, "id_type": "resident", "id_number": number}
    return make.resident(**facts | values)


def everything_of(resident: Resident) -> Booking:
    """A row of every kind that has a list in the back office; the booking, for its code."""
    signed = {"via": "phone", "by": make.clerk()}
    make_eldercare.request(resident=resident, via="phone", by=make_eldercare.coordinator())
    make_childcare.submitted(guardian=resident, via="phone", by=make_childcare.head())
    make.consent(resident=resident, matter=make.mobile(), **signed)
    make.mandate(principal=resident)
    make_council.seat(resident=resident)
    return make.booking(resident=resident, slot=make.slot(channel="counter"), **signed)


@contextmanager
def undone() -> Iterator[None]:
    """What a page does where the person is certain is taken back: each spelling starts anew."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# Where staff type who it is ---------------------------------------------------------------------------------
# Each gives the keys of the people whom the answer offers, or took without asking.


def offered_in(response: Any) -> set[int]:
    assert response.status_code in (200, 302, 422)
    text = response.text + response.headers.get("Location", "")
    return {row.pk for row in Resident.objects.all() if str(row.code) in text}


def at_the_card(client, typed: str) -> set[int]:
    return offered_in(client.post(reverse("admin:circle_resident_find"), {"q": typed}))


def at_the_hall(client, typed: str) -> set[int]:
    url = reverse("admin:services_booking_new")
    return offered_in(client.post(f"{url}?facility={make.facility().short_code}", {"q": typed}))


def as_a_walk_in(client, typed: str) -> set[int]:
    item = make.bookable()
    make.slot(counter=item.counters.get(), starts_at=IN_CALL, channel="counter")
    url = reverse("admin:services_booking_walk_in", args=[item.counters.get().facility.short_code])
    response = client.post(url, {"item": item.code, "name": typed, "phone": "", "once": "k"})
    return offered_in(response) if response.status_code == 422 else {Ticket.objects.latest("pk").resident_id}


def at_elder_care(client, typed: str) -> set[int]:
    return offered_in(client.post(reverse("admin:eldercare_carebooking_new"), {"q": typed}))


def at_the_nursery(client, typed: str) -> set[int]:
    return offered_in(client.post(reverse("admin:childcare_application_new"), {"q": typed}))


def on_the_merge_page(client, typed: str) -> set[int]:
    url = reverse("admin:circle_resident_merge", args=[make.resident(name="周五").pk])
    return offered_in(client.post(url, {"q": typed}))


def on_the_guardian_page(client, typed: str) -> set[int]:
    child = make.resident(name="周小五", born_on="2024-05-01")
    url = reverse("admin:circle_resident_guardian", args=[child.pk])
    response = client.post(url, {"q": typed, "rank": "1"})
    return offered_in(response) | set(
        Guardianship.objects.filter(child=child).values_list("adult", flat=True)
    )


def on_a_slip_of_paper(client, typed: str) -> set[int]:
    meeting = make_council.calling()
    sent = {"meeting": meeting.pk, "text": "路灯", "via": "paper", "name": typed, "phone": "", "once": "k"}
    response = client.post(reverse("admin:council_topic_new"), sent)
    return offered_in(response) if response.status_code == 422 else {Topic.objects.get().raised_by_id}


def by_completion(client, typed: str) -> set[int]:
    asked = {"app_label": "circle", "model_name": "mandate", "field_name": "principal", "term": typed}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    return {int(row["id"]) for row in found}


def in_the_list_of(name: str, column: str = "pk", **more: str) -> Callable[..., set[int]]:
    def found(client, typed: str) -> set[int]:
        response = client.get(reverse(f"admin:{name}_changelist"), {"q": typed} | more)
        return set(response.context["cl"].queryset.values_list(column, flat=True))

    return found


LOOKS = {
    "card": at_the_card,
    "hall": at_the_hall,
    "walk-in": as_a_walk_in,
    "elder care": at_elder_care,
    "nursery": at_the_nursery,
    "merge": on_the_merge_page,
    "guardian": on_the_guardian_page,
    "slip": on_a_slip_of_paper,
}
LISTS = {
    "register": in_the_list_of("circle_resident"),
    "principal of a mandate": in_the_list_of("circle_resident", _popup="1", _to_field="id"),
    "completion": by_completion,
}
ROWS = {
    "bookings": in_the_list_of("services_booking", "resident"),
    "care": in_the_list_of("eldercare_carebooking", "resident"),
    "applications": in_the_list_of("childcare_application", "guardian"),
    "consents": in_the_list_of("circle_consent", "resident"),
    "mandates": in_the_list_of("circle_mandate", "principal"),
    "seats": in_the_list_of("council_membership", "resident"),
}
EVERYWHERE = LOOKS | LISTS | ROWS

SPELLINGS = [
    *[NAME, "桂兰", "王 桂兰", "wangguilan", "wang gui", "WGL", "wgl", "王gl"],
    *[PHONE, "138 1234 0027", "+86 138-1234-0027", "１３８１２３４００２７", "0027", "００２７"],
    *["52011519440501002X", "520115 19440501 002x", "５２０１１５１９４４０５０１００２Ｘ"],
    *["石榴苑3栋", "SLY-3"],
]


@pytest.mark.parametrize("place", EVERYWHERE)
def test_same_spellings_find_her_everywhere(client, director, place):
    her, other = grandma(), make.resident(name="李四", phone="13900001111", building=make.building())
    code = everything_of(her).code
    everything_of(other)
    Resident.objects.exclude(pk=her.pk).update(building=None)  # her child, who lives with her
    found = {}
    for typed in [*SPELLINGS, code, f"{code[:4]} {code[4:]}".lower()]:
        with undone():
            found[typed] = EVERYWHERE[place](client, typed)
    assert {typed: keys for typed, keys in found.items() if keys != {her.pk}} == {}


# Who is not found -------------------------------------------------------------------------------------------


def gone_people() -> dict[str, Resident]:
    kept = make.resident(name="赵六")
    merged = grandma(name="王桂兰", building=None)
    merge_residents(kept=kept, duplicate=merged, at=IN_CALL, by=make.clerk())
    kept.refresh_from_db()
    kept.phone, kept.id_number = "", ""
    kept.save()
    house = make.building(name_zh="石榴苑3栋", code="sly-3")
    return {
        "merged": merged,
        "forgotten": make.resident(name="王桂兰", building=house, erased_at=IN_CALL),
        "elsewhere": make.resident(name=NAME, phone=PHONE, community=make.community()),
        "dead": make.resident(name=NAME, phone=PHONE, building=house, died_on=IN_CALL.date()),
    }


@pytest.mark.parametrize("place", LOOKS)
def test_nothing_is_arranged_for_the_dead_the_merged_the_forgotten_and_strangers(client, director, place):
    gone = {row.pk for row in gone_people().values()}
    for typed in SPELLINGS:
        with undone():
            assert not LOOKS[place](client, typed) & gone, typed


@pytest.mark.parametrize("place", LISTS)
def test_lists_find_the_dead_as_well_for_a_death_may_be_taken_back(client, director, place):
    gone = gone_people()
    for typed in (NAME, "wgl", PHONE, "0027", "石榴苑3栋"):
        assert LISTS[place](client, typed) == {gone["dead"].pk}, typed


def test_grid_worker_finds_who_lives_in_the_own_grid(client):
    her, other = grandma(), make.resident(name=NAME, phone=PHONE, building=make.building())
    client.force_login(make.post("grid_worker", grid=her.building.grid).user)
    for place in ("card", "register"):
        for typed in (NAME, "wgl", PHONE, "0027"):
            assert EVERYWHERE[place](client, typed) == {her.pk}, (place, typed, other)


def test_who_may_not_see_residents_finds_rows_by_the_name_alone(client):
    """Nobody learns from a list of bookings whose number it is."""
    her = grandma()
    everything_of(her)
    client.force_login(make.staff("eldercare.view_carebooking"))
    by_name = {typed: ROWS["care"](client, typed) for typed in (NAME, "桂兰", "wgl", "wangguilan")}
    assert set(map(frozenset, by_name.values())) == {frozenset({her.pk})}
    for typed in (PHONE, "0027", her.id_number, "石榴苑3栋"):
        assert ROWS["care"](client, typed) == set(), typed


def test_who_may_not_see_residents_is_offered_nobody_at_the_window(client):
    her = grandma()
    client.force_login(make.staff("services.add_booking", "services.add_ticket"))
    assert her.pk not in as_a_walk_in(client, "wgl")
    assert {client.post(reverse(name), {"q": "wgl"}).status_code for name in DESKS} == {403}


DESKS = [
    "admin:circle_resident_find",
    "admin:services_booking_new",
    "admin:eldercare_carebooking_new",
    "admin:childcare_application_new",
]


# What a search shows, costs and leaves ----------------------------------------------------------------------


@pytest.mark.parametrize("place", LOOKS)
def test_numbers_are_masked_and_the_search_itself_is_no_reading(client, director, place, pages_of):
    her = grandma()
    make.resident(name="王桂林", phone="13912340028", building=her.building)
    pages = pages_of(lambda: LOOKS[place](client, "wang gui"))
    assert [("138****0027" in page, PHONE in page, her.id_number in page) for page in pages] == [
        (True, False, False)
    ]
    assert not Record.objects.filter(verb="data_read").exists()


@pytest.fixture
def pages_of(client):
    """The texts that the client gets while something is done."""

    def collect(act: Callable[[], Any]) -> list[str]:
        texts: list[str] = []
        asked = client.request

        def request(**sent: Any) -> Any:
            response = asked(**sent)
            texts.append(response.text)
            return response

        client.request = request
        act()
        return texts

    return collect


@pytest.mark.parametrize("place", LOOKS)
@pytest.mark.parametrize("typed", ["wgl", "0027", "石榴苑3栋"])
def test_search_is_bounded_and_flat(client, director, place, typed):
    house = make.building(name_zh="石榴苑3栋")

    def queries() -> int:
        with undone(), CaptureQueriesContext(connection) as seen:
            found = LOOKS[place](client, typed)
            assert len(found) == min(SHOWN, Resident.objects.filter(name=NAME).count())
        return len(seen)

    for _ in range(3):
        make.resident(name=NAME, phone=PHONE, building=house)
    few = queries()
    for _ in range(SHOWN):
        make.resident(name=NAME, phone=PHONE, building=house)
    assert queries() == few


@pytest.mark.parametrize("place", ROWS)
def test_lists_take_the_same_queries_for_one_and_ten(client, director, place):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            ROWS[place](client, "wgl")
        return len(seen)

    everything_of(grandma())
    queries()
    few = queries()
    for _ in range(5):
        everything_of(make.resident(name=NAME))
    assert queries() == few
