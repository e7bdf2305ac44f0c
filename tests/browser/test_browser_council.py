"""A topic's way: sent by a resident, taken up, on the agenda, answered by the staff in the back office."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE, Watch
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser
PHONE = "15400000007"
TEXT = "北门的路灯晚上不亮，老人看不清台阶。"


def checked(page: Page, watch: Watch) -> None:
    assert watch.axe(page) == []


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


@pytest.fixture
def secretary(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "secretary@demo.invalid")


def test_topic_is_sent_taken_up_and_answered(new_page: NewPage, site: Site, secretary: Any) -> None:
    page, watch = new_page(NARROW)
    page.goto("/council/?topic=housing")
    checked(page, watch)
    page.locator("main a[href^='/council/topics/new/']").first.click()
    sign_in(page, site, PHONE)
    page.wait_for_url("**/council/topics/new/**")
    checked(page, watch)
    page.fill("#id_text", TEXT)
    page.locator("main form button:not(.plain)").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    checked(page, watch)
    page.locator("main form button").first.click()
    page.wait_for_url("**/council/topics/SJ-*/")
    receipt = page.locator(".figure.code").inner_text()
    checked(page, watch)

    office, office_watch = new_page(WIDE, storage_state=secretary)
    office.goto("/en/admin/council/topic/?status__exact=received")
    office.get_by_role("link", name=receipt).click()
    office.locator("a[href$='/do/accept/']").click()
    office.fill("#id_public_text_zh", "北门路灯")
    office.fill("#id_public_text_en", "The lamp at the north gate")
    checked(office, office_watch)
    press(office, "Take it up")
    office.locator("a[href$='/do/answer/']").click()
    office.fill("#id_answer_zh", "灯已报修，本周换好。")
    office.fill("#id_answer_en", "The lamp is reported and will be replaced this week.")
    press(office, "Answer it")
    expect(office.locator(".messagelist .success")).to_be_visible()
    office.get_by_role("link", name="To the meeting").click()
    expect(office.get_by_role("heading", name="What comes next")).to_be_visible()
    checked(office, office_watch)

    english, english_watch = new_page(WIDE, storage_state=page.context.storage_state())
    english.goto(f"/en/council/topics/{receipt}/")
    expect(english.get_by_text("will be replaced this week")).to_be_visible()
    checked(english, english_watch)
    english.goto("/en/council/")
    expect(english.get_by_text("The lamp at the north gate")).to_be_visible()
    assert watch.faults + office_watch.faults + english_watch.faults == []


def do_in_office(office: Page, verb: str, button: str, **typed: str) -> None:
    office.locator(f"a[href$='/do/{verb}/']").click()
    for name, words in typed.items():
        office.fill(f"#id_{name}", words)
    press(office, button)
    expect(office.locator(".messagelist .success").first).to_be_visible()


def test_paper_of_somebody_without_an_account_to_not_solved(new_page: NewPage, secretary: Any) -> None:
    """In Chinese at the desk; its page is read in English on a phone, without script, by keyboard."""
    office, watch = new_page(WIDE, storage_state=secretary)
    office.goto("/admin/council/topic/new/")
    office.fill("#id_text", "托育费太高，一个月吃不消。")
    office.fill("#id_name", "钱大妈（演示）")
    checked(office, watch)
    office.locator("main input[type=submit]").click()
    do_in_office(
        office, "accept", "采纳", public_text_zh="托育费太高", public_text_en="The nursery fee is too high"
    )
    do_in_office(
        office, "answer", "答复", answer_zh="下月减两成。", answer_en="A fifth less from next month."
    )
    office.locator("a[href$='/do/call_back/']").click()
    office.get_by_label("没解决").check()
    checked(office, watch)
    office.locator("main input[type=submit]").click()
    office.get_by_role("link", name="公开页面").click()
    address = office.url.partition("/council/")[2]

    phone, phone_watch = new_page(NARROW, java_script_enabled=False)
    phone.goto(f"/en/council/{address}")
    expect(phone.locator("h1")).to_have_text("The nursery fee is too high")
    expect(phone.get_by_text("not solved: open again")).to_be_visible()
    expect(phone.get_by_text("A fifth less from next month.")).to_be_visible()
    expect(phone.get_by_text("Waiting for: residents' committee")).to_be_visible()
    support = phone.get_by_role("link", name="That is mine too")
    support.focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/sign-in/**")
    assert watch.faults + phone_watch.faults == []


def height_and_width(page: Page) -> tuple[int, int]:
    page.wait_for_load_state()
    size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    height, width = page.evaluate(size)
    return height, width


def open_meeting(office: Page) -> str:
    """The residents' council that takes topics; its address in the back office."""
    office.goto("/en/admin/council/meeting/?status__exact=call_open")
    office.locator("#result_list tbody th a").first.click()
    office.wait_for_load_state()
    return office.url.partition("change/")[0]


def test_desk_of_a_meeting_fits_the_screen(new_page: NewPage, secretary: Any) -> None:
    """Five items on one screen and a half, and no table wider than the window."""
    office, watch = new_page(WIDE, storage_state=secretary)
    address = open_meeting(office)
    office.goto(f"{address}agenda/")
    for number, title in enumerate(("路灯", "垃圾分类", "用电安全宣讲"), start=1):
        office.fill(f"#id_new-{number}-title_zh", title)
    office.select_option("#id_new-3-kind", "presentation")
    press(office, "Save the agenda")
    for number, title in enumerate(("停车位怎样排队，旧车位是否重新划线", "其他"), start=1):
        office.fill(f"#id_new-{number}-title_zh", title)
    office.keyboard.press("Enter")
    expect(office.locator(".messagelist .success")).to_be_visible()
    checked(office, watch)
    height, width = height_and_width(office)
    assert (height <= 1200, width <= WIDE) == (True, True), (height, width)
    office.goto(f"{address}change/")
    checked(office, watch)
    height, width = height_and_width(office)
    assert (height <= 1600, width <= WIDE) == (True, True), (height, width)
    phone, phone_watch = new_page(NARROW, storage_state=secretary)
    for page in ("agenda", "change", "roll"):
        phone.goto(f"{address}{page}/")
        checked(phone, phone_watch)
        assert height_and_width(phone)[1] <= NARROW, page
    assert watch.faults + phone_watch.faults == []
