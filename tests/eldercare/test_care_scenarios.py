"""Acceptance scenarios of elder care, by their number; 23 and 26 stand with the visits."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from circle import actions as circle_actions
from circle.models import Alarm, Message, Record
from eldercare import actions
from eldercare.actions import Measured
from eldercare.hooks.schedule import tick
from eldercare.models import CareBooking, CareSlot, VisitDuty
from tests import make
from tests import make_childcare as nursery
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT, DAY = make.MORNING, dt.timedelta(days=1)
NINE = make.moment(1, 9)
ALARM_STEPS = {"retry": 5, "contacts": 10, "each": 5, "nearby": 15, "leader": 30, "director": 60}
ALARM_STEPS |= {"repeat": 60, "silence": 45}
WELL = {"systolic": 128, "diastolic": 76, "pulse": 70, "temperature": Decimal("36.5")}


def measure(booking: CareBooking, **values) -> None:
    held = [each.code for each in booking.kind.day_conditions]
    said = {"booking": booking, "at": NINE, "by": booking.assigned_to, "conditions": held}
    actions.record_check(**said, measured=Measured(**WELL | values))


def test_scenario_17_daughter_and_desk_book_one_hour_and_the_elder_says_no(client, refusal, in_the_morning):
    elder = care.elder()
    mandate = make.mandate(principal=elder, scope="bookings")
    boss = care.coordinator(community=elder.community)
    mine = care.slot(kind=care.kind(name_zh="理发到家"))
    first = care.booking(slot=mine, resident=elder, by=mandate.agent)
    second = care.asked({"kind": (other := care.slot()).kind, "resident": elder, "by": boss}, AT)
    said = second | {"slot": other, "via": "phone"}
    assert refusal(actions.book_slot, **said) == "busy"
    for login, page in ((mandate.agent, "care_booking"), (boss, "admin:eldercare_carebooking_change")):
        client.force_login(login)  # both see what takes the hour
        key = first.code if page == "care_booking" else first.pk
        shown = client.get(reverse(page, args=[key]))
        assert "理发到家" in shown.text
    actions.cancel_booking(booking=first, at=AT, via="phone", by=boss)  # the elder's word
    first.refresh_from_db()
    assert (first.status, first.mandate) == ("cancelled", mandate)
    assert Message.objects.filter(event="care_cancelled", user=mandate.agent).exists()
    assert actions.book_slot(**said).status == "requested"


def test_scenario_22_bath_by_one_or_out_of_range_does_not_begin_and_costs_nothing(refusal):
    kind = care.bath_kind(skill="bathing")
    booking = care.confirmed(kind=kind)
    boss = care.coordinator(community=booking.community)
    first, second = (care.care_worker(community=booking.community) for _ in range(2))
    care.certificate(user=first)
    held = care.certificate(user=second)
    crew = {"booking": booking, "at": AT, "by": boss}
    actions.assign_worker(**crew, worker=first)
    begun = {"booking": booking, "at": NINE, "by": first}
    measure(booking)
    assert refusal(actions.begin_care, **begun) == "crew_missing"
    actions.assign_worker(**crew, worker=first, assistant=second)
    held.until = AT.date()
    held.save()
    assert refusal(actions.begin_care, **begun) == "certificate_expired"
    held.until = AT.date() + 30 * DAY
    held.save()
    measure(booking, systolic=190)
    assert refusal(actions.begin_care, **begun) == "out_of_range"
    care.slot(kind=kind, starts_at=make.moment(3, 9))
    actions.stop_for_safety(**begun, reason="血压高")
    booking.refresh_from_db()
    assert (booking.status, booking.is_free) == ("stopped", True)
    offered = Message.objects.get(event="care_stopped").values["next_at"]
    assert dt.datetime.fromisoformat(offered) == make.moment(3, 9)


def test_scenario_24_three_calls_are_one_incident_and_a_false_alarm_needs_words(refusal):
    make.rule("alarm_steps", params=ALARM_STEPS)
    director = make.post("director", community=make.here()).user
    on_duty, leader = make.user(), make.post("volunteer_leader", community=make.here()).user
    make.duty(user=on_duty, starts_at=AT, ends_at=AT + DAY)
    elder = make.resident(building=make.building())
    called = {"resident": elder, "source": "help"}
    first = circle_actions.raise_alarm(**called, at=AT)
    again = circle_actions.raise_alarm(**called, at=AT + dt.timedelta(minutes=2), words="又按了一次")
    by_phone = circle_actions.raise_alarm(**called, at=AT + dt.timedelta(minutes=3), words="邻居来电")
    assert first == again == by_phone
    assert Alarm.objects.get().waits_from == AT
    assert list(first.steps.values_list("kind", "words")) == [
        ("raised", ""), ("joined", "又按了一次"), ("joined", "邻居来电"),
    ]  # fmt: skip
    circle_actions.escalate_alarms(at=AT + dt.timedelta(minutes=60))  # who is on duty says nothing
    told = Message.objects.filter(event="alarm_again").values_list("user", flat=True)
    assert set(told) == {on_duty.pk, leader.pk, director.pk}
    closed = {"alarm": Alarm.objects.get(), "at": AT + dt.timedelta(minutes=61), "by": leader}
    assert refusal(circle_actions.close_alarm, **closed, words="  ") == "reason_missing"
    circle_actions.close_alarm(**closed, words="误按，人很好")
    assert Alarm.objects.get().status == "closed"


def test_scenario_27_other_family_and_worker_without_the_right_get_nothing_and_it_is_logged(client, caplog):
    """The request's log holds the route and the answer, and no code, name or number."""
    application, booking = nursery.submitted(), care.assigned()
    worker, stranger = booking.assigned_to, make.resident_login()
    caplog.set_level("INFO", logger="circle.web.request_log")
    asked = [
        (stranger, "application", [application.code], {}, 404),
        (worker, "admin:eldercare_careprice_settlement", [], {"csv": "1"}, 403),
        (worker, "admin:eldercare_carebooking_figures", [], {"csv": "1"}, 403),
        (worker, "admin:eldercare_carebooking_signature", [booking.code], {}, 403),
    ]
    for user, name, args, query, status in asked:
        client.force_login(user)
        assert (name, client.get(reverse(name, args=args), query).status_code) == (name, status)
    logged = [row.request_values for row in caplog.records if hasattr(row, "request_values")]
    found = {(row["route"], row["status"]) for row in logged}
    assert {(name, status) for _user, name, _args, _query, status in asked} <= found
    assert not any(str(row.code) in str(logged) for row in (booking, application))


def test_scenario_28_days_begin_in_shanghai_and_a_late_or_second_job_makes_nothing_twice():
    elder = care.elder()
    care.tag(resident=elder)
    care.shift(kind=care.kind(community=elder.community))
    midnight = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)  # half past midnight of 1 December there

    def counts() -> tuple[int, int, int, int]:
        rows = (CareSlot, VisitDuty, Message, Record)
        return tuple(row.objects.count() for row in rows)

    list(tick(midnight))
    first = counts()
    assert first[:2] != (0, 0)
    assert not CareSlot.objects.filter(day__lt=dt.date(2026, 12, 1)).exists()
    assert CareSlot.objects.filter(day=dt.date(2026, 12, 1)).exists()  # a Tuesday
    list(tick(midnight))
    assert counts() == first
    list(tick(midnight + DAY))
    late = counts()
    list(tick(midnight + DAY))
    assert counts() == late
    days = list(CareSlot.objects.values_list("kind", "starts_at"))
    assert len(days) == len(set(days))
