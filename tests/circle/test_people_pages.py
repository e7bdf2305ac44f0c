"""/me/people/ and what leads there: for whom, who for me, and a number that was unused for long."""

import re

import pytest
import time_machine
from django.urls import reverse

from circle.models import ActingBan, Mandate, Record, Resident
from tests import make

pytestmark = pytest.mark.django_db

PHONE = "13800138000"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def elder(client) -> Resident:
    found = make.own_resident()
    client.force_login(found.login)
    return found


def post(client, name, *args, **values):
    return client.post(reverse(name, args=args), values)


def choose(client, person):
    return post(client, "act_for", person=str(person.code))


def test_the_page_shows_for_whom_and_who_for_me(client, elder):
    ward = make.guardianship(adult=elder).child
    principal = make.mandate(agent=elder.login).principal
    text = client.get(reverse("people")).text
    assert all(person.name in text for person in (elder, ward, principal))


def test_acting_for_somebody_is_said_on_every_page_until_it_is_over(client, elder):
    principal = make.mandate(agent=elder.login).principal
    assert choose(client, principal)["Location"] == "/me/"
    for page in ("home", "services", "me", "help", "council"):
        assert f">{principal.name}</strong>" in client.get(reverse(page)).text
    post(client, "act_for")
    assert f">{principal.name}</strong>" not in client.get(reverse("home")).text


def test_acting_ends_with_its_mandate(client, elder):
    mandate = make.mandate(agent=elder.login)
    choose(client, mandate.principal)
    Mandate.objects.update(revoked_at=make.MORNING)
    assert mandate.principal.name not in client.get(reverse("home")).text


def test_a_stranger_is_not_chosen(client, elder):
    stranger = make.own_resident()
    choose(client, stranger)
    assert client.get(reverse("home")).wsgi_request.session.get("acting_for") is None


def test_what_is_booked_is_for_the_one_who_was_chosen_and_names_the_mandate(client, elder):
    mandate = make.mandate(agent=elder.login, principal=make.resident(community=elder.community))
    slot = make.slot()
    item = slot.counter.items.get()
    choose(client, mandate.principal)
    chosen = {"slot": str(slot.code), "choose": "1"}
    text = client.get(reverse("book_who", args=[item.code]), chosen).text
    assert re.findall(r'name="resident"\s+value="([^"]+)"', text) == [str(mandate.principal.code)]
    booking = make.booking(slot=slot, resident=mandate.principal, by=elder.login)
    assert Record.objects.about(booking).get().details["mandate"] == mandate.pk


def test_a_relative_is_asked_and_agrees(client, elder):
    sent = {"principal": str(elder.code), "phone": PHONE, "scope": "bookings"}
    assert post(client, "mandate_new", **sent).status_code == 302
    mandate = Mandate.objects.get()
    assert PHONE not in client.get(reverse("people")).text
    client.force_login(mandate.agent)
    mandate.agent.phone_verified_at = make.MORNING
    mandate.agent.save()
    assert elder.name in client.get(reverse("people")).text
    assert post(client, "mandate_confirm", mandate.code).status_code == 302
    assert elder in Resident.objects.represented_by(mandate.agent, "bookings")


@pytest.mark.parametrize("values", [{"phone": "12"}, {"scope": "x"}, {"valid_until": "2020-01-01"}])
def test_a_request_is_refused_on_its_form(client, elder, values):
    sent = {"principal": str(elder.code), "phone": PHONE, "scope": "bookings"} | values
    assert post(client, "mandate_new", **sent).status_code == 422
    assert Mandate.objects.count() == 0


def test_nobody_asks_in_the_name_of_a_stranger(client, elder):
    sent = {"principal": str(make.own_resident().code), "phone": PHONE, "scope": "bookings"}
    assert post(client, "mandate_new", **sent).status_code == 422
    assert Mandate.objects.count() == 0


def test_both_sides_end_a_mandate_and_strangers_do_not(client, elder):
    for mandate in (make.mandate(principal=elder), make.mandate(agent=elder.login)):
        assert post(client, "mandate_revoke", mandate.code).status_code == 302
        mandate.refresh_from_db()
        assert mandate.revoked_at is not None
    assert post(client, "mandate_revoke", make.mandate().code).status_code == 404


def test_an_elder_refuses_one_or_all_and_takes_it_back(client, elder):
    one, other = make.mandate(principal=elder), make.mandate(principal=elder)
    post(client, "refuse_acting", mandate=str(one.code))
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.revoked_at is None, other.revoked_at is None) == (False, True)
    post(client, "refuse_acting", person=str(elder.code))
    other.refresh_from_db()
    assert other.revoked_at is not None
    for ban in ActingBan.objects.all():
        assert post(client, "allow_acting", ban.code).status_code == 302
    assert ActingBan.objects.in_force().count() == 0


def test_a_stranger_refuses_and_allows_nothing(client, elder):
    mandate = make.mandate()
    post(client, "refuse_acting", mandate=str(mandate.code))
    post(client, "refuse_acting", person=str(mandate.principal.code))
    assert ActingBan.objects.count() == 0
    ban = mandate.principal.acting_bans.create(made_at=make.MORNING)
    assert post(client, "allow_acting", ban.code).status_code == 404


def test_a_number_in_doubt_says_whose_it_is_first(client):
    building = make.building()
    login = make.resident_login(in_doubt_since=make.MORNING)
    make.resident(login=login, building=building, born_on="1951-01-01")
    client.force_login(login)
    assert client.get("/me/")["Location"] == reverse("number_in_doubt")
    wrong = {"building": building.short_code, "birth_year": "1952"}
    assert post(client, "number_in_doubt", **wrong).status_code == 422
    right = wrong | {"birth_year": "1951"}
    assert post(client, "number_in_doubt", **right)["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_addresses_of_people_are_for_post_alone(client, elder):
    code = make.mandate(agent=elder.login).code
    for name, args in (("act_for", []), ("refuse_acting", []), ("mandate_revoke", [code])):
        assert client.get(reverse(name, args=args)).status_code == 405


def test_the_page_is_flat_in_queries(client, elder, queries_of):
    few = queries_of(reverse("people"))
    for _ in range(4):
        make.mandate(agent=elder.login)
        make.mandate(principal=elder)
        make.resident(login=elder.login, building=make.building())
    assert queries_of(reverse("people")) <= few + 1
