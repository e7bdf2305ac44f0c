"""Signing in with WeChat, against a server on this machine that answers as WeChat's does."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.actions import change_phone, connect_wechat, login_of_wechat
from circle.models import Record, Resident, User, WeChatLogin
from tests import make
from tests.circle.signing_in import PHONE, START, ask, enter, is_signed_in, sent_code

pytestmark = pytest.mark.django_db
GO, BACK, OFF = "/sign-in/wechat/", "/sign-in/wechat/back/", "/me/sessions/wechat/"
OPENID = "oABC-1234567890_xyz"


@contextmanager
def answering(said):
    """A server that gives `said` as JSON, or as it is if it is a text; with the queries that came in."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            asked.append((parts.path, {name: value for name, [value] in parse_qs(parts.query).items()}))
            content = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def clock():
    make.here()
    with time_machine.travel(make.MORNING, tick=False) as moving:
        yield moving


@pytest.fixture
def on(settings):
    settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = "wx123", "a-secret"
    return settings


def come_back(client, settings, said=None, code="the-code", **query):
    """To WeChat and back; what WeChat says of the code is `said`."""
    state = parse_qs(urlsplit(client.get(GO)["Location"]).query)["state"][0]
    with answering(said or {"access_token": "t", "openid": OPENID}) as (url, asked):
        settings.WECHAT_API_URL = url
        response = client.get(BACK, {"state": state, "code": code} | query)
    return response, asked


def known(**values) -> User:
    user = make.resident_login(**values)
    connect_wechat(user=user, openid=OPENID, community=make.here(), at=make.MORNING)
    return user


def test_without_its_settings_there_is_no_sign_in_with_wechat(client):
    assert GO not in client.get(START).text
    assert (client.get(GO).status_code, client.get(BACK).status_code) == (404, 404)
    client.force_login(make.resident_login())
    assert "wechat" not in client.get("/me/sessions/").text.lower()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_with_its_settings_it_is_offered(client, on, prefix):
    assert f'href="{prefix}{GO}"' in client.get(f"{prefix}{START}").text


@pytest.mark.parametrize(
    ("url", "scope"), [("connect/qrconnect", "snsapi_login"), ("connect/oauth2/authorize", "snsapi_base")]
)
def test_the_way_to_wechat_names_us_and_a_state_of_its_own(client, on, url, scope):
    on.WECHAT_SIGN_IN_URL = f"https://open.weixin.qq.com/{url}"
    first, second = (urlsplit(client.get(GO)["Location"]) for _ in range(2))
    query = parse_qs(first.query)
    assert (first.netloc, first.path, first.fragment) == ("open.weixin.qq.com", f"/{url}", "wechat_redirect")
    assert (query["appid"], query["scope"], query["redirect_uri"]) == (
        ["wx123"], [scope], [f"http://testserver{BACK}"],
    )  # fmt: skip
    assert query["state"] != parse_qs(second.query)["state"]
    assert "a-secret" not in first.query


def test_a_known_wechat_account_signs_in(client, on):
    user = known()
    response, asked = come_back(client, on)
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert client.get("/me/").wsgi_request.user == user
    assert asked == [
        (
            "/sns/oauth2/access_token",
            {"appid": "wx123", "secret": "a-secret", "code": "the-code", "grant_type": "authorization_code"},
        )
    ]


def test_an_unknown_one_proves_a_phone_first_and_makes_nobody(client, on):
    user = make.resident_login(phone=PHONE)
    response, _ = come_back(client, on)
    assert (response["Location"], is_signed_in(client)) == (START, False)
    assert (User.objects.count(), Resident.objects.count(), WeChatLogin.objects.count()) == (1, 0, 0)
    ask(client, PHONE)
    enter(client, sent_code())
    assert login_of_wechat(OPENID) == user
    kept = WeChatLogin.objects.get()
    assert OPENID not in kept.openid_hash
    assert Record.objects.about(user).get().verb == "wechat_connected"
    client.logout()
    come_back(client, on)
    assert client.get("/me/").wsgi_request.user == user


def test_a_quarter_of_an_hour_later_the_code_connects_nothing(client, on, clock):
    come_back(client, on)
    clock.shift(901)
    ask(client, PHONE)
    enter(client, sent_code())
    assert (is_signed_in(client), WeChatLogin.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    "said", [{"errcode": 40029, "errmsg": "invalid code"}, {"access_token": "t"}, "no JSON"]
)
def test_what_wechat_does_not_confirm_signs_nobody_in(client, on, said):
    known()
    response, _ = come_back(client, on, said=said)
    assert (response["Location"], is_signed_in(client)) == (START, False)
    assert [each.extra_tags for each in client.get(START).context["messages"]] == ["wechat_failed"]


def test_wechat_out_of_reach_signs_nobody_in(client, on):
    known()
    state = parse_qs(urlsplit(client.get(GO)["Location"]).query)["state"][0]
    on.WECHAT_API_URL = "http://127.0.0.1:9"
    assert client.get(BACK, {"state": state, "code": "x"})["Location"] == START


@pytest.mark.parametrize("query", [{"state": "forged"}, {"code": ""}])
def test_an_answer_that_we_did_not_ask_for_is_not_taken_to_wechat(client, on, query):
    known()
    response, asked = come_back(client, on, **query)
    assert (response["Location"], asked, is_signed_in(client)) == (START, [], False)


def test_a_state_is_good_for_one_answer(client, on):
    known()
    state = parse_qs(urlsplit(client.get(GO)["Location"]).query)["state"][0]
    assert client.get(BACK, {"state": state}).status_code == 302
    with answering({"access_token": "t", "openid": OPENID}) as (url, asked):
        on.WECHAT_API_URL = url
        client.get(BACK, {"state": state, "code": "x"})
    assert (asked, is_signed_in(client)) == ([], False)


def test_wechat_never_opens_the_door_of_staff(client, on):
    user = known()
    make.post(user=user)
    response, _ = come_back(client, on)
    assert urlsplit(response["Location"]).path == reverse("account_login")
    assert (is_signed_in(client), client.get("/admin/").status_code) == (False, 302)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (lambda: make.clerk(), "staff_login"),
        (lambda: make.resident_login(in_doubt_since=make.MORNING), "number_in_doubt"),
        (lambda: make.resident_login(), "wechat_taken"),
    ],
)
def test_a_wechat_account_is_not_connected(who, code):
    known()
    with pytest.raises(ValidationError) as refusal:
        connect_wechat(user=who(), openid=OPENID, community=make.here(), at=make.MORNING)
    assert (refusal.value.code, WeChatLogin.objects.count()) == (code, 1)


def test_connecting_twice_is_once():
    user = known()
    connect_wechat(user=user, openid=OPENID, community=make.here(), at=make.MORNING)
    assert (WeChatLogin.objects.count(), Record.objects.filter(verb="wechat_connected").count()) == (1, 1)


def test_a_session_opened_by_a_code_connects_and_takes_off(client, on):
    user = make.resident_login(phone=PHONE)
    ask(client, PHONE)
    enter(client, sent_code())
    assert GO in client.get("/me/sessions/").text
    come_back(client, on)
    assert login_of_wechat(OPENID) == user
    assert OFF in client.get("/me/sessions/").text
    client.post(OFF)
    assert login_of_wechat(OPENID) is None


def test_a_session_opened_otherwise_connects_nothing(client, on):
    client.force_login(make.resident_login())
    come_back(client, on)
    assert not WeChatLogin.objects.exists()


def test_a_lost_phone_takes_its_wechat_with_it():
    resident = make.own_resident()
    connect_wechat(user=resident.login, openid=OPENID, community=make.here(), at=make.MORNING)
    change_phone(resident=resident, phone="", shown="resident", at=make.MORNING, by=make.user())
    assert login_of_wechat(OPENID) is None
