"""A bath takes two people and a check of the day, whoever enters that it was given."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from circle.models import Record, Rule
from eldercare import actions
from eldercare.actions import Answers, Measured
from eldercare.hooks.schedule import find_violations
from eldercare.models import CareBooking, CareCheck
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING
NINE = make.moment(1, 9)
THERE = make.moment(1, 10)
WELL = {"systolic": 128, "diastolic": 76, "pulse": 70, "temperature": Decimal("36.5")}


def bath(**values) -> CareBooking:
    return care.confirmed(kind=care.bath_kind(), **values)


def assign(booking: CareBooking, *crew, at=AT) -> CareBooking:
    worker, assistant = [*crew, None][:2]
    boss = care.coordinator(community=booking.community)
    return actions.assign_worker(booking=booking, worker=worker, assistant=assistant, at=at, by=boss)


def crewed() -> CareBooking:
    booking = bath()
    return assign(booking, care.care_worker(), care.care_worker())


def measure(booking: CareBooking, at=NINE, by=None, **values) -> CareBooking:
    held = values.pop("conditions", [each.code for each in booking.kind.day_conditions])
    given = {"booking": booking, "at": at, "by": by or booking.assigned_to, "conditions": held}
    return actions.record_check(**given, measured=Measured(**WELL | values))


def finish(booking: CareBooking, by=None) -> dict:
    return {"booking": booking, "at": THERE, "by": by or booking.assigned_to}


def test_bath_is_not_done_by_one_alone(refusal):
    booking = assign(bath(), care.care_worker())
    measure(booking)
    assert refusal(actions.complete_booking, **finish(booking)) == "crew_missing"


def test_bath_is_not_done_without_the_check_of_the_day(refusal):
    booking = crewed()
    assert refusal(actions.complete_booking, **finish(booking)) == "check_missing"
    measure(booking)
    actions.complete_booking(**finish(booking))
    booking.refresh_from_db()
    assert (booking.status, booking.passed_check.systolic, booking.passed_check.taken_by) == (
        "done",
        128,
        booking.assigned_to,
    )
    assert list(find_violations()) == []


def test_second_carer_enters_check_and_outcome():
    booking = crewed()
    measure(booking, by=booking.assistant)
    actions.complete_booking(**finish(booking, booking.assistant))
    assert booking.outcome_by == booking.assistant


@pytest.mark.parametrize(
    "value",
    [
        {"systolic": 180},
        {"systolic": 80},
        {"diastolic": 110},
        {"pulse": 130},
        {"temperature": Decimal("37.8")},
        {"conditions": []},
    ],
)
def test_values_outside_the_limits_are_stored_and_the_bath_is_not_given(refusal, value):
    booking = crewed()
    measure(booking, **value)
    assert not CareCheck.objects.get().is_passed
    assert refusal(actions.complete_booking, **finish(booking)) == "out_of_range"
    measure(booking)
    actions.complete_booking(**finish(booking))
    assert booking.checks.count() == 2


def test_latest_check_counts(refusal):
    booking = crewed()
    measure(booking)
    measure(booking, systolic=180)
    assert refusal(actions.complete_booking, **finish(booking)) == "out_of_range"


def test_limits_are_those_of_the_day_of_the_care(refusal):
    booking = crewed()
    old = Rule.objects.get()
    new = make.rule(old.kind, valid_from=dt.date(2026, 11, 25), params=old.params | {"systolic": [90, 120]})
    measure(booking)
    assert (CareCheck.objects.get().rule, CareCheck.objects.get().is_passed) == (new, False)


@pytest.mark.parametrize(
    "value", [{"systolic": 1280}, {"diastolic": 5}, {"pulse": 0}, {"temperature": Decimal("3.7")}]
)
def test_what_cannot_have_been_measured_is_refused(refusal, value):
    booking = crewed()
    assert refusal(measure, booking=booking, **value) == "not_plausible"


def test_upper_blood_pressure_is_above_the_lower(refusal):
    booking = crewed()
    assert refusal(measure, booking=booking, systolic=70) == "not_plausible"


def test_check_is_of_the_day_and_of_who_is_assigned(refusal):
    booking = crewed()
    for at in (AT, make.moment(2, 9)):
        assert refusal(measure, booking=booking, at=at) == "wrong_day"
    other = care.care_worker(community=booking.community)
    assert refusal(measure, booking=booking, by=other) == "not_yours"
    actions.cancel_booking(booking=booking, at=AT, via="phone", by=booking.resident.login)
    assert refusal(measure, booking=booking) == "not_possible"


def test_check_without_values_or_with_foreign_conditions_is_refused(refusal):
    booking = crewed()
    given = {"booking": booking, "at": NINE, "by": booking.assigned_to}
    assert refusal(actions.record_check, **given, conditions=[]) == "measure_missing"
    assert refusal(measure, booking=booking, conditions=["strange"]) == "need_unknown"


def test_consent_is_asked_when_booking_what_is_checked_and_ends_the_check(refusal):
    kind, elder = care.bath_kind(), make.own_resident()
    slot = care.slot(kind=kind)
    given = {"kind": kind, "slot": slot, "resident": elder, "via": "online", "at": AT, "by": elder.login}
    assert refusal(actions.book_slot, **given, answers=Answers()) == "consent_missing"
    booking = actions.book_slot(**given, answers=Answers(consents=True))
    assert booking.needs_check


def test_values_go_when_the_consent_is_withdrawn():
    booking = crewed()
    measure(booking)
    actions.forget_answers(CareBooking.objects.all())
    check = CareCheck.objects.get()
    assert (check.systolic, check.temperature, check.conditions, check.is_passed) == (None, None, [], True)


def test_fever_is_asked_on_the_day_where_nothing_is_measured(refusal):
    kind = care.kind()
    fever = care.question(kind=kind, moment="day")
    booking = care.assigned(kind=kind)
    assert (booking.needs_check, booking.conditions) == (True, [])
    given = {"booking": booking, "at": NINE, "by": booking.assigned_to}
    assert refusal(actions.complete_booking, **finish(booking)) == "check_missing"
    actions.record_check(**given, conditions=[])
    assert refusal(actions.complete_booking, **finish(booking)) == "out_of_range"
    actions.record_check(**given, conditions=[fever.code])
    actions.complete_booking(**finish(booking))
    assert CareCheck.objects.latest("pk").rule is None


def test_crew_is_of_two_people_and_of_as_many_as_the_kind_says(refusal):
    worker, other, booking = care.care_worker(), care.care_worker(), bath()
    given = {"at": AT, "by": care.coordinator()}
    twice = {"booking": booking, "worker": worker, "assistant": worker}
    assert refusal(actions.assign_worker, **given, **twice) == "crew_twice"
    single = {"booking": care.confirmed(slot=care.slot(starts_at=make.moment(1, 14))), "worker": worker}
    assert refusal(actions.assign_worker, **given, **single, assistant=other) == "crew_too_large"
    stranger = {"booking": booking, "worker": worker, "assistant": make.clerk()}
    assert refusal(actions.assign_worker, **given, **stranger) == "not_on_the_team"


def test_volunteer_comes_as_the_second_but_never_alone(refusal):
    volunteer, worker, booking = make.post("volunteer").user, care.care_worker(), bath()
    alone = {"booking": booking, "worker": volunteer, "at": AT, "by": care.coordinator()}
    assert refusal(actions.assign_worker, **alone) == "not_trained"
    assert refusal(actions.assign_worker, **alone, assistant=worker) == "not_trained"
    assign(booking, worker, volunteer)
    assert booking.crew == [worker, volunteer]


def test_posts_are_those_of_the_day_of_the_care(refusal):
    booking, boss = bath(), care.coordinator()
    ends = care.care_worker(ends_on=AT.date())
    given = {"booking": booking, "at": AT, "by": boss}
    assert refusal(actions.assign_worker, **given, worker=ends) == "not_on_the_team"
    begins = care.care_worker(starts_on=booking.day)
    assert assign(booking, begins).assigned_to == begins


def test_crew_is_completed_later_and_recorded():
    booking, first, second = bath(), care.care_worker(), care.care_worker()
    assign(booking, first)
    assign(booking, first, second)
    booking.refresh_from_db()
    assert booking.crew == [first, second]
    record = Record.objects.about(booking).filter(verb="care_assigned").latest("pk")
    assert record.details["assistant"] == second.pk


def test_crew_and_check_stay_as_booked_when_the_kind_changes(refusal):
    booking = crewed()
    kind = booking.kind
    kind.crew_size, kind.needs_check = 1, False
    kind.save()
    booking = CareBooking.objects.get(pk=booking.pk)
    assert (booking.crew_size, booking.needs_check) == (2, True)
    assert refusal(actions.complete_booking, **finish(booking)) == "check_missing"


@pytest.mark.parametrize(
    "missing", [{"assistant": None}, {"passed_check": None}, {"assigned_to": None}, {"same": True}]
)
def test_database_refuses_a_bath_done_without_crew_or_check(missing):
    booking = crewed()
    measure(booking)
    values = {"assistant": booking.assigned_to} if missing.pop("same", False) else missing
    row = CareBooking.objects.filter(pk=booking.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(status="done", **values)
    row.update(status="done")


def test_crew_that_loses_its_second_a_moment_ago_enters_nothing(refusal):
    booking = crewed()
    measure(booking)
    stale = CareBooking.objects.get(pk=booking.pk)
    assign(booking, booking.assigned_to)
    assert refusal(actions.complete_booking, **finish(stale)) == "crew_missing"


def test_check_of_another_booking_is_found():
    booking, other = crewed(), care.assigned(slot=care.slot(starts_at=make.moment(1, 14)))
    measure(booking)
    mine, theirs = (CareBooking.objects.filter(pk=each.pk) for each in (booking, other))
    mine.update(passed_check=None)
    theirs.update(passed_check=booking.passed_check)
    assert list(find_violations()) == [
        f"care booking {other.pk}: its check is not its own, or was not passed"
    ]
    theirs.update(passed_check=None)
