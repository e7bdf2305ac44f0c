"""The coordinator's and the care workers' verbs."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Message, Record
from eldercare import actions
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING
THERE = make.moment(1, 10)


def by_boss(booking: CareBooking, **values) -> dict:
    return {"booking": booking, "at": AT, "by": care.coordinator(community=booking.community)} | values


def test_confirm_tells_the_elder_and_is_done_once(refusal):
    booking = care.booking()
    actions.confirm_booking(**by_boss(booking))
    assert booking.status == "confirmed"
    assert Message.objects.filter(event="care_confirmed").count() == 1
    assert refusal(actions.confirm_booking, **by_boss(booking)) == "already_confirmed"


def test_request_is_confirmed_for_the_day_that_was_agreed(refusal):
    request = care.request()
    assert refusal(actions.confirm_booking, **by_boss(request)) == "day_missing"
    assert refusal(actions.confirm_booking, **by_boss(request, day=dt.date(2026, 11, 1))) == "day_past"
    actions.confirm_booking(**by_boss(request, day=dt.date(2026, 11, 27)))
    assert (request.status, request.day) == ("confirmed", dt.date(2026, 11, 27))


def test_request_cannot_be_confirmed_for_a_day_that_has_one(refusal):
    day = dt.date(2026, 11, 27)
    first = care.request(day=day)
    second = care.request(kind=first.kind, resident=first.resident)
    assert refusal(actions.confirm_booking, **by_boss(second, day=day)) == "already_booked"
    assert second.status == "requested"


def test_booked_time_keeps_its_day():
    booking = care.booking()
    actions.confirm_booking(**by_boss(booking, day=dt.date(2026, 12, 1)))
    assert booking.day == booking.slot.day


def test_assign_sends_somebody_of_the_team_and_somebody_else_later(refusal):
    booking, worker, other = care.confirmed(), care.care_worker(), care.care_worker()
    actions.assign_worker(**by_boss(booking, worker=worker))
    assert (booking.status, booking.assigned_to) == ("assigned", worker)
    assert refusal(actions.assign_worker, **by_boss(booking, worker=worker)) == "already_assigned"
    actions.assign_worker(**by_boss(booking, worker=other))
    booking.refresh_from_db()
    assert booking.assigned_to == other
    assert Record.objects.about(booking).filter(verb="care_assigned").count() == 2


def test_who_assigns_over_a_choice_that_they_have_not_seen_is_told(client, in_the_morning):
    booking, first, second = care.confirmed(), care.care_worker(), care.care_worker()
    client.force_login(care.coordinator(community=booking.community))
    page = reverse("admin:eldercare_carebooking_ask", args=[booking.code, "assign"])
    url, said = reverse("admin:eldercare_carebooking_do", args=[booking.code]), {"verb": "assign"}
    shown = client.get(page).context["form"].initial["known"]
    actions.assign_worker(**by_boss(booking, worker=first))
    late = client.post(url, said | {"worker": second.pk, "known": shown})
    assert (late.status_code, late.context["form"].has_error("__all__", "changed_meanwhile")) == (422, True)
    booking.refresh_from_db()
    assert booking.assigned_to == first
    known = client.get(page).context["form"].initial["known"]
    assert client.post(url, said | {"worker": second.pk, "known": known}).status_code == 302
    booking.refresh_from_db()
    assert booking.assigned_to == second


def test_only_the_team_of_the_community_is_assigned(refusal):
    booking = care.confirmed()
    strangers = [make.clerk(), care.care_worker(community=make.community())]
    strangers.append(care.care_worker(ends_on=dt.date(2026, 1, 1)))
    strangers.append(care.care_worker(user=make.user(is_active=False)))
    for stranger in strangers:
        assert refusal(actions.assign_worker, **by_boss(booking, worker=stranger)) == "not_on_the_team"


def test_nobody_is_assigned_before_it_is_confirmed(refusal):
    assert (
        refusal(actions.assign_worker, **by_boss(care.booking(), worker=care.care_worker())) == "not_possible"
    )


@pytest.mark.parametrize(("verb", "status"), [("complete_booking", "done"), ("record_not_home", "not_home")])
def test_outcome_is_entered_once_it_has_begun(refusal, verb, status):
    booking, act = care.assigned(), getattr(actions, verb)
    assert refusal(act, **by_boss(booking)) == "too_early"
    act(**by_boss(booking, at=THERE))
    assert booking.status == status
    assert refusal(act, **by_boss(booking, at=THERE)) == f"already_{status}"


@pytest.mark.parametrize("verb", ["complete_booking", "record_not_home"])
def test_outcome_needs_somebody_who_went(refusal, verb):
    assert refusal(getattr(actions, verb), **by_boss(care.confirmed(), at=THERE)) == "not_possible"


def test_request_of_today_is_finished_at_any_hour(refusal):
    request = care.request(day=dt.date(2026, 11, 25))
    actions.confirm_booking(**by_boss(request))
    actions.assign_worker(**by_boss(request, worker=care.care_worker()))
    assert refusal(actions.complete_booking, **by_boss(request)) == "too_early"
    actions.complete_booking(**by_boss(request, at=make.moment(1, 7)))
    assert request.status == "done"


def test_not_home_waits_until_somebody_says_how_the_elder_is(refusal):
    booking = care.missed()
    assert list(CareBooking.objects.nobody_home()) == [booking]
    assert refusal(actions.settle_not_home, **by_boss(booking, outcome="")) == "reason_missing"
    actions.settle_not_home(**by_boss(booking, outcome="在女儿家，平安"))
    actions.settle_not_home(**by_boss(booking, outcome="第二次"))
    assert (booking.outcome, CareBooking.objects.nobody_home().count()) == ("在女儿家，平安", 0)
    assert Record.objects.filter(verb="care_not_home_settled").count() == 1


def test_nothing_is_settled_where_nobody_was_missed(refusal):
    assert refusal(actions.settle_not_home, **by_boss(care.assigned(), outcome="在家")) == "not_possible"


def test_outcome_is_taken_back_on_the_same_day_only(refusal):
    booking = care.missed()
    assert refusal(actions.undo_transition, **by_boss(booking, at=make.moment(2, 9))) == "too_late"
    actions.undo_transition(**by_boss(booking, at=THERE))
    assert booking.status == "assigned"
    assert refusal(actions.undo_transition, **by_boss(booking, at=THERE)) == "already_assigned"


def test_settled_miss_is_not_taken_back(refusal):
    booking = care.missed()
    actions.settle_not_home(**by_boss(booking, at=THERE, outcome="平安"))
    assert refusal(actions.undo_transition, **by_boss(booking, at=THERE)) == "too_late"


def test_outcome_is_not_taken_back_once_another_one_is_booked(refusal):
    booking = care.missed()
    later = care.slot(kind=booking.kind, starts_at=make.moment(1, 15))
    care.booking(slot=later, resident=booking.resident, at=THERE)
    assert refusal(actions.undo_transition, **by_boss(booking, at=THERE)) == "already_booked"
    assert booking.status == "not_home"


@pytest.mark.parametrize("verb", ["complete_booking", "record_not_home", "cancel_booking", "revoke_booking"])
def test_what_is_over_stays_so(refusal, verb):
    booking = care.booking()
    actions.cancel_booking(booking=booking, at=AT, via="online", by=booking.resident.login)
    more = {"cancel_booking": {"via": "phone"}, "revoke_booking": {"reason": "停水"}}.get(verb, {})
    expected = "already_cancelled" if verb == "cancel_booking" else "not_possible"
    assert refusal(getattr(actions, verb), **by_boss(booking, at=THERE, **more)) == expected


@pytest.mark.parametrize("role", ["grid_worker", "care_worker", "volunteer_leader", "volunteer"])
def test_nobody_else_takes_back_that_an_elder_was_missed(refusal, role):
    booking = care.missed()
    other = make.post(role, community=booking.community).user
    assert refusal(actions.undo_transition, booking=booking, at=THERE, by=other) == "not_yours"
    assert list(CareBooking.objects.nobody_home()) == [booking]


@pytest.mark.parametrize("verb", ["complete_booking", "record_not_home"])
@pytest.mark.parametrize("role", ["grid_worker", "care_worker", "volunteer_leader", "volunteer"])
def test_nobody_else_enters_how_a_visit_ended(refusal, verb, role):
    booking = care.assigned()
    other = make.post(role, community=booking.community).user
    assert refusal(getattr(actions, verb), booking=booking, at=THERE, by=other) == "not_yours"
    booking.refresh_from_db()
    assert booking.status == "assigned"


def test_coordinator_of_another_community_enters_nothing(refusal):
    booking = care.assigned()
    stranger = care.coordinator(community=make.community())
    assert refusal(actions.record_not_home, booking=booking, at=THERE, by=stranger) == "not_yours"


def test_booking_names_who_entered_the_outcome_and_when():
    booking = care.missed()
    assert (booking.outcome_by, booking.status_at) == (booking.assigned_to, THERE)
    boss = by_boss(booking, at=THERE)
    actions.undo_transition(**boss)
    assert booking.outcome_by is None
    actions.complete_booking(**boss)
    booking.refresh_from_db()
    assert booking.outcome_by == boss["by"]


def test_worker_who_was_replaced_a_moment_ago_enters_nothing(refusal):
    booking = care.assigned()
    stale, first = CareBooking.objects.get(pk=booking.pk), booking.assigned_to
    actions.assign_worker(**by_boss(booking, worker=care.care_worker(community=booking.community)))
    assert refusal(actions.complete_booking, booking=stale, at=THERE, by=first) == "not_yours"


def test_half_day_is_not_done_after_twenty_minutes(refusal):
    """A missed elder, though, is entered from the beginning on."""
    booking = care.assigned()
    by = booking.assigned_to
    early = {"booking": booking, "at": make.moment(1, 9, 21), "by": by}
    assert refusal(actions.complete_booking, **early) == "too_early"
    actions.record_not_home(**early)
    actions.undo_transition(**early)
    actions.complete_booking(booking=booking, at=make.moment(1, 9, 30), by=by)
    assert booking.status == "done"
