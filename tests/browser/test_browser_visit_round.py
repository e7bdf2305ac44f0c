"""A volunteer's round on a phone with a slow connection that is lost between a tap and its answer."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from eldercare.models import Visit
from tests import make_eldercare as care
from tests.browser.browsing import NARROW
from tests.browser.own_clock import ClockedPages
from tests.browser.test_browser_childcare import clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As Chromium's developer tools call "Slow 3G"; bytes a second, milliseconds.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MOST_BYTES = 80_000
PATIENCE_MS = 30_000


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
def test_tap_whose_answer_is_lost_is_entered_once(desk: ClockedPages, prefix: str) -> None:
    volunteer = care.volunteer()
    for _elder in range(3):
        care.pairing(volunteer=volunteer)
    page, watch = desk.page_of(volunteer.user, NARROW)
    page.set_default_timeout(PATIENCE_MS)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(f"{prefix}/eldercare/round/")
    clean(page, watch)
    assert sum(weight for _path, weight in watch.weights()) <= MOST_BYTES

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/eldercare/round/", lose_the_answer)
    page.locator("button[value=well]").first.click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/eldercare/round/")
    [before] = Visit.objects.all()
    page.reload()  # "try again" sends the same form
    expect(page.locator("main > .note.ok").first).to_be_visible()
    assert Visit.objects.get() == before
    for _elder in range(2):
        page.locator("section:not(:has(p.muted)) button[value=well]").first.click()
        expect(page.locator("main > .note.ok").first).to_be_visible()
    expect(page.locator("section p.muted")).to_have_count(3)
    assert Visit.objects.count() == 3
    stored: Any = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert stored == [0, 0]
    watch.faults = [fault for fault in watch.faults if "ERR_CONNECTION_RESET" not in fault]
    clean(page, watch)
