"""How many taps and pages it takes to get what one came for, on a phone, from the first page on."""

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.browsing import NARROW, Watch, fill_day
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.pages import ALLOWANCE, SHANGHAI
from tests.browser.signing_in import forget_codes, sent_code, sign_in

pytestmark = pytest.mark.browser
VACCINATION = "HL06"
DAUGHTER = "15400000001"  # of a mother without a phone
# Each has one child, whom alone a vaccination of children suits.
MOTHERS = {"zh": "154 0000 0009", "en": "154 0000 0011"}
# Numbers that the register does not know.
NEW_MOTHERS = {"zh": "154 0000 0901", "en": "154 0000 0902"}
# The journeys that most people come for: (taps, pages) at most, counted on the portal as it stands.
MOST = {
    "a vaccination, booked signed out": (7, 6),
    "hours of the hall": (1, 2),
    "from the hallway to the hall": (2, 3),
    "the allowance, by typing": (2, 3),
    "the allowance, by the list": (2, 3),
    "state of a matter": (1, 2),
    "application of the nursery": (2, 3),
    "application of the nursery, by typing": (2, 3),
    "a bath at home": (3, 4),
    "a topic for the council": (1, 2),
    "a notice": (2, 3),
}
WAYS = {
    "application of the nursery": ("a[href$='/childcare/']", "a[href*='/childcare/apply/']"),
    "a bath at home": ("a[href$='/eldercare/']", "a[href$='/eldercare/bathing/']", "a.button"),
    "a topic for the council": ("a[href$='/council/topics/new/']",),
    "the allowance, by the list": ("a[href$='/services/']", f"a[href$='/services/{ALLOWANCE}/']"),
    "a notice": ("a[href$='/notices/']", ".rows a"),
}
languages = pytest.mark.parametrize("language", ["zh", "en"])
PREFIX = {"zh": "", "en": "/en"}


@dataclass
class Journey:
    """A visitor who begins somewhere; typing is free, a tap is a tap, and each address is a page."""

    page: Page
    watch: Watch
    taps: int = 0
    pages: int = 0

    def begin(self, path: str) -> None:
        self.page.goto(path)
        self.pages = 1

    def tap(self, target: Locator, *, leads: bool = True) -> None:
        self.taps += 1
        if not leads:
            target.click()
            return
        with self.page.expect_navigation():
            target.click()
        self.pages += 1

    def has_arrived(self, name: str) -> None:
        most_taps, most_pages = MOST[name]
        assert (self.taps <= most_taps, self.pages <= most_pages) == (True, True), (self.taps, self.pages)


@pytest.fixture
def journey(new_page: NewPage) -> Journey:
    return Journey(*new_page(NARROW))


def main(journey: Journey, selector: str) -> Locator:
    return journey.page.locator(f"main {selector}").first


@languages
def test_vaccination_is_booked_from_home_signed_out(journey: Journey, site: Site, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/")
    journey.tap(main(journey, f"a[href$='/services/{VACCINATION}/book/']"))
    journey.tap(main(journey, ".time input:enabled"), leads=False)
    journey.tap(main(journey, "form button[name=next]"))
    forget_codes(site)
    journey.page.fill("#id_phone", MOTHERS[language])
    journey.tap(main(journey, "form button"))
    journey.page.fill("#id_code", sent_code(site))
    journey.tap(main(journey, "button[value=verify]"))
    assert "/book/check/" in journey.page.url
    journey.tap(main(journey, "form button"))
    assert journey.page.locator(".ticket .code").is_visible()
    journey.has_arrived("a vaccination, booked signed out")


@languages
def test_new_mother_enters_her_child_on_the_way_and_has_its_vaccination(
    journey: Journey, site: Site, language: str
) -> None:
    page = journey.page
    journey.begin(f"{PREFIX[language]}/services/{VACCINATION}/book/")
    journey.tap(main(journey, ".time input:enabled"), leads=False)
    journey.tap(main(journey, "form button[name=next]"))
    forget_codes(site)
    page.fill("#id_phone", NEW_MOTHERS[language])
    journey.tap(main(journey, "form button"))
    page.fill("#id_code", sent_code(site))
    journey.tap(main(journey, "button[value=verify]"))
    page.fill("#id_name", "新妈妈（演示）")
    journey.tap(main(journey, "form:has(#id_name) button"))
    page.fill("#id_child_name", "新宝宝（演示）")
    born = dt.datetime.now(tz=SHANGHAI).date() - dt.timedelta(days=400)
    fill_day(page, "born_on", born.isoformat())
    assert journey.watch.axe(page) == []
    journey.tap(main(journey, "form:has(#id_child_name) button"))
    assert "/book/check/" in page.url
    journey.tap(main(journey, "form button"))
    assert page.locator(".ticket .code").is_visible()
    assert journey.watch.faults == []


@languages
def test_hours_of_the_hall_are_one_tap_away(journey: Journey, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/")
    journey.tap(main(journey, "a[href$='/circle/hall/']"))
    assert main(journey, ".week").is_visible()
    journey.has_arrived("hours of the hall")


@languages
def test_elder_comes_from_the_hallway_to_the_hours_of_the_hall(journey: Journey, language: str) -> None:
    journey.page.goto(f"{PREFIX[language]}/circle/building/")
    in_the_list = main(journey, "a[href*='/q/']").get_attribute("href") or ""
    on_the_wall, _query, _from_the_list = in_the_list.partition("?")
    journey.begin(on_the_wall)
    journey.tap(main(journey, "a[href*='/settings/elder/on/']"))
    journey.tap(main(journey, "a[href$='/circle/hall/']:visible"))
    assert main(journey, "dd.state").is_visible()
    journey.has_arrived("from the hallway to the hall")


@languages
def test_allowance_is_found_by_typing(journey: Journey, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/")
    journey.page.get_by_role("searchbox").fill("gljt")
    journey.tap(main(journey, "form.search button"))
    journey.tap(main(journey, f"a[href$='/services/{ALLOWANCE}/']"))
    assert main(journey, "a.button").is_visible()
    journey.has_arrived("the allowance, by typing")


@languages
def test_state_of_a_matter_is_one_tap_away(journey: Journey, language: str) -> None:
    journey.watch.forgiven = ("422",)
    journey.begin(f"{PREFIX[language]}/")
    journey.page.fill("#progress-code", "NOSUCH22")
    journey.page.fill("#progress-tail", "0005")
    journey.tap(main(journey, "form[action$='/progress/'] button"))
    assert main(journey, ".summary").is_visible()
    journey.has_arrived("state of a matter")
    assert journey.watch.faults == []


@languages
@pytest.mark.parametrize("name", WAYS)
def test_ways_from_home(journey: Journey, name: str, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/")
    for selector in WAYS[name]:
        journey.tap(main(journey, selector))
    journey.has_arrived(name)
    assert journey.watch.faults == []


@languages
def test_language_phone_and_elder_mode_are_one_tap_on_every_page(journey: Journey, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/circle/hall/")
    phone = journey.page.locator(".tools a[href^='tel:']")
    assert phone.is_visible()
    journey.tap(journey.page.locator("a[href*='/settings/elder/on/']"))
    journey.tap(journey.page.locator(".masthead .language"))
    html = journey.page.locator("html[data-size=elder]")
    assert html.get_attribute("lang") == ("en" if language == "zh" else "zh-Hans")


@languages
def test_who_searches_for_a_nursery_ends_in_its_application(journey: Journey, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/")
    journey.page.get_by_role("searchbox").fill("托班" if language == "zh" else "nursery")
    journey.tap(main(journey, "form.search button"))
    journey.tap(main(journey, ".rows a"))
    assert "/childcare/apply/" in journey.page.url  # which first asks who it is
    journey.has_arrived("application of the nursery, by typing")
    assert journey.watch.faults == []


@languages
def test_item_of_the_nursery_ends_in_its_application_too(journey: Journey, language: str) -> None:
    journey.begin(f"{PREFIX[language]}/services/FM03/")
    journey.tap(main(journey, "a.button"))
    assert "/childcare/apply/" in journey.page.url
    assert journey.watch.faults == []


@languages
def test_daughter_books_a_bath_for_her_mother_and_a_mother_none_for_her_child(
    new_page: NewPage, site: Site, language: str
) -> None:
    page, watch = new_page(NARROW)
    page.goto(f"{PREFIX[language]}/services/EL05/")
    page.locator("main a.button").first.click()
    page.locator("main a.button").first.click()
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/bathing/when/?resident=*")  # it suits her mother alone
    page.locator(".days a").last.click()
    page.locator(".times input:enabled").first.check()
    page.locator("main form button:not(.plain)").last.click()
    for box in page.locator("input[type=radio][value=yes]").all():
        box.check()
    page.locator("main form button:not(.plain)").last.click()
    page.wait_for_url("**/check/?**")
    page.locator("main form button:not(.plain)").last.click()
    page.wait_for_url("**/eldercare/bookings/*/")
    assert page.locator(".ticket .code").is_visible()
    page.locator("main a[href$='/cancel/']").click()  # the other journeys find her mother's days free
    page.locator("main form button:not(.plain)").last.click()
    page.wait_for_url("**/eldercare/bookings/*/")

    page.context.clear_cookies()
    page.goto(f"{PREFIX[language]}/eldercare/bathing/who/?choose=1")
    sign_in(page, site, MOTHERS[language].replace(" ", ""))
    page.wait_for_url("**/bathing/who/**")
    assert page.locator("input[name=resident]").count() >= 2  # she and her child
    assert page.locator("input[name=resident]:enabled").count() == 0
    assert watch.faults == []
