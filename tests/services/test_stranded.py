"""A booked time that no longer takes place: its pages and the lists of staff say so at once."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from circle.backoffice.resident_card import CardSection
from circle.models import Message, OpeningHours
from services import actions
from services.backoffice.desk_slots import slots_at_desk
from services.backoffice.queues import hall_queues
from services.hooks.resident_card import card_section
from services.models import Booking, Slot
from tests import make
from tests.asked_first import leave_in_list
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

AFTERNOON = make.moment(0, 16)
CLOSED = "This time has been closed"
REMINDS = "We remind you the day before"


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
def booking(item, counter):
    """Tomorrow at nine."""
    return make.booking(item=item, slot=make.slot(counter=counter))


@pytest.fixture
def her(client, booking):
    client.force_login(booking.resident.login)
    return client


def close_slot(booking: Booking) -> None:
    actions.close_slot(slot=booking.slot, at=make.MORNING, by=make.clerk())


def close_place(booking: Booking) -> None:
    make.closure(facility=booking.slot.counter.facility, starts_on=make.MORNING.date())
    actions.lay_out_slots(community=booking.community, at=make.MORNING)


def change(row, **values) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


CAUSES = {
    "slot closed": close_slot,
    "place closed": close_place,
    "counter off": lambda booking: change(booking.slot.counter, is_active=False),
    "item taken from the counter": lambda booking: booking.slot.counter.items.remove(booking.item),
    "item paused": lambda booking: change(booking.item, status="paused"),
    "item withdrawn": lambda booking: change(booking.item, withdrawn_on=booking.day),
    "place unpublished": lambda booking: change(booking.slot.counter.facility, is_published=False),
}
NO_CAUSES = {
    "nothing": lambda booking: None,
    "not online any more": lambda booking: change(booking.item, is_bookable=False),
    "withdrawn later": lambda booking: change(booking.item, withdrawn_on=booking.day + dt.timedelta(days=1)),
    "another time closed": lambda booking: actions.close_slot(
        slot=make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 10)),
        at=make.MORNING,
        by=make.clerk(),
    ),
}
by_cause = pytest.mark.parametrize("strand", CAUSES.values(), ids=CAUSES)
by_no_cause = pytest.mark.parametrize("spare", NO_CAUSES.values(), ids=NO_CAUSES)


def address(booking: Booking, page: str = "") -> str:
    return f"/en/services/bookings/{booking.code}/{page}"


def calendar_entry(client, booking: Booking):
    [event] = Calendar.from_ical(client.get(address(booking, "calendar.ics")).content).walk("VEVENT")
    return event


def card_state(booking: Booking) -> str:
    with translation.override("en"):
        section = card_section(booking.resident, make.clerk(community=booking.community))
    assert isinstance(section, CardSection)
    return str(section.rows[0].state)


# What is shown ----------------------------------------------------------------------------------------------


@by_cause
def test_stranded_booking_says_so_everywhere(her, booking, strand):
    strand(booking)
    assert list(Booking.objects.stranded(make.MORNING)) == [booking]
    page = her.get(address(booking)).text
    assert (CLOSED in page, REMINDS in page) == (True, False)
    assert CLOSED in her.get(address(booking, "?print=1")).text
    assert "time closed" in her.get("/en/me/").text
    assert str(calendar_entry(her, booking)["status"]) == "TENTATIVE"
    assert card_state(booking) == "booked · time closed"
    assert actions.send_reminders(at=AFTERNOON) == 0


@by_no_cause
def test_booking_that_takes_place_says_nothing_of_that(her, booking, spare):
    spare(booking)
    assert not Booking.objects.stranded(make.MORNING)
    page = her.get(address(booking)).text
    assert CLOSED not in page
    assert "time closed" not in her.get("/en/me/").text
    assert str(calendar_entry(her, booking)["status"]) == "CONFIRMED"
    assert card_state(booking) == "booked"
    with time_machine.travel(AFTERNOON, tick=False):
        assert not Booking.objects.stranded(AFTERNOON)


def test_booking_that_takes_place_is_reminded_of(booking):
    change(booking, booked_at=make.moment(-1, 8), status_at=make.moment(-1, 8))
    assert actions.send_reminders(at=AFTERNOON) == 1


@by_cause
def test_stranded_booking_of_an_earlier_day_is_not_reminded_of(booking, strand):
    change(booking, booked_at=make.moment(-1, 8), status_at=make.moment(-1, 8))
    strand(booking)
    assert actions.send_reminders(at=AFTERNOON) == 0
    assert not Message.objects.filter(event="booking_reminder").exists()


@by_cause
def test_stranded_booking_is_in_the_list_of_the_staff(client, booking, strand):
    strand(booking)
    clerk = make.clerk(community=booking.community)
    [queue] = [queue for queue in hall_queues(clerk) if "stranded" in queue.url]
    assert (queue.count, queue.is_urgent) == (1, True)
    client.force_login(clerk)
    listed = client.get(queue.url).context["cl"].result_list
    assert list(listed) == [booking]
    sheet = reverse("admin:services_booking_day", args=[booking.slot.counter.facility.short_code])
    question = reverse("admin:services_booking_ask", args=[booking.code, "cancel"])
    for url in (f"{sheet}?date={booking.day.isoformat()}", question):
        assert "time closed" in client.get(f"/en{url}").text


def test_calendar_file_replaces_the_earlier_one_and_is_replaced_again(her, booking):
    earlier = int(calendar_entry(her, booking)["sequence"])
    close_slot(booking)
    with time_machine.travel(make.MORNING + dt.timedelta(minutes=2), tick=False):
        closed = int(calendar_entry(her, booking)["sequence"])
    actions.reopen_slot(slot=booking.slot, at=make.MORNING, by=make.clerk())
    with time_machine.travel(make.MORNING + dt.timedelta(minutes=4), tick=False):
        assert earlier < closed < int(calendar_entry(her, booking)["sequence"])


def test_pages_take_the_same_queries_for_one_and_ten_stranded(her, booking, queries_of):
    close_slot(booking)
    few = queries_of("/me/")
    for number in range(9):
        close_slot(
            make.booking(resident=booking.resident, slot=make.slot(starts_at=make.moment(2, 9 + number)))
        )
    assert queries_of("/me/") == few <= 12


# Another time -----------------------------------------------------------------------------------------------


def test_next_like_time_is_taken_in_one_click(her, booking, counter):
    make.slot(counter=counter, starts_at=make.moment(1, 8))  # earlier than the one they had
    full = make.slot(counter=counter, starts_at=make.moment(1, 10), capacity=0)
    like = make.slot(counter=counter, starts_at=make.moment(1, 11))
    make.slot(counter=counter, starts_at=make.moment(1, 9, 30), channel="counter")
    close_slot(booking)
    page = her.get(address(booking))
    assert page.context["next_slot"] == like != full
    assert f'value="{like.code}"' in page.text
    assert her.post(address(booking, "move/"), {"slot": like.code}).status_code == 302
    booking.refresh_from_db()
    assert booking.slot == like


def test_next_like_time_is_elsewhere_where_the_place_is_closed(her, booking, item):
    other = make.counter(items=[item], facility=make.facility(hours="9:00-12:00"))
    elsewhere = make.slot(counter=other, starts_at=make.moment(1, 9))
    make.slot(counter=other, starts_at=make.moment(1, 10))
    close_place(booking)
    assert her.get(address(booking)).context["next_slot"] == elsewhere


def test_paused_item_offers_no_time(her, booking, counter):
    make.slot(counter=counter, starts_at=make.moment(1, 11))
    change(booking.item, status="paused")
    page = her.get(address(booking))
    assert (page.context["next_slot"], "move/" in page.text) == (None, False)
    assert "cancel/" in page.text
    assert her.get(address(booking, "move/")).context["days"] == []


def test_whoever_lost_their_time_may_move_and_cancel_until_it_would_have_begun(her, booking, counter):
    later = make.slot(counter=counter, starts_at=make.moment(2, 9))
    with time_machine.travel(make.moment(1, 8, 30), tick=False):  # the item's two hours have begun
        her.logout()  # the session has been idle for too long
        her.force_login(booking.resident.login)
        assert her.post(address(booking, "move/"), {"slot": later.code}).status_code == 422
        close_slot(booking)
        assert "move/" in her.get(address(booking)).text
        assert her.post(address(booking, "move/"), {"slot": later.code}).status_code == 302
        close_slot(Booking.objects.get())
    with time_machine.travel(make.moment(2, 8, 30), tick=False):
        her.logout()  # the session has been idle for too long
        her.force_login(booking.resident.login)
        assert her.post(address(booking, "cancel/")).status_code == 302
    assert Booking.objects.get().status == "cancelled"


def test_staff_move_page_offers_only_what_the_action_takes(item, counter, hall, booking):
    free = make.slot(counter=counter, starts_at=make.moment(2, 9))
    after = make.slot(counter=counter, starts_at=make.moment(3, 9))
    change(item, withdrawn_on=after.day)
    item.refresh_from_db()
    assert free in slots_at_desk(item, hall, make.MORNING)
    assert after not in slots_at_desk(item, hall, make.MORNING)
    change(item, status="paused")
    item.refresh_from_db()
    assert not slots_at_desk(item, hall, make.MORNING)


def test_staff_move_page_leaves_out_days_on_which_the_person_has_it_already(client, item, counter, booking):
    make.booking(
        item=item,
        resident=booking.resident,
        slot=make.slot(counter=counter, starts_at=make.moment(2, 9)),
    )
    make.slot(counter=counter, starts_at=make.moment(2, 10))
    same_day = make.slot(counter=counter, starts_at=make.moment(1, 10))
    client.force_login(make.clerk(community=booking.community))
    url = reverse("admin:services_booking_ask", args=[booking.code, "move"])
    assert [slot for day in client.get(url).context["days"] for slot in day.slots] == [same_day]


def test_staff_move_page_offers_other_places_where_the_own_one_is_closed(client, item, booking):
    other = make.counter(items=[item], facility=make.facility(hours="9:00-12:00", name_zh="二号大厅"))
    close_place(booking)
    elsewhere = other.slots.with_places_left().for_staff().get(starts_at=make.moment(1, 10))
    client.force_login(make.clerk(community=booking.community))
    url = reverse("admin:services_booking_ask", args=[booking.code, "move"])
    page = client.get(url, {"day": elsewhere.day.isoformat()})
    assert elsewhere in page.context["day"].slots
    assert {slot.counter for slot in page.context["day"].slots} == {other}
    assert "二号大厅" in page.text


def move_all(client, *bookings, **more) -> object:
    """The bulk action of the list, asked and confirmed."""
    url = reverse("admin:services_booking_changelist") + "?attention=stranded"
    said = {"action": "move_all", "_selected_action": [booking.pk for booking in bookings]} | more
    question = client.post(url, said)
    assert question.status_code == 200
    return client.post(url, said | {"confirmed": "yes", "reason": "停电"}, follow=True)


def test_staff_move_all_to_the_next_like_time_at_once(client, counter, hall, item, booking):
    second = make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(1, 9, 30)))
    free = [make.slot(counter=counter, starts_at=make.moment(2, hour), capacity=1) for hour in (9, 10)]
    close_slot(booking)
    close_slot(second)
    client.force_login(make.clerk(community=booking.community))
    Message.objects.all().delete()
    move_all(client, booking, second)
    moved = Booking.objects.order_by("pk")
    assert [row.slot for row in moved] == free
    assert [row.status for row in moved] == ["booked", "booked"]
    told = Message.objects.order_by("pk").values_list("event", "resident")
    assert list(told) == [("booking_moved", booking.resident.pk), ("booking_moved", second.resident.pk)]
    assert {row.reason for row in moved} == {"停电"}
    assert not Booking.objects.stranded(make.MORNING)


def test_whoever_finds_no_like_time_stays_in_the_queue(client, counter, item, booking):
    second = make.booking(item=item, slot=make.slot(counter=counter, starts_at=make.moment(1, 9, 30)))
    make.slot(counter=counter, starts_at=make.moment(2, 9), capacity=1)
    close_slot(booking)
    close_slot(second)
    client.force_login(make.clerk(community=booking.community))
    page = move_all(client, booking, second)
    assert "no_time" in page.text
    assert list(Booking.objects.stranded(make.MORNING)) == [second]
    move_all(client, second)
    assert list(Booking.objects.stranded(make.MORNING)) == [second]


def test_booking_that_takes_place_is_not_moved_by_the_queue(client, counter, booking):
    make.slot(counter=counter, starts_at=make.moment(2, 9))
    client.force_login(make.clerk(community=booking.community))
    url = reverse("admin:services_booking_changelist")
    said = {"action": "move_all", "_selected_action": [booking.pk], "confirmed": "yes", "reason": "停电"}
    client.post(url, said)
    before = booking.slot
    booking.refresh_from_db()
    assert booking.slot == before


def test_queue_moves_to_phone_places_where_online_ones_are_gone(client, counter, booking):
    desk = make.slot(counter=counter, starts_at=make.moment(1, 10), channel="counter")
    close_slot(booking)
    client.force_login(make.clerk(community=booking.community))
    move_all(client, booking)
    booking.refresh_from_db()
    assert booking.slot == desk


# A change of hours is laid out when it is saved -------------------------------------------------------------


@pytest.fixture
def director(client, hall):
    client.force_login(make.director())
    return client


def codes_in(response) -> list[str]:
    return [message.extra_tags for message in response.context["messages"]]


def edit(client, row, **changes):
    """Save the row's page in the admin as it stands but for these changes; None leaves a field out."""
    name = row._meta.model_name
    url = reverse(f"admin:{row._meta.app_label}_{name}_change", args=[row.pk])
    sent = sent_by(client.get(url), f"{name}_form") | changes
    response = client.post(
        url, {name: value for name, value in sent.items() if value is not None}, follow=True
    )
    response = leave_in_list(client, response)
    assert response.redirect_chain, response.context["errors"]
    return response


def test_new_hours_are_laid_out_when_they_are_saved_and_name_whom_they_strand(director, booking, hall):
    actions.lay_out_slots(community=hall.community, at=make.MORNING)
    OpeningHours.objects.filter(facility=hall).exclude(weekday=booking.day.weekday()).delete()
    hours = {"opening_hours-0-opens": "10:00", "opening_hours-0-closes": "12:00"}
    response = edit(director, hall, **hours)
    assert "bookings_stranded" in codes_in(response)
    assert Slot.objects.get(pk=booking.slot_id).closed_by == "timetable"
    assert Slot.objects.open().filter(day=booking.day).earliest("starts_at").starts_at == make.moment(1, 10)


def test_holiday_is_laid_out_when_it_is_saved_and_names_whom_it_strands(director, booking, hall):
    change(hall, follows_workdays=True)
    url = reverse("admin:circle_calendarday_add")
    sent = {"date": booking.day.isoformat(), "name_zh": "假日", "name_en": "Holiday", "is_holiday": "on"}
    response = leave_in_list(director, director.post(url, sent, follow=True))
    assert codes_in(response)[0] == "bookings_stranded"
    assert list(Booking.objects.stranded(make.MORNING)) == [booking]


def test_closure_taken_back_opens_its_times_at_once(director, booking, hall):
    actions.lay_out_slots(community=hall.community, at=make.MORNING)
    close_place(booking)
    [closure] = hall.closures.all()
    url = reverse("admin:circle_closure_delete", args=[closure.pk])
    director.post(url, {"post": "yes"}, follow=True)
    assert not hall.closures.exists()
    assert Slot.objects.get(pk=booking.slot_id).is_open


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        ("hall", {"is_published": None}),
        ("counter", {"is_active": None}),
        ("counter", {"items": []}),
        ("item", {"status": "paused"}),
    ],
)
def test_change_that_strands_bookings_names_them_when_it_is_saved(
    director, booking, item, counter, hall, row, changes
):
    response = edit(director, {"hall": hall, "counter": counter, "item": item}[row], **changes)
    assert codes_in(response)[0] == "bookings_stranded"
    assert "attention=stranded" in response.text
    assert list(Booking.objects.stranded(make.MORNING)) == [booking]


@pytest.mark.parametrize("row", ["hall", "counter", "item"])
def test_change_that_strands_nobody_says_nothing(director, booking, item, counter, hall, row):
    response = edit(director, {"hall": hall, "counter": counter, "item": item}[row])
    assert "bookings_stranded" not in codes_in(response)
