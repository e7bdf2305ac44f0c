"""From the application to the third week in the nursery, and among thirty nurseries: the clock moves on."""

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from childcare.models import Application
from tests import make as ground
from tests import make_childcare as make
from tests.browser.browsing import NARROW, WIDE, Watch, fill_day
from tests.browser.own_clock import ClockedPages
from tests.browser.test_browser_childcare import OWN_CODE, clean, desk_verb, keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THIRD_WEEK = make.FIRST_MORNING + dt.timedelta(days=14)


def fill_in(page: Page, watch: Watch, home: str, group: str) -> None:
    page.goto(f"{home}child/")
    page.fill("#id_child_name", "豆豆（演示）")
    fill_day(page, "child_born_on", "2025-06-01")
    page.locator(f"input[name=nursery_class][value={group}]").check()
    fill_day(page, "start_on", make.START.isoformat())
    keep(page)
    page.wait_for_url(f"**{home}")
    for name, answers in {
        "guardian": {"relation": "mother"},
        "health": {"has_allergies": "no", "takes_medicine": "no", "vaccinations": "complete"},
    }.items():
        page.goto(f"{home}{name}/")
        for field, value in answers.items():
            page.locator(f"input[name={field}][value={value}]").check()
        for box in page.locator("#id_consents").all():
            box.check()
        clean(page, watch)
        keep(page)
        page.wait_for_url(f"**{home}")
    page.goto(f"{home}documents/")
    keep(page)
    page.goto(f"{home}check/")
    page.locator("#id_consent").check()
    keep(page)
    page.wait_for_url(f"**{home}")
    clean(page, watch)


def apply(page: Page, watch: Watch, prefix: str, group: str) -> tuple[str, str]:
    page.goto(f"{prefix}/childcare/apply/?class={group}")
    keep(page)
    page.wait_for_url(OWN_CODE)
    found = OWN_CODE.search(page.url)
    assert found
    home = f"{prefix}/childcare/applications/{found['code']}/"
    fill_in(page, watch, home, group)
    return home, found["code"]


@pytest.mark.parametrize(("prefix", "width"), [("", NARROW), ("/en", WIDE)], ids=["zh", "en"])
def test_from_the_application_to_the_third_week(
    desk: ClockedPages, clock: Any, prefix: str, width: int
) -> None:
    group = make.nursery_class()
    make.absence_rule()
    mother, head = ground.own_resident(community=group.community).login, make.head(community=group.community)
    page, watch = desk.page_of(mother, width)
    home, code = apply(page, watch, prefix, group.code)
    office, office_watch = desk.page_of(head, WIDE)
    office.goto(f"{prefix}/admin/childcare/application/board/")
    desk_verb(office, office_watch, code, "verify")
    desk_verb(office, office_watch, code, "offer")
    page.goto(f"{home}accept/")
    keep(page)
    page.wait_for_url(f"**{home}")
    office.reload()
    desk_verb(office, office_watch, code, "enrol")
    nurse = make.nurse(group, community=group.community)
    for morning in (make.FIRST_MORNING, THIRD_WEEK):
        clock.move_to(morning)
        sheet, sheet_watch = desk.page_of(nurse, WIDE)
        sheet.goto(f"{prefix}/admin/childcare/childday/sheet/")
        sheet.locator(".acts form", has=sheet.locator("input[value=arrive]")).locator("button").click()
        expect(sheet.locator(f".acts a[href*='/{code}/write/']")).to_be_visible()
        clean(sheet, sheet_watch)
    sheet.locator(f".acts a[href*='/{code}/write/']").click()
    sheet.locator("select[name=ate]").select_option("all")
    sheet.locator("select[name=slept]").select_option("well")
    sheet.locator("select[name=mood]").select_option("merry")
    clean(sheet, sheet_watch)
    sheet.locator("#content-main input[type=submit]").click()
    sheet.wait_for_url("**/childday/sheet/**")
    sheet.locator(f".acts a[href*='/{code}/collect/']").click()
    sheet.locator("input[name=collector]").first.check()
    sheet.locator("#content-main input[type=submit]").click()
    sheet.wait_for_url("**/childday/sheet/**")
    page, watch = desk.page_of(mother, width)
    page.goto(home)
    page.locator(f"main a.button[href*='/childcare/children/{code}/']").click()
    expect(page.locator("main dl.facts").first).to_be_visible()
    clean(page, watch)
    row = Application.objects.get(code=code)
    assert [day.status for day in row.days.order_by("day")][-1] == "left"


def test_among_thirty_nurseries_a_family_finds_its_own_and_its_head_sees_no_other(desk: ClockedPages) -> None:
    here = ground.here()
    places = [
        ground.facility(
            dimension="children",
            community=here,
            code=f"nursery-{number}",
            name_zh=f"第{number}托育园",
            name_en=f"Nursery {number}",
        )
        for number in range(1, 31)
    ]
    groups = [make.nursery_class(facility=place) for place in places]
    other = make.submitted(nursery_class=groups[8], guardian=ground.own_resident(community=here))
    page, watch = desk.page_of(ground.own_resident(community=here).login, NARROW)
    page.goto("/en/childcare/")
    expect(page.locator("main a.line[href*='nursery=nursery-']")).to_have_count(30)
    clean(page, watch)
    page.locator("main a.line[href$='nursery=nursery-7']").click()
    clean(page, watch)
    page.locator(f"main a[href$='/apply/?class={groups[6].code}']").click()
    _home, code = apply(page, watch, "/en", groups[6].code)
    page.goto(f"/en/childcare/applications/{code}/wish/")
    page.locator("select[name=nursery_class]").select_option(groups[6].code)
    page.locator("select[name=wish_2]").select_option(groups[8].code)
    clean(page, watch)
    keep(page)
    page.wait_for_url(f"**/applications/{code}/")
    expect(page.locator("main")).to_contain_text(f"Number 2 for {groups[8].name_en}")
    clean(page, watch)
    head = make.head(community=here, facility=places[6])
    office, office_watch = desk.page_of(head, WIDE)
    office.goto("/en/admin/childcare/application/board/")
    expect(office.locator(".board")).to_contain_text(code)
    expect(office.locator(".board")).not_to_contain_text(other.code)
    clean(office, office_watch)
