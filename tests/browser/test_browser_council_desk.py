"""A meeting from its plan to published minutes at the desk with clicks counted, and one from paper."""

import datetime as dt
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from circle.calendar.working_days import SHANGHAI
from tests.browser.browsing import NARROW, WIDE, Watch
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site

pytestmark = pytest.mark.browser
ITEMS = ["消防通道", "用电安全", "垃圾分类", "停车收费", "充电棚"]
MOST_CLICKS = 45
# As it comes out of WPS: tabs, wide blanks as indents, and signs that look like mark-up.
PASTED = "\u3000\u3000预算\t1200\t900元，张\u3000三说<A类>费用 x <y 元。"
WPS = "\n".join(
    f"{number}. {title}\n{PASTED}\n\u3000\u3000大家同意。" for number, title in enumerate(ITEMS, start=1)
)


class Hand:
    """Clicks, and counts them; typing and choosing from a list by keyboard is none."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, what: str | Locator) -> None:
        self.clicks += 1
        found = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation():
            found.first.click()

    def act(self, name: str, **typed: str) -> None:
        """The button of a step, what it asks, and its answer."""
        self.click(f"[formaction$='/do/{name}/'], a[href$='/do/{name}/']")
        for field, value in typed.items():
            self.page.fill(f"#id_{field}, #{field}", value)
        self.click("#content form :is(button, input)[type=submit], #content form button:not([type])")

    def back_to_meeting(self) -> None:
        self.click("a[href*='/council/meeting/'][href$='/change/']:not(.viewlink)")


@pytest.fixture(scope="module")
def secretary(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "secretary@demo.invalid")


@pytest.fixture(scope="module")
def chair(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "chair@demo.invalid")


def checked(page: Page, watch: Watch) -> None:
    assert watch.axe(page) == []


def choose(page: Page, field: str, words: str) -> None:
    page.select_option(field, label=page.locator(f"{field} option", has_text=words).first.inner_text())


def settle(hand: Hand, page: Page, time: str = "") -> None:
    """On the page of the session: hands for the two decisions, all else was heard."""
    for title in ITEMS[3:]:
        box = page.locator("fieldset", has=page.locator("legend", has_text=title))
        box.locator("[name$=text_zh]").fill("同意。")
        for name, hands in (("yes", "4"), ("no", "0"), ("abstain", "0")):
            box.locator(f"[name$={name}]").fill(hands)
        box.locator("[name$=time]").fill(time)
    hand.click("button[name=note]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def write_minutes(hand: Hand, page: Page, watch: Watch) -> None:
    """From the step of a meeting that is over to minutes in review; pasted from WPS."""
    hand.act("draft_minutes")
    hand.click("a[href*='/minutesversion/'][href$='/change/']")
    hand.click("a[href$='/write/']")
    hand.click("a[href$='/cut/']")
    page.fill("#id_text", WPS)
    checked(page, watch)
    hand.click("#content form input[type=submit]")
    assert PASTED in page.locator("#id_item-1-zh").input_value()
    hand.click("#content form input[type=submit]")
    hand.click("a[href$='/do/submit_minutes/']")
    for box in page.locator("#content form [name^=reason]").all():
        box.fill("公开材料中的称呼")
    hand.click("#content form :is(button, input)[type=submit], #content form button:not([type])")


def publish(hand: Hand, page: Page, reader: Page) -> int:
    """Approved by the chair, then published; how often the chair clicked."""
    assert page.url.endswith("/change/"), page.inner_text("#content")
    address = page.url.partition("/change/")[0]
    other = Hand(reader)
    reader.goto(f"{address}/change/")
    other.act("approve_minutes")
    page.goto(f"{address}/change/")
    hand.act("publish_minutes")
    return other.clicks


def verify_outside(site: Site, folder: Path) -> None:
    """With what everybody has: the list and the files, downloaded, and sha256sum."""
    chain = urllib.request.urlopen(f"{site.origin}/council/minutes/chain.txt").read()
    (folder / "chain.txt").write_bytes(chain)
    for line in chain.decode().splitlines():
        name = line.split()[1]
        file = urllib.request.urlopen(f"{site.origin}/council/minutes/{name}").read()
        (folder / name).write_bytes(file)
    done = subprocess.run(["/usr/bin/sha256sum", "-c", "chain.txt"], cwd=folder, check=False)
    assert done.returncode == 0


def yesterday() -> dt.date:
    return dt.datetime.now(SHANGHAI).date() - dt.timedelta(days=1)


@pytest.mark.parametrize(("prefix", "began"), [("", "15:00"), ("/en", "17:00")])
def test_meeting_of_yesterday_is_entered_from_paper_published_and_corrected(
    new_page: NewPage, site: Site, secretary: Any, chair: Any, tmp_path: Path, prefix: str, began: str
) -> None:
    page, watch = new_page(WIDE, storage_state=secretary)
    reader, _watch = new_page(WIDE, storage_state=chair)
    hand = Hand(page)
    page.goto(f"{prefix}/admin/council/meeting/paper/")
    choose(page, "#id_body", "共治" if not prefix else "Co-governance")
    page.select_option("#id_place", index=1)
    ended = f"{int(began[:2]) + 1}:00"
    for name, value in (("day", yesterday().isoformat()), ("began", began), ("ended", ended)):
        page.fill(f"#id_{name}", value)
    for number, title in enumerate(ITEMS, start=1):
        page.fill(f"#id_title_{number}", title)
        page.select_option(f"#id_kind_{number}", "decision" if number > 3 else "report")
    checked(page, watch)
    hand.click("#content form input[type=submit]")
    meeting = page.url
    hand.click("a[href$='/session/']")
    checked(page, watch)
    hand.click("button[name=rest]")
    settle(hand, page)
    checked(page, watch)
    page.goto(meeting)
    write_minutes(hand, page, watch)
    publish(hand, page, reader)
    checked(page, watch)
    hand.act("correct_minutes", reason="补记一句")
    page.goto(meeting)
    hand.click(page.locator("a[href*='/minutesversion/'][href$='/change/']").last)
    hand.click("a[href$='/write/']")
    assert PASTED in page.locator("#id_item-1-zh").input_value()
    page.fill("#id_item-1-zh", f"{PASTED}\n\u3000\u3000补记：图纸已张贴。")
    hand.click("#content form input[type=submit]")
    hand.click("a[href$='/do/submit_minutes/']")
    hand.click("#content form :is(button, input)[type=submit], #content form button:not([type])")
    publish(hand, page, reader)
    verify_outside(site, tmp_path)
    page.goto(meeting)
    page.goto(page.locator("a[href*='/council/co-governance/']").first.get_attribute("href") or "")
    expect(page.locator("main")).to_contain_text("张\u3000三说<A类>费用 x <y 元。")
    checked(page, watch)
    assert watch.faults == []


def plan_for_yesterday(hand: Hand, page: Page) -> None:
    """A further meeting of the committee; its notice is late, so decisions wait for a waiver.

    Of yesterday, with every time typed: it may be midnight while the journey goes on.
    """
    day = yesterday()
    page.goto("/en/admin/council/meeting/")
    hand.click("a.addlink[href$='/council/meeting/add/']")
    choose(page, "#id_body", "Co-governance")
    page.select_option("#id_place", index=1)
    page.fill("#id_part", "7")
    times = {"starts_at": (day, "09:00"), "ends_at": (day, "10:00")}
    times["call_opens_at"] = (day - dt.timedelta(days=9), "08:00")
    times["call_closes_at"] = (day - dt.timedelta(days=1), "18:00")
    for name, (date, time) in times.items():
        page.fill(f"#id_{name}_0", date.isoformat())
        page.fill(f"#id_{name}_1", time)
    hand.click("input[name=_save]")


def write_agenda(hand: Hand, page: Page) -> None:
    hand.click("#content a[href$='/agenda/']")
    for first, last in ((0, 3), (3, 5)):
        for number, title in enumerate(ITEMS[first:last], start=1):
            page.fill(f"#id_new-{number}-title_zh", title)
            page.select_option(f"#id_new-{number}-kind", "decision" if first else "report")
        hand.click("#content form input[type=submit]")
    hand.back_to_meeting()


def test_five_items_from_plan_to_published_take_few_clicks(
    new_page: NewPage, secretary: Any, chair: Any
) -> None:
    page, watch = new_page(WIDE, storage_state=secretary)
    reader, _watch = new_page(WIDE, storage_state=chair)
    hand = Hand(page)
    plan_for_yesterday(hand, page)
    write_agenda(hand, page)
    hand.act("publish_agenda", late_reason="临时召开")
    hand.click("a[href$='/session/']")
    hand.click("button[name=rest]")
    hand.act("open_session", opened_at="09:00")
    hand.click("a[href$='/session/']")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.fill("[name=waiver-0-in_favour]", "5")
    page.fill("[name=waiver-0-given_at]", "09:10")
    settle(hand, page, "09:30")
    assert [data.count("waiver-0-in_favour") for data in sent if "waiver-0" in data] == [
        1
    ]  # once, with its time
    assert any("waiver-0-given_at=09%3A10" in data for data in sent)
    hand.act("hold", ended_at="10:00")
    write_minutes(hand, page, watch)
    clicks = publish(hand, page, reader)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert hand.clicks + clicks <= MOST_CLICKS, (hand.clicks, clicks)
    assert watch.faults == []


def test_session_survives_a_lost_connection(new_page: NewPage, secretary: Any) -> None:
    """What is typed without one is saved once it is back, also in a page that was loaded again."""
    page, watch = new_page(NARROW, storage_state=secretary, forgiven=("ERR_INTERNET_DISCONNECTED",))
    page.goto("/en/admin/council/meeting/?status__exact=noticed")
    page.locator("#result_list tbody th a").first.click()
    page.locator("a[href$='/session/']").first.click()
    checked(page, watch)
    box = page.locator("select[name$=status]").first
    page.context.set_offline(True)
    box.select_option("excused")
    expect(page.locator("[data-state]")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_have_text("Saved", timeout=12_000)
    page.reload()
    expect(page.locator("select[name$=status]").first).to_have_value("excused")
    assert watch.faults == []
