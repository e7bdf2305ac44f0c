"""Where does it stand: a code and four digits, without signing in."""

import pytest
import time_machine

from tests import make, make_council
from tests import make_childcare as nursery
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


def of_hall():
    found = make.booking()
    return found.code, found.resident, found.get_status_display()


def of_care():
    found = care.booking()
    return found.code, found.resident, found.get_status_display()


def of_nursery():
    found = nursery.submitted()
    return found.code, found.guardian, found.get_status_display()


def of_council():
    with time_machine.travel(make_council.IN_CALL, tick=False):
        found = make_council.topic()
    return found.receipt, found.raised_by, found.get_status_display()


def ask(client, code, tail):
    return client.post("/progress/", {"code": code, "tail": tail})


@pytest.mark.parametrize("case", [of_hall, of_care, of_nursery, of_council])
def test_code_and_last_four_digits_tell_the_state_and_no_name(client, case):
    code, person, state = case()
    page = ask(client, f" {code.lower()} ", person.phone[-4:])
    assert (page.status_code, str(state) in page.text) == (200, True)
    assert (person.name in page.text, person.phone in page.text) == (False, False)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("case", [of_hall, of_council])
def test_wrong_digits_and_an_unknown_code_get_the_same_answer(client, case):
    code, person, _state = case()
    other = "0000" if person.phone[-4:] != "0000" else "1111"
    answers = [ask(client, code, other), ask(client, "NOSUCH22", person.phone[-4:])]
    errors = [page.context["form"].non_field_errors().as_data()[0] for page in answers]
    assert [error.code for error in errors] == ["not_found", "not_found"]
    assert errors[0].message == errors[1].message


@pytest.mark.parametrize("tail", ["", "123", "12345", "12a4", "１２３", "٣٤٥٦"])
def test_digits_that_are_none_are_refused_and_what_was_typed_stays(client, tail):
    code, _person, _state = of_hall()
    page = ask(client, code, tail)
    assert (page.status_code, code in page.text) == (422, True)
    assert page.context["form"].has_error("tail")


def test_of_who_has_no_phone_the_agents_digits_count(client):
    elder = make.resident()
    agent = make.mandate(principal=elder, agent=make.resident_login()).agent
    booking = make.booking(resident=elder, by=agent)
    assert ask(client, booking.code, agent.phone[-4:]).context["found"]


def test_a_code_can_be_tried_five_times(client):
    code, person, _state = of_hall()
    for number in range(5):
        ask(client, code, f"{number:04}")
    page = ask(client, code, person.phone[-4:])
    assert page.context["form"].has_error("__all__", "too_many")


def test_home_has_the_box_for_who_is_not_signed_in(client):
    make.community()
    assert 'action="/progress/"' in client.get("/").text
    client.force_login(make.own_resident().login)
    assert 'action="/progress/"' not in client.get("/").text
