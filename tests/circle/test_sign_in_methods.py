"""Where signing in and out leads to, and what its pages are made of."""

from pathlib import Path

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse

from circle.models import Message
from tests import make
from tests.circle.signing_in import (
    CODE,
    PHONE,
    STAFF,
    START,
    ask,
    ask_again,
    enter,
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


# Where it leads ---------------------------------------------------------------------------------------------


def test_next_page_survives_every_step(client):
    assert client.get("/me/")["Location"] == "/sign-in/?next=/me/"
    wanted = "/services/?q=gl"
    step = ask(client, next=wanted)["Location"]
    assert step == f"{CODE}?next=%2Fservices%2F%3Fq%3Dgl"
    page = client.get(step)
    assert f'name="next" value="{wanted}"' in page.text
    assert page.context["request_login_code_url"] == f"{START}?next=%2Fservices%2F%3Fq%3Dgl"
    assert ask_again(client, next=wanted)["Location"] == step
    enter(client, wrong(sent_code()), next=wanted)
    assert enter(client, sent_code(), next=wanted)["Location"] == wanted


def test_next_page_survives_an_expired_code(client, clock):
    ask(client, next="/help/")
    clock.shift(3600)
    assert enter(client, sent_code(), next="/help/")["Location"] == f"{START}?next=%2Fhelp%2F"


@pytest.mark.parametrize(
    "foreign", ["https://evil.invalid/", "//evil.invalid/", "/\\evil.invalid", "http://testserver/", "evil"]
)
def test_next_page_elsewhere_is_ignored(client, foreign):
    assert ask(client, next=foreign)["Location"] == CODE
    assert enter(client, sent_code(), next=foreign)["Location"] == "/me/"


def test_who_is_signed_in_already_is_led_on(client):
    client.force_login(make.resident_login())
    assert client.get(START)["Location"] == "/me/"
    assert client.get(f"{START}?next=/help/")["Location"] == "/help/"
    assert ask(client, next="/help/")["Location"] == "/help/"
    assert client.get(f"{CODE}?next=/help/")["Location"] == "/help/"
    assert not Message.objects.exists()


def test_steps_stay_in_their_language(client):
    response = client.post("/en/sign-in/", {"phone": PHONE})
    assert response["Location"] == "/en/sign-in/code/"
    assert client.post("/en/sign-in/code/", {"code": sent_code()})["Location"] == "/en/me/"


def test_closed_login_is_told_so_after_its_code_only(client):
    make.resident_login(phone=PHONE, is_active=False)
    assert ask(client)["Location"] == CODE
    response = client.post(CODE, {"code": sent_code()}, follow=True)
    assert (response.redirect_chain, response.status_code) == ([("/sign-in/inactive/", 302)], 200)
    assert not is_signed_in(client)


def test_header_offers_to_sign_in_or_ones_own_matters(client, html):
    assert 'href="/sign-in/"' in client.get("/help/").text
    client.force_login(make.resident_login())
    page = client.get("/help/").text
    assert ('href="/me/"' in page, 'href="/sign-in/"' in page) == (True, False)


def test_header_costs_a_stranger_no_query(client, queries_of):
    """The community is all that the page reads."""
    assert queries_of("/accessibility/") == 1


# Out --------------------------------------------------------------------------------------------------------


def test_signing_out_leads_home(client):
    client.force_login(make.resident_login())
    response = client.post("/sign-out/", follow=True)
    assert (response.redirect_chain, is_signed_in(client)) == ([("/", 302)], False)
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_signing_out_is_asked_for_first(client):
    client.force_login(make.resident_login())
    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)


def test_signing_out_leads_a_stranger_home(client):
    assert client.get("/sign-out/")["Location"] == client.post("/sign-out/")["Location"] == "/"


def test_signing_out_leads_to_no_foreign_page(client):
    client.force_login(make.resident_login())
    assert client.post("/sign-out/", {"next": "https://evil.invalid/"})["Location"] == "/"


# The pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [START, CODE, STAFF, "/sign-out/"])
def test_pages_take_no_other_verb(client, path):
    if path == CODE:
        ask(client)
    for verb in (client.delete, client.patch):
        assert verb(path).status_code == 405


def test_page_of_a_closed_login_is_only_read(client):
    assert client.post("/sign-in/inactive/").status_code == 405


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nobody_can_sign_up_or_reset_a_password_by_oneself(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_text_is_our_own(client):
    """No page and no message comes from allauth's templates, which are in other languages than ours."""
    pages = [
        client.get(START),
        ask(client, ""),
        client.get(STAFF),
        client.get("/sign-in/inactive/"),
    ]
    ask(client)
    pages += [client.get(CODE), enter(client, "1"), enter(client, sent_code()), client.get("/sign-out/")]
    pages.append(client.post("/sign-out/"))
    used = {Path(part.origin.name) for page in pages for part in page.templates if part.origin}
    foreign = {path for path in used if "allauth" in path.parts}
    assert (foreign, len(used) > 10) == (set(), True)
