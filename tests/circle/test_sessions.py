import base64
import datetime as dt
import zlib

import pytest
import time_machine
from django.contrib.sessions.models import Session

from tests import make
from tests.circle.signing_in import PHONE, ask, enter, sent_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def community():
    return make.community()


def stored() -> bytes:
    """What the database holds of the only session, unpacked but not unsealed."""
    data, *_ = Session.objects.get().session_data.split(":")
    raw = base64.urlsafe_b64decode(data.lstrip(".") + "==")
    return zlib.decompress(raw) if data.startswith(".") else raw


def test_number_and_code_are_sealed_in_the_session(client):
    ask(client)
    kept = stored()
    assert [word for word in (PHONE, sent_code(), "account_login") if word.encode() in kept] == []
    assert client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["phone"] == PHONE


def test_session_sealed_with_a_lost_key_is_an_empty_one(client, settings):
    client.force_login(make.resident_login())
    settings.FIELD_KEYS = ["another-key-" + "x" * 31 + "="]
    assert client.get("/me/").status_code == 302


def test_resident_stays_signed_in_for_two_weeks_after_the_last_visit(client):
    with time_machine.travel(make.MORNING, tick=False) as clock:
        ask(client)
        enter(client, sent_code())
        for _ in range(3):
            clock.shift(dt.timedelta(days=13))
            assert client.get("/help/").status_code == 200
        assert client.get("/me/").status_code == 200
        clock.shift(dt.timedelta(days=14, seconds=1))
        assert client.get("/me/").status_code == 302


def test_session_is_saved_once_a_day(client, django_assert_num_queries):
    client.force_login(make.resident_login())
    assert "session" in client.get("/help/").cookies
    assert "session" not in client.get("/help/").cookies


def test_stranger_gets_no_session(client):
    assert client.get("/help/").cookies.keys() == set()
    assert client.get("/sign-in/").cookies.keys() == {"csrf"}
    assert not Session.objects.exists()
