"""Database gone, disk full, no cache table: 503 in our style with Retry-After, and /readyz says the word."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from circle.models.ticks import LastTick
from circle.web.trouble import is_trouble
from tests import make
from tests.test_settings import NEEDED, ROOT

ASK = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "circle.settings"
import pytest  # its presence selects the plain static storage
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "circle.example.org", "x-forwarded-proto": "https"})
client.raise_request_exception = False
found = {}
for path in ("/readyz", "/healthz", "/", "/en/notices/", "/en/me/"):
    if path == "/en/me/":
        client.cookies["__Host-session"] = "x" * 32
    answer = client.get(path)
    headers = [answer.get(name, "") for name in ("Retry-After", "Content-Security-Policy")]
    found[path] = [answer.status_code, answer.text, *headers]
print(json.dumps(found))
"""


@pytest.mark.parametrize("url", ["sqlite:////nowhere/circle.sqlite3", "postgres:////nowhere/circle"])
def test_database_that_is_gone_is_no_fault_of_ours(url):
    values = NEEDED | {"DATABASE_URL": url, "ALLOWED_HOSTS": "circle.example.org", "BEHIND_PROXY": "on"}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env=values | {"SITE_PHONE": "0851-0000 0000", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("/healthz")[:2] == [200, "ok"]
    assert found.pop("/readyz")[:2] == [503, "database"]
    for path, (status, page, retry, policy) in found.items():
        assert (status, retry) == (503, "30"), path
        assert "0851-0000 0000" in page
        assert "default-src" in policy
    assert "cannot be reached for a moment" in found["/en/notices/"][1]


@pytest.fixture
def no_writes(transactional_db) -> Iterator[None]:
    """As on a full disk, or on a standby: what is there can be read."""
    make.community()
    on_sqlite = connection.vendor == "sqlite"
    read_only = "PRAGMA query_only = {}" if on_sqlite else "SET default_transaction_read_only = {}"
    with connection.cursor() as cursor:
        cursor.execute(read_only.format("on"))
    yield
    with connection.cursor() as cursor:
        cursor.execute(read_only.format("off"))


def test_form_that_cannot_be_stored_says_so(client, no_writes):
    client.raise_request_exception = False
    assert client.get("/en/report/").status_code == 200
    response = client.post("/en/report/", {"page": "/", "message": "The lamp is broken", "kind": "wrong"})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Nothing of what you sent was stored" in response.text
    assert make.PHONE in response.text
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (503, "read-only")


def test_missing_cache_table_is_told(client, transactional_db, settings):
    make.community()
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
    }
    client.raise_request_exception = False
    response = client.post("/en/sign-in/", {"phone": "13800138000"})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert client.get("/readyz").text == "cache"


def test_fault_in_our_own_query_is_not_passed_off_as_trouble(db):
    assert not is_trouble(OperationalError("no such column: x"))
    assert not is_trouble(ValueError("x"))
    assert not is_trouble(None)
    assert is_trouble(OSError(28, "No space left on device"))


def test_message_that_nobody_sends_is_told(client, db, settings):
    settings.READY_OUTBOX_MINUTES = 15
    message = make.message(due_at=timezone.now() - dt.timedelta(minutes=14))
    assert client.get("/readyz").text == "ok"
    type(message).objects.update(due_at=timezone.now() - dt.timedelta(minutes=16))
    assert client.get("/readyz").text == "outbox"
    settings.READY_OUTBOX_MINUTES = 0
    assert client.get("/readyz").text == "ok"


def test_tick_that_has_stopped_is_told(client, db, settings):
    settings.READY_TICK_MINUTES = 10
    LastTick.objects.update(at=timezone.now() - dt.timedelta(minutes=11))
    assert client.get("/readyz").text == "tick"
    call_command("tick")
    assert client.get("/readyz").text == "ok"
    LastTick.objects.all().delete()
    assert client.get("/readyz").text == "tick"


def test_readiness_leaves_nothing_behind(client, db):
    from circle.models import Once

    assert client.get("/readyz").text == "ok"
    assert not Once.objects.exists()
