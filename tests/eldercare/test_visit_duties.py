"""Nobody is forgotten: duties to look in on people, by period, and what fulfils them."""

import datetime as dt
import itertools
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from circle.calendar.working_days import SHANGHAI
from circle.models import Alarm, Rule
from eldercare import actions
from eldercare.actions import Found
from eldercare.actions.duty_periods import period_of
from eldercare.hooks.schedule import find_violations
from eldercare.models import DutyLayout, RiskTag, Visit, VisitDuty
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
MORNING = make.MORNING
ONE_DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def rules():
    call_command("seed_rules", stdout=StringIO())


def elder(age: int = 84, **values):
    born_on = dt.date(MORNING.year - age, 1, 1)
    return make.resident(**{"born_on": born_on} | values)


def tag(resident, kind="alone", at=MORNING, **values):
    boss = care.coordinator(community=resident.community)
    said = {"evidence": "户口簿（测试）", "by": boss, "at": at}
    return actions.tag_resident(resident=resident, kind=kind, **said | values)


def lay_out(at):
    return actions.lay_out_duties(community=make.here(), at=at)


def noon(year, month, day):
    return dt.datetime(year, month, day, 12, tzinfo=SHANGHAI)


def periods(resident):
    return list(resident.visit_duties.order_by("starts_on", "id").values_list("period", "status"))


# Who is looked in on how often ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "kind", "every"),
    [
        (84, "alone", "week"),
        (80, "left_behind", "week"),
        (79, "alone", "quarter"),
        (79, "disabled", "month"),
        (59, "disabled", "quarter"),
        (84, "disabled", "month"),
        (84, "aged_80", "quarter"),
    ],
)
def test_strictest_level_that_matches_says_how_often(age, kind, every):
    person = elder(age)
    tag(person, kind)
    assert person.visit_duties.get().every == every


def test_reason_of_eighty_years_stands_for_a_missing_day_of_birth():
    person = make.resident(born_on=None)
    tag(person, "alone")
    tag(person, "aged_80")
    assert set(periods(person)) == {("2026-Q4", "dropped"), ("2026-W48", "due")}


def test_birthday_makes_the_duty_weekly():
    person = elder(born_on=dt.date(1946, 12, 3))
    tag(person)
    lay_out(noon(2026, 12, 2))
    assert periods(person) == [("2026-Q4", "due")]
    lay_out(noon(2026, 12, 3))
    assert periods(person) == [("2026-Q4", "dropped"), ("2026-W49", "due")]


def test_scenario_23_tag_of_a_wednesday_gives_a_duty_of_this_week_and_its_end_leaves_history():
    person = elder(81)
    wednesday = noon(2026, 11, 25)
    found = tag(person, at=wednesday)
    duty = person.visit_duties.get()
    assert (duty.period, duty.starts_on, duty.ends_on) == (
        "2026-W48",
        dt.date(2026, 11, 23),
        dt.date(2026, 11, 29),
    )
    actions.close_duties(at=wednesday + WEEK)
    lay_out(wednesday + WEEK)
    actions.end_tag(tag=found, at=wednesday + WEEK + ONE_DAY, by=make.user())
    assert periods(person) == [("2026-W48", "missed"), ("2026-W49", "dropped")]
    assert lay_out(wednesday + 2 * WEEK) == 0


@pytest.mark.long
def test_scenario_23_week_53_and_the_leap_day_leave_no_gap_and_no_double():
    person = elder()
    tag(person, at=noon(2026, 11, 25))
    day = noon(2026, 11, 25)
    while day < noon(2028, 3, 20):
        lay_out(day)
        lay_out(day)
        day += ONE_DAY
    rows = list(person.visit_duties.order_by("starts_on"))
    assert {"2026-W53", "2027-W01", "2028-W09"} <= {row.period for row in rows}
    for before, after in itertools.pairwise(rows):
        assert after.starts_on == before.ends_on + ONE_DAY


@pytest.mark.parametrize(
    ("every", "day", "key", "first", "last"),
    [
        ("week", dt.date(2027, 1, 3), "2026-W53", dt.date(2026, 12, 28), dt.date(2027, 1, 3)),
        ("month", dt.date(2028, 2, 29), "2028-02", dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
        ("month", dt.date(2027, 2, 28), "2027-02", dt.date(2027, 2, 1), dt.date(2027, 2, 28)),
        ("quarter", dt.date(2028, 3, 31), "2028-Q1", dt.date(2028, 1, 1), dt.date(2028, 3, 31)),
        ("quarter", dt.date(2026, 12, 31), "2026-Q4", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
    ],
)
def test_period_of_a_day(every, day, key, first, last):
    found = period_of(every, day)
    assert (found.key, found.starts_on, found.ends_on) == (key, first, last)
    assert found.due_at.astimezone(SHANGHAI).time() == dt.time()


def test_community_without_reasons_needs_no_rule():
    Rule.objects.filter(kind="visit_duties").delete()
    assert lay_out(MORNING) == 0


def test_reason_without_a_rule_is_said_and_not_passed_over(refusal):
    Rule.objects.filter(kind="visit_duties").delete()
    assert refusal(tag, resident=elder()) == "rule_missing"
    assert not RiskTag.objects.exists()


@pytest.mark.parametrize("evidence", ["", " \n ", "太" * 121])
def test_reason_needs_what_proves_it(refusal, evidence):
    assert refusal(tag, resident=elder(), evidence=evidence).startswith("reason_")


def test_dead_person_is_not_tagged_and_their_duty_is_dropped(refusal):
    person = elder()
    tag(person)
    person.died_on = MORNING.date()
    person.save()
    actions.close_duties(at=MORNING)
    assert periods(person) == [("2026-W48", "dropped")]
    assert refusal(tag, resident=person, kind="disabled") == "not_living"


# Nobody forgotten -----------------------------------------------------------------------------------------


def test_invariant_names_whom_the_clock_forgot():
    person = elder()
    tag(person)
    assert not list(find_violations())
    person.visit_duties.all().delete()
    assert list(find_violations()) == [
        f"resident {person.pk}: a reason to look in, and no duty of this period"
    ]
    lay_out(MORNING)
    assert not list(find_violations())


def test_invariant_waits_for_the_clock_to_come_by():
    lay_out(MORNING)
    person = elder()
    RiskTag.objects.create(
        community=person.community, resident=person, kind="alone", evidence="–", since=MORNING.date()
    )
    assert not list(find_violations())
    assert DutyLayout.objects.get().last_tag == 0
    lay_out(MORNING)
    assert person.visit_duties.exists()


# What fulfils a duty --------------------------------------------------------------------------------------


def visit(person, outcome="well", at=MORNING, by=None, **found):
    by = by or care.coordinator(community=person.community)
    return actions.record_visit(resident=person, found=Found(outcome, **found), at=at, by=by)


@pytest.mark.parametrize("outcome", ["well", "needs", "refused"])
def test_who_was_met_is_looked_after(outcome):
    person = elder()
    tag(person)
    made = visit(person, outcome, method="phone", note="灯泡坏了")
    duty = person.visit_duties.get()
    assert (duty.status, duty.done_at, made.duty, made.method) == ("done", MORNING, duty, "phone")
    assert made.minutes == 25


def test_need_without_words_is_refused(refusal):
    person = elder()
    tag(person)
    said = {"resident": person, "found": Found("needs"), "at": MORNING, "by": care.coordinator()}
    assert refusal(actions.record_visit, **said) == "reason_missing"
    assert person.visit_duties.get().status == "due"


def test_two_tries_at_a_closed_door_raise_one_alarm():
    person = elder()
    tag(person)
    visit(person, "not_home")
    assert not Alarm.objects.exists()
    visit(person, "not_home", at=MORNING + ONE_DAY)
    visit(person, "not_home", at=MORNING + ONE_DAY + dt.timedelta(hours=1))
    assert Alarm.objects.get().resident == person
    assert person.visit_duties.get().status == "due"


def test_tries_of_different_weeks_do_not_add_up():
    person = elder()
    tag(person)
    visit(person, "not_home")
    actions.close_duties(at=MORNING + WEEK)
    lay_out(MORNING + WEEK)
    visit(person, "not_home", at=MORNING + WEEK)
    assert not Alarm.objects.exists()


def test_stranger_to_the_elder_enters_nothing(refusal):
    person = elder()
    for by in (
        make.resident_login(),
        care.care_worker(),
        care.coordinator(community=make.community()),
        make.post("grid_worker", grid=make.grid()).user,
    ):
        said = {"resident": person, "found": Found("well"), "at": MORNING, "by": by}
        assert refusal(actions.record_visit, **said) == "not_yours"


def test_grid_worker_looks_in_within_the_own_grid():
    home = make.building()
    worker = make.post("grid_worker", grid=home.grid).user
    person = elder(building=home)
    tag(person)
    visit(person, by=worker)
    assert set(VisitDuty.objects.for_user(worker)) == set(person.visit_duties.all())
    tag(elder(building=make.building(grid=make.grid())))
    assert VisitDuty.objects.for_user(worker).count() == 1


def test_missed_stays_missed():
    person = elder()
    tag(person)
    duty = person.visit_duties.get()
    assert actions.close_duties(at=duty.due_at - dt.timedelta(seconds=1)) == 0
    assert actions.close_duties(at=duty.due_at) == 1
    visit(person, at=duty.due_at + dt.timedelta(minutes=1))
    duty.refresh_from_db()
    assert duty.status == "missed"
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitDuty.objects.filter(pk=duty.pk).update(status="done", done_at=duty.due_at + ONE_DAY)


def visit_booked(person):
    kind = care.kind(code="visits", community=person.community)
    slot = care.slot(kind=kind, starts_at=make.moment(0, 10))
    worker = care.care_worker(community=person.community)
    booking = care.assigned(slot=slot, resident=person, worker=worker)
    return booking, worker


def test_visit_of_elder_care_that_was_made_fulfils_it_and_taken_back_it_does_not():
    person = elder(login=make.resident_login())
    tag(person)
    booking, worker = visit_booked(person)
    actions.close_duties(at=make.moment(0, 11))
    assert person.visit_duties.get().status == "due"
    actions.complete_booking(booking=booking, at=make.moment(0, 11), by=worker)
    actions.close_duties(at=make.moment(0, 11, 1))
    duty = person.visit_duties.get()
    assert (duty.status, duty.booking, duty.done_at) == ("done", booking, booking.status_at)
    actions.undo_transition(booking=booking, at=make.moment(0, 12), by=worker)
    actions.close_duties(at=make.moment(0, 12))
    duty.refresh_from_db()
    assert (duty.status, duty.booking, duty.done_at) == ("due", None, None)


def test_visit_made_on_sunday_counts_though_the_clock_comes_on_monday():
    person = elder(login=make.resident_login())
    tag(person)
    booking, worker = visit_booked(person)
    actions.complete_booking(booking=booking, at=make.moment(0, 11), by=worker)
    actions.close_duties(at=MORNING + 2 * WEEK)
    assert person.visit_duties.get().status == "done"


# Events and rests -----------------------------------------------------------------------------------------


def test_event_asks_for_somebody_within_24_hours(refusal):
    person = elder()
    tag(person)
    said = {"resident": person, "event": "出院回家", "at": MORNING, "by": care.coordinator()}
    duty = actions.note_event(**said)
    assert duty.due_at == MORNING + ONE_DAY
    assert refusal(actions.note_event, **said) == "already_noted"
    lay_out(MORNING)
    duty.refresh_from_db()
    assert duty.status == "due"
    visit(person, at=MORNING + dt.timedelta(hours=3))
    assert set(person.visit_duties.values_list("status", flat=True)) == {"done"}


def test_event_that_nobody_came_for_is_missed_after_24_hours():
    person = elder()
    said = {"resident": person, "event": "停电", "at": MORNING, "by": care.coordinator()}
    duty = actions.note_event(**said)
    actions.close_duties(at=MORNING + ONE_DAY)
    duty.refresh_from_db()
    assert duty.status == "missed"


def rest(person, days, at=MORNING, **values):
    dates = {"starts_on": at.date(), "ends_on": at.date() + dt.timedelta(days=days)}
    said = {"reason": "住院", "said_by": "女儿", "at": at, "by": care.coordinator()}
    return actions.rest_visits(resident=person, **dates | said | values)


def test_duty_rests_until_its_day_and_comes_back_by_itself():
    person = elder()
    tag(person)
    rest(person, days=8)
    assert periods(person) == [("2026-W48", "resting")]
    for number in range(10):
        at = MORNING + number * ONE_DAY
        actions.close_duties(at=at)
        lay_out(at)
    assert periods(person) == [("2026-W48", "resting"), ("2026-W49", "due")]
    assert not list(find_violations())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"said_by": ""}, "reason_missing"),
        ({"said_by": "女" * 61}, "reason_too_long"),
        ({"ends_on": dt.date(2020, 1, 1)}, "ends_before_it_begins"),
    ],
)
def test_rest_says_until_when_why_and_who(refusal, values, code):
    assert refusal(rest, person=elder(), days=3, **values) == code


# Numbers --------------------------------------------------------------------------------------------------


def test_laying_out_takes_the_same_queries_for_many():
    counts = []
    for number, more in ((1, 3), (2, 20)):
        for _ in range(more):
            tag(elder())
        with CaptureQueriesContext(connection) as asked:
            assert lay_out(MORNING + number * WEEK)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_looks_are_never_changed():
    made = visit(elder())
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=made.pk).update(outcome="needs", note="改")
