"""The back office in a real browser, and what an editor changes there as residents then see it."""

import io
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.browsing import WIDE, Seat, Watch
from tests.browser.conftest import NewPage
from tests.browser.demo_site import DATABASE, Site
from tests.browser.pages import ALLOWANCE
from tests.browser.test_browser_budgets import KB, over_budget

pytestmark = pytest.mark.browser
MOST_BYTES, MOST_REQUESTS = 150 * KB, 40
ADMIN_PAGES = {
    "index": "/admin/",
    "facilities": "/admin/circle/facility/",
    "items": "/admin/services/serviceitem/",
    "facility": "/admin/circle/facility/{facility}/change/",
    "item": "/en/admin/services/serviceitem/{item}/change/",
    "new-facility": "/en/admin/circle/facility/add/",
    "facility-history": "/admin/circle/facility/{facility}/history/",
    "calendar-years": "/en/admin/circle/calendaryear/",
    "calendar-days": "/admin/circle/calendarday/?is_workday__exact=1",
    "reports": "/en/admin/circle/pagereport/",
    "halls": "/admin/services/booking/day/",
    "day-sheet": "/en/admin/services/booking/day/{hall}/",
    "day-sheet-for-paper": "/admin/services/booking/day/{hall}/?print=1",
    "walk-in": "/en/admin/services/booking/walk-in/{hall}/",
    "booking-for-a-resident": "/admin/services/booking/new/?facility={hall}",
    "week": "/en/admin/services/slot/week/{hall}/",
    "figures": "/admin/services/booking/figures/",
    "bookings": "/en/admin/services/booking/",
    "slots": "/admin/services/slot/",
    "counter": "/en/admin/services/counter/{counter}/change/",
    "residents": "/admin/circle/resident/",
    "resident": "/en/admin/circle/resident/{resident}/change/",
    "outbox": "/admin/circle/message/",
    "records": "/en/admin/circle/record/",
    "rules": "/admin/circle/rule/",
    "special-registers": "/admin/services/registerentry/",
    "agency-cases": "/admin/services/agencycase/?board=late",
    "agency-case": "/en/admin/services/agencycase/{case}/change/",
    "loans": "/admin/services/aidloan/?late=1",
    "repair": "/en/admin/services/repair/{repair}/change/",
    "register-entry": "/en/admin/services/registerentry/{entry}/change/",
    "register-for-paper": "/admin/services/registerentry/sheet/{registered}/",
    "signpost": "/en/admin/circle/signpost/add/",
}


@pytest.fixture(scope="session")
def keys(site: Site) -> dict[str, Any]:
    """Primary keys of the rows that the addresses above name."""
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as database:

        def first(query: str) -> Any:
            return database.execute(query).fetchone()[0]

        return {
            "hall": first("SELECT short_code FROM circle_facility WHERE code = 'hall'"),
            "counter": first("SELECT id FROM services_counter WHERE code = 'hall-general'"),
            "resident": first("SELECT min(id) FROM circle_resident"),
            "case": first("SELECT id FROM services_agencycase WHERE status = 'submitted'"),
            "repair": first("SELECT id FROM services_repair WHERE status = 'done'"),
            "entry": first("SELECT min(id) FROM services_registerentry"),
            "registered": first("SELECT item_id FROM services_registerentry ORDER BY id LIMIT 1"),
            "facility": database.execute("SELECT id FROM circle_facility WHERE code = 'hall'").fetchone()[0],
            "shop": database.execute("SELECT id FROM circle_facility WHERE code = 'supermarket'").fetchone()[
                0
            ],
            "item": database.execute(
                "SELECT id FROM services_serviceitem WHERE code = ?", [ALLOWANCE]
            ).fetchone()[0],
        }


def faults_of(page: Page, watch: Watch) -> list[str]:
    return [*watch.faults, *watch.axe(page), *over_budget(watch, MOST_BYTES, MOST_REQUESTS)]


@pytest.mark.parametrize("key", ADMIN_PAGES)
def test_admin_page_has_no_faults(office: Seat, keys: dict[str, Any], key: str) -> None:
    page, watch = office.taken(WIDE)
    address = ADMIN_PAGES[key].format(**keys)
    response = page.goto(address)
    page.wait_for_load_state("networkidle")  # select2 draws its boxes after the page has loaded

    faults = faults_of(page, watch)

    assert response
    assert (response.status, page.url.endswith(address)) == (200, True)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("page_of", ["services/booking", "eldercare/carebooking"])
def test_no_column_of_the_bookings_is_cut_off(office: Seat, page_of: str) -> None:
    page, _watch = office.taken(WIDE)
    for language in ("", "/en"):
        page.goto(f"{language}/admin/{page_of}/")
        wide, seen = page.locator(".results").evaluate("list => [list.scrollWidth, list.clientWidth]")
        assert wide <= seen, language


def test_director_settles_a_report(new_page: NewPage, director: Any) -> None:
    visitor, _ = new_page()
    visitor.goto("/report/?page=/circle/park/")
    visitor.fill("#id_message", "The bench is gone.")
    visitor.locator("main form button").click()
    visitor.wait_for_url("**/circle/park/")
    page, watch = new_page(WIDE, storage_state=director)
    page.goto("/en/admin/")
    page.locator(".queues a[href*='pagereport']").click()
    page.get_by_role("link", name="/circle/park/").first.click()
    page.wait_for_url("**/change/**")
    faults = watch.axe(page)
    page.locator(".object-tools a[href$='/settle/']").click()
    page.wait_for_url("**/settle/")
    faults += watch.axe(page)
    page.locator("#content [type=submit]").click()  # empty: refused with the reason
    expect(page.locator(".errornote")).to_be_visible()
    page.fill("#outcome", "A new bench is ordered.")
    page.locator("#content [type=submit]").click()
    page.wait_for_url("**/admin/circle/pagereport/")
    faults += [fault for fault in watch.faults if "422" not in fault]

    assert not faults, "\n".join(faults)
    expect(page.locator(".messagelist .success")).to_be_visible()


def picture() -> FilePayload:
    """A small PNG as an upload."""
    held = io.BytesIO()
    Image.new("RGB", (320, 200), "#0b6157").save(held, "PNG")
    return {"name": "shop.png", "mimeType": "image/png", "buffer": held.getvalue()}


def test_what_an_editor_saves_is_what_residents_see(
    new_page: NewPage, editor: Any, keys: dict[str, Any]
) -> None:
    page, watch = new_page(WIDE, storage_state=editor)
    page.goto(f"/admin/circle/facility/{keys['shop']}/change/")
    page.fill("#id_notice_zh", "南门维修，请走东门。")
    page.fill("#id_notice_en", "The south gate is under repair, please use the east gate.")
    page.locator("input[name$='-0-closes']").first.fill("20:35")
    page.set_input_files("#id_photo", picture())
    page.fill("#id_photo_alt_en", "The shop from outside")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/circle/facility/")
    public, public_watch = new_page()
    public.goto("/en/circle/supermarket/")
    photo = public.get_by_alt_text("The shop from outside")
    expect(photo).to_be_visible()

    assert "please use the east gate" in public.locator("main .note").first.inner_text()
    assert "8:35" in public.locator("main .week").inner_text()
    assert photo.evaluate("(image) => image.complete && image.naturalWidth") == 320
    assert (watch.faults, public_watch.faults) == ([], [])
