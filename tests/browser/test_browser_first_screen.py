"""What stands on the first screen of a phone of 390 × 844 px, normal and in elder mode."""

from typing import Any

import pytest

from tests.browser import first_screen
from tests.browser.browsing import LOOKS, NARROW, Seat
from tests.browser.first_screen import CIRCLE, FOOTER, ON_PAPER, STEPS, edges
from tests.browser.pages import ALLOWANCE, PAGES

pytestmark = pytest.mark.browser
H1 = {"light": first_screen.H1, "elder": first_screen.H1_ELDER}
BUTTON = {"light": first_screen.BUTTON, "elder": first_screen.BUTTON_ELDER}
HOURS = {"light": first_screen.HOURS, "elder": first_screen.HOURS_ELDER}
PREFIX = {"zh": "", "en": "/en"}
INNER = [page for page in PAGES if page.path != "/" and page.key not in ON_PAPER]
looks = pytest.mark.parametrize("look", ["light", "elder"])
languages = pytest.mark.parametrize("language", ["zh", "en"])


@looks
@pytest.mark.parametrize("public", INNER, ids=lambda public: public.key)
def test_title_of_an_inner_page_stands_high(visitor: Seat, public: Any, look: str) -> None:
    page, _ = visitor.taken(NARROW, LOOKS[look])
    page.goto(public.path)
    assert edges(page, "main h1")["top"] <= H1[look]


@looks
@languages
@pytest.mark.parametrize("item", [ALLOWANCE, "SI03", "CV03"])
def test_button_of_an_item_is_on_the_first_screen(visitor: Seat, item: str, look: str, language: str) -> None:
    page, _ = visitor.taken(NARROW, LOOKS[look])
    page.goto(f"{PREFIX[language]}/services/{item}/")
    button = f"main a[href$='/services/{item}/book/']"
    assert edges(page, button)["bottom"] <= BUTTON[look]
    assert edges(page, "main .state")["bottom"] < edges(page, button)["top"]
    assert edges(page, button)["bottom"] <= edges(page, "main .papers")["top"]


@looks
@languages
def test_hours_of_the_hall_are_on_the_first_screen_and_before_its_items(
    visitor: Seat, look: str, language: str
) -> None:
    page, _ = visitor.taken(NARROW, LOOKS[look])
    page.goto(f"{PREFIX[language]}/circle/hall/")
    assert edges(page, "main dd.state")["bottom"] <= HOURS[look]
    if (look, language) != ("elder", "en"):  # there the state in words has to do
        assert edges(page, "main .week tr:nth-child(2)")["bottom"] <= HOURS[look]
    assert edges(page, "main .week")["bottom"] < edges(page, "main details")["top"]


def test_whole_week_of_the_hall_is_on_the_first_screen(visitor: Seat) -> None:
    page, _ = visitor.taken(NARROW)
    page.goto("/circle/hall/")
    assert edges(page, "main .week")["bottom"] <= HOURS["light"]


@languages
def test_circle_is_not_endless(visitor: Seat, language: str) -> None:
    page, _ = visitor.taken(NARROW)
    page.goto(f"{PREFIX[language]}/circle/")
    assert page.evaluate("document.documentElement.scrollHeight") <= CIRCLE


@looks
@languages
@pytest.mark.parametrize("path", STEPS)
def test_footer_of_a_step_is_one_row(visitor: Seat, path: str, look: str, language: str) -> None:
    page, _ = visitor.taken(NARROW, LOOKS[look])
    page.goto(PREFIX[language] + path)
    assert edges(page, "footer")["height"] <= FOOTER


@languages
def test_green_row_has_the_phone_the_elder_mode_and_the_menu(visitor: Seat, language: str) -> None:
    page, watch = visitor.taken(NARROW)
    page.goto(f"{PREFIX[language]}/circle/")
    assert edges(page, ".tools")["height"] <= 48
    page.locator(".fold summary").click()
    page.locator(".fold a", has_text="议事会" if language == "zh" else "Council").click()
    page.wait_for_url(f"**{PREFIX[language]}/council/")
    assert page.locator(".masthead form:visible").count() == 0
    page.locator(".masthead a.find").click()
    page.wait_for_url("**/search/")
    assert page.locator("main input[type=search]").is_visible()
    assert watch.faults == []


@looks
def test_days_are_a_table_of_weeks_or_a_list(visitor: Seat, look: str) -> None:
    page, _ = visitor.taken(NARROW, LOOKS[look])
    page.goto(f"/services/{ALLOWANCE}/book/")
    assert page.locator("table.days th").count() == (7 if look == "light" else 0)
    assert page.locator("ul.days").count() == (0 if look == "light" else 1)
    assert "余" in page.locator(".days a").first.inner_text()
