"""Residents: a number, a code, in."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from circle.actions import register_resident
from circle.models import Message, User
from tests import make
from tests.circle.signing_in import (
    CODE,
    PHONE,
    START,
    ask,
    ask_again,
    enter,
    errors,
    is_signed_in,
    sent_code,
    wrong,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def community():
    return make.community()


@pytest.fixture
def clock():
    with time_machine.travel(make.MORNING, tick=False) as moving:
        yield moving


# The number -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        PHONE,
        "138 0013 8000",
        " 138-0013-8000 ",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
        "＋86　138　0013　8000",
    ],
)
def test_phone_is_understood_in_every_spelling(client, typed):
    response = ask(client, typed)
    assert (response.status_code, response["Location"]) == (302, CODE)
    assert [user.phone for user in User.objects.all()] == [PHONE]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("1380013800", "phone_invalid"),
        ("138001380000", "phone_invalid"),
        ("0851-22334455", "phone_invalid"),
        ("+44 7700 900123", "phone_invalid"),
        ("wang@example.invalid", "phone_invalid"),
    ],
)
def test_phone_that_is_no_mobile_number_is_refused(client, typed, code):
    response = ask(client, typed)
    assert (response.status_code, errors(response, "phone")) == (422, [code])
    assert not User.objects.exists()


def visit(client, phone: str) -> list:
    """What one sees who asks for a code, too soon for another, in time for another, and enters it wrong."""
    answers = [ask(client, phone), client.get(CODE), ask_again(client), client.get(CODE)]
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=31)):
        answers += [ask_again(client), client.get(CODE), enter(client, wrong(sent_code()))]
        answers += [client.get(START), ask(client, phone)]
    shown = []
    for response in answers:
        page = re.sub(r'value="\w{64}"|value="\d+"|\d{3} \d{4} \d{4}', "", response.text)
        headers = {
            name: value
            for name, value in response.items()
            if name not in ("Expires", "Content-Length", "X-Request-Id")
        }
        shown.append((response.status_code, headers, sorted(response.cookies), page))
    return shown


def test_unknown_number_gets_the_same_answers_as_a_known_one(client):
    make.resident_login(phone=PHONE)
    known = visit(client, PHONE)
    client.cookies.clear()
    assert visit(client, make.mobile()) == known
    assert [status for status, *_ in known] == [302, 200, 302, 200, 302, 200, 422, 200, 422]


def test_unknown_number_costs_about_as_many_queries_as_a_known_one(client):
    make.resident_login(phone=PHONE)
    counts = []
    for phone in (PHONE, make.mobile()):
        with CaptureQueriesContext(connection) as seen:
            ask(client, phone)
        counts.append(len(seen))
        client.cookies.clear()
    assert abs(counts[0] - counts[1]) <= 3


# The code ---------------------------------------------------------------------------------------------------


def test_code_signs_in_and_proves_the_number(client):
    ask(client)
    message = Message.objects.get()
    assert (message.event, message.channel, message.user.phone) == ("sign_in_code", "sms", PHONE)
    assert re.fullmatch(r"\d{6}", sent_code())
    response = enter(client, sent_code())
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert client.get("/me/").wsgi_request.user == message.user
    assert User.objects.get().phone_verified_at is not None


def test_code_is_kept_sealed(client):
    ask(client)
    message = Message.objects.get()
    assert (message.values, sent_code() in message.secret_sealed) == ({}, False)


def test_known_number_signs_in_as_its_login(client):
    known = make.resident_login(phone=PHONE)
    ask(client)
    enter(client, sent_code())
    assert client.get("/me/").wsgi_request.user == known
    assert User.objects.get().phone_verified_at == make.MORNING


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{:.3} {}", "full-width"])
def test_code_is_understood_as_keyboards_write_it(client, spelling):
    ask(client)
    code = sent_code()
    if spelling == "full-width":
        typed = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    else:
        typed = f"{code[:3]} {code[3:]}" if ":" in spelling else spelling.format(code)
    assert enter(client, typed)["Location"] == "/me/"


def test_code_page_survives_a_reload(client):
    ask(client)
    assert [client.get(CODE).status_code for _ in range(3)] == [200] * 3
    assert enter(client, sent_code())["Location"] == "/me/"


def test_code_page_without_a_code_leads_to_the_start(client):
    assert client.get(CODE)["Location"] == START
    assert enter(client, "123456")["Location"] == START


def test_code_is_refused_after_ten_minutes_with_a_sentence(client, clock):
    ask(client)
    clock.shift(10 * 60 + 1)
    response = client.post(CODE, {"code": sent_code()}, follow=True)
    assert (response.redirect_chain, is_signed_in(client)) == ([(START, 302)], False)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_code_holds_for_ten_minutes(client, clock):
    ask(client)
    clock.shift(10 * 60 - 1)
    assert enter(client, sent_code())["Location"] == "/me/"


def test_third_wrong_code_ends_the_attempt(client):
    ask(client)
    code = sent_code()
    for _ in range(2):
        response = enter(client, wrong(code))
        assert (response.status_code, errors(response, "code")) == (422, ["incorrect_code"])
    response = client.post(CODE, {"code": wrong(code)}, follow=True)
    assert response.redirect_chain == [(START, 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert (enter(client, code)["Location"], is_signed_in(client)) == (START, False)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef"])
def test_what_cannot_be_a_code_is_no_attempt(client, typed):
    ask(client)
    for _ in range(4):
        response = enter(client, typed)
        assert (response.status_code, errors(response, "code")) == (
            422,
            ["malformed" if typed else "required"],
        )
    assert enter(client, sent_code())["Location"] == "/me/"


def test_used_code_cannot_be_used_again(client):
    ask(client)
    code, before = sent_code(), client.cookies["session"].value
    enter(client, code)
    client.cookies["session"] = before
    assert enter(client, code)["Location"] == START
    assert not is_signed_in(client)


def test_used_code_cannot_be_used_after_signing_out(client):
    ask(client)
    code = sent_code()
    enter(client, code)
    client.post("/sign-out/")
    assert (enter(client, code)["Location"], is_signed_in(client)) == (START, False)


def test_code_of_another_number_is_refused(client):
    ask(client, make.mobile())
    code = sent_code()
    client.cookies.clear()
    ask(client)
    assert errors(enter(client, code), "code") == ["incorrect_code"]


# Another code -----------------------------------------------------------------------------------------------


def test_another_code_replaces_the_one_before(client, clock):
    ask(client)
    first = sent_code()
    clock.shift(31)
    assert ask_again(client)["Location"] == CODE
    assert Message.objects.count() == 2
    assert errors(enter(client, first), "code") == ["incorrect_code"]
    assert enter(client, sent_code())["Location"] == "/me/"


def test_another_code_has_ten_minutes_of_its_own(client, clock):
    ask(client)
    clock.shift(9 * 60)
    ask_again(client)
    clock.shift(9 * 60)
    assert enter(client, sent_code())["Location"] == "/me/"


def test_another_code_has_three_tries_of_its_own(client, clock):
    ask(client)
    for _ in range(2):
        enter(client, wrong(sent_code()))
    clock.shift(31)
    ask_again(client)
    for _ in range(2):
        assert errors(enter(client, wrong(sent_code())), "code") == ["incorrect_code"]
    assert enter(client, sent_code())["Location"] == "/me/"


def test_another_code_too_soon_is_refused_and_the_one_before_still_holds(client, clock):
    ask(client)
    clock.shift(29)
    response = client.post(CODE, {"action": "resend"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert Message.objects.count() == 1
    clock.shift(5 * 60)
    assert enter(client, sent_code())["Location"] == "/me/"


def test_only_three_further_codes_are_offered(client, clock):
    ask(client)
    for _ in range(3):
        clock.shift(31)
        ask_again(client)
    clock.shift(31)
    assert client.get(CODE).context["can_resend"] is False
    assert errors(ask_again(client), "code") == ["required"]
    assert Message.objects.count() == 4


def test_another_number_is_asked_for_without_more_ado(client):
    ask(client)
    response = client.get(START)
    assert (response.status_code, response.context["code_url"]) == (200, CODE)
    ask(client, "13900139000")
    enter(client, sent_code())
    assert client.get("/me/").wsgi_request.user.phone == "13900139000"


# Right after it ---------------------------------------------------------------------------------------------


def test_a_number_that_serves_several_people_is_asked_for_whom(client):
    login = make.resident_login(phone=PHONE)
    for _ in range(2):
        make.resident(login=login)
    ask(client)
    assert enter(client, sent_code())["Location"] == "/me/people/?next=%2Fme%2F"


def test_a_number_unused_for_half_a_year_is_asked_whose_it_is(client):
    old = timezone.now() - dt.timedelta(days=181)
    make.resident(login=make.resident_login(phone=PHONE, last_login=old))
    ask(client)
    assert enter(client, sent_code())["Location"] == "/me/number/?next=%2Fme%2F"


def test_a_number_that_staff_wrote_down_long_ago_is_asked_whose_it_is(client):
    old = timezone.now() - dt.timedelta(days=181)
    register_resident(community=make.here(), name="王兰", phone=PHONE, at=old, by=None)
    ask(client)
    assert enter(client, sent_code())["Location"] == "/me/number/?next=%2Fme%2F"
