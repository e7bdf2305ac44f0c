"""Which tests a run leaves to that on the other database, and whose promises are asked for after a test."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from circle.hooks import hook_functions
from circle.models import Community
from eldercare.models import CareKind, CareSlot
from services.models import Audience, ServiceItem
from tests import make, make_eldercare
from tests.database import WrittenApps, broken_promises, database_of, uses_database, writes_are_seen
from tests.turns import DAY, TURNS

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = """
import pytest

@pytest.fixture
def rows(db):
    pass

@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker):
    pass

@pytest.fixture
def text(tmp_path):
    pass

@pytest.mark.django_db
def test_uses_it_by_mark(): pass
@pytest.mark.django_db(transaction=True)
def test_uses_it_by_mark_and_commits(text): pass
def test_uses_it_by_fixture(db): pass
def test_uses_it_by_commits(transactional_db): pass
def test_uses_it_by_another_fixture(rows): pass
def test_uses_it_by_rows_of_the_module(shared): pass
@pytest.mark.usefixtures("rows")
def test_uses_it_by_name(): pass
@pytest.mark.parametrize("number", [1, 2])
def test_lives_without_it(number): pass
def test_lives_without_it_in_a_folder(text, client, settings): pass

class TestOfAClass:
    pytestmark = pytest.mark.django_db
    def test_uses_it_by_the_mark_of_its_class(self): pass
"""


RUN = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]


def run_sample(folder: Path, text: str, url: str, *options: str, ci: str = "") -> subprocess.CompletedProcess:
    """A run of pytest over this text alone, with the hooks and fixtures of every test."""
    (folder / "conftest.py").write_text("from tests.conftest import *\n")
    (folder / "test_sample.py").write_text(text)
    command = [*RUN, *options, "-c", "pyproject.toml", f"--rootdir={folder}", str(folder)]
    environment = os.environ | {"DATABASE_URL": url, "CI": ci}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.long
def test_postgres_leaves_out_the_tests_without_a_database_and_says_how_many(tmp_path):
    def select(url: str) -> tuple[set[str], str]:
        printed = run_sample(tmp_path, SAMPLE, url, "--collect-only").stdout
        return set(re.findall(r"::(test_\w+)", printed)), printed

    every, printed = select("sqlite:///circle.sqlite3")
    assert every == set(re.findall(r"test_\w+", SAMPLE))
    assert "left to the run" not in printed
    selected, printed = select("postgres://nobody@/none")
    assert selected == {name for name in every if name.startswith("test_uses_it")}
    assert "3 tests are left to the run on the other database" in printed


BY_TURNS = {"rows", "race", "commits"}


@pytest.mark.parametrize(
    ("ci", "url", "expected"),
    [
        ("true", "sqlite:///circle.sqlite3", {"sqlite", "page", "pure"}),
        ("true", "postgres://nobody@/none", {"postgresql"}),
        ("", "postgres://nobody@/none", {"sqlite", "postgresql", "page"} | BY_TURNS),
        ("", "sqlite:///circle.sqlite3", {"sqlite", "postgresql", "page", "pure"} | BY_TURNS),
    ],
)
def test_only_ci_asks_one_database_of_each(tmp_path, ci, url, expected):
    text = "import pytest\n"
    text += "def test_pure(): pass\ndef test_page(db, client): pass\ndef test_rows(db): pass\n"
    text += "@pytest.mark.race\ndef test_race(db, client): pass\n"
    text += "@pytest.mark.django_db(transaction=True)\ndef test_commits(client): pass\n"
    for vendor in ("sqlite", "postgresql"):
        text += f"@pytest.mark.one_database('{vendor}')\ndef test_{vendor}(db): pass\n"
    printed = run_sample(tmp_path, text, url, "--collect-only", ci=ci).stdout
    found = set(re.findall(r"::test_(\w+)", printed))
    assert found - BY_TURNS == expected - BY_TURNS
    assert found >= expected & BY_TURNS


@pytest.mark.every_case
@pytest.mark.parametrize(("fixtures", "mark", "number"), [((), "race", 2), ((), "", 2), (("client",), "", 1)])
def test_what_is_no_page_is_asked_of_one_database_and_then_of_the_other(monkeypatch, fixtures, mark, number):
    found: Any = SimpleNamespace(
        nodeid="test_it", fixturenames=fixtures, get_closest_marker=lambda name: name == mark
    )
    days = set()
    for day in (20_000, 20_000 + TURNS):
        monkeypatch.setenv(DAY, str(day))
        days.add(database_of(found))
    assert len(days) == number


@pytest.mark.long
def test_a_test_that_asks_for_the_database_late_is_refused(tmp_path):
    """By name at run time no collection can see it, and PostgreSQL would leave it out."""
    late = "import pytest\n@pytest.fixture\ndef db(): pass\n"  # an empty one: this run has the database
    late += "def test_late(request): request.getfixturevalue('db')\n"
    done = run_sample(tmp_path, late, "sqlite:///circle.sqlite3")
    assert (done.returncode, "ask for the database by its mark" in done.stdout) == (1, True), done.stdout


@pytest.mark.long
def test_long_tests_come_first_whatever_the_order(tmp_path):
    text = "import pytest\n" + "".join(
        f"{mark}def test_{number}(): pass\n"
        for number, mark in enumerate(["", "@pytest.mark.race\n", "", "@pytest.mark.browser\n", ""])
    )
    printed = run_sample(tmp_path, text, "sqlite:///circle.sqlite3", "--collect-only").stdout
    assert re.findall(r"::test_(\d)", printed) == ["1", "3", "0", "2", "4"]


# Whose promises are asked for -------------------------------------------------------------------------------


def create(written: WrittenApps) -> None:
    make.community()


def save(written: WrittenApps) -> None:
    audience = make.audience()
    written.labels.clear()
    audience.save()


def bulk_create(written: WrittenApps) -> None:
    Audience.objects.bulk_create([Audience(name_zh="所有人")])


def bulk_create_what_may_be_there(written: WrittenApps) -> None:
    Audience.objects.bulk_create([Audience(name_zh="所有人")], ignore_conflicts=True)


def update_or_create(written: WrittenApps) -> None:
    Audience.objects.update_or_create(name_zh="所有人")


def update(written: WrittenApps) -> None:
    CareSlot.objects.update(taken=0)


def delete(written: WrittenApps) -> None:
    make.audience()
    written.labels.clear()
    Audience.objects.all().delete()


def relate(written: WrittenApps) -> None:
    item, audience = make.item(), make.audience()
    written.labels.clear()
    item.audiences.add(audience)


def many_at_once(written: WrittenApps) -> None:
    with connection.cursor() as cursor:
        cursor.executemany('UPDATE "services_slot" SET taken = %s', [[0], [0]])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "label"),
    [
        (create, "circle"),
        (save, "services"),
        (bulk_create, "services"),
        (bulk_create_what_may_be_there, "services"),
        (update_or_create, "services"),
        (update, "eldercare"),
        (delete, "services"),
        (relate, "services"),
        (many_at_once, "services"),
    ],
)
def test_write_is_seen(act, label):
    written = WrittenApps()
    with connection.execute_wrapper(written):
        act(written)
    assert written.labels == {label}


@pytest.mark.django_db
def test_statement_that_cannot_be_read_counts_as_a_write_to_every_app():
    written = WrittenApps()
    with connection.execute_wrapper(written), connection.cursor() as cursor:
        cursor.execute("UPDATE services_slot SET taken = 0")
    assert written.labels == set(apps.app_configs)


@pytest.mark.django_db
def test_reads_are_no_writes():
    written = WrittenApps()
    with connection.execute_wrapper(written):
        assert not Community.objects.exists()
        assert (
            list(ServiceItem.objects.filter(audiences__name_zh="所有人"))
            == list(CareKind.objects.all())
            == []
        )
    assert written.labels == set()


def test_every_app_promises_something_and_each_table_names_its_app():
    promising = {check.__module__.partition(".")[0] for check in hook_functions("invariants")}
    assert promising == {"circle", "services", "eldercare", "childcare", "council"}
    tables = [
        (model._meta.db_table, model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in promising
    ]
    assert [table for table, label in tables if not table.startswith(f"{label}_")] == []


@pytest.mark.django_db
@pytest.mark.planted
def test_broken_promise_is_found_by_the_app_that_was_written_to():
    slot = make_eldercare.slot()
    written = WrittenApps()
    with connection.execute_wrapper(written):
        CareSlot.objects.filter(pk=slot.pk).update(taken=slot.taken + 1)
    assert [line.partition(":")[0] for line in broken_promises(written.labels)] == [f"care slot {slot.pk}"]
    assert broken_promises() == broken_promises(written.labels)
    assert broken_promises({"council"}) == []


@pytest.mark.django_db
def test_tests_on_one_connection_ask_by_what_they_wrote(request):
    assert uses_database(request.node)
    assert writes_are_seen(request.node)


@pytest.mark.django_db(transaction=True)
def test_tests_that_commit_ask_for_every_promise(request):
    assert not writes_are_seen(request.node)


@pytest.mark.django_db
@pytest.mark.race
def test_races_ask_for_every_promise(request):
    assert not writes_are_seen(request.node)
