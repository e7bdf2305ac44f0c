"""The circle as a resident meets it: a poster in the hallway, one's own pace, a gap, the street map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import HTML_LANG, NARROW, WIDE, Seat, layout_faults
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.pages import PLACES

pytestmark = pytest.mark.browser
HOME = next(row for row in PLACES["buildings"] if row["code"] == "b01")
SLOWLY = {"zh": "慢慢走", "en": "slowly"}
CULTURE = {"zh": "文化", "en": "culture"}
SHOW = {"zh": "换个时间，或只走没台阶的路", "en": "At another time, or without steps"}


def prefix(language: str) -> str:
    return "/en" if language == "en" else ""


def list_link(page: Page, language: str) -> str:
    """The address by which one's building is chosen from the list."""
    page.goto(f"{prefix(language)}/circle/building/")
    name = HOME[f"name_{language}"]
    link = page.get_by_role("link", name=name, exact=True).get_attribute("href")
    assert link
    return link


def minutes_to(page: Page, facility: str) -> int:
    words = page.locator(f"#place-{facility} .side").text_content() or ""  # the list is folded
    return int(re.findall(r"\d+", words)[0])


@pytest.mark.parametrize("language", HTML_LANG)
def test_building_is_chosen_and_a_slow_pace_shows_a_gap(new_page: NewPage, language: str) -> None:
    page, watch = new_page(NARROW)
    page.goto(list_link(page, language))
    expect(page).to_have_url(f"{prefix(language)}/circle/")
    expect(page.locator("h1")).to_contain_text(HOME[f"name_{language}"])
    quick = minutes_to(page, "hall")
    gaps = page.locator("main .note.warn")
    expect(gaps.filter(has_text=CULTURE[language])).to_have_count(0)

    page.get_by_role("link", name=SLOWLY[language], exact=True).click()
    expect(page.get_by_role("link", name=SLOWLY[language], exact=True)).to_have_attribute(
        "aria-current", "true"
    )

    assert minutes_to(page, "hall") > quick
    gap = gaps.filter(has_text=CULTURE[language])
    expect(gap).to_have_count(1)
    expect(page.locator("main .badge.quiet")).to_have_count(0)
    gap.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/sign-in/.*about.*culture"))  # then the form, with the facts
    assert watch.faults == []


@pytest.mark.parametrize("language", HTML_LANG)
def test_another_time_and_no_steps_are_asked_without_script(new_page: NewPage, language: str) -> None:
    page, watch = new_page(NARROW, java_script_enabled=False)
    page.goto(f"{prefix(language)}/circle/")
    page.get_by_text(SHOW[language]).click()
    page.select_option("#id_day", "6")
    page.select_option("#id_hour", "22")
    page.check("#id_open")
    page.check("#id_step_free")
    page.locator("main form.filters button").click()

    expect(page).to_have_url(f"{prefix(language)}/circle/?day=6&hour=22&open=on&step_free=on")
    expect(page.locator("#place-hall")).to_have_count(0)
    expect(page.locator("#place-law-square")).to_have_count(1)
    assert watch.faults == []


def test_phone_offers_the_nearest_building_and_sends_nothing(new_page: NewPage) -> None:
    here = {"longitude": HOME["longitude"] + 0.0001, "latitude": HOME["latitude"]}
    page, watch = new_page(NARROW, geolocation=here, permissions=["geolocation"])
    page.goto("/circle/building/")
    page.locator("[data-nearest]").click()
    offered = page.locator("[data-nearest-answer] a")
    expect(offered).to_have_text(HOME["name_zh"])
    asked = [response.url for response in watch.responses if "/static/" not in response.url]
    assert asked == [page.url]
    offered.click()

    expect(page.locator("h1")).to_contain_text(HOME["name_zh"])
    assert watch.faults == []


@pytest.mark.parametrize("language", HTML_LANG)
def test_map_shows_every_row_of_its_table_and_the_streets(new_page: NewPage, language: str) -> None:
    page, watch = new_page(WIDE)
    page.goto(f"{prefix(language)}/circle/map/")
    rows = page.locator("tr[data-place]").count()
    expect(page.locator(".map-sign")).to_have_count(rows)
    expect(page.locator("path.map-street")).to_have_count(1)
    expect(page.locator("path.map-stairs")).to_have_count(1)
    expect(page.locator("path.map-reach")).to_have_count(1)
    assert rows == len(PLACES["facilities"])

    page.locator(".map-sign .sign").last.dispatch_event("click")
    expect(page).to_have_url(re.compile(r"#place-"))
    assert watch.faults == []
    assert watch.axe(page) == []


def test_map_without_script_is_its_table(new_page: NewPage) -> None:
    page, _ = new_page(NARROW, java_script_enabled=False)
    page.goto("/circle/map/")
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator("tr[data-place]")).to_have_count(len(PLACES["facilities"]))


def test_streets_come_once_and_are_light(new_page: NewPage, site: Site) -> None:
    page, watch = new_page(WIDE)
    page.goto("/circle/map/")
    expect(page.locator("path.map-street")).to_have_count(1)
    [size] = [size for path, size in watch.weights() if path == "/circle/streets.geojson"]
    answer = page.request.get(f"{site.origin}/circle/streets.geojson")
    again = page.request.get(
        f"{site.origin}/circle/streets.geojson", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert size < 20 * 1024
    assert (answer.headers["content-type"], again.status) == ("application/geo+json", 304)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("language", HTML_LANG)
def test_building_poster_has_no_faults(visitor: Seat, width: int, language: str) -> None:
    page, watch = visitor.taken(width)
    code = list_link(page, language).partition("?")[0].rsplit("/", 1)[-1]
    page.goto(f"{prefix(language)}/circle/building/{code}/poster/")

    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

    assert [*watch.faults, *watch.axe(page), *layout_faults(page, width)] == []
    assert sheets == 1


def test_no_part_of_the_circle_has_a_link_twice(visitor: Seat) -> None:
    page, _ = visitor.taken(NARROW)
    page.goto("/circle/")
    parts = page.locator("main section").evaluate_all(
        "(all) => all.map((one) => [...one.querySelectorAll('a[href]')]"
        ".filter((a) => a.closest('section') === one && !a.closest('svg'))"
        ".map((a) => a.getAttribute('href')))"
    )
    assert sum(map(len, parts)) > 40
    assert [link for links in parts for link in set(links) if links.count(link) > 1] == []
