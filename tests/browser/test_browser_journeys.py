"""What people come for, done as they do it: by mouse, by keyboard, with script and without."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import LOOKS, NARROW, WIDE, Seat
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.pages import ALLOWANCE, PLACES

pytestmark = pytest.mark.browser
ITEM = f"/services/{ALLOWANCE}/"
BUILDING = next(row["name_zh"] for row in PLACES["buildings"] if row["code"] == "b03")
# What has the focus, as a browser user would tell it.
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName.toLowerCase(), id: element.id, href: element.getAttribute("href"),
    classes: element.className, place: [...document.querySelectorAll("*")].indexOf(element),
    isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    isMarked: style.outlineStyle !== "none" || Boolean(element.closest("svg")),
  };
}"""


def address(page: Page, site: Site) -> str:
    return page.url.removeprefix(site.origin)


def expect_page(page: Page, path: str, lang: str, size: str) -> None:
    """The page of this path, in this language and size of text, is there or comes."""
    expect(page).to_have_url(path)
    expect(page.locator(f"html[lang={lang}][data-size={size}]")).to_have_count(1)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_allowance_and_hall_are_found_by_initials(
    new_page: NewPage, site: Site, width: int, script: bool
) -> None:
    page, watch = new_page(width, java_script_enabled=script)
    page.goto("/")
    page.get_by_role("searchbox").fill("gljt")
    page.get_by_role("searchbox").press("Enter")
    page.locator(f"main a[href='{ITEM}']").click()
    expect_page(page, ITEM, "zh-Hans", "normal")
    page.locator("body a[hreflang=en]").click()
    expect_page(page, f"/en{ITEM}", "en", "normal")
    page.locator("a[href*='/settings/elder/on/']").click()
    expect_page(page, f"/en{ITEM}", "en", "elder")
    page.locator("main a[href='/en/circle/hall/']").first.click()

    expect_page(page, "/en/circle/hall/", "en", "elder")
    expect(page.locator("main dd.state")).to_have_class(re.compile(r"\b(open|shut)\b"))
    expect(page.locator("main dd.state")).to_have_text(re.compile(r"^\s*(Open|Closed)"))
    assert watch.faults == []


def test_catalogue_filters_while_typing(visitor: Seat, site: Site) -> None:
    page, watch = visitor.taken(NARROW)
    page.goto("/services/")
    page.evaluate("window.isStillThere = true")
    rows = page.locator("#results .rows a")
    all_rows = rows.count()
    page.locator("#id_q").press_sequentially("gljt")
    page.wait_for_url("**/services/?*q=gljt*")
    expect(rows.first).to_have_attribute("href", ITEM)
    few_rows = rows.count()
    assert (0 < few_rows < all_rows, page.evaluate("window.isStillThere")) == (True, True)
    while address(page, site) != "/services/":  # a slow machine may have pushed a step in between
        page.go_back()
    expect(rows).to_have_count(all_rows)

    assert watch.faults == []


def test_catalogue_filters_without_script(new_page: NewPage) -> None:
    page, _ = new_page(NARROW, java_script_enabled=False)
    page.goto("/services/")
    page.locator("#id_q").fill("gljt")
    page.locator("#id_q").press("Enter")

    page.wait_for_url("**/services/?*q=gljt*")
    expect(page.locator("#results .rows a").first).to_have_attribute("href", ITEM)


def minutes(page: Page) -> dict[str, str]:
    """Address of a place → its minutes, as /circle/ lists them."""
    found: dict[str, str] = page.locator("[aria-labelledby=places-heading] .rows a").evaluate_all(
        "(links) => Object.fromEntries(links.map((a) => [a.pathname, a.querySelector('.side').textContent]))"
    )
    return found


def test_building_and_pace_change_the_minutes_and_stay(visitor: Seat) -> None:
    page, watch = visitor.taken(NARROW)
    page.goto("/circle/")
    from_the_gate = minutes(page)
    page.goto("/settings/")
    option = page.locator("#id_building option", has_text=re.compile(rf"^\s*{BUILDING}"))
    page.select_option("#id_building", option.get_attribute("value"))
    page.select_option("#id_pace", "elder")
    page.locator("main form button").click()
    page.goto("/circle/")
    from_my_door = minutes(page)
    expect(page.locator("h1")).to_contain_text(BUILDING)
    assert (from_my_door.keys(), from_my_door == from_the_gate) == (from_the_gate.keys(), False)
    page.goto("/")
    expect(page.locator("[aria-labelledby=ring-heading]")).to_contain_text(BUILDING)
    page.goto("/circle/")

    assert minutes(page) == from_my_door
    assert watch.faults == []


def test_elder_mode_shows_the_stops_for_the_ring(visitor: Seat) -> None:
    page, watch = visitor.taken(NARROW)
    page.goto("/circle/")
    expect(page.locator("main svg.ring")).to_have_count(1)
    expect(page.locator("main ol.stops")).to_have_count(0)
    page.locator("a[href*='/settings/elder/on/']").click()

    expect(page.locator("main svg.ring")).to_have_count(0)
    expect(page.locator("main ol.stops")).to_have_count(1)
    assert watch.faults == []


def test_refused_report_leads_to_the_field_and_is_then_sent(new_page: NewPage) -> None:
    page, watch = new_page(NARROW, forgiven=("422",))
    page.goto("/circle/park/")
    page.locator("footer a[href*='/report/']").click()
    page.locator("main form button").click()
    expect(page.locator(".summary")).to_be_focused()
    page.locator(".summary a").click()
    expect(page.locator("#id_message")).to_be_focused()
    page.keyboard.type("长椅不见了。")
    page.locator("main form button").click()
    page.wait_for_url("**/circle/park/**")  # the browser keeps the summary's #id_message

    expect(page.locator("main [role=status]")).to_be_visible()
    assert watch.faults == []


def test_refused_report_without_script_keeps_the_page(new_page: NewPage) -> None:
    page, _ = new_page(NARROW, java_script_enabled=False)
    page.goto("/report/?page=/circle/park/")
    page.locator("main form button").click()

    expect(page.locator(".summary a")).to_have_attribute("href", "#id_message")
    expect(page.locator("input[name=page]")).to_have_value("/circle/park/")


def focused_after_tab(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def tab_to(page: Page, href: str) -> None:
    for _ in range(60):
        if focused_after_tab(page)["href"] == href:
            return
    raise AssertionError(f"no Tab leads to {href}")


def test_keyboard_alone_leads_from_the_search_to_the_item(visitor: Seat) -> None:
    page, watch = visitor.taken(NARROW, LOOKS["elder"])
    page.goto("/")
    skip = focused_after_tab(page)
    assert (skip["href"], skip["isInView"]) == ("#main", True)
    page.keyboard.press("Enter")
    assert focused_after_tab(page)["id"] == "site-search"
    page.keyboard.type("gljt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=gljt")
    tab_to(page, ITEM)
    page.keyboard.press("Enter")

    expect_page(page, ITEM, "zh-Hans", "elder")
    assert watch.faults == []


@pytest.mark.parametrize("path", ["/", "/services/", ITEM])
def test_tab_goes_down_the_page_and_is_seen(visitor: Seat, path: str) -> None:
    page, _ = visitor.taken(NARROW)
    page.goto(path)
    steps = [focused_after_tab(page) for _ in range(25)]
    steps = steps[: next((number for number, step in enumerate(steps) if step["tag"] == "body"), None)]
    unseen = [step for step in steps if not (step["isInView"] and step["isMarked"])]

    assert [step["place"] for step in steps] == sorted(step["place"] for step in steps)
    assert unseen == []


def test_poster_code_opens_the_place(visitor: Seat, site: Site) -> None:
    page, _ = visitor.taken(NARROW)
    page.goto("/circle/hall/poster/")
    code = re.search(r"/q/(\w+)", page.locator(".poster").inner_text())
    assert code
    page.goto(code.group())

    assert address(page, site) == "/circle/hall/"
