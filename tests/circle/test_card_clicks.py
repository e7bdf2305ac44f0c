"""Somebody phones: from their card everything is done in three clicks, and ends at the card again."""

import datetime as dt

import pytest
import time_machine

from council.models import Topic
from services.models import Booking
from tests import make, make_council, make_eldercare
from tests.make import MORNING

pytestmark = pytest.mark.django_db
MOST = 3


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def caller():
    return make.resident(name="王桂兰", phone="13812340027")


class Desk:
    """Who is on the phone with the caller. Opening a link or pressing a button is a click, typing is none."""

    def __init__(self, client, caller, role: str) -> None:
        self.client, self.clicks = client, 0
        client.force_login(make.post(role).user)
        self.home = f"/admin/circle/resident/card/{caller.code}/"
        self.page = client.get(self.home)

    def press(self, part: str, label: str) -> None:
        """An act of the card, whichever row offers it."""
        [shown] = [each for each in self.page.context["parts"] if each.code == part]
        acts = [*shown.acts, *(act for row in shown.rows for act in row.acts)]
        act = next(each for each in acts if str(each.label).startswith(label))
        assert act.url.replace("&", "&amp;") in self.page.text
        self.go(act.url, act.sends)

    def go(self, url: str, sent=None) -> None:
        self.clicks += 1
        self.page = self.client.post(url, sent, follow=True) if sent else self.client.get(url, follow=True)
        assert self.page.status_code == 200, self.page.context.get("form")

    @property
    def here(self) -> str:
        return self.page.request["PATH_INFO"]

    @property
    def address(self) -> str:
        return f"{self.here}?{self.page.request['QUERY_STRING']}"


def a_hall_with_times(*days: int) -> list:
    item = make.bookable()
    counter = make.counter(items=[item])
    return [
        make.slot(of=item, counter=counter, channel="counter", starts_at=make.moment(day, 10)) for day in days
    ]


def test_hall_books_in_three(client, caller):
    slots = a_hall_with_times(1)
    desk = Desk(client, caller, "hall_clerk")
    desk.press("bookings", "预约")
    item = desk.page.context["items"][0]
    desk.go(f"{desk.address}&item={item.code}")
    sent = {"slot": slots[0].code, "via": "phone", "once": "one call"}
    desk.go(desk.address, sent)
    assert caller.bookings.get().slot == slots[0]
    assert desk.clicks == MOST
    assert caller.bookings.get().code in desk.page.text


def booked(caller, slot) -> Booking:
    return make.booking(
        resident=caller, via="phone", by=make.clerk(), slot=slot, item=slot.counter.items.get()
    )


def test_hall_moves_in_two_and_is_back_at_the_card(client, caller):
    first, later = a_hall_with_times(1, 2)
    booking = booked(caller, first)
    desk = Desk(client, caller, "hall_clerk")
    desk.press("bookings", "改约")
    question = desk.page.context["question"]
    desk.go(question.url, dict(question.hidden) | {"slot": later.code})
    booking.refresh_from_db()
    assert (booking.slot, desk.clicks, desk.here) == (later, 2, desk.home)


def test_hall_cancels_in_two_and_is_back_at_the_card(client, caller):
    booking = booked(caller, *a_hall_with_times(1))
    desk = Desk(client, caller, "hall_clerk")
    desk.press("bookings", "应本人要求取消")
    question = desk.page.context["question"]
    desk.go(question.url, dict(question.hidden))
    booking.refresh_from_db()
    assert (booking.status, desk.clicks, desk.here) == (Booking.Status.CANCELLED, 2, desk.home)


def test_hall_checks_in_with_one_click_and_twice_is_harmless(client, caller, clock):
    booking = booked(caller, *a_hall_with_times(1))
    clock.move_to(make.moment(1, 9, 50))
    desk = Desk(client, caller, "hall_clerk")
    card = desk.page
    desk.press("bookings", "报到")
    assert (desk.clicks, desk.here) == (1, desk.home)
    desk.page = card
    desk.press("bookings", "报到")
    booking.refresh_from_db()
    assert booking.status == Booking.Status.ARRIVED


def test_care_is_confirmed_with_one_click_and_back_at_the_card(client, caller):
    booking = make_eldercare.booking(resident=caller, via="phone", by=make_eldercare.coordinator())
    desk = Desk(client, caller, "elder_coordinator")
    desk.press("care", "确认")
    booking.refresh_from_db()
    assert (booking.status, desk.clicks, desk.here) == ("confirmed", 1, desk.home)


def test_council_takes_down_a_topic_in_two(client, caller, clock):
    meeting = make_council.calling()
    clock.move_to(make_council.IN_CALL)
    desk = Desk(client, caller, "council_secretary")
    desk.press("topics", "记录一个议题")
    form = desk.page.context["form"]
    likely = {name: form.initial[name] for name in ("meeting", "via", "once")}
    assert (likely["meeting"], likely["via"]) == (meeting.pk, "phone")
    desk.go(desk.address, likely | {"text": "路灯坏了", "name": "", "phone": ""})
    assert (caller.topics.get().via, desk.clicks) == ("phone", 2)


def test_council_says_how_it_stands_at_once_and_answers_in_two(client, caller, clock):
    topic = make_council.accepted(resident=caller, via="phone", by=make_council.secretary())
    clock.move_to(make_council.IN_CALL + dt.timedelta(hours=1))
    desk = Desk(client, caller, "council_secretary")
    [row] = desk.page.context["parts"][0].rows
    assert (row.note, row.state) == (topic.receipt, topic.get_status_display())
    assert topic.receipt in desk.page.text
    desk.press("topics", "答复")
    desk.go(desk.address, {"answer_zh": "已报修，下周修好。", "answer_en": ""})
    topic.refresh_from_db()
    assert (topic.status, desk.clicks, desk.here) == (Topic.Status.ANSWERED, 2, desk.home)
