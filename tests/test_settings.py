"""Start-up with good and bad settings, and the live connection's pragmas."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
NEEDED = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "INDEX_KEY": secrets.token_urlsafe(32),
    "DEBUG": "off",
    "HTTPS": "on",
    "DATABASE_URL": "sqlite:///unused.sqlite3",
}
MALFORMED = [
    ("SECRET_KEY", "", "The environment variable SECRET_KEY is missing"),
    ("FIELD_KEYS", "", "The environment variable FIELD_KEYS or INDEX_KEY is missing"),
    ("INDEX_KEY", "", "The environment variable FIELD_KEYS or INDEX_KEY is missing"),
    ("FIELD_KEYS", "short", "The environment variable FIELD_KEYS is not a list of Fernet keys"),
    ("SMS_URL", "pigeon://loft", "The environment variable SMS_URL is neither console://, nor file:///"),
    (
        "SMS_URL",
        "http://sms.example.org",
        "The environment variable SMS_URL is neither console://, nor file:///",
    ),
    ("SMS_GATEWAY", "{body", "The environment variable SMS_GATEWAY is not a JSON object"),
    ("WECHAT_URL", "wechat", "The environment variable WECHAT_URL is not an https:// address"),
    (
        "GROUP_ROBOTS",
        '["https://robot.invalid"]',
        "The environment variable GROUP_ROBOTS is not a JSON object",
    ),
    (
        "GROUP_ROBOTS",
        '{"a": "ftp://robot.invalid"}',
        "The environment variable GROUP_ROBOTS is not a JSON object",
    ),
    ("DEBUG", "ture", "The environment variable DEBUG is not on or off: 'ture'"),
    ("HTTPS", "maybe", "The environment variable HTTPS is not on or off: 'maybe'"),
    ("BEHIND_PROXY", "nginx", "The environment variable BEHIND_PROXY is not on or off: 'nginx'"),
    (
        "DATABASE_URL",
        "circle.sqlite3",
        "The environment variable DATABASE_URL is not a URL such as postgres://",
    ),
    (
        "DATABASE_URL",
        "mysql://circle@localhost/circle",
        "The environment variable DATABASE_URL is neither sqlite:// nor",
    ),
    ("DATABASE_URL", "postgras://circle@localhost/circle", "The environment variable DATABASE_URL is n"),
    (
        "DATABASE_URL",
        "postgres://circle@localhost:port/circle",
        "The environment variable DATABASE_URL is not a URL such as",
    ),
    ("CACHE_URL", "redis", "The environment variable CACHE_URL is not a URL such as rediscache://"),
    (
        "CACHE_URL",
        "radis://host:6379/1",
        "The environment variable CACHE_URL is not a URL such as rediscache://",
    ),
    ("EMAIL_URL", "mail.example.org", "The environment variable EMAIL_URL is not a URL such as smtp+tls://"),
    (
        "EMAIL_URL",
        "pigeon://mail.example.org",
        "The environment variable EMAIL_URL is not a URL such as smtp+tls://",
    ),
]


def manage(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment | NEEDED | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def production_values() -> dict[str, str]:
    lines = (ROOT / "deploy/circle.env").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs if value}


@pytest.mark.parametrize(("name", "value", "sentence"), MALFORMED)
def test_malformed_variable_stops_the_start_with_a_sentence(name, value, sentence):
    done = manage("check", **{name: value})
    assert done.returncode != 0
    assert sentence in done.stderr.strip().splitlines()[-1]


def test_needed_variables_alone_are_enough():
    done = manage("check", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_deploy_check_is_clean_with_the_documented_production_values():
    filled = production_values() | {"SMS_URL": "https://sms.example.org"}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **filled)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMS_URL", "file:///var/lib/circle/sms"),
        ("SMS_URL", "console://"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "filemail:///tmp/mail"),
    ],
)
def test_deploy_check_warns_of_messages_that_reach_nobody(name, value):
    filled = production_values() | {"SMS_URL": "https://sms.example.org", name: value}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **filled)
    assert done.returncode == 1
    assert f"{name} prints" in done.stderr


def test_shipped_values_name_no_way_of_text_messages():
    """Whoever does not fill it in is told at the start, not by residents who wait for a code."""
    assert "SMS_URL" not in production_values()
    assert "environment variable SMS_URL is" in manage("check", SMS_URL="").stderr


ASK_COOKIES = """
from django.conf import settings
for kind in ("SESSION", "CSRF"):
    names = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "DOMAIN")
    print(*(getattr(settings, f"{kind}_COOKIE_{name}") for name in names))
"""


def test_session_cookie_is_bound_to_the_host():
    values = production_values() | {"SMS_URL": "https://sms.example.org"}
    said = manage("shell", "--no-imports", "--command", ASK_COOKIES, **values).stdout.splitlines()
    assert said[-2:] == ["__Host-session True True Lax None", "__Host-csrf True True Lax None"]


def test_production_values_need_secrets_of_their_own():
    assert {"SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"} & set(production_values()) == set()


def test_connection_has_the_promised_settings(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "recursive_triggers")
            found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "busy_timeout": 20000,
                "foreign_keys": 1,
                "recursive_triggers": 1,
            }
            assert connection.transaction_mode == "IMMEDIATE"
        else:
            cursor.execute(
                "SELECT current_setting('transaction_isolation'), current_setting('server_encoding')"
            )
            assert cursor.fetchone() == ("read committed", "UTF8")


def test_connections_are_not_tied_to_requests():
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
