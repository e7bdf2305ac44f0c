"""Every public page in a real browser: accessible, quiet, in one piece, big enough to touch."""

import os

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.browsing import (
    HTML_LANG,
    LOOKS,
    NARROW,
    NARROWEST,
    TARGETS,
    WIDE,
    Seat,
    Watch,
    layout_faults,
    measured,
)
from tests.browser.demo_site import Site
from tests.browser.first_screen import first_screen_faults
from tests.browser.pages import ERRORS, NO_PAGE, PAGES, PublicPage

pytestmark = pytest.mark.browser
CSP = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
# Each template once per width; looks and languages take turns, so that no page keeps one of them for itself.
TURNS = [
    (page, width, list(LOOKS)[(number + 2 * turn) % 4], list(HTML_LANG)[(number // 4 + turn) % 2])
    for number, page in enumerate(PAGES + ERRORS)
    for turn, width in enumerate((NARROW, WIDE))
    if not page.is_variant or turn == number % 2
]


def opened(
    visitor: Seat, site: Site, public: PublicPage, width: int, look: str, language: str
) -> tuple[Page, Watch]:
    page, watch = visitor.taken(width, LOOKS[look])
    if public in ERRORS:
        html = site.error_pages[f"{public.key.removeprefix('error-')} {language} {look}"]
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "; ".join(CSP)}
        page.route(f"**{public.path}", lambda route: route.fulfill(body=html, headers=headers))
    response = page.goto(public.address(language))
    assert response
    policy = set(response.headers["content-security-policy"].split("; "))
    assert (response.status, policy) == (200, CSP)
    return page, watch


def faults_of(page: Page, watch: Watch, width: int, look: str, language: str) -> list[str]:
    """All that is wrong with the page as it stands, in sentences."""
    found = measured(page)
    target = TARGETS.get(look, 44)
    faults = [*watch.faults, *watch.axe(page)]
    faults += [f"target {height} px high: {name}" for height, name in found["heights"] if height < target]
    faults += [f"in the wrong language: {text}" for text in found["strangers"]]
    if found["h1"] != 1:
        faults.append(f"{found['h1']} first headings")
    if found["lang"] != HTML_LANG[language]:
        faults.append(f"lang is {found['lang']}")
    for each in (width, NARROWEST) if width == NARROW else (width,):
        faults += layout_faults(page, each)
    return faults


@pytest.mark.parametrize(
    ("public", "width", "look", "language"),
    TURNS,
    ids=["-".join(map(str, [turn[0].key, *turn[1:]])) for turn in TURNS],
)
def test_page_has_no_faults(
    visitor: Seat, site: Site, public: PublicPage, width: int, look: str, language: str
) -> None:
    page, watch = opened(visitor, site, public, width, look, language)

    faults = first_screen_faults(page, public, look) if width == NARROW else []
    faults += faults_of(page, watch, width, look, language)

    assert not faults, "\n".join(faults)


@pytest.mark.matrix
@pytest.mark.skipif(not os.environ.get("MATRIX"), reason="the whole matrix runs with MATRIX=1 (make matrix)")
@pytest.mark.parametrize("public", PAGES + ERRORS, ids=lambda public: public.key)
@pytest.mark.parametrize("look", LOOKS)
def test_page_has_no_faults_in_the_whole_matrix(
    visitor: Seat, site: Site, public: PublicPage, look: str
) -> None:
    faults = []
    for width in (NARROW, WIDE):
        for language in HTML_LANG:
            page, watch = opened(visitor, site, public, width, look, language)
            found = first_screen_faults(page, public, look) if width == NARROW else []
            found += faults_of(page, watch, width, look, language)
            faults += [f"{width} {language}: {fault}" for fault in found]

    assert not faults, "\n".join(faults)


def test_no_public_address_is_forgotten() -> None:
    visited = {resolve(page.path.split("?")[0]).url_name for page in PAGES}

    assert visited | set(NO_PAGE) == set(public_names(get_resolver()))


def public_names(resolver: URLResolver) -> list[str]:
    """The URL names outside the back office; files under /media/ have none."""
    names = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names += [entry.name] if entry.name else []
        elif entry.app_name != "admin":
            names += public_names(entry)
    return names
