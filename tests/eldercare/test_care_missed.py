"""Who learns that nobody was at home, until somebody has entered how the elder is."""

import datetime as dt

import pytest

from circle.actions import close_alarm, escalate_alarms
from circle.models import Alarm, Message
from eldercare import actions
from eldercare.hooks.schedule import find_violations
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING
THERE = make.moment(1, 10)
LEADER_AFTER, DIRECTOR_AFTER = dt.timedelta(minutes=30), dt.timedelta(minutes=60)


def readers(event: str) -> list:
    return list(Message.objects.filter(event=event).order_by("pk").values_list("user", flat=True))


@pytest.fixture
def staff():
    roles = ("elder_coordinator", "volunteer_leader", "director")
    return {role: make.post(role, community=make.here()).user for role in roles}


LATE = {"retry": 600, "contacts": 600, "nearby": 600}  # so that leader and director stand out


@pytest.fixture
def steps():
    return make.rule("alarm_steps", params=LATE | {"leader": 30, "director": 60, "repeat": 720})


def missed(**values) -> CareBooking:
    booking = care.assigned(worker=care.care_worker(), **values)
    Message.objects.all().delete()
    return actions.record_not_home(booking=booking, at=THERE, by=booking.assigned_to)


def test_agent_and_coordinators_learn_at_once_that_nobody_was_at_home(staff):
    elder, agent = make.own_resident(), make.resident_login()
    make.mandate(principal=elder, agent=agent)
    make.mandate(principal=elder, agent=make.resident_login(), scope="meals")
    make.mandate(principal=make.own_resident(), agent=make.resident_login())
    missed(resident=elder)
    assert readers("care_not_home") == [agent.pk]
    assert staff["elder_coordinator"].pk in readers("alarm_raised")
    assert not {staff["volunteer_leader"].pk, staff["director"].pk} & set(readers("alarm_raised"))


def test_agent_for_meals_learns_of_a_missed_meal():
    elder, agent = make.own_resident(), make.resident_login()
    make.mandate(principal=elder, agent=agent, scope="meals")
    missed(resident=elder, kind=care.kind(code="meals"))
    assert readers("care_not_home") == [agent.pk]


def test_leader_and_director_follow_while_nobody_answers(staff, steps):
    missed()
    escalate_alarms(at=THERE + LEADER_AFTER - dt.timedelta(minutes=1))
    assert readers("alarm_again") == []
    escalate_alarms(at=THERE + LEADER_AFTER)
    assert readers("alarm_again") == [staff["volunteer_leader"].pk]
    for late in (0, 0, 5):
        escalate_alarms(at=THERE + DIRECTOR_AFTER + dt.timedelta(minutes=late))
    assert readers("alarm_again")[1:] == [staff["director"].pk]


def test_elder_missed_on_saturday_is_told_again_until_settled(staff, steps):
    booking = missed()
    for hours in (1, 13, 25):  # leader and director, then who is on duty, and a round later all again
        escalate_alarms(at=THERE + dt.timedelta(hours=hours))
    known = len(readers("alarm_again"))
    escalate_alarms(at=THERE + dt.timedelta(hours=36))
    again = readers("alarm_again")[known:]
    assert {user.pk for user in staff.values()} <= set(again)
    assert len(again) == len(set(again))
    boss = staff["elder_coordinator"]
    actions.settle_not_home(booking=booking, at=make.moment(3, 10), by=boss, outcome="在女儿家，平安")
    assert Alarm.objects.get().outcome == "在女儿家，平安"
    assert escalate_alarms(at=make.moment(5, 9)) == 0


def test_whoever_closes_the_alarm_settles_the_visit(staff):
    booking = missed()
    boss = staff["elder_coordinator"]
    close_alarm(alarm=Alarm.objects.get(), at=THERE, by=boss, words="电话打通了，在医院陪老伴")
    booking.refresh_from_db()
    assert (booking.outcome, booking.settled_by) == ("电话打通了，在医院陪老伴", boss)
    assert not CareBooking.objects.nobody_home().exists()


def test_mis_tap_closes_its_alarm_and_a_second_one_raises_another(staff):
    booking = missed()
    count = len(readers("alarm_raised"))
    given = {"booking": booking, "by": booking.assigned_to}
    actions.undo_transition(**given, at=THERE)
    assert Alarm.objects.get().status == "closed"
    actions.record_not_home(**given, at=THERE + dt.timedelta(minutes=10))
    assert len(readers("alarm_raised")) == 2 * count
    assert Alarm.objects.live().get().raised_at == THERE + dt.timedelta(minutes=10)


def test_director_learns_where_there_is_no_coordinator():
    booking = care.assigned()
    for post in make.here().posts.filter(role="elder_coordinator"):
        post.ends_on = AT.date() - dt.timedelta(days=1)
        post.starts_on = post.ends_on
        post.save()
    director = make.post("director", community=booking.community).user
    actions.record_not_home(booking=booking, at=THERE, by=booking.assigned_to)
    assert readers("alarm_raised") == [director.pk]


def test_visit_missed_before_there_were_alarms_gets_one():
    booking = missed()
    assert actions.raise_missing_alarms(at=THERE) == 0
    old = care.assigned(slot=care.slot(starts_at=make.moment(1, 10)))
    CareBooking.objects.filter(pk=old.pk).update(status="not_home", status_at=THERE)
    assert any(f"care booking {old.pk}" in line for line in find_violations())
    assert actions.raise_missing_alarms(at=THERE) == 1
    assert list(find_violations()) == []
    assert Alarm.objects.live().count() == 2
    assert booking.resident != old.resident


@pytest.mark.parametrize("verb", ["cancel_booking", "revoke_booking"])
def test_crew_learns_that_a_visit_is_off(verb):
    booking = care.assigned(kind=care.bath_kind())
    first, second = booking.assigned_to, care.care_worker()
    boss = care.coordinator()
    given = {"booking": booking, "at": AT, "by": boss}
    actions.assign_worker(**given, worker=first, assistant=second)
    more = {"via": "phone"} if verb == "cancel_booking" else {"reason": "停水"}
    stale = CareBooking.objects.get(pk=booking.pk)
    getattr(actions, verb)(**given | {"booking": stale}, **more)
    assert readers("care_visit_off") == [first.pk, second.pk]


def test_who_is_replaced_learns_it_and_who_stays_does_not():
    booking = care.assigned(kind=care.bath_kind())
    first, second, third = booking.assigned_to, care.care_worker(), care.care_worker()
    given = {"booking": booking, "at": AT, "by": care.coordinator()}
    actions.assign_worker(**given, worker=first, assistant=second)
    assert readers("care_visit_off") == []
    actions.assign_worker(**given, worker=first, assistant=third)
    assert readers("care_visit_off") == [second.pk]


def test_nobody_learns_of_a_visit_that_was_not_assigned():
    booking = care.confirmed()
    actions.cancel_booking(booking=booking, at=AT, via="phone", by=care.coordinator())
    assert readers("care_visit_off") == []


def test_minutes_until_leader_and_director_are_a_dated_rule(staff):
    make.rule("alarm_steps", params=LATE | {"leader": 10, "director": 20})
    missed()
    escalate_alarms(at=THERE + dt.timedelta(minutes=9))
    assert readers("alarm_again") == []
    escalate_alarms(at=THERE + dt.timedelta(minutes=10))
    assert readers("alarm_again") == [staff["volunteer_leader"].pk]
    escalate_alarms(at=THERE + dt.timedelta(minutes=20))
    assert readers("alarm_again")[1:] == [staff["director"].pk]


def test_without_the_rule_nobody_waits(staff):
    missed()
    escalate_alarms(at=THERE)
    assert readers("alarm_again")[-2:] == [staff["volunteer_leader"].pk, staff["director"].pk]
