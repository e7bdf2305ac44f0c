"""The waiting list of the hall: an offer is a claimed place with a deadline, and nobody passes the line."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.models import Message, Record
from services import actions
from services.hooks.receivers import handle_resident_death
from services.hooks.schedule import find_violations
from services.models import Booking, HallWaiting, Slot
from tests import make

NOW = make.MORNING
TOMORROW = make.moment(1, 0).date()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable(book_days_ahead=14)


@pytest.fixture
def counter(item):
    return item.counters.get()


@pytest.fixture
def slot(counter):
    """Tomorrow afternoon, one place."""
    return make.slot(counter=counter, starts_at=make.moment(1, 15), capacity=1)


@pytest.fixture
def booking(item, slot):
    return make.booking(item=item, slot=slot)


def join(item, resident=None, *, at=NOW, **values) -> HallWaiting:
    resident = resident or make.own_resident()
    days = {"first_day": TOMORROW, "last_day": TOMORROW}
    more = {"via": "online", "by": resident.login} | days | values
    return actions.join_line(item=item, resident=resident, at=at, **more)


def cancel(booking: Booking, at=NOW) -> None:
    actions.cancel_booking(booking=booking, at=at, via="phone", by=make.clerk(community=booking.community))


def states(*rows: HallWaiting) -> list[str]:
    return [HallWaiting.objects.get(pk=row.pk).status for row in rows]


def refusal(act, *args, **values) -> str:
    before = list(HallWaiting.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        act(*args, **values)
    assert list(HallWaiting.objects.order_by("pk").values()) == before
    assert list(find_violations()) == []
    return refused.value.code


def offered(row: HallWaiting) -> HallWaiting:
    found = HallWaiting.objects.shown().get(pk=row.pk)
    assert found.status == "offered"
    return found


# Joining ----------------------------------------------------------------------------------------------------


def test_who_joins_is_told_and_sees_the_position(item, booking):
    first, second = join(item), join(item)
    assert (first.position, second.position) == (1, 2)
    told = Message.objects.filter(event="waiting_joined").order_by("id")
    assert list(told.values_list("resident", flat=True)) == [
        first.resident_id,
        second.resident_id,
    ]
    assert Record.objects.filter(verb="waiting_joined").count() == 2


def test_position_is_stable_when_somebody_behind_leaves_and_moves_up_when_somebody_before_does(item, booking):
    first, second, third = join(item), join(item), join(item)
    actions.leave_line(row=third, at=NOW, via="online", by=third.resident.login)
    assert second.position == 2
    actions.leave_line(row=first, at=NOW, via="online", by=first.resident.login)
    assert second.position == 1


def test_nobody_waits_while_places_are_free(item, slot):
    assert refusal(join, item) == "not_full"


def test_nobody_waits_online_while_the_desk_has_places(item, booking, counter):
    make.slot(counter=counter, starts_at=make.moment(1, 16), channel="counter")
    assert refusal(join, item) == "not_full"


def test_joining_twice_is_refused(item, booking):
    row = join(item)
    assert refusal(join, item, row.resident) == "already_waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        make.hall_waiting(item=item, resident=row.resident)


def test_who_has_a_booking_on_these_days_does_not_wait(item, booking):
    assert refusal(join, item, booking.resident) == "already_booked"


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-1, 1), (1, 15)])
def test_days_that_do_not_fit_are_refused(item, booking, first, last):
    days = {"first_day": make.moment(first, 0).date(), "last_day": make.moment(last, 0).date()}
    assert refusal(join, item, **days) == "days_wrong"


def test_item_that_cannot_be_booked_has_no_line(item, booking):
    type(item).objects.filter(pk=item.pk).update(status="paused")
    item.refresh_from_db()
    assert refusal(join, item) == "not_bookable"


def test_people_of_elsewhere_and_strangers_are_refused(item, booking):
    assert refusal(join, item, make.own_resident(community=make.community())) == "other_community"
    assert refusal(join, item, by=make.user()) == "not_allowed"


def test_clerk_joins_for_somebody_on_the_phone(item, booking):
    clerk = make.clerk(community=item.community)
    row = join(item, make.resident(community=item.community), via="phone", by=clerk)
    assert (row.via, row.joined_by, row.mandate) == ("phone", clerk, None)


# An offer is a claimed place --------------------------------------------------------------------------------


def test_freed_place_is_claimed_for_the_first_in_the_same_transaction(item, booking, slot):
    first, second = join(item), join(item)
    cancel(booking)
    assert states(first, second) == ["offered", "waiting"]
    slot.refresh_from_db()
    assert (slot.taken, slot.capacity) == (1, 1)
    assert offered(first).slot == slot
    assert offered(first).offer_until == NOW + dt.timedelta(hours=4)
    assert Message.objects.get(event="waiting_offered").resident == first.resident
    assert list(find_violations()) == []


def test_nobody_passes_the_line(item, booking, slot):
    join(item)
    cancel(booking)
    with pytest.raises(ValidationError) as refused:
        make.booking(item=item, slot=slot)
    assert refused.value.code == "full"


@pytest.mark.parametrize("via", ["online", "phone"])
def test_accepted_offer_is_a_booking(item, booking, slot, via):
    row = join(item)
    cancel(booking)
    by = row.resident.login if via == "online" else make.clerk(community=item.community)
    made = actions.accept_offer(row=offered(row), at=NOW, via=via, by=by)
    row.refresh_from_db()
    assert (row.status, row.booking, row.slot, row.offer_until) == ("accepted", made, None, None)
    assert (made.status, made.slot, made.resident) == ("booked", slot, row.resident)
    slot.refresh_from_db()
    assert slot.taken == 1
    assert list(find_violations()) == []


def test_place_of_the_desk_may_be_accepted_online(item, counter):
    desk = make.slot(counter=counter, starts_at=make.moment(1, 15), capacity=1, channel="counter")
    clerk = make.clerk(community=item.community)
    held = make.booking(item=item, slot=desk, via="phone", by=clerk)
    row = join(item)
    cancel(held)
    assert actions.accept_offer(row=offered(row), at=NOW, via="online", by=row.resident.login).slot == desk


def test_declined_offer_goes_to_the_next(item, booking):
    first, second = join(item), join(item)
    cancel(booking)
    actions.leave_line(row=offered(first), at=NOW, via="online", by=first.resident.login)
    assert states(first, second) == ["declined", "offered"]
    assert list(find_violations()) == []


def test_offer_after_its_deadline_is_refused_before_anything_swept_it(item, booking):
    row = join(item)
    cancel(booking)
    late = NOW + dt.timedelta(hours=4)
    act = {"row": offered(row), "via": "online", "by": row.resident.login}
    assert refusal(actions.accept_offer, at=late, **act) == "offer_over"
    assert actions.accept_offer(at=late - dt.timedelta(seconds=1), **act)


def test_offer_lapses_and_goes_to_the_next(item, booking):
    first, second = join(item), join(item)
    cancel(booking)
    for _run in range(2):
        actions.tend_line(at=NOW + dt.timedelta(hours=4))
    assert states(first, second) == ["lapsed", "offered"]
    assert Message.objects.filter(event="waiting_lapsed").count() == 1
    assert list(find_violations()) == []


def test_who_accepted_and_cancels_waits_behind_the_others(item, booking):
    first, second = join(item), join(item)
    cancel(booking)
    made = actions.accept_offer(row=offered(first), at=NOW, via="online", by=first.resident.login)
    third = join(item)
    cancel(made)
    assert states(first, second, third) == ["accepted", "offered", "waiting"]
    again = join(item, first.resident)
    assert (third.position, again.position) == (1, 2)


def test_answer_of_a_stranger_is_refused(item, booking):
    row = join(item)
    cancel(booking)
    for act in (actions.accept_offer, actions.decline_offer, actions.leave_line):
        assert refusal(act, row=offered(row), at=NOW, via="online", by=make.user()) == "not_allowed"


def test_accepting_and_declining_twice_is_refused(item, booking):
    row = join(item)
    cancel(booking)
    found = offered(row)
    actions.decline_offer(row=found, at=NOW, via="online", by=row.resident.login)
    act = {"at": NOW, "via": "online", "by": row.resident.login}
    assert refusal(actions.decline_offer, row=found, **act) == "already_declined"
    assert refusal(actions.accept_offer, row=found, **act) == "offer_over"


# Which places, for whom -------------------------------------------------------------------------------------


def test_only_days_and_halls_that_they_want_are_offered(item, booking, counter):
    other = make.facility(community=item.community)
    wants_other = join(item, facility=other)
    wants_later = join(item, first_day=make.moment(2, 0).date(), last_day=make.moment(3, 0).date())
    wants_this = join(item, facility=counter.facility)
    cancel(booking)
    assert states(wants_other, wants_later, wants_this) == ["waiting", "waiting", "offered"]


def test_place_freed_by_a_move_or_by_us_is_offered(item, booking, counter):
    first, second = join(item), join(item)
    later = make.slot(counter=counter, starts_at=make.moment(2, 9), capacity=1)
    clerk = make.clerk(community=item.community)
    actions.move_booking(booking=booking, slot=later, at=NOW, via="phone", by=clerk)
    assert states(first, second) == ["offered", "waiting"]
    [offer] = HallWaiting.objects.filter(status="offered")
    taken = actions.accept_offer(row=offer, at=NOW, via="phone", by=clerk)
    actions.revoke_booking(booking=taken, at=NOW, by=clerk, reason="停电")
    assert states(first, second) == ["accepted", "offered"]


def test_places_that_staff_add_go_to_the_line_first(item, booking, counter, slot):
    row = join(item)
    clerk = make.clerk(community=item.community)
    desk = make.slot(counter=counter, starts_at=make.moment(1, 15), capacity=1, channel="counter")
    Slot.objects.filter(pk=desk.pk).update(closed_by="staff")
    actions.reopen_slot(slot=desk, at=NOW, by=clerk)
    assert offered(row).slot == desk


def test_times_that_are_laid_out_go_to_the_line_first(item, booking, counter):
    row = join(item)
    actions.lay_out_slots(community=item.community, at=NOW)
    assert offered(row).slot.day == TOMORROW
    assert list(find_violations()) == []


def test_nothing_is_offered_after_the_last_useful_moment(item, slot):
    held = make.booking(item=item, slot=slot)
    row = join(item)
    cancel(held, at=make.moment(1, 14, 1))
    assert states(row) == ["waiting"]


def test_offer_never_lasts_beyond_the_last_useful_moment(item, slot):
    held = make.booking(item=item, slot=slot)
    row = join(item)
    cancel(held, at=make.moment(1, 12))
    assert offered(row).offer_until == make.moment(1, 14)


def test_quiet_hours_do_not_count(item, slot):
    make.rule("quiet_hours", params={"from": "21:00", "to": "08:00"})
    held = make.booking(item=item, slot=slot)
    row = join(item)
    cancel(held, at=make.moment(0, 20))
    assert offered(row).offer_until == make.moment(1, 11)


def test_who_is_told_at_the_door_has_a_whole_working_day(item, counter):
    later = make.slot(counter=counter, starts_at=make.moment(3, 9), capacity=1)
    soon = make.slot(counter=counter, starts_at=make.moment(1, 9), capacity=1)
    held = [make.booking(item=item, slot=each) for each in (later, soon)]
    clerk = make.clerk(community=item.community)
    nobody = make.resident(community=item.community, phone="")
    row = join(item, nobody, via="window", by=clerk, last_day=make.moment(3, 0).date())
    cancel(held[1])
    assert states(row) == ["waiting"]
    cancel(held[0])
    assert offered(row).offer_until == make.moment(2, 17)


def test_closed_time_is_taken_back_and_they_wait_where_they_were(item, booking, slot):
    first, second = join(item), join(item)
    cancel(booking)
    actions.close_slot(slot=slot, at=NOW, by=make.clerk(community=item.community))
    actions.tend_line(at=NOW)
    assert states(first, second) == ["waiting", "waiting"]
    assert first.position == 1
    assert Message.objects.filter(event="waiting_taken_back").count() == 1
    assert list(find_violations()) == []


def test_who_waited_in_vain_is_told_when_the_days_are_over(item, booking):
    row = join(item)
    actions.tend_line(at=make.moment(2, 0, 1))
    assert states(row) == ["ended"]
    assert Message.objects.filter(event="waiting_ended").count() == 1


def test_dead_people_leave_the_line_and_their_offer_goes_on(item, booking):
    first, second = join(item), join(item)
    cancel(booking)
    handle_resident_death(resident=first.resident, at=NOW, by=make.clerk(community=item.community))
    assert states(first, second) == ["declined", "offered"]


# At the desk ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [("accept", "accepted"), ("decline", "declined")])
def test_desk_answers_for_somebody_on_the_phone(client, item, booking, name, status):
    row = join(item)
    cancel(booking)
    client.force_login(make.clerk(community=item.community))
    url = reverse("admin:services_hallwaiting_act", args=[row.code, name])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert states(row) == [status]


def test_desk_sees_only_its_own_community(client, item, booking):
    row = join(item)
    client.force_login(make.clerk(community=make.community()))
    assert client.get(reverse("admin:services_hallwaiting_act", args=[row.code, "leave"])).status_code == 404
