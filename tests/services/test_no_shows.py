"""Who stays away too often books by phone only, where the community says so; staff hear objections."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.models import Message, Record
from services import actions
from services.backoffice.queues import hall_queues
from services.models import Booking
from tests import make

AT = make.MORNING
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def anna():
    return make.own_resident()


@pytest.fixture
def rule():
    return make.rule("hall_no_shows", params={"most": 3, "days": 90})


@pytest.fixture
def clerk():
    return make.clerk()


def missed(person, days_ago: int = 1, **values) -> Booking:
    """Booked by staff for a day that is over, and nobody came."""
    at = AT - days_ago * DAY
    slot = make.slot(starts_at=at)
    booking = make.booking(
        resident=person, slot=slot, at=at - dt.timedelta(hours=2), via="phone", by=make.clerk(), **values
    )
    return actions.record_no_show(booking=booking, at=at, by=make.clerk())


def refusal(act, **values) -> str:
    with pytest.raises(ValidationError) as refused:
        act(**values)
    return refused.value.code


def stayed_away(person, times: int = 3) -> list[Booking]:
    return [missed(person, number) for number in range(1, times + 1)]


# The rule ---------------------------------------------------------------------------------------------------


def test_who_stayed_away_too_often_books_by_phone_only(anna, rule, clerk):
    stayed_away(anna)
    slot = make.slot()
    assert refusal(make.booking, resident=anna, slot=slot) == "by_phone_only"
    assert make.booking(resident=anna, slot=slot, via="phone", by=clerk)


def test_who_has_a_mandate_books_no_more_for_them_either(anna, rule):
    stayed_away(anna)
    mandate = make.mandate(principal=anna)
    assert refusal(make.booking, resident=anna, by=mandate.agent) == "by_phone_only"
    assert make.booking(resident=make.own_resident(login=mandate.agent), by=mandate.agent)


def test_fewer_or_older_or_excused_ones_do_not_count(anna, rule, clerk):
    *_two, third = stayed_away(anna)
    actions.excuse_absence(booking=third, at=AT, by=clerk, reason="住院")
    missed(anna, 91)
    assert make.booking(resident=anna)


@pytest.mark.parametrize("params", [None, {"most": 0, "days": 90}])
def test_off_by_default(anna, params):
    if params:
        make.rule("hall_no_shows", params=params)
    stayed_away(anna, 5)
    assert make.booking(resident=anna)


def test_rule_is_the_one_in_force_today(anna, rule):
    stayed_away(anna)
    make.rule("hall_no_shows", params={"most": 5, "days": 90}, valid_from=AT.date())
    assert make.booking(resident=anna)


def test_line_is_joined_by_phone_only(anna, rule, clerk):
    stayed_away(anna)
    item = make.bookable(book_days_ahead=14)
    make.booking(item=item, slot=make.slot(of=item, capacity=1))
    tomorrow = make.moment(1, 9).date()
    wish = {"item": item, "resident": anna, "first_day": tomorrow, "last_day": tomorrow, "at": AT}
    assert refusal(actions.join_line, via="online", by=anna.login, **wish) == "by_phone_only"
    assert actions.join_line(via="phone", by=clerk, **wish)


def test_page_says_so_with_the_phone(client, anna, rule):
    stayed_away(anna)
    client.force_login(anna.login)
    slot = make.slot()
    item = slot.counter.items.get()
    sent = {"slot": slot.code, "resident": anna.code, "once": "6f1c1a3e-0000-4000-8000-000000000002"}
    page = client.post(f"/services/{item.code}/book/check/", sent)
    assert page.status_code == 422
    assert page.context["form"].has_error("__all__", code="by_phone_only")
    assert anna.community.phone in page.content.decode()


# Objections -------------------------------------------------------------------------------------------------


def object_to(booking, person, text="我到了，窗口没开", **values):
    said = {"objection": text, "at": AT, "via": "online", "by": person.login} | values
    return actions.object_to_no_show(booking=booking, **said)


def test_objection_waits_for_staff_and_is_recorded_without_its_words(anna, clerk):
    booking = object_to(missed(anna), anna)
    assert booking.has_open_objection
    assert [queue.count for queue in hall_queues(clerk) if "objections" in queue.url] == [1]
    kept = Record.objects.get(verb="no_show_objected")
    assert "窗口" not in str(kept.details)


def test_granted_objection_is_excused_told_and_not_counted(anna, rule, clerk):
    first, *_others = stayed_away(anna)
    actions.excuse_absence(booking=object_to(first, anna), at=AT, by=clerk, reason="我们记错了")
    assert Message.objects.filter(event="booking_objection_granted").count() == 1
    assert list(Booking.objects.objected()) == []
    assert make.booking(resident=anna)


def test_absence_that_is_excused_unasked_sends_nothing(anna, clerk):
    actions.excuse_absence(booking=missed(anna), at=AT, by=clerk, reason="住院")
    assert not Message.objects.filter(event="booking_objection_granted").exists()


def test_rejected_objection_stays_counted_and_says_why(anna, rule, clerk):
    first, *_others = stayed_away(anna)
    booking = object_to(first, anna)
    actions.reject_objection(booking=booking, at=AT, by=clerk, reason="监控显示无人到场")
    assert Message.objects.filter(event="booking_objection_rejected").count() == 1
    assert (list(Booking.objects.objected()), booking.status) == ([], "no_show")
    assert refusal(make.booking, resident=anna) == "by_phone_only"


def test_wrong_objections_and_answers_are_refused(anna, clerk):
    booking, live = missed(anna), make.booking(resident=anna)
    stranger = make.own_resident()
    say = {"person": anna, "booking": booking}
    for values, code in [
        (say | {"text": " "}, "reason_missing"),
        (say | {"text": "x" * 201}, "reason_too_long"),
        (say | {"person": stranger}, "not_allowed"),
        (say | {"booking": live}, "not_possible"),
    ]:
        assert refusal(object_to, **values) == code
    answer = {"at": AT, "by": clerk, "reason": "不成立"}
    assert refusal(actions.reject_objection, booking=booking, **answer) == "already_answered"
    assert refusal(actions.reject_objection, booking=live, **answer) == "not_possible"
    object_to(booking, anna)
    assert refusal(object_to, **say) == "already_objected"
    actions.reject_objection(booking=booking, **answer)
    assert refusal(actions.reject_objection, booking=booking, **answer) == "already_answered"


def test_no_show_that_is_taken_back_takes_the_objection_with_it(anna, clerk):
    booking = missed(anna, 0)
    object_to(booking, anna)
    actions.reject_objection(booking=booking, at=AT, by=clerk, reason="监控显示无人到场")
    actions.undo_transition(booking=booking, at=AT, by=clerk)
    booking.refresh_from_db()
    said = (booking.objection, booking.objected_at, booking.objection_answer)
    assert (booking.status, *said) == ("booked", "", None, "")
    actions.record_no_show(booking=booking, at=AT, by=clerk)
    assert object_to(booking, anna).has_open_objection


def test_excuse_that_is_taken_back_leaves_the_objection_open(anna, clerk):
    booking = object_to(missed(anna, 0), anna)
    actions.excuse_absence(booking=booking, at=AT, by=clerk, reason="我们记错了")
    actions.undo_transition(booking=booking, at=AT, by=clerk)
    assert Booking.objects.get(pk=booking.pk).has_open_objection


def test_objection_is_granted_by_what_is_stored_and_not_by_what_was_read(anna, clerk):
    rejected, objected = missed(anna), missed(anna, 2)
    stale = Booking.objects.shown().get(pk=objected.pk)
    object_to(rejected, anna)
    open_then = Booking.objects.shown().get(pk=rejected.pk)
    actions.reject_objection(booking=rejected, at=AT, by=clerk, reason="监控显示无人到场")
    object_to(objected, anna)
    for booking in (open_then, stale):
        actions.excuse_absence(booking=booking, at=AT, by=clerk, reason="住院")
    told = Message.objects.filter(event="booking_objection_granted")
    assert [each.dedupe for each in told] == [f"booking_objection_granted:{objected.pk}"]


def test_database_has_no_objection_without_its_moment(anna):
    booking = missed(anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(objection="我到了")


# The pages --------------------------------------------------------------------------------------------------


def test_person_objects_on_the_page_of_the_booking(client, anna, html):
    booking = missed(anna)
    client.force_login(anna.login)
    url = reverse("booking_objection", args=[booking.code])
    assert url in html(client.get(booking.get_absolute_url()))
    assert client.post(url, {"objection": ""}).status_code == 422
    page = client.post(url, {"objection": "我到了"}, follow=True)
    assert page.redirect_chain[-1][0] == booking.get_absolute_url()
    assert url not in html(page)
    again = client.post(url, {"objection": "我到了"})
    assert (again.status_code, again.context["form"].has_error("__all__", code="already_objected")) == (
        422,
        True,
    )


def test_page_shows_the_answer(client, anna, clerk, html):
    booking = object_to(missed(anna), anna)
    actions.reject_objection(booking=booking, at=AT, by=clerk, reason="监控显示无人到场")
    client.force_login(anna.login)
    assert "监控显示无人到场" in html(client.get(booking.get_absolute_url()))


def test_phone_and_code_are_enough(client):
    person = make.resident(phone=make.mobile())
    booking = missed(person)
    client.post(reverse("find_booking"), {"phone": person.phone, "code": booking.code})
    client.post(reverse("booking_objection", args=[booking.code]), {"objection": "我到了"})
    booking.refresh_from_db()
    assert booking.has_open_objection


def test_page_of_another_is_not_found(client, anna):
    booking = missed(anna)
    client.force_login(make.own_resident().login)
    assert client.get(reverse("booking_objection", args=[booking.code])).status_code == 404


def test_clerk_rejects_it_in_the_back_office(client, anna, clerk):
    booking = object_to(missed(anna), anna)
    client.force_login(clerk)
    listed = client.get(reverse("admin:services_booking_changelist"), {"attention": "objections"})
    assert [row.pk for row in listed.context["cl"].result_list] == [booking.pk]
    sent = {"verb": "reject", "reason": "监控显示无人到场"}
    client.post(reverse("admin:services_booking_do", args=[booking.code]), sent)
    booking.refresh_from_db()
    assert booking.objection_answer == "监控显示无人到场"
