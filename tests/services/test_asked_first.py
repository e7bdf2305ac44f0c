"""A change that takes the time of bookings asks first, and is saved with one answer about all of them."""

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import translation

from circle.backoffice import rearranging
from circle.models import Closure, Facility, Message, Once, Record
from services import actions
from services.models import Booking, Counter, CounterClosure, Slot
from tests import make
from tests.asked_first import answer
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def item():
    return make.bookable(audiences=[make.audience()])


@pytest.fixture
def counter(item):
    return item.counters.get()


@pytest.fixture
def hall(counter):
    return counter.facility


@pytest.fixture
def bookings(item, counter):
    """Eight people tomorrow afternoon, two at a time."""
    slots = [make.slot(counter=counter, starts_at=make.moment(1, 14 + n // 2, n % 2 * 30)) for n in range(4)]
    return [make.booking(item=item, slot=slots[n // 2]) for n in range(8)]


@pytest.fixture
def director(client, hall):
    client.force_login(make.director())
    return client


def afternoon(hall, **more) -> dict:
    sent = {"facility": hall.pk, "starts_on": "2026-11-25", "ends_on": "2026-11-25", "reason_zh": "停电"}
    return sent | {"from_time": "14:00", "until_time": "18:00"} | more


def url_of(name: str, *args) -> str:
    with translation.override("en"):
        return reverse(f"admin:{name}", args=args)


ADD = "/en/admin/circle/closure/add/"


def codes_in(response) -> list[str]:
    return [message.extra_tags for message in response.context["messages"]]


def test_closure_asks_before_it_is_saved(director, bookings, hall):
    page = director.post(ADD, afternoon(hall))
    assert page.status_code == 200
    assert "8 bookings lose their time or their carer by this change" in page.text
    assert all(booking.code in page.text for booking in bookings)
    assert not Closure.objects.exists()
    assert not Booking.objects.stranded(make.MORNING).exists()
    assert not Record.objects.filter(verb="slot_closed").exists()
    assert codes_in(page) == []


def test_all_are_moved_by_one_answer_with_one_message_each(director, bookings, hall):
    Message.objects.all().delete()
    response = answer(director, director.post(ADD, afternoon(hall)), "move")
    assert "8 bookings are moved" in response.text
    assert codes_in(response).count("bookings_stranded") == 0
    assert Closure.objects.count() == 1
    assert not Booking.objects.filter(
        slot__starts_at__range=(make.moment(1, 14), make.moment(1, 17))
    ).exists()
    assert {booking.reason for booking in Booking.objects.all()} == {"停电"}
    assert list(Message.objects.values_list("event", flat=True)) == ["booking_moved"] * 8
    assert not Booking.objects.stranded(make.MORNING).exists()


def test_who_finds_no_like_time_stays_in_the_list(director, bookings, item, hall):
    """The hall closes for good; three places are left today at another."""
    other = make.facility(hours="9:00-10:30", community=hall.community)
    make.counter(items=[item], facility=other, days_ahead=0, online_places=1, counter_places=0)
    sent = {"facility": hall.pk, "starts_on": "2026-11-24", "reason_zh": "停电"}
    response = answer(director, director.post(ADD, sent), "move")
    assert "3 bookings are moved" in response.text
    assert "5 stay in the list" in response.text
    assert "attention=stranded" in response.text
    assert Booking.objects.stranded(make.MORNING).count() == 5


def test_all_are_called_off_with_the_reason(director, bookings, hall):
    response = answer(director, director.post(ADD, afternoon(hall)), "call_off", "水管坏了")
    assert "8 bookings are called off" in response.text
    assert set(Booking.objects.values_list("status", "reason")) == {("revoked", "水管坏了")}


def test_what_stays_waits_in_the_list(director, bookings, hall):
    response = answer(director, director.post(ADD, afternoon(hall)), "stay", "")
    assert "closure_hits_bookings" in codes_in(response)
    assert Closure.objects.count() == 1
    assert Booking.objects.stranded(make.MORNING).count() == 8


@pytest.mark.parametrize(
    ("decision", "reason"), [("move", ""), ("call_off", "  "), ("", "停电"), ("flee", "停电")]
)
def test_answer_that_says_too_little_saves_nothing(director, bookings, hall, decision, reason):
    page = answer(director, director.post(ADD, afternoon(hall)), decision, reason)
    assert page.status_code == 422
    assert not Closure.objects.exists()
    assert page.context["question"].refusal is None


def test_reason_that_is_too_long_is_refused(director, bookings, hall):
    page = answer(director, director.post(ADD, afternoon(hall)), "move", "停" * 121)
    assert 'data-code="reason_too_long"' in page.text


def test_who_booked_meanwhile_is_shown_before_anything_is_saved(director, bookings, item, counter, hall):
    page = director.post(ADD, afternoon(hall))
    late = make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(1, 16)))
    again = answer(director, page, "call_off")
    assert (again.status_code, again.context["question"].refusal.code) == (422, "changed_meanwhile")
    assert late.code in again.text
    assert not Closure.objects.exists()
    answer(director, again, "call_off")
    assert set(Booking.objects.values_list("status", flat=True)) == {"revoked"}


def test_who_cancelled_meanwhile_is_not_called_off(director, bookings, hall):
    page = director.post(ADD, afternoon(hall))
    actions.cancel_booking(booking=bookings[0], at=make.MORNING, via="phone", by=make.clerk())
    response = answer(director, page, "call_off")
    assert "7 bookings are called off" in response.text


def test_double_click_saves_once(director, bookings, hall):
    page = director.post(ADD, afternoon(hall))
    key = "0f8fad5b-d9cb-469f-a165-70867728950e"
    for _click in range(2):
        answer(director, page, "move", form_key=key)
    assert Closure.objects.count() == 1
    assert Once.objects.filter(key=key).count() == 1
    assert Record.objects.filter(verb="booking_moved").count() == 8


def test_change_that_hits_nobody_asks_nothing(director, bookings, hall):
    response = director.post(ADD, afternoon(hall, starts_on="2026-11-27", ends_on="2026-11-27"), follow=True)
    assert response.redirect_chain
    assert Closure.objects.count() == 1


def test_refused_form_is_shown_as_ever(director, bookings, hall):
    page = director.post(ADD, afternoon(hall, reason_zh=""))
    assert page.status_code == 200
    assert "question" not in page.context
    assert page.context["errors"]


# Whatever takes the time of bookings ----------------------------------------------------------------


MORNING_ONLY = {
    "opening_hours-0-opens": "09:00",
    "opening_hours-0-closes": "12:00",
    "opening_hours-1-DELETE": "on",
}


def edit(client, row, **changes):
    name = row._meta.model_name
    url = url_of(f"{row._meta.app_label}_{name}_change", row.pk)
    sent = sent_by(client.get(url), f"{name}_form") | changes
    return client.post(url, {name: value for name, value in sent.items() if value is not None})


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        ("hall", {"is_published": None}),
        ("hall", MORNING_ONLY),
        ("counter", {"is_active": None}),
        ("counter", {"items": []}),
        ("item", {"status": "paused"}),
        ("item", {"withdrawn_on": "2026-11-25"}),
    ],
)
def test_every_change_of_hours_counter_or_item_asks_first(
    director, bookings, item, counter, hall, row, changes
):
    actions.lay_out_slots(community=hall.community, at=make.MORNING)
    hall.opening_hours.exclude(weekday=2).delete()
    page = edit(director, {"hall": hall, "counter": counter, "item": item}[row], **changes)
    assert "8 bookings lose their time" in page.text
    assert not Booking.objects.stranded(make.MORNING).exists()
    answer(director, page, "stay")
    assert Booking.objects.stranded(make.MORNING).count() == 8


def test_closure_of_a_counter_asks_first(director, bookings, counter):
    url = url_of("services_counterclosure_add")
    sent = {"counter": counter.pk, "starts_on": "2026-11-25", "ends_on": "2026-11-25", "reason_zh": "培训"}
    page = director.post(url, sent)
    assert not CounterClosure.objects.exists()
    assert "8 bookings are moved" in answer(director, page, "move").text
    assert CounterClosure.objects.count() == 1


def test_holiday_asks_first(director, bookings, hall):
    Facility.objects.update(follows_workdays=True)
    sent = {"date": "2026-11-25", "name_zh": "假日", "name_en": "Holiday", "is_holiday": "on"}
    page = director.post(url_of("circle_calendarday_add"), sent)
    assert "8 bookings lose their time" in page.text
    assert "8 bookings are moved" in answer(director, page, "move").text


def test_times_that_staff_close_ask_once_for_all(client, bookings, hall):
    actions.lay_out_slots(community=hall.community, at=make.MORNING)
    client.force_login(make.clerk())
    slots = list({booking.slot_id for booking in bookings})
    page = client.post(url_of("services_slot_changelist"), {"action": "close", "_selected_action": slots})
    assert "8 bookings lose their time" in page.text
    assert Slot.objects.open().filter(pk__in=slots).count() == 4
    assert "8 bookings are moved" in answer(client, page, "move").text
    assert not Slot.objects.open().filter(pk__in=slots).exists()


# Who may ----------------------------------------------------------------


def test_who_may_not_see_to_bookings_learns_their_number_alone(client, bookings, hall):
    client.force_login(
        make.staff(
            "circle.add_closure", "circle.change_closure", "circle.view_closure", "circle.view_facility"
        )
    )
    page = client.post(ADD, afternoon(hall))
    assert "8 of them are in the list of others" in page.text
    assert bookings[0].code not in page.text
    assert bookings[0].resident.name not in page.text
    answer(client, page, "move")
    assert not Record.objects.filter(verb="booking_moved").exists()
    assert not Closure.objects.exists()
    answer(client, page, "stay")
    assert Closure.objects.count() == 1


def test_proposed_text_for_the_group_names_place_and_time_and_nobody(director, bookings, hall):
    page = director.post(ADD, afternoon(hall))
    text = page.context["group_text"]
    assert hall.name_zh in text
    assert "11月25日" in text
    assert not any(booking.resident.name in text or booking.code in text for booking in bookings)


def test_closure_leads_to_its_text_for_the_group(director, hall, settings):
    assert "group_text" not in codes_in(director.post(ADD, afternoon(hall), follow=True))
    settings.GROUP_ROBOTS = {hall.community.slug: "console://"}
    page = director.post(ADD, afternoon(hall, starts_on="2026-11-26", ends_on="2026-11-26"), follow=True)
    assert "group_text" in codes_in(page)
    assert url_of("circle_closure_group", Closure.objects.latest("pk").pk) in page.text


def test_closed_counter_that_hits_nobody_has_its_text_for_the_group(director, counter, hall):
    sent = {
        "counter": counter.pk,
        "starts_on": "2026-11-27",
        "ends_on": "2026-11-27",
        "reason_zh": "设备检修",
    }
    page = director.post(url_of("services_counterclosure_add"), sent, follow=True)
    assert "group_text" in codes_in(page)
    [closure] = CounterClosure.objects.all()
    url = url_of("services_counterclosure_change", closure.pk)
    assert url in page.text
    text = director.get(url).text
    assert f"{hall.name_zh} {counter.name_zh}" in text
    assert "11月27日" in text


# Many ----------------------------------------------------------------


def test_many_are_seen_to_some_at_a_time(director, item, counter, hall, monkeypatch):
    monkeypatch.setattr(rearranging, "BATCH", 3)
    slot = make.slot(counter=counter, starts_at=make.moment(1, 14), capacity=8)
    for _n in range(8):
        make.booking(item=item, slot=slot)
    page = answer(director, director.post(ADD, afternoon(hall)), "call_off")
    seen = []
    while "signed" in (page.context or {}):
        seen.append(page.context["task"].seen_to)
        page = director.post(url_of("rearrange"), {"task": page.context["signed"]}, follow=True)
    assert seen == [3, 6]
    assert "8 bookings are called off" in page.text
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    "task",
    ["", "x", signing.dumps({"decision": "call_off"}, salt="another")],
    ids=["empty", "unsigned", "signed for another use"],  # a signature holds the second in which it was made
)
def test_task_that_is_not_ours_does_nothing(director, bookings, task):
    page = director.post(url_of("rearrange"), {"task": task})
    assert page.status_code == 302
    assert Booking.objects.live().count() == 8


def test_task_of_another_acts_on_ones_own_bookings_only(client, bookings):
    keys = [f"hall:{booking.pk}" for booking in bookings]
    Counter.objects.update(is_active=False)
    task = rearranging.Task("call_off", "停电", keys, "/", 8)
    client.force_login(make.clerk(community=make.community()))
    client.post(url_of("rearrange"), {"task": signing.dumps(rearranging.asdict(task), salt=rearranging.SALT)})
    assert Booking.objects.live().count() == 8


def test_old_task_is_not_taken_up(director, bookings):
    Counter.objects.update(is_active=False)
    task = rearranging.Task("call_off", "停电", [f"hall:{bookings[0].pk}"], "/", 1)
    with time_machine.travel(make.MORNING - dt.timedelta(days=1), tick=False):
        signed = signing.dumps(rearranging.asdict(task), salt=rearranging.SALT)
    director.post(url_of("rearrange"), {"task": signed})
    assert Booking.objects.live().count() == 8
