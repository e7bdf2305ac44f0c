"""Wrong keys stop the start, /readyz and the nightly check; not one of them waits for a resident's page."""

import io
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from circle.models import KeyCanary, Resident
from circle.models.keys import require_keys, write_canary
from tests import make

pytestmark = pytest.mark.django_db


def invariants() -> list[str]:
    out = io.StringIO()
    try:
        call_command("check_invariants", stdout=out, stderr=out)
    except CommandError:
        return out.getvalue().splitlines()
    return []


WRONG = ["FIELD_KEYS", "INDEX_KEY"]


def change_keys(settings, name: str) -> None:
    setattr(settings, name, "another" if name == "INDEX_KEY" else [Fernet.generate_key().decode()])


@pytest.mark.parametrize("named", WRONG)
def test_wrong_keys_are_named(client, settings, named):
    require_keys()
    assert client.get("/readyz").status_code == 200
    change_keys(settings, named)
    for start in (require_keys, lambda: call_command("tick"), lambda: call_command("send_messages")):
        with pytest.raises(ImproperlyConfigured, match=f"^{named}"):
            start()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "keys")
    assert invariants()[0].startswith(named)


def test_portal_asks_for_its_keys_as_it_starts(settings, monkeypatch):
    change_keys(settings, "FIELD_KEYS")
    monkeypatch.syspath_prepend(settings.BASE_DIR)
    monkeypatch.delitem(__import__("sys").modules, "circle.wsgi", raising=False)
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        import_string("circle.wsgi.application")


LOADED = """
import circle.wsgi
from django.db import connection
print(connection.connection)
"""


def test_a_server_that_loads_the_portal_and_then_forks_shares_no_connection(settings, monkeypatch):
    monkeypatch.setenv("DEBUG", "on")
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None"


def test_one_row_of_each_sealed_column_is_opened():
    """A row from elsewhere, such as of a table that was restored by itself."""
    resident = make.resident(phone="13800138000")
    foreign = Fernet(Fernet.generate_key()).encrypt(b"13800138000").decode()
    Resident.objects.filter(pk=resident.pk).update(phone_sealed=foreign)
    assert invariants() == ["circle.resident: phone_sealed does not open"]


def test_key_in_the_middle_of_a_change_is_right(settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    settings.INDEX_KEY, settings.INDEX_KEY_BEFORE = "new", settings.INDEX_KEY
    require_keys()
    call_command("rotate_keys", stdout=io.StringIO())
    settings.FIELD_KEYS, settings.INDEX_KEY_BEFORE = settings.FIELD_KEYS[:1], ""
    require_keys()


def test_canary_is_not_written_over_what_the_keys_do_not_open(settings):
    """A database from before there was one."""
    make.resident(phone="13800138000")
    KeyCanary.objects.all().delete()
    write_canary()
    assert KeyCanary.objects.count() == 1
    KeyCanary.objects.all().delete()
    change_keys(settings, "FIELD_KEYS")
    with pytest.raises(ValueError, match="FIELD_KEYS"):
        write_canary()
    assert not KeyCanary.objects.exists()
