"""An afternoon is closed and eight people are moved in a few clicks; they see it at once."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE, measured
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site, run
from tests.browser.test_browser_booking import PHONES
from tests.browser.test_browser_staff import faults_of

pytestmark = pytest.mark.browser
MOST_CLICKS = 6
BOOK_THEMSELVES = [phone.replace(" ", "") for phone in PHONES.values()]
# Eight residents who have no other hall booking, on one afternoon on which nobody else comes to this counter;
# none of those who book for themselves in another journey: one has an item once a day.
ARRANGE = """
import json, sys, django
django.setup()
from django.utils import timezone
from services.actions import book_slot
from services.models import Booking, ServiceItem, Slot
from circle.models import Resident, User
at, item = timezone.now(), ServiceItem.objects.get(code=sys.argv[2])
free = Slot.objects.bookable(item, at, timezone.localdate()).with_places_left()
others = Booking.objects.live().filter(slot__counter__items=item, slot__starts_at__hour__gte=13)
days = free.filter(starts_at__hour__gte=13, starts_at__hour__lt=17).order_by("day")
days = days.exclude(day__in=others.values("slot__day"))
day = days.values_list("day", flat=True)[int(sys.argv[3])]
slots = [slot for slot in days.filter(day=day) for _place in range(slot.left)][:8]
people = Resident.objects.exclude(bookings__day=day).exclude(bookings__item=item).living()
people = people.exclude(phone_index=None).filter(community=item.community).order_by("pk")
people = [each for each in people if each.phone not in sys.argv[4].split()]
clerk = User.objects.get(email="clerk@demo.invalid")
made = [
    book_slot(item=item, slot=slot, resident=person, via="phone", at=at, by=clerk, age_reason="测试")
    for slot, person in zip(slots, people, strict=False)
]
said = {"day": day.isoformat(), "counter": slots[0].counter_id}
said["bookings"] = [[each.code, each.resident.phone] for each in made]
json.dump(said, open(sys.argv[1], "w"))
"""


def eight_people(site: Site, directory: Path, item: str, number: int) -> dict[str, Any]:
    written = directory / "eight.json"
    run(site.directory, "-c", ARRANGE, str(written), item, str(number), " ".join(BOOK_THEMSELVES))
    found: dict[str, Any] = json.loads(written.read_text())
    return found


@pytest.fixture(scope="module")
def clerk(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "clerk@demo.invalid")


def booking_page(page: Page, prefix: str, code: str, phone: str) -> str:
    """As somebody who is not signed in finds it, by phone number and code."""
    page.goto(f"{prefix}services/bookings/")
    page.fill("[name=phone]", phone)
    page.fill("[name=code]", code)
    page.press("[name=code]", "Enter")
    page.wait_for_load_state("networkidle")
    return page.inner_text("main")


@pytest.mark.parametrize(
    ("prefix", "width", "item", "moved"),
    [("/", NARROW, "SI03", "已改期 8 个预约"), ("/en/", WIDE, "EL01", "8 bookings are moved")],
)
def test_afternoon_is_closed_and_eight_people_are_moved_in_a_few_clicks(
    new_page: NewPage, site: Site, clerk: Any, tmp_path: Path, prefix: str, width: int, item: str, moved: str
) -> None:
    said = eight_people(site, tmp_path, item, 0)
    assert len(said["bookings"]) == 8
    page, watch = new_page(width, storage_state=clerk)
    clicks = 0

    def click(what: str) -> None:
        nonlocal clicks
        clicks += 1
        page.click(what)

    page.goto(f"{prefix}admin/services/counterclosure/add/")
    page.select_option("[name=counter]", str(said["counter"]))
    clicks += 1  # the only one that is not made below
    for name, value in (("starts_on", said["day"]), ("ends_on", said["day"]), ("reason_zh", "停电")):
        page.fill(f"[name={name}]", value)
    page.fill("[name=from_time]", "13:00")
    page.fill("[name=until_time]", "18:00")
    click("[name=_save]")
    page.wait_for_load_state("networkidle")
    faults = faults_of(page, watch, width)
    rows = page.inner_text("ul.rows")
    assert all(code in rows for code, _phone in said["bookings"])
    click("input[value=move]")
    page.fill("textarea[name=affected-reason]", "停电,改到下一个时间")
    click("input[type=submit][value]:not([name])")
    expect(page.locator(".messagelist")).to_contain_text(moved)
    assert clicks <= MOST_CLICKS
    assert faults + faults_of(page, watch, width) == []

    visitor, _watch = new_page(width)
    for code, phone in said["bookings"][:2]:
        text = booking_page(visitor, prefix, code, phone)
        assert "停电,改到下一个时间" in text
        assert measured(visitor)["strangers"] == []
    for week in ("", "?week=next"):  # the clerk gave the reason in Chinese only
        visitor.goto(f"{prefix}circle/week/{week}")
        assert measured(visitor)["strangers"] == []
