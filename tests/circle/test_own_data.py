"""My data: read, as a file, nobody else's; being forgotten, and what stands against it."""

import json

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q

from circle.actions import ask_erasure, erase_resident, refuse_erasure, withdraw_consent
from circle.models import Consent, Erasure, Record, Resident
from services.models import Booking
from tests import make, make_childcare, make_council, make_eldercare
from tests.make import MORNING

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def a_life(person: Resident) -> None:
    """One of everything that an app holds of a person."""
    make.booking(resident=person)
    make_eldercare.request(resident=person, answers=make_eldercare.Answers(note=f"{person.name}膝盖疼"))
    make_childcare.submitted(guardian=person, child_name=f"{person.name}宝宝")
    make_council.topic(resident=person, text=f"{person.name}想说")
    make.message(resident=person, event="care_requested")


@pytest.fixture
def me():
    person = make.own_resident(name="本人")
    a_life(person)
    return person


@pytest.fixture
def neighbour():
    person = make.own_resident(name=CANARY)
    a_life(person)
    return person


def refused(act, **more) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**more)
    return refusal.value.code


def test_file_holds_own_rows_of_every_app_and_nobody_elses(client, me, neighbour):
    client.force_login(me.login)
    response = client.get("/me/data.json")
    data = json.loads(response.content)["data"]
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    filled = {code: len(rows) for code, rows in data.items() if rows}
    assert filled.keys() == {"register", "messages", "consents", "bookings", "care", "nursery", "topics"}
    assert (filled["register"], filled["bookings"], filled["nursery"]) == (2, 1, 1)
    assert CANARY not in response.text
    assert "本人宝宝" in response.text
    assert me.phone in response.text
    assert neighbour.phone not in response.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_shows_the_same_to_read(client, me, neighbour, prefix):
    client.force_login(me.login)
    page = client.get(f"{prefix}/me/data/").text
    assert CANARY not in page
    for words in ("本人宝宝", "本人膝盖疼", "本人想说", me.phone):
        assert words in page


def test_page_is_flat(client, me, queries_of):
    client.force_login(me.login)
    few = queries_of("/me/data/")
    for day in range(3, 6):
        make.booking(resident=me, slot=make.slot(starts_at=make.moment(day, 9)))
        make_eldercare.request(resident=me)
    assert queries_of("/me/data/") == few


def test_mandate_opens_nobodys_data(client, me):
    friend = make.own_resident()
    make.mandate(principal=me, agent=friend.login)
    client.force_login(friend.login)
    assert "本人宝宝" not in client.get("/me/data.json").text
    assert client.get(f"/me/data/forget/?person={me.code}").status_code == 404


def test_consent_is_withdrawn_on_its_page(client, me):
    client.force_login(me.login)
    consent = Consent.objects.get(purpose="care_health")
    url = f"/me/consents/{consent.pk}/withdraw/"
    assert url in client.get("/me/data/").text
    assert client.get(url).status_code == 200
    assert client.post(url)["Location"] == "/me/data/"
    assert not Consent.objects.live().filter(purpose="care_health").exists()
    assert client.get(url).status_code == 404


# Being forgotten --------------------------------------------------------------------------------------------


def ended(person: Resident) -> None:
    """Nothing stands any more."""
    by = make.director()
    who = {"via": "phone", "at": MORNING, "by": by}
    own = Consent.objects.live().filter(Q(resident=person) | Q(guardian=person))
    for consent in own.order_by("pk"):
        withdraw_consent(consent=consent, **who)
    for booking in Booking.objects.live().filter(resident=person):
        make.actions.cancel_booking(booking=booking, **who)
    for care in person.carebookings.live():
        make_eldercare.actions.cancel_booking(booking=care, **who)
    for topic in person.topics.all():
        make_council.actions.decline_topic(topic=topic, reason_zh="已答复", at=MORNING, by=by)


def asked(person: Resident) -> Erasure:
    return ask_erasure(resident=person, via="online", at=MORNING, by=person.login)


def test_nobody_is_forgotten_while_something_stands(client, me):
    assert refused(ask_erasure, resident=me, via="online", at=MORNING, by=me.login) == "still_standing"
    client.force_login(me.login)
    url = f"/me/data/forget/?person={me.code}"
    assert len(client.get(url).context["open_matters"]) == 5
    response = client.post(url)
    assert (response.status_code, response.context["refusal"].code) == (422, "still_standing")


def test_request_is_asked_for_once_and_taken_back(client, me):
    ended(me)
    client.force_login(me.login)
    url = f"/me/data/forget/?person={me.code}"
    for _ in range(2):
        assert client.post(url)["Location"] == "/me/data/"
    erasure = Erasure.objects.get()
    assert erasure == asked(me)
    client.post(f"/me/data/keep/{erasure.code}/")
    erasure.refresh_from_db()
    assert erasure.status == "taken_back"
    assert refused(erase_resident, erasure=erasure, at=MORNING, by=make.director()) == "not_possible"


def test_only_the_person_asks_and_staff_for_whoever_comes(me):
    ended(me)
    friend = make.resident_login()
    make.mandate(principal=me, agent=friend)
    said = {"resident": me, "at": MORNING}
    assert refused(ask_erasure, via="online", by=friend, **said) == "not_allowed"
    assert refused(ask_erasure, via="window", by=make.clerk(), **said) == "not_allowed"


def test_person_is_taken_out_of_every_row_and_the_counts_stay(me, neighbour):
    ended(me)
    phone, login = me.phone, me.login
    before = {model: model.objects.count() for model in (Booking, Resident, Record)}
    erasure = erase_resident(erasure=asked(me), at=MORNING, by=make.director())
    assert (erasure.status, erasure.holds) == (
        "done",
        ["records", "care_counts", "nursery_counts"],
    )
    assert (Booking.objects.count(), Resident.objects.count()) == (before[Booking], before[Resident])
    assert Record.objects.count() == before[Record] + 2
    me.refresh_from_db()
    login.refresh_from_db()
    assert (me.name, me.phone, me.phone_tail, me.search_key, me.login) == ("–", "", None, "", None)
    assert (login.is_active, login.phone, login.phone_index) == (False, "", None)
    assert not Resident.objects.with_phone(phone).exists()
    [application] = make_childcare.Application.objects.filter(guardian=me)
    assert (application.child, me.topics.get().text) == (None, "–")
    assert neighbour.topics.get().text == f"{CANARY}想说"


def test_nothing_of_the_person_is_left_in_any_column(me):
    ended(me)
    erase_resident(erasure=asked(me), at=MORNING, by=make.director())
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert "本人" not in repr(row), model._meta.label


def test_staff_refuse_with_a_reason(client, me):
    ended(me)
    erasure = asked(me)
    assert (
        refused(refuse_erasure, erasure=erasure, reason=" ", at=MORNING, by=make.user()) == "reason_missing"
    )
    client.force_login(make.post("director").user)
    url = f"/admin/circle/erasure/{erasure.pk}/"
    assert client.get(f"{url}change/").status_code == 200
    assert client.post(f"{url}refuse/", {"reason": ""}).status_code == 422
    client.post(f"{url}refuse/", {"reason": "还有未结的费用"})
    erasure.refresh_from_db()
    assert (erasure.status, erasure.reason) == ("refused", "还有未结的费用")


def test_director_does_it_after_a_page_that_says_what_stays(client, me):
    ended(me)
    erasure = asked(me)
    client.force_login(make.post("director").user)
    url = f"/admin/circle/erasure/{erasure.pk}/erase/"
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    me.refresh_from_db()
    assert me.erased_at == MORNING
    client.force_login(make.clerk())
    assert client.post(url).status_code in (403, 404)
