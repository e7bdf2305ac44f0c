"""Staff pages about people: the second step, a person's card, what was done, what is to do, the group."""

import re
import sqlite3
import time
import uuid
from contextlib import closing
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import LOOKS, NARROW, WIDE, Watch, layout_faults, wear
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import DATABASE, Site

pytestmark = pytest.mark.browser
FACTORS = "sign-in/staff/"
# Whoever set up the second step needs it from then on: no other test signs these in.
WITH_A_KEY = "leader@demo.invalid"
OWN = [("/", NARROW, "elder", "canteen@demo.invalid"), ("/en/", WIDE, "light", "planner@demo.invalid")]


@pytest.fixture(scope="session")
def head(browser: Browser, site: Site) -> Any:
    """Of the community: holds the director's post."""
    return signed_in(browser, site, "head@demo.invalid")


def first(site: Site, query: str) -> Any:
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchone()[0]


def faults_of(page: Page, watch: Watch, width: int) -> list[str]:
    page.wait_for_load_state("networkidle")
    return [f"{page.url}: {each}" for each in (*watch.axe(page), *layout_faults(page, width), *watch.faults)]


@pytest.mark.parametrize(("prefix", "width", "look", "email"), OWN)
def test_second_step_is_set_up_and_then_asked_for(
    new_page: NewPage, browser: Browser, site: Site, prefix: str, width: int, look: str, email: str
) -> None:
    page, watch = new_page(width, storage_state=signed_in(browser, site, email))
    wear(page.context, site.origin, LOOKS[look])
    faults = []
    for name in ("factors/", "passkey/", "app/"):
        page.goto(f"{prefix}{FACTORS}{name}")
        faults += faults_of(page, watch, width)
    found = re.search(r"\b[A-Z2-7]{32}\b", page.inner_text("main"))
    assert found
    page.fill("#id_code", format_hotp_value(hotp_value(found.group(), int(time.time()) // 30)))
    page.press("#id_code", "Enter")
    page.wait_for_url(f"**{prefix}{FACTORS}recovery/")
    faults += faults_of(page, watch, width)
    recovery = re.findall(r"\b[0-9]{8}\b", page.inner_text("main"))[0]
    for name in ("recovery/new/", "app/remove/"):
        page.goto(f"{prefix}{FACTORS}{name}")
        faults += faults_of(page, watch, width)

    page, watch = new_page(width)
    page.goto(f"{prefix}{FACTORS}")
    page.fill("#id_login", email)
    page.fill("#id_password", site.sign_ins[email])
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{prefix}{FACTORS}code/")
    faults += faults_of(page, watch, width)
    page.fill("#id_code", recovery)
    page.press("#id_code", "Enter")
    page.wait_for_url("**/admin/")
    assert faults == []


def test_passkey_is_added_and_opens_the_door(new_page: NewPage, site: Site) -> None:
    """With the key that Chromium plays: one touch, the person known to it."""
    here = site.origin.replace("127.0.0.1", "localhost")
    page, watch = new_page(WIDE, origin=here)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "hasUserVerification": True}
    key |= {"hasResidentKey": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    def give_password(then: str) -> None:
        page.goto(f"/{FACTORS}")
        page.fill("#id_login", WITH_A_KEY)
        page.fill("#id_password", site.sign_ins[WITH_A_KEY])
        page.press("#id_password", "Enter")
        page.wait_for_url(then)

    give_password("**/admin/")
    page.goto(f"/{FACTORS}passkey/")
    page.fill("#id_name", "钥匙")
    page.locator("#passkey").click()
    page.wait_for_url(f"**/{FACTORS}recovery/")
    page.context.clear_cookies()
    give_password(f"**/{FACTORS}code/")
    page.locator("#passkey").click()
    page.wait_for_url("**/admin/")
    page.context.clear_cookies()
    page.goto(f"/{FACTORS}")
    page.locator("#passkey").click()  # without the password
    page.wait_for_url("**/admin/")
    assert watch.faults == []


@pytest.mark.parametrize(("prefix", "width"), [("/", NARROW), ("/en/", WIDE)])
def test_pages_about_people_have_no_faults(
    new_page: NewPage, site: Site, head: Any, prefix: str, width: int
) -> None:
    person = uuid.UUID(first(site, "SELECT code FROM circle_resident WHERE name LIKE '王奶奶%'"))
    dead = first(site, "SELECT min(id) FROM circle_message WHERE status = 'dead'")
    posted = first(site, "SELECT min(id) FROM circle_message WHERE channel = 'group'")
    page, watch = new_page(width, storage_state=head)
    faults = []
    for path in (
        "resident/find/",
        f"resident/card/{person}/",
        f"record/?person={person}",
        "staffpost/hand-over/",
        "message/?status__exact=dead",
        f"message/{dead}/change/",
        f"message/{posted}/change/",
    ):
        answer = page.goto(f"{prefix}admin/circle/{path}")
        assert answer
        assert answer.status == 200, path
        faults += faults_of(page, watch, width)
    assert faults == []


@pytest.mark.parametrize(("prefix", "width"), [("/", NARROW), ("/en/", WIDE)])
def test_notice_goes_to_the_group_once(
    new_page: NewPage, site: Site, head: Any, prefix: str, width: int
) -> None:
    """Posted already by the demo: the button is there, and a second post of the same words is none."""
    pinned = first(site, "SELECT min(id) FROM circle_notice WHERE is_pinned")
    count = "SELECT count(*) FROM circle_message WHERE channel = 'group'"
    before = first(site, count)
    page, watch = new_page(width, storage_state=head)
    page.goto(f"{prefix}admin/circle/notice/{pinned}/change/")
    faults = faults_of(page, watch, width)
    page.locator(".object-tools a[href$='/group/']").click()
    faults += faults_of(page, watch, width)
    page.locator("#content [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert first(site, count) == before
    assert faults == []
