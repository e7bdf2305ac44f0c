"""A place in the nursery, from the first page to enrolment: a mother on her phone, the head at her desk."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.browsing import NARROW, TIMEOUT_MS, WIDE, Watch, fill_day
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site
from tests.browser.signing_in import sign_in
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
GUARDIAN = "15400000005"  # 周妈妈（演示）
WITH_DAYS = "果果（演示）"
HEAD = "nursery@demo.invalid"
NURSE = "nurse@demo.invalid"
OWN_CODE = re.compile(r"/applications/(?P<code>[2-9A-Z]{8})/")


@pytest.fixture(scope="module")
def head(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, HEAD)


@pytest.fixture(scope="module")
def guardian(browser: Browser, site: Site) -> Any:
    """The cookies of a guardian who signed in with the code that the demo's outbox shows."""
    context: BrowserContext = browser.new_context(base_url=site.origin)
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto("/sign-in/?next=/me/")
    sign_in(page, site, GUARDIAN)
    page.wait_for_url("**/me/")
    state = context.storage_state()
    context.close()
    return state


def clean(page: Page, watch: Watch) -> None:
    faults = [*watch.faults, *watch.axe(page)]
    assert not faults, f"{page.url}:\n" + "\n".join(faults)


def keep(page: Page) -> None:
    page.locator("main form button").first.click()


def days_from_now(page: Page, days: int) -> str:
    found: str = page.evaluate(
        "(days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10)", days
    )
    return found


def fill_in(page: Page, watch: Watch, home: str) -> None:
    """The four tasks, each from the list and back to it; a wrong age is refused first."""
    page.locator(f"main a[href='{home}child/']").click()
    page.fill("#id_child_name", f"浏览器{home[1:3]}（演示）")
    fill_day(page, "child_born_on", days_from_now(page, -30))
    page.locator("input[name=nursery_class][value=older]").check()
    fill_day(page, "start_on", days_from_now(page, 45))
    keep(page)
    expect(page.locator(".summary")).to_be_focused()
    clean(page, watch)
    # Each language has a child of its own; one of the same birthday would be asked about.
    fill_day(page, "child_born_on", days_from_now(page, -830 - len(home)))
    keep(page)
    page.wait_for_url(f"**{home}")
    page.locator(f"main a[href='{home}guardian/']").click()
    page.locator("input[name=relation][value=mother]").check()
    clean(page, watch)
    keep(page)
    page.locator(f"main a[href='{home}health/']").click()
    page.locator("input[name=has_allergies][value=no]").check()
    page.locator("input[name=takes_medicine][value=no]").check()
    page.locator("input[name=vaccinations][value=complete]").check()
    page.check("#id_consents")
    clean(page, watch)
    keep(page)
    page.locator(f"main a[href='{home}documents/']").click()
    page.wait_for_url(f"**{home}documents/")
    for box in page.locator("input[name=ready]").all():
        box.check()
    clean(page, watch)
    keep(page)
    page.wait_for_url(f"**{home}")


def apply(page: Page, watch: Watch, prefix: str) -> tuple[str, str]:
    """The address of the new application and its code."""
    page.goto(f"{prefix}/childcare/")
    page.locator("main a.button[href$='/childcare/apply/']").click()
    clean(page, watch)
    keep(page)
    page.wait_for_url(OWN_CODE)
    found = OWN_CODE.search(page.url)
    assert found
    home = f"{prefix}/childcare/applications/{found['code']}/"
    clean(page, watch)
    fill_in(page, watch, home)
    clean(page, watch)
    page.locator(f"main a[href='{home}withdraw/']").click()
    clean(page, watch)
    page.goto(home)
    page.locator(f"main a.button[href='{home}check/']").click()
    page.locator("#id_consent").check()
    clean(page, watch)
    keep(page)
    page.wait_for_url(f"**{home}")
    expect(page.locator("main [role=status]")).to_be_visible()
    clean(page, watch)
    return home, found["code"]


def desk_verb(page: Page, watch: Watch, code: str, verb: str) -> None:
    """From the board by the card's own link, over the page that asks, back to the board."""
    page.locator(f".board a[href*='/ask/{code}/{verb}/']").click()
    page.wait_for_url(f"**/ask/{code}/{verb}/**")
    for box in page.locator("input[name=papers]").all():
        box.check()
    for reason in page.locator("input[name=reason][value=asked]").all():  # families of the demo are ahead
        reason.check()
    clean(page, watch)
    page.locator("#content-main input[type=submit]").click()
    page.wait_for_url("**/application/board/")
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)], ids=["zh", "en"])
def test_place_from_the_first_page_to_the_first_day(
    new_page: NewPage, guardian: Any, head: Any, prefix: str, width: int
) -> None:
    page, watch = new_page(width, storage_state=guardian, forgiven=("422",))
    home, code = apply(page, watch, prefix)
    desk, desk_watch = new_page(WIDE, storage_state=head)
    desk.goto(f"{prefix}/admin/")
    desk.locator(".queues a[href*='/application/board/']").first.click()
    clean(desk, desk_watch)
    desk_verb(desk, desk_watch, code, "verify")
    desk_verb(desk, desk_watch, code, "offer")
    page.goto(home)
    clean(page, watch)
    page.locator(f"main a[href='{home}decline/']").click()
    clean(page, watch)
    page.goto(home)
    page.locator(f"main a[href='{home}accept/']").click()
    clean(page, watch)
    keep(page)
    page.wait_for_url(f"**{home}")
    desk.reload()
    desk_verb(desk, desk_watch, code, "enrol")
    clean(desk, desk_watch)
    page.goto(home)
    clean(page, watch)
    expect(page.locator("main .badge.ok").first).to_be_visible()
    page.locator(f"main a[href='{home}health/correct/']").click()
    clean(page, watch)
    keep(page)
    page.wait_for_url(f"**{home}")
    expect(page.locator("main [role=status]")).to_be_visible()


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)], ids=["zh", "en"])
def test_family_reads_the_days_and_reports_an_absence(
    new_page: NewPage, guardian: Any, prefix: str, width: int
) -> None:
    """Of the demo's child that is enrolled and has a week of days behind it."""
    page, watch = new_page(width, storage_state=guardian)
    page.goto(f"{prefix}/me/")
    child = page.locator("main li, main tr", has_text=WITH_DAYS)
    child.locator("a[href*='/childcare/children/']").first.click()
    page.wait_for_url("**/childcare/children/**")
    expect(page.locator("main dl.facts").first).to_be_visible()
    assert faults_of(page, watch, width, "light", "en" if prefix else "zh") == []
    page.locator("main a[href$='/leave/']").click()
    clean(page, watch)
    page.go_back()
    page.locator("main a[href$='/absence/']").click()
    far = days_from_now(page, 60 if prefix else 67)
    fill_day(page, "first_day", far)
    fill_day(page, "last_day", days_from_now(page, 66 if prefix else 73))
    page.locator("input[name=reason][value=travel]").check()
    clean(page, watch)
    keep(page)
    page.wait_for_url("**/childcare/children/*/")
    expect(page.locator("main form[action$='/absence/cancel/']").first).to_be_visible()
    clean(page, watch)


def test_guardian_books_a_visit_moves_it_and_cancels_it(new_page: NewPage, guardian: Any) -> None:
    page, watch = new_page(NARROW, storage_state=guardian)
    page.goto("/childcare/")
    page.locator("main a[href*='/childcare/visit/']").first.click()
    page.locator("main a[href*='day=']").last.click()  # weeks ahead
    clean(page, watch)
    page.locator("input[name=slot]:enabled").first.check()
    keep(page)
    page.wait_for_url("**/look/check/**")
    clean(page, watch)
    keep(page)
    page.wait_for_url("**/childcare/visits/*/")
    clean(page, watch)
    page.locator("main a[href$='/move/']").click()
    page.locator("main a[href*='day=']").last.click()
    clean(page, watch)
    page.locator("input[name=slot]:enabled").last.check()
    keep(page)
    page.wait_for_url("**/childcare/visits/*/")
    page.locator("main a[href$='/cancel/']").click()
    clean(page, watch)
    keep(page)
    page.wait_for_url("**/childcare/visits/*/")
    expect(page.locator("main a[href$='/move/']")).to_have_count(0)


def test_nurse_sees_a_child_in_and_opens_its_day(new_page: NewPage, browser: Browser, site: Site) -> None:
    page, watch = new_page(NARROW, storage_state=signed_in(browser, site, NURSE))
    page.goto("/admin/childcare/childday/sheet/")
    clean(page, watch)
    if page.locator(".closed-day").count():  # nobody comes on a day off
        expect(page.locator("input[name=verb][value=arrive]")).to_have_count(0)
        return
    page.locator(".acts form button").first.click()
    page.wait_for_url("**/childday/sheet/**")
    page.locator(".acts a[href*='/write/']").first.click()
    clean(page, watch)
    page.go_back()
    page.locator(".acts a[href*='/collect/']").first.click()
    clean(page, watch)
    page.goto("/admin/childcare/childday/sheet/")
    page.locator("#content-main a[href*='/health/']").first.click()
    page.wait_for_url("**/childday/health/**")
    clean(page, watch)


def test_board_stands_below_each_other_on_a_phone(new_page: NewPage, head: Any) -> None:
    page, watch = new_page(NARROW, storage_state=head)
    page.goto("/admin/childcare/application/board/")
    expect(page.locator(".board section")).to_have_count(6)
    boxes = [column.bounding_box() for column in page.locator(".board section").all()]
    lefts = {round(box["x"]) for box in boxes if box}
    assert len(lefts) == 1
    clean(page, watch)


def test_head_types_in_an_application(new_page: NewPage, head: Any) -> None:
    page, watch = new_page(WIDE, storage_state=head)
    page.goto("/en/admin/childcare/application/new/")
    clean(page, watch)
    page.fill("#id_q", "于妈妈")
    page.locator("#content-main input[type=submit]").first.click()
    clean(page, watch)
    page.locator(".choices a").first.click()
    page.fill("#id_child_name", "窗口（演示）")
    fill_day(page, "child_born_on", days_from_now(page, -830))
    page.locator("input[name=nursery_class][value=older]").check()
    fill_day(page, "start_on", days_from_now(page, 45))
    for name, value in {
        "relation": "mother",
        "has_allergies": "no",
        "takes_medicine": "no",
        "vaccinations": "unknown",
        "consent": "yes",
    }.items():
        page.locator(f"input[name={name}][value={value}]").check()
    page.check("#id_consents")
    clean(page, watch)
    page.locator("#content-main input[type=submit]").click()
    page.wait_for_url("**/typed/**")
    expect(page.locator(".code")).to_be_visible()
    clean(page, watch)
