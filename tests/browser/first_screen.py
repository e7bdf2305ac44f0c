"""How high things may stand on a phone of 390 × 844 px: the one list of these numbers."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests.browser.browsing import HEIGHT
from tests.browser.pages import ALLOWANCE, PublicPage

H1, H1_ELDER = 200, 300
BUTTON, BUTTON_ELDER = 760, HEIGHT
HOURS, HOURS_ELDER = 760, HEIGHT
FOOTER = 120
CIRCLE = 4500  # the whole page
# Steps of the long forms that a visitor may open, and the one-question forms.
STEPS = (
    f"/services/{ALLOWANCE}/book/",
    "/services/bookings/",
    "/sign-in/",
    "/settings/",
    "/report/?page=/",
    "/help/real/",
    "/circle/building/",
)
# Drawn for a sheet, not for a screen.
ON_PAPER = ("poster", "item-print", "meeting-print", "paper", "paper-care")


def edges(page: Page, selector: str) -> dict[str, Any]:
    """Upper and lower edge of the first match, in px from the top of the page, and its height."""
    found: dict[str, Any] = page.locator(selector).first.evaluate(
        "(element) => { const box = element.getBoundingClientRect();"
        " return {top: box.top + scrollY, bottom: box.bottom + scrollY, height: box.height}; }"
    )
    return found


def limits(public: PublicPage, *, is_elder: bool) -> Iterator[tuple[str, str, int]]:
    """What has to hold on this page: selector, edge or height, px."""
    if public.path != "/" and public.key not in ON_PAPER:
        yield "main h1", "top", H1_ELDER if is_elder else H1
    if public.key == "item":
        yield "main a[href$='/book/']", "bottom", BUTTON_ELDER if is_elder else BUTTON
    if public.key == "care-kind":
        yield "main a.button", "bottom", BUTTON_ELDER if is_elder else BUTTON
    if public.key == "facility":
        yield "main dd.state", "bottom", HOURS_ELDER if is_elder else HOURS
    if public.path in STEPS or public.path.startswith("/report/"):
        yield "footer", "height", FOOTER
    if public.key == "circle" and not is_elder:
        yield "html", "bottom", CIRCLE


def first_screen_faults(page: Page, public: PublicPage, look: str) -> list[str]:
    return [
        f"{selector}: {edge} at {found:.0f}, at most {most} px"
        for selector, edge, most in limits(public, is_elder=look == "elder")
        if (found := edges(page, selector)[edge]) > most
    ]
