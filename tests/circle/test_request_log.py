"""Log lines: what an operator needs to see it run, and nothing about a person."""

import io
import json
import logging
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from circle.web.json_log import JsonFormatter, describe_error
from circle.web.request_log import current_id
from tests import make
from tests.test_settings import NEEDED, ROOT

pytestmark = pytest.mark.django_db
LINE = {"time", "level", "logger", "message", "request"}
REQUEST = {"method", "route", "status", "ms", "queries"}


class Lines(logging.StreamHandler):
    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.setFormatter(JsonFormatter())

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def of(self, logger: str) -> list[dict]:
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["logger"] == logger]


@pytest.fixture
def lines():
    handler, root = Lines(), logging.getLogger()
    ours = logging.getLogger("circle.web.request_log")
    before = ours.level
    ours.setLevel(logging.INFO)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    ours.setLevel(before)


@pytest.fixture
def client() -> Client:
    make.community()
    return Client(raise_request_exception=False)


def test_request_is_one_line_with_its_route_and_its_queries(client, lines):
    booking = make.booking()
    client.force_login(booking.resident.login)
    url = reverse("booking", args=[booking.code])
    response = client.get(url)
    [line] = lines.of("circle.web.request_log")
    assert set(line) == LINE | REQUEST
    assert (line["route"], line["status"], line["method"]) == ("booking", 200, "GET")
    assert line["request"] == response["X-Request-Id"]
    assert line["queries"] > 3
    assert 0 <= line["ms"] < 60_000
    assert (booking.code in lines.text, url in lines.text) == (False, False)


def test_what_is_not_there_has_no_route(client, lines):
    client.get("/no-such-page/13911110000/")
    [line] = lines.of("circle.web.request_log")
    assert (line["route"], line["status"]) == ("", 404)
    [found] = lines.of("django.request")
    assert (found["message"], found["request"]) == ("%s: %s", line["request"])
    assert "13911110000" not in lines.text


def test_fault_is_found_by_the_number_on_its_page(client, lines, monkeypatch):
    monkeypatch.delattr("circle.models.Notice.objects")
    page = client.get("/en/notices/?q=13911110000").text
    [fault] = [line for line in lines.of("django.request") if line["level"] == "error"]
    assert f"say this number: {fault['request'][:8]}" in page
    assert fault["error"][0] == "AttributeError"
    assert any("circle/views/notices.py" in frame for frame in fault["error"])
    assert "13911110000" not in lines.text


def test_error_is_told_without_its_text():
    def refuse() -> None:
        try:
            raise ValueError("13911110000")
        except ValueError as error:
            raise KeyError("王奶奶") from error

    with pytest.raises(KeyError) as caught:
        refuse()
    told = describe_error(caught.value)
    assert [line for line in told if "/" not in line] == ["KeyError", "ValueError"]
    assert ("13911110000" in str(told), "王奶奶" in str(told)) == (False, False)


@pytest.mark.parametrize(
    ("logger", "message"),
    [
        *(
            (f"{app}.views", "refused: K7")
            for app in ("circle", "services", "eldercare", "childcare", "council")
        ),
        ("django.request", "refused: %s"),
        ("allauth.account", "refused: %s"),
        ("servicesx.views", "refused: %s"),
    ],
)
def test_values_are_told_of_our_own_messages_alone(logger, message):
    record = logging.LogRecord(logger, logging.INFO, __file__, 1, "refused: %s", ("K7",), None)
    assert json.loads(JsonFormatter().format(record))["message"] == message


def test_slow_request_is_named(client, lines, settings):
    settings.SLOW_REQUEST_MS = 0
    client.get("/en/help/")
    [line] = lines.of("circle.web.request_log")
    assert (line["level"], line["message"], line["route"]) == ("warning", "slow request", "help")


@pytest.mark.parametrize(("behind", "taken"), [(True, True), (False, False)])
def test_number_of_a_request_comes_from_the_proxy_alone(client, settings, behind, taken):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind else None
    given = "0123456789abcdef0123456789abcdef"
    assert (client.get("/healthz", headers={"x-request-id": given})["X-Request-Id"] == given) is taken
    for wrong in ("x", "0123456789abcdef\n", "G" * 32, "a" * 65):
        assert client.get("/healthz", headers={"x-request-id": wrong})["X-Request-Id"] != wrong
    assert current_id.get() == ""


CANARIES = ["13911110000", "520115194903070027", "卡纳瑞兰", "K7M2ABCD"]


def test_no_canary_is_in_a_line(client, lines, caplog):
    """Every level, of every logger, on the ways that people's words go."""
    for logger in ("", "circle", "services", "django", "allauth"):
        caplog.set_level(logging.DEBUG, logger=logger)
    for canary in CANARIES:
        client.get("/search/", {"q": canary})
        client.get(f"/services/bookings/{canary}/")
        client.get(f"/{canary}/")
        client.post("/sign-in/", {"phone": canary})
        client.post("/sign-in/staff/", {"login": f"{canary}@example.org", "password": canary})
        client.post(reverse("find_booking"), {"phone": canary, "code": canary})
        client.post("/report/", {"page": f"/{canary}/", "message": canary, "kind": "wrong"})
        client.get("/help/", headers={"host": "k7m2abcd.invalid"})
    assert len(lines.of("circle.web.request_log")) == 8 * len(CANARIES)
    assert [canary for canary in [*CANARIES, "k7m2abcd"] if canary in lines.text] == []


ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "circle.settings"
import pytest  # its presence selects the plain static storage
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "circle.example.org", "x-forwarded-proto": "https"})
client.raise_request_exception = False
client.get("/13911110000/")
client.get("/healthz", headers={"host": "evil.invalid"})
"""


def test_production_logs_json_and_nothing_else():
    """In a process of its own, as settings are read once; without a database."""
    values = NEEDED | {"ALLOWED_HOSTS": "circle.example.org", "BEHIND_PROXY": "on", "LOG_FORMAT": "json"}
    values |= {"DATABASE_URL": "sqlite:////nowhere/circle.sqlite3", "PATH": "", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=values, capture_output=True, text=True, check=True
    )
    found = [json.loads(line) for line in done.stderr.splitlines()]
    assert {"circle.web.request_log", "django.request"} <= {line["logger"] for line in found}
    assert "13911110000" not in done.stdout + done.stderr
