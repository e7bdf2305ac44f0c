"""Passwords of staff: what they are made of, how long they last, and what failed attempts tell and cost."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests import make
from tests.circle.signing_in import STAFF, errors

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
FAILURES = 5


@pytest.fixture(autouse=True)
def community():
    return make.community()


@pytest.fixture
def client() -> Client:
    """Django's own, which signs nobody in by a password that was never typed."""
    return Client()


def knock(client, email: str, password: str = make.PASSWORD, ip: str = "192.0.2.1"):
    return client.post(STAFF, {"login": email, "password": password}, REMOTE_ADDR=ip)


# What they are made of --------------------------------------------------------------------------------------


@pytest.mark.parametrize("password", ["xU7-hall-desk", "kJ82mmQwerty", "桂花树下Abc123", "moon 4 GARDEN"])
def test_three_kinds_of_signs_are_enough(password):
    validate_password(password)


@pytest.mark.parametrize(
    "password", ["walking home slowly", "WALKINGhome", "walking2home", "桂花树下的石头凳子啊"]
)
def test_fewer_kinds_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [error.code for error in refused.value.error_list] == ["password_too_plain"]


def test_nine_signs_are_too_few():
    with pytest.raises(ValidationError) as refused:
        validate_password("aB3-aB3-x")
    assert [error.code for error in refused.value.error_list] == ["password_too_short"]


# How long they last -----------------------------------------------------------------------------------------


def test_old_password_opens_nothing_but_the_page_to_change_it(client):
    make.rule("staff_password_expiry", params={"days": 90})
    with time_machine.travel(make.MORNING, tick=False) as clock:
        user = make.director()
        clock.shift(dt.timedelta(days=89))
        knock(client, user.email)
        assert client.get("/admin/").status_code == 200
        clock.shift(dt.timedelta(days=2))
        knock(client, user.email)
        answer = client.get("/admin/", follow=True)
        assert answer.redirect_chain[-1][0] == "/admin/password_change/"
        new = {
            "old_password": make.PASSWORD,
            "new_password1": "xU7-hall-desk",
            "new_password2": "xU7-hall-desk",
        }
        assert client.post("/admin/password_change/", new)["Location"] == "/admin/password_change/done/"
        assert client.get("/admin/").status_code == 200


def test_without_the_rule_no_password_is_too_old(client):
    with time_machine.travel(make.MORNING, tick=False) as clock:
        user = make.director()
        clock.shift(dt.timedelta(days=4000))
        knock(client, user.email)
        assert client.get("/admin/").status_code == 200


# Failed attempts --------------------------------------------------------------------------------------------


@pytest.fixture
def hashes(monkeypatch, settings):
    """Counts how often a password is hashed: the time that an answer takes."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    done = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: done.append(1) or encode(*args))
    return done


def test_unknown_closed_and_wrong_cost_the_same_hashing(client, hashes):
    makers = {
        "wrong": make.director,
        "closed": lambda: make.director(is_active=False),
        "no password": lambda: make.user(password=None),
        "resident": lambda: make.resident_login(email="resident@example.invalid"),
    }
    emails = {name: maker().email for name, maker in makers.items()} | {"unknown": "no@example.invalid"}
    costs = {}
    for name, email in emails.items():
        hashes.clear()
        assert errors(knock(client, email, "wrong")) == ["email_password_mismatch"]
        costs[name] = len(hashes)
    assert set(costs.values()) == {1}, costs


def test_failures_from_one_connection_do_not_lock_the_colleague_out_elsewhere(client):
    director = make.director()
    for _ in range(FAILURES):
        knock(client, director.email, "wrong", ip="198.51.100.7")
    assert errors(knock(client, director.email, ip="198.51.100.7")) == ["too_many_login_attempts"]
    assert knock(Client(), director.email)["Location"] == "/admin/"


def test_one_connection_alone_never_locks_the_address_itself(client):
    director = make.director()
    with time_machine.travel(make.MORNING, tick=False) as clock:
        for _ in range(12):  # two hours
            for _ in range(FAILURES + 1):
                knock(client, director.email, "wrong", ip="198.51.100.7")
            clock.shift(dt.timedelta(minutes=10, seconds=1))
        assert knock(Client(), director.email)["Location"] == "/admin/"


def test_many_connections_together_shut_the_address_for_an_hour(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_everywhere": "8/h/key"}
    director = make.director()
    for number in range(8):
        knock(client, director.email, "wrong", ip=f"198.51.100.{number + 1}")
    assert errors(knock(client, director.email)) == ["too_many_login_attempts"]
