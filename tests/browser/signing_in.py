"""Signing in by a code, as many tests do on their way, with numbers that several of them share."""

import json
import sqlite3
from contextlib import closing

from playwright.sync_api import Page

from tests.browser.demo_site import DATABASE, Site

SENT_LONG_AGO = """
    UPDATE circle_message SET created_at = datetime(created_at, '-2 days') WHERE event = 'sign_in_code'
"""


def sent_code(site: Site) -> str:
    """From the outbox, where a demo keeps it readable."""
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as database:
        [values] = database.execute(
            "SELECT \"values\" FROM circle_message WHERE event = 'sign_in_code' ORDER BY id DESC"
        ).fetchone()
    code: str = json.loads(values)["code"]
    return code


def forget_codes(site: Site) -> None:
    """Of earlier tests: no number gets a second code within half a minute."""
    with closing(sqlite3.connect(site.directory / DATABASE, timeout=20)) as database, database:
        database.execute(SENT_LONG_AGO)


def sign_in(page: Page, site: Site, phone: str) -> None:
    """On the sign-in page."""
    forget_codes(site)
    page.fill("#id_phone", phone)
    page.press("#id_phone", "Enter")
    page.wait_for_url("**/sign-in/code/**")
    page.fill("#id_code", sent_code(site))
    page.press("#id_code", "Enter")
