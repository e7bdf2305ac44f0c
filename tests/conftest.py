"""What every test stands on; the rest is made by tests/make.py and by each folder's own conftest."""

import gc
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from circle.models import Community, User
from circle.web.page_cache import PAGES
from tests import make
from tests.database import (
    FIXTURES,
    WrittenApps,
    broken_promises,
    leave_out_what_the_other_run_proves,
    uses_database,
    writes_are_seen,
)
from tests.database_files import RUN, name_run, remove_files, remove_left_files
from tests.demo import loaded
from tests.turns import leave_out_what_waits_for_its_turn, name_day

# In CI nothing may be left out unseen: Chromium and gettext are installed there. The PostgreSQL leg deselects
# the browser by its marker, and what concerns SQLite alone may skip there.
MAY_SKIP = os.environ.get("CI") != "true" or os.environ.get("DATABASE_URL", "").startswith("postgres")
LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    run = name_run(is_worker=is_worker)
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = settings.BASE_DIR / f"test-{run}.sqlite3"
    name_day()
    if not is_worker:  # once, not in every xdist worker
        remove_left_files(settings.BASE_DIR)
        call_command("compile_translations")
        translation_file_changed(None, Path("django.mo"))  # Django has read what was there before


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        remove_files(settings.BASE_DIR, os.environ[RUN])


def takes_long(item: pytest.Item) -> bool:
    """These come first, in their chance order: the last test of one worker would leave the other idle."""
    return any(item.get_closest_marker(name) for name in ("long", "race", "browser"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[LEFT_OUT] = {
        "tests are left to the run on the other database": leave_out_what_the_other_run_proves(config, items),
        "tests are left to another day": leave_out_what_waits_for_its_turn(config, items),
    }
    items.sort(key=takes_long, reverse=True)
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = config.stash[LEFT_OUT]


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the garbage collector, a tenth of a run, passes them by."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Every xdist worker has left out the same; the controller, which collects nothing, tells it."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for whither, number in config.stash.get(LEFT_OUT, {}).items():
        if number:
            terminalreporter.write_line(f"{number} {whither}")
    for report in skipped(config):
        terminalreporter.write_line(f"FAILED {report.nodeid}: skipped in CI: {report.longrepr[2]}", red=True)


def skipped(config: pytest.Config) -> list[Any]:
    """The reports of tests that were skipped although none may be; always empty in an xdist worker."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    return [] if MAY_SKIP or not reporter else reporter.stats.get("skipped", [])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shared cache lives in the database; migrate does not make its table."""
    with django_db_blocker.unblock():
        call_command("createcachetable")


@pytest.fixture(scope="session", autouse=True)
def media_root() -> Iterator[Path]:
    """Uploaded files go to a directory that is thrown away."""
    with tempfile.TemporaryDirectory() as made:
        settings.MEDIA_ROOT = Path(made)
        yield settings.MEDIA_ROOT


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """The real hash takes a quarter of a second for each user that a test signs in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_pages(settings):
    """Each page is built anew, unless the test says KEEP_PAGES; and each test begins in Chinese."""
    settings.KEEP_PAGES = False
    PAGES.clear()
    with translation.override("zh-hans"):
        yield


class OurClient(Client):
    """`force_login` stands for the staff's door with its locks, without which the back office stays shut."""

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        for method in ("password", "mfa"):
            record_authentication(SimpleNamespace(session=session), user, method=method)
        session.save()


@pytest.fixture
def in_the_morning() -> Iterator[None]:
    """Tuesday 24 November 2026, eight o'clock, for the whole test; nothing cached on another day."""
    cache.clear()
    with time_machine.travel(make.MORNING, tick=False):
        yield


@pytest.fixture
def client() -> OurClient:
    return OurClient()


@pytest.fixture
def ours(db) -> Community:
    """The community of the staff below. A module that sees only its own hall names that hall's instead."""
    return make.here()


@pytest.fixture
def theirs(ours) -> Community:
    """Another one, whose rows the staff of ours must not see."""
    return make.community()


@pytest.fixture
def clerk(client, ours) -> User:
    """A hall clerk, signed in."""
    return signed_in(client, make.clerk(community=ours))


@pytest.fixture
def director(client, ours) -> User:
    """A director by a post in our community, not by being superuser; signed in."""
    return signed_in(client, make.post("director", community=ours).user)


def signed_in(client: Client, user: User) -> User:
    client.force_login(user)
    return user


@pytest.fixture
def director_client(client, db) -> OurClient:
    """The superuser's."""
    client.force_login(make.director())
    return client


@pytest.fixture(autouse=True)
def promises(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test on the database every counter agrees with its rows and every guard stands.

    Asked are circle and the apps whose tables the test wrote to; all five where that cannot be seen.
    """
    if not uses_database(request.node):
        yield
        # Such a test would be left out on PostgreSQL.
        assert not FIXTURES & set(request.fixturenames), "ask for the database by its mark"
        return
    request.getfixturevalue("db")  # so that the database is still there below
    written = WrittenApps()
    with connection.execute_wrapper(written):
        yield
    if request.node.get_closest_marker("planted"):
        return
    broken = broken_promises(written.labels if writes_are_seen(request.node) else None)
    assert broken == [], "promises that the test broke"


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo as it is loaded today, for all tests of a module; what each of them writes is taken back."""
    with django_db_blocker.unblock(), loaded(tmp_path_factory.getbasetemp()):
        yield


@pytest.fixture
def at_once():
    """Runs each call in a thread of its own, all let loose together; what they gave or raised, in order."""

    def run(*calls: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(len(calls))

        def one(call: Callable[[], Any]) -> Any:
            try:
                connection.ensure_connection()
                start.wait(timeout=20)
                return call()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    return run


@pytest.fixture
def html():
    """The page without the line breaks and blanks that a template's formatter may move."""

    def squeezed(response) -> str:
        return re.sub(r" ?([<>]) ?", r"\1", " ".join(response.text.split()))

    return squeezed


@pytest.fixture
def queries_of(client):
    """How many queries a page takes once it is warm; the page must answer 200."""

    def count(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    return count


@pytest.fixture
def page_links():
    """The addresses behind "previous" and "next", by their rel."""

    def links(response) -> dict[str, str]:
        found = re.findall(r'rel="(prev|next)"\s+href="([^"]*)"', response.text)
        return {rel: unescape(href) for rel, href in found}

    return links
