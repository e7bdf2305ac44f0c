"""Two at once: both parents apply, two nurses hand over one child, a power ends while somebody collects."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from childcare import actions
from childcare.actions import enrolment, filling, leaving, uncollected
from childcare.actions.replacing import EnteredChild
from childcare.models import Application, ChildDay, HeadTask
from circle.actions import add_guardian, revoke_mandate
from circle.booking import transitions
from circle.models import Alarm, Consent, Mandate, Resident
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import FIRST_MORNING as AT

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def code(answer) -> str:
    return answer.code if isinstance(answer, ValidationError) else ""


def test_father_and_mother_apply_at_once_for_their_child(at_once):
    mother, father = ground.own_resident(), ground.own_resident()
    child = ground.resident(born_on=make.START.replace(year=2025), community=mother.community)
    for parent in (mother, father):
        add_guardian(child=child, adult=parent, at=MORNING, by=ground.user())
    group = make.nursery_class(band="mixed", community=child.community)
    drafts = [make.draft(guardian=parent) for parent in (mother, father)]

    def fill(draft) -> Application:
        who = {"via": "online", "at": MORNING, "by": draft.guardian.login}
        row = Application.objects.get(pk=draft.pk)
        return actions.fill_child(
            application=row, child=child, nursery_class=group, start_on=make.START, **who
        )

    answers = at_once(*[lambda draft=draft: fill(draft) for draft in drafts])
    assert sorted(code(answer) for answer in answers) == ["", "already_applied"]
    assert Application.objects.filter(child=child).count() == 1


def test_one_child_entered_in_two_tabs_is_one_resident(at_once):
    found = make.draft()
    group = make.nursery_class(community=found.community)
    before = Resident.objects.count()

    def fill() -> Application:
        return actions.fill_child(
            application=Application.objects.get(pk=found.pk),
            child_name="小明",
            child_born_on=make.START.replace(year=2025, month=6),
            nursery_class=group,
            start_on=make.START,
            via="online",
            at=MORNING,
            by=found.guardian.login,
        )

    answers = at_once(fill, fill)
    assert [code(answer) for answer in answers] == ["", ""]
    assert Resident.objects.count() == before + 1


def test_two_nurses_hand_over_one_child_once(at_once):
    day, by = make.present(), ground.user()
    [mother] = actions.collectors_of(day.application.child, AT)

    def hand_over() -> ChildDay:
        row = ChildDay.objects.shown().get(pk=day.pk)
        return actions.check_out_child(child_day=row, collector=mother.key, at=AT, by=by)

    answers = at_once(*[hand_over] * 4)
    assert sorted(code(answer) for answer in answers) == ["", *["already_left"] * 3]


def class_and_child_arrive(at_once) -> list:
    """All have come, in a transaction that stays open for a moment after the first child; in it, a colleague
    taps the second one."""
    ground.rule("nursery_ratio", params={"infants": 3, "toddlers": 5, "older": 7})
    group = make.nursery_class(capacity=2)
    guardians = [ground.own_resident(community=group.community) for _ in range(2)]
    children = [make.enrolled(nursery_class=group, guardian=each).pk for each in guardians]
    by, has_begun = ground.user(), threading.Event()

    def arrive(pk: int) -> ChildDay:
        return actions.check_in_child(application=Application.objects.get(pk=pk), at=AT, by=by)

    def all_come() -> list[ChildDay]:
        with transaction.atomic():
            arrive(children[0])
            has_begun.set()
            time.sleep(0.5)
            return actions.check_in_class(nursery_class=group, at=AT, by=by)

    def second_comes() -> ChildDay:
        assert has_begun.wait(timeout=20)
        return arrive(children[1])

    return at_once(all_come, second_comes)


def test_all_have_come_and_a_single_arrival_do_not_wait_for_each_other(at_once):
    whole, single = class_and_child_arrive(at_once)
    assert [row.status for row in whole] == ["present"]
    assert code(single) == "already_present"
    assert ChildDay.objects.filter(status="present").count() == 2


def both(at_once) -> list:
    """The mandate ends in a transaction that stays open for a moment; in it, its holder collects."""
    day, by = make.present(), ground.user()
    mandate = ground.mandate(scope="childcare", principal=day.application.guardian)
    key, is_ending = f"mandate-{mandate.code}", threading.Event()

    def revoke() -> None:
        with transaction.atomic():
            revoke_mandate(mandate=Mandate.objects.get(pk=mandate.pk), at=AT, by=by)
            is_ending.set()
            time.sleep(0.5)

    def collect() -> ChildDay:
        assert is_ending.wait(timeout=20)
        row = ChildDay.objects.shown().get(pk=day.pk)
        return actions.check_out_child(child_day=row, collector=key, at=AT, by=by)

    return at_once(revoke, collect)


def test_nobody_collects_under_a_mandate_that_is_being_ended(at_once):
    _, answer = both(at_once)
    assert code(answer) == "may_not_collect"


def test_a_place_becomes_free_once_when_two_ticks_run(at_once):
    found = make.enrolled()
    actions.give_notice(application=found, last_day=AT.date(), via="online", at=AT, by=found.guardian.login)
    late = AT.replace(day=AT.day + 1)
    answers = at_once(*[lambda: leaving.end_due_enrolments(at=late)] * 3)
    assert sum(answers) == 1
    assert make.taken(found.offered_class) == 0


def tick_while_collecting(at_once) -> None:
    """The child is handed over in a transaction that stays open for a moment; in it, the clock reports."""
    make.closing_rule()
    row, is_collecting = make.present(), threading.Event()
    closing = AT.replace(hour=17, minute=30)
    key, by = f"guardian-{row.application.guardian.code}", ground.user()

    def collect() -> None:
        with transaction.atomic():
            found = ChildDay.objects.select_related("application").get(pk=row.pk)
            actions.check_out_child(child_day=found, collector=key, at=closing, by=by)
            is_collecting.set()
            time.sleep(0.5)

    def report() -> int:
        assert is_collecting.wait(timeout=20)
        return actions.report_uncollected(at=closing)

    assert not any(isinstance(answer, Exception) for answer in at_once(collect, report))
    assert ChildDay.objects.get(pk=row.pk).status == "left"


def test_nothing_is_raised_about_a_child_collected_at_the_same_moment(at_once):
    tick_while_collecting(at_once)
    assert not HeadTask.objects.open().exists()
    assert not Alarm.objects.live().exists()


@pytest.mark.planted
def test_without_the_second_look_an_alarm_is_raised_about_a_child_at_home(at_once, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(uncollected, "is_still_here", lambda row: True)
    tick_while_collecting(at_once)
    assert HeadTask.objects.open().exists()
    assert Alarm.objects.live().exists()


def objection_while_enrolling(at_once) -> list:
    """The father objects in a transaction that stays open for a moment; in it, the child is enrolled."""
    make.objection_rule()
    found, father = make.accepted(), ground.own_resident()
    add_guardian(child=found.child, adult=father, at=MORNING, by=ground.user())
    by, is_objecting = ground.user(), threading.Event()

    def object_to() -> None:
        with transaction.atomic():
            row = Application.objects.shown().get(pk=found.pk)
            actions.object_to_acceptance(application=row, via="online", at=MORNING, by=father.login)
            is_objecting.set()
            time.sleep(0.5)

    def enrol() -> Application:
        row = Application.objects.shown().get(pk=found.pk)
        assert is_objecting.wait(timeout=20)
        return actions.enrol_child(application=row, at=MORNING, by=by)

    return at_once(object_to, enrol)


def test_no_child_is_enrolled_while_a_guardian_objects(at_once):
    _, answer = objection_while_enrolling(at_once)
    assert code(answer) == "paused"


def test_without_the_check_the_child_is_enrolled_all_the_same(at_once, monkeypatch):
    """The negative control of the test above."""
    monkeypatch.setattr(enrolment, "check_not_paused", lambda application, at: None)
    _, answer = objection_while_enrolling(at_once)
    assert answer.status == "enrolled"


def test_two_parents_enter_different_children_at_once(at_once):
    found, father = make.verified(child_name="小明"), ground.own_resident()
    add_guardian(child=found.child, adult=father, at=MORNING, by=ground.user())
    actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())
    entered = {
        found.guardian.login: ("小红", make.START.replace(year=2025, month=7)),
        father.login: ("小刚", make.START.replace(year=2025, month=8)),
    }

    def enter(login) -> Application:
        name, born_on = entered[login]
        return actions.fill_child(
            application=Application.objects.get(pk=found.pk),
            child_name=name,
            child_born_on=born_on,
            is_another=True,
            nursery_class=found.nursery_class,
            start_on=make.START,
            via="online",
            at=MORNING,
            by=login,
        )

    answers = at_once(*[lambda login=login: enter(login) for login in entered])
    assert "" in [code(answer) for answer in answers]
    row = Application.objects.get(pk=found.pk)
    assert (row.child.name, row.child.born_on) in entered.values()
    assert row.is_line_restarted
    assert row.undone() == ["health", "documents"]
    assert not Consent.objects.live().filter(matter=row.code).exists()


def first_child_entered_again(at_once) -> Application:
    """One parent enters another child with its health in a transaction that stays open for a moment; in it,
    the other one, whose page still shows the first child, sends that one again."""
    found, father = make.verified(child_name="小明"), ground.own_resident()
    add_guardian(child=found.child, adult=father, at=MORNING, by=ground.user())
    actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())
    born_on, is_entering = found.child.born_on, threading.Event()
    fixed = {"nursery_class": found.nursery_class, "start_on": make.START, "via": "online", "at": MORNING}

    def enter() -> None:
        with transaction.atomic():
            row, who = Application.objects.get(pk=found.pk), {"by": found.guardian.login}
            actions.fill_child(
                application=row,
                child_name="小红",
                child_born_on=born_on.replace(month=7),
                is_another=True,
                **fixed,
                **who,
            )
            health = make.HEALTH | {"vaccinations": "complete", "via": "online", "at": MORNING}
            actions.fill_health(application=row, **health, **who)
            is_entering.set()
            time.sleep(0.5)

    def send_again() -> Application:
        row = Application.objects.select_related("child").get(pk=found.pk)
        assert is_entering.wait(timeout=20)
        return actions.fill_child(
            application=row,
            child_name="小明",
            child_born_on=born_on,
            is_another=True,
            by=father.login,
            **fixed,
        )

    assert [code(answer) for answer in at_once(enter, send_again)] == ["", ""]
    return Application.objects.get(pk=found.pk)


def test_health_of_another_child_does_not_stay_when_two_parents_enter_children(at_once):
    assert first_child_entered_again(at_once).undone() == ["health", "documents"]


def test_without_reading_the_row_again_the_health_of_another_child_stays(at_once, monkeypatch):
    """The negative control of the test above."""

    def as_the_page_shows(application: Application) -> EnteredChild | None:
        child = application.child
        return EnteredChild(child.pk, child.name, child.born_on) if child else None

    monkeypatch.setattr(filling, "child_as_entered", as_the_page_shows)
    assert first_child_entered_again(at_once).undone() == ["documents"]


def both_decide(at_once) -> tuple[list, Application]:
    """Mother accepts and father declines, each from the page that both have open."""
    found, father = make.offered(), ground.own_resident()
    add_guardian(child=found.child, adult=father, at=MORNING, by=ground.user())
    pages = [Application.objects.shown().get(pk=found.pk) for _ in range(2)]
    said = {"via": "online", "at": MORNING}
    answers = at_once(
        lambda: actions.accept_offer(application=pages[0], by=found.guardian.login, **said),
        lambda: actions.decline_offer(application=pages[1], by=father.login, **said),
    )
    return [code(answer) for answer in answers], Application.objects.get(pk=found.pk)


def test_of_two_guardians_who_decide_at_once_one_is_refused_and_nothing_is_half_done(at_once):
    answers, row = both_decide(at_once)
    assert sorted(answers) == ["", "not_possible"]
    assert row.status == ("accepted" if answers[0] == "" else "declined")
    assert make.taken() == (1 if row.status == "accepted" else 0)
    assert row.offers.get().status == row.status


@pytest.mark.planted
def test_without_the_condition_in_the_update_both_guardians_believe_it(at_once, monkeypatch):
    """The negative control of the test above."""

    def trust_the_page(row, rows, allowed, values):
        type(row).objects.filter(pk=row.pk).update(**values)
        return row.status

    monkeypatch.setattr(transitions, "apply_transition", trust_the_page)
    answers, _row = both_decide(at_once)
    assert answers == ["", ""]
