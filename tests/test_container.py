"""The tree that the container gets: every public page stands in it, and no secret or test comes along."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.circle.role_matrix import TABLE, everybody
from tests.demo import copy_database
from tests.test_tooling import ROOT, tracked_files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the tree is the same for each database"),
    pytest.mark.any_day,
]

IGNORE = ROOT / "deploy" / "Dockerfile.dockerignore"
PUBLIC = everybody().expect.__qualname__
# Asked in the container's tree: named pages, then one address of each kind that the sitemap lists.
ASK = """
import json, re, sys
import django
django.setup()
from django.test import Client
from django.urls import resolve
client = Client(headers={"host": "circle.example.org", "x-forwarded-proto": "https"})
paths = json.load(sys.stdin)
client.raise_request_exception = False
seen = set()
for path in re.findall(r"<loc>https?://[^/]+(.*?)</loc>", client.get("/sitemap.xml").text):
    kind = (resolve(path.removeprefix("/en")).url_name, path.startswith("/en/"))
    if kind not in seen:
        seen.add(kind)
        paths.append(path)
print(json.dumps({path: client.get(path).status_code for path in paths}))
"""


def is_copied(path: str) -> bool:
    """By the rules of the ignore file: the last one that matches the path or a folder of it decides."""
    rules = [line.strip() for line in IGNORE.read_text(encoding="utf-8").splitlines()]
    found = True
    for rule in (line for line in rules if line and not line.startswith("#")):
        pattern = rule.removeprefix("!")
        parts = path.split("/")
        folders = ["/".join(parts[: number + 1]) for number in range(len(parts))]
        if any(matches(folder, pattern) for folder in folders):
            found = rule.startswith("!")
    return found


def matches(path: str, pattern: str) -> bool:
    """A star stops at a slash, two of them do not."""
    if pattern.startswith("**/"):
        return fnmatch(path.rpartition("/")[2], pattern[3:])
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


@pytest.fixture
def tree(tmp_path) -> Path:
    for path in tracked_files():
        if is_copied(path.as_posix()):
            target = tmp_path / "srv" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, target)
    return tmp_path / "srv"


def run(tree: Path, *words: str, sent: str = "") -> str:
    names = ("FIELD_KEYS", "INDEX_KEY", "SECRET_KEY")
    kept = {name: getattr(settings, name) for name in names} | {"FIELD_KEYS": ",".join(settings.FIELD_KEYS)}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment |= kept | {
        "DEBUG": "off",
        "HTTPS": "on",
        "BEHIND_PROXY": "on",
        "ALLOWED_HOSTS": "circle.example.org",
        "SMS_URL": "https://sms.example.org",
        "DATABASE_URL": f"sqlite:///{tree.parent / 'demo.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "circle.settings",
        # Neither a sender nor `tick` runs here: a demo older than a quarter of an hour would not be ready.
        "READY_OUTBOX_MINUTES": "0",
        "READY_TICK_MINUTES": "0",
    }
    command = [sys.executable, *words]
    done = subprocess.run(
        command, cwd=tree, env=environment, input=sent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def public_paths() -> list[str]:
    names = [name for name, line in TABLE.items() if line.expect.__qualname__ == PUBLIC and not line.args]
    found = [reverse(name) for name in names if TABLE[name].works == 200 and TABLE[name].post is None]
    return found + [f"/en{path}" for path in found if not re.search(r"\.\w+$|z$", path)]


@pytest.mark.long
@pytest.mark.usefixtures("demo")
def test_every_public_page_stands_in_the_containers_tree(tree):
    copy_database(Path(connection.settings_dict["NAME"]), tree.parent / "demo.sqlite3")
    run(tree, "manage.py", "compile_translations")
    run(tree, "manage.py", "collectstatic", "--no-input")
    answers = json.loads(run(tree, "-c", ASK, sent=json.dumps(public_paths())))
    assert len(answers) > 50
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_container_gets_neither_tests_nor_settings_of_a_machine():
    copied = {path.parts[0] for path in tracked_files() if is_copied(path.as_posix())}
    assert copied & {"tests", "bench", "deploy", ".ci", ".env", ".git"} == set()
    assert is_copied("circle/settings.py")
    assert not is_copied(".env")


# Its settings -----------------------------------------------------------------------------------------------


def health_command(path: Path) -> list[str]:
    text = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    [found] = re.findall(r"^HEALTHCHECK [^\[]*CMD (\[.*\])$", text, flags=re.MULTILINE)
    program, *words = json.loads(found.replace("/run/circle/gunicorn.sock", str(path)))
    assert program == "python"
    return [sys.executable, *words]


@pytest.mark.parametrize(
    ("answer", "code"), [(b"HTTP/1.0 200 OK\r\n\r\nok", 0), (b"HTTP/1.0 500 No\r\n\r\n", 1)]
)
def test_health_check_asks_the_portals_socket(tmp_path, answer, code):
    path, asked = tmp_path / "gunicorn.sock", []

    def answer_once() -> None:
        visitor, _ = held.accept()
        with visitor:
            asked.append(visitor.recv(999))
            visitor.sendall(answer)

    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(path))
        held.listen()
        portal = Thread(target=answer_once)
        portal.start()
        hosts = {"ALLOWED_HOSTS": "circle.example.org,other.example.org"}
        done = subprocess.run(health_command(path), env=os.environ | hosts, check=False)
        portal.join()
    assert (done.returncode, asked) == (code, [b"GET /healthz HTTP/1.0\r\nHost: circle.example.org\r\n\r\n"])


def test_health_check_fails_where_nobody_listens(tmp_path):
    hosts = {"ALLOWED_HOSTS": "circle.example.org"}
    command = health_command(tmp_path / "none.sock")
    assert subprocess.run(command, env=os.environ | hosts, capture_output=True, check=False).returncode


@pytest.mark.parametrize("line", ["read_only: true", "tmpfs: [/tmp]", "cap_drop: [ALL]", "mem_limit: 1g"])
def test_containers_of_the_portal_write_to_their_volumes_only(line):
    text = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    shared, services = text.split("services:", 1)
    assert f"\n  {line}\n" in shared
    assert services.count("<<: *portal") == 4  # migrate, portal, messages, tick
