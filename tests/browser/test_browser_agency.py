"""Full agency from the sofa to the handed-over card, with one notice of missing papers and a day's stop."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from services.models import AgencyCase
from tests import make
from tests.browser.browsing import NARROW, WIDE, Watch, fill_day
from tests.browser.own_clock import ClockedPages
from tests.browser.test_browser_childcare import clean
from tests.services.test_agency_cases import PROMISES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class CaseDesk:
    """A clerk at the page of one case: each step by its link, the page that asks, and back."""

    def __init__(self, page: Page, watch: Watch, url: str) -> None:
        self.page, self.watch, self.url = page, watch, url

    def act(self, verb: str, *, days: dict[str, dt.date] | None = None, **said: str) -> None:
        self.page.goto(self.url)
        self.page.locator(f"#content-main a[href*='/act/{verb}/']").click()
        for name, day in (days or {}).items():
            fill_day(self.page, name, day.isoformat())
        for name, value in said.items():
            field = self.page.locator(f"#content-main [name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        clean(self.page, self.watch)
        self.page.locator("#content-main input[type=submit]").click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()


def see_identity(page: Page, watch: Watch, prefix: str, resident: Any) -> None:
    """At the window, from the card of the person."""
    page.goto(f"{prefix}/admin/circle/resident/card/{resident.code}/")
    page.locator("a[href*='/agencycase/identity/']").click()
    page.locator("select[name=paper]").select_option("id_card")
    clean(page, watch)
    page.locator("#content-main input[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def press(page: Page, watch: Watch, verb: str) -> None:
    clean(page, watch)
    page.locator(f"main button[value={verb}]").click()
    expect(page.locator("main > .note.ok")).to_be_visible()


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)], ids=["zh", "en"])
def test_card_from_the_sofa_to_the_hand_with_one_notice_and_a_days_stop(
    desk: ClockedPages, tmp_path: Path, prefix: str, width: int
) -> None:
    make.rule("agency_promises", params=PROMISES)
    item = make.item(community=make.here(), code="EL01", flow="agency", has_agency=True)
    aunt = make.own_resident(community=item.community, phone="13912345678")
    Image.new("RGB", (40, 20), "white").save(tmp_path / "paper.jpg", "JPEG")
    page, watch = desk.page_of(aunt.login, width)
    page.goto(f"{prefix}/services/EL01/")
    page.locator("main a[href$='/services/EL01/errands/']").click()
    page.locator("#id_words").fill("腿脚不便（演示）")
    clean(page, watch)
    page.locator("main form button").first.click()
    page.wait_for_url("**/services/case/**")
    case = AgencyCase.objects.get()
    page.locator("#id_photo").set_input_files(tmp_path / "paper.jpg")
    press(page, watch, "photo")

    office, office_watch = desk.page_of(make.clerk(community=item.community), WIDE)
    window = CaseDesk(office, office_watch, f"{prefix}/admin/services/agencycase/{case.pk}/change/")
    window.act("check", public="照片清楚（演示）")
    see_identity(office, office_watch, prefix, aunt)
    page.reload()
    press(page, watch, "authorise")
    window.act("accept")
    window.act("submit", receipt="云政受17")
    today = make.MORNING.date()
    window.act("stop", kind="notice", reason="公示一天（演示）", days={"starts_on": today, "ends_on": today})
    window.act("supplement", missing="近期证件照两张（演示）")
    page.reload()
    expect(page.locator("main")).to_contain_text("近期证件照两张（演示）")
    page.locator("#id_photo").set_input_files(tmp_path / "paper.jpg")
    press(page, watch, "photo")
    press(page, watch, "supply")
    window.act("supply")
    window.act("approve")
    page.reload()
    code = page.locator("main strong.code").inner_text()
    window.act("hand_over", delivery="delivered", handed_to="本人", proof=code)
    window.act("close")
    page.reload()
    clean(page, watch)
    case.refresh_from_db()
    assert (case.status, case.steps.filter(is_visit=True).count()) == ("closed", 0)
