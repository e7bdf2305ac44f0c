import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.browsing import TIMEOUT_MS, WIDE, Seat, Watch, chromium, launched, options, seated
from tests.browser.demo_site import Site, prepare, served
from tests.browser.own_clock import ClockedPages
from tests.make import MORNING

NO_CHROMIUM = "no Chromium found: install one, or name it in the variable CHROMIUM"
NewPage = Callable[..., tuple[Page, Watch]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo database, made by the first worker that comes here; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    directory = shared / "demo-prepared"
    with (shared / "demo-prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / "done").exists():
            prepare(directory)
            (directory / "done").touch()
    return directory


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """This worker's own server."""
    with served(prepared, tmp_path_factory.mktemp("demo") / "site") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread; Django would then refuse its database
    # to every later test of this process.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = launched(playwright)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser, site: Site) -> Iterator[NewPage]:
    """Opens pages, each in a context of its own (empty cache, no cookies), with a Watch that listens."""
    contexts: list[BrowserContext] = []

    def opened(
        width: int = WIDE, *, origin: str = site.origin, forgiven: tuple[str, ...] = (), **more: Any
    ) -> tuple[Page, Watch]:
        context = browser.new_context(base_url=origin, **options(width, **more))
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        watch = Watch(origin, forgiven=forgiven)
        watch.listen(page)
        return page, watch

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser, site: Site) -> Seat:
    """The seat of the tests that only look at public pages."""
    return seated(browser, site.origin)


@pytest.fixture(scope="session")
def office(browser: Browser, site: Site, director: Any) -> Seat:
    """The seat of the tests that only look at the back office."""
    return seated(browser, site.origin, director)


def signed_in(browser: Browser, site: Site, email: str) -> Any:
    """The cookies of a member of staff."""
    context = browser.new_context(base_url=site.origin)
    page = context.new_page()
    page.goto("/sign-in/staff/")
    page.fill("#id_login", email)
    page.fill("#id_password", site.sign_ins[email])
    with page.expect_navigation(url="**/admin/"):
        page.press("#id_password", "Enter")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def director(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "director@demo.invalid")


@pytest.fixture(scope="session")
def editor(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "editor@demo.invalid")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=True) as clock:
        yield clock


@pytest.fixture
def desk(browser: Browser, live_server: Any, clock: Any) -> Iterator[ClockedPages]:
    """Needs `django_db(transaction=True)`."""
    found = ClockedPages(browser, live_server.url)
    yield found
    for context in found.contexts:
        context.close()
