"""What was written and how one is told; whether a message is ours; the knock list; a notice for the group."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE, Watch
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import DATABASE, Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser
# Two people: one of them cannot have two codes within half a minute.
SLEEPER, UNREACHABLE = "15400000009", "15400000006"


@pytest.fixture
def director(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "director@demo.invalid")


def checked(page: Page, watch: Watch) -> None:
    assert watch.axe(page) == []


def message_code(site: Site) -> str:
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as database:
        [code] = database.execute("SELECT code FROM circle_message WHERE dedupe = 'demo:refused'").fetchone()
    return str(code)


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)])
def test_whoever_asks_learns_whether_a_message_is_ours(
    new_page: NewPage, site: Site, prefix: str, width: int
) -> None:
    page, watch = new_page(width)
    for code, is_ours in ((message_code(site).lower(), True), ("222222", False)):
        page.goto(f"{prefix}/help/real/")
        page.fill("#id_code", code)
        page.locator("main form button").click()
        expect(page.locator("main .note.ok")).to_have_count(int(is_ours))
        checked(page, watch)
    assert watch.faults == []


@pytest.mark.parametrize(("prefix", "width", "phone"), [("", NARROW, SLEEPER), ("/en", WIDE, UNREACHABLE)])
def test_reader_sees_what_became_of_it_and_says_how_to_be_told(
    new_page: NewPage, site: Site, prefix: str, width: int, phone: str
) -> None:
    page, watch = new_page(width)
    page.goto(f"{prefix}/sign-in/?next={prefix}/me/messages/")
    sign_in(page, site, phone)
    page.wait_for_url(f"**{prefix}/me/messages/")
    checked(page, watch)
    page.locator(f"main a[href^='{prefix}/me/messages/']").first.click()
    checked(page, watch)
    page.locator("main form button").click()
    page.wait_for_url(f"**{prefix}/me/messages/")
    expect(page.locator("main .note.ok")).to_be_visible()
    assert watch.faults == []


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)])
def test_knock_list_takes_outcomes_and_prints_slips(
    new_page: NewPage, director: Any, prefix: str, width: int
) -> None:
    page, watch = new_page(width, storage_state=director)
    page.goto(f"{prefix}/admin/circle/message/knock/")
    checked(page, watch)
    before = page.locator(".knocks button[value=told]").count()
    page.locator(".knocks button[value=told]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.locator(".knocks button[value=told]").count() == before - 1
    page.goto(f"{prefix}/admin/circle/message/knock/?print=1")
    expect(page.locator(".slip")).to_have_count(before - 1)
    checked(page, watch)
    assert watch.faults == []


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)])
def test_notice_is_passed_on_as_text_and_picture(new_page: NewPage, prefix: str, width: int) -> None:
    page, watch = new_page(width)
    page.goto(f"{prefix}/notices/water-outage/")
    page.locator(".share summary").click()
    checked(page, watch)
    assert f"{prefix}/q/" in page.locator("#share-text").input_value()
    page.locator("[data-copy=share-text]").click()
    marked = page.evaluate("(t => t.selectionEnd - t.selectionStart)(document.getElementById('share-text'))")
    assert marked == len(page.locator("#share-text").input_value())
    picture = page.locator(".share a")
    if picture.count():
        answer = page.request.get(picture.get_attribute("href"))
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert watch.faults == []
