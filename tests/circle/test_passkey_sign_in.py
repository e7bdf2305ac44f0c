"""A passkey opens by itself, also where others' failures have locked the address and its password."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from circle.models import User
from tests import make
from tests.circle.passkeys import Passkey
from tests.circle.signing_in import STAFF, errors, is_signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite")]
ADD, OPEN = "/sign-in/staff/passkey/", "/sign-in/staff/with-passkey/"
ASKED = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    make.community()


@pytest.fixture
def client() -> Client:
    """Django's own, which signs nobody in by a password that was never typed."""
    return Client()


def give_password(client, user: User, password: str = make.PASSWORD, **more):
    return client.post(STAFF, {"login": user.email, "password": password}, **more)


def add(user: User, key: Passkey, *, alone: bool = True) -> Client:
    client = Client()
    give_password(client, user)
    options = client.get(ADD).context["js_data"]["creation_options"]
    sent = {"name": "key", "credential": json.dumps(key.register(as_json(options)))}
    response = client.post(ADD, sent | ({"passwordless": "on"} if alone else {}))
    assert response.status_code == 302, response.context["form"].errors
    return client


def as_json(options) -> dict:
    """As the page's script gets it."""
    from django.core.serializers.json import DjangoJSONEncoder

    return json.loads(json.dumps(options, cls=DjangoJSONEncoder))


def open_with(client, key: Passkey, **more):
    options = client.get(OPEN, **ASKED).json()["request_options"]
    return client.post(OPEN, {"credential": json.dumps(key.sign(options))} | more)


def opens(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_passkey_opens_the_back_office_by_itself(client):
    key = Passkey()
    add(make.clerk(), key)
    assert open_with(client, key, next="/admin/circle/facility/")["Location"] == "/admin/circle/facility/"
    assert opens(client)


def test_passkey_opens_while_the_address_is_locked_by_others(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_everywhere": "8/h/key"}
    user, key = make.clerk(), Passkey()
    add(user, key)
    for number in range(8):
        give_password(Client(), user, "wrong", REMOTE_ADDR=f"198.51.100.{number + 1}")
    refused = give_password(client, user)
    assert errors(refused) == ["too_many_login_attempts"]
    assert OPEN in refused.text
    assert open_with(client, key)["Location"] == "/admin/"
    assert opens(client)


def test_key_that_does_not_know_its_person_is_a_second_step_only(client):
    key = Passkey(is_person_known=False)
    add(make.clerk(), key, alone=False)
    assert open_with(client, key)["Location"] == STAFF
    assert not is_signed_in(client)


def test_key_of_somebody_else_opens_nothing(client):
    mine, other = Passkey(), Passkey()
    add(make.clerk(), mine)
    add(make.director(), other)
    other.owner = mine.owner
    assert open_with(client, other)["Location"] == STAFF
    assert not is_signed_in(client)


def test_answer_opens_once(client):
    key = Passkey()
    add(make.clerk(), key)
    options = client.get(OPEN, **ASKED).json()["request_options"]
    sent = {"credential": json.dumps(key.sign(options))}
    assert client.post(OPEN, sent)["Location"] == "/admin/"
    again = Client()
    again.get(OPEN, **ASKED)
    assert again.post(OPEN, sent)["Location"] == STAFF
    assert not is_signed_in(again)


@pytest.mark.parametrize("ended", ["post", "login"])
def test_key_ends_with_the_post(client, ended):
    user, key = make.clerk(), Passkey()
    add(user, key)
    if ended == "post":
        user.posts.all().delete()
        User.objects.filter(pk=user.pk).update(is_staff=False)
    else:
        User.objects.filter(pk=user.pk).update(is_active=False)
    open_with(client, key)
    assert not opens(client)
    assert ended == "login" or not is_signed_in(client)


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", "1", '{"response": 1}', '{"response": {"userHandle": 1}}']
)
def test_what_is_no_answer_of_a_key_is_refused(client, sent):
    client.get(OPEN, **ASKED)
    assert client.post(OPEN, {"credential": sent})["Location"] == STAFF


def test_page_asks_for_a_key_without_a_script_too(client):
    assert client.get(OPEN)["Location"] == STAFF
    assert not Authenticator.objects.exists()
