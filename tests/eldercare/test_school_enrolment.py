"""The senior school: enrolling, the waiting list, the draw."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import merge_residents, report_death
from circle.models import Message, Record
from eldercare import actions
from eldercare.actions.school_draw import lot_of
from eldercare.hooks.schedule import find_school_violations
from eldercare.models import ClassWaiting, Enrolment, SchoolClass
from tests import make, make_school
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT, DAY = make.MORNING, dt.timedelta(days=1)
Status = Enrolment.Status


def enrol(row, resident, boss, at=AT, **values):
    return actions.enrol(school_class=row, resident=resident, via="phone", at=at, by=boss, **values)


def test_enrolling_takes_a_place_and_refuses_by_code(refusal):
    row = make_school.school_class(capacity=1)
    boss, pupil, other = care.coordinator(), care.elder(), care.elder()
    asked = {"school_class": row, "via": "phone", "by": boss}
    window = {"resident": pupil, "at": row.term.opens_at - DAY}
    assert refusal(actions.enrol, **asked, **window) == "window_not_open"
    mine = enrol(row, pupil, boss, is_on_paper=True)
    assert (mine.status, mine.is_on_paper) == (Status.ENROLLED, True)
    assert Message.objects.filter(event="school_enrolled").count() == 1
    assert refusal(actions.enrol, **asked, resident=pupil, at=AT) == "already_enrolled"
    assert refusal(actions.enrol, **asked, resident=other, at=AT) == "class_full"
    late = make.MORNING + 60 * DAY
    assert refusal(actions.enrol, **asked, resident=other, at=late) == "too_late_to_join"
    assert refusal(actions.enrol, **asked | {"via": "online"}, resident=other, at=AT) == "not_allowed"
    assert not list(find_school_violations())


def test_person_has_at_most_the_courses_of_the_term(refusal):
    term = make_school.term(most_courses=1)
    boss, pupil = care.coordinator(), care.elder()
    first, second = (make_school.school_class(term=term) for _ in range(2))
    held = enrol(first, pupil, boss)
    asked = {"school_class": second, "resident": pupil, "via": "phone", "at": AT, "by": boss}
    assert refusal(actions.enrol, **asked) == "too_many_courses"
    actions.cancel_enrolment(enrolment=held, via="phone", at=AT, by=boss)
    assert enrol(second, pupil, boss).status == Status.ENROLLED


def test_former_pupils_come_first_where_the_term_says_so(refusal):
    old = make_school.term(
        season="spring", first_day=(AT - 90 * DAY).date(), last_day=(AT - 9 * DAY).date(),
        opens_at=AT - 99 * DAY, closes_at=AT - 91 * DAY,
    )  # fmt: skip
    boss, known, new = care.coordinator(), care.elder(), care.elder()
    before = make_school.school_class(term=old)
    enrol(before, known, boss, at=AT - 95 * DAY)
    assert actions.finish_terms(at=AT) == 1
    term = make_school.term(is_former_first=True, others_from=AT + DAY)
    row = make_school.school_class(term=term)
    asked = {"school_class": row, "resident": new, "via": "phone", "by": boss}
    assert refusal(actions.enrol, **asked, at=AT) == "window_not_open"
    assert enrol(row, known, boss).is_former
    assert not enrol(row, new, boss, at=AT + DAY).is_former
    assert not list(find_school_violations())


def test_free_place_goes_to_the_line_until_the_last_day_to_join(refusal):
    row = make_school.school_class(capacity=1)
    boss, pupil = care.coordinator(), care.elder()
    held = enrol(row, pupil, boss)
    first, second = (make.own_resident(community=row.community) for _ in range(2))
    online = {"school_class": row, "via": "online", "at": AT}
    line = [actions.wait_for_class(**online, resident=each, by=each.login) for each in (first, second)]
    assert [each.position for each in line] == [1, 2]
    actions.cancel_enrolment(enrolment=held, via="phone", at=AT, by=boss)
    offer = ClassWaiting.objects.shown().get(status="offered")
    assert offer == line[0]
    assert (
        refusal(actions.enrol, school_class=row, resident=pupil, via="phone", at=AT, by=boss) == "class_full"
    )
    assert refusal(
        actions.accept_class_offer, row=offer, via="online", at=offer.offer_until, by=first.login
    ) == "offer_over"  # fmt: skip
    assert actions.tend_class_lines(at=offer.offer_until) == 1
    offer = ClassWaiting.objects.shown().get(status="offered")
    assert offer == line[1]
    soon = offer.status_at + dt.timedelta(minutes=5)
    got = actions.accept_class_offer(row=offer, via="online", at=soon, by=second.login)
    assert got.status == Status.ENROLLED
    assert not list(find_school_violations())
    late = dt.datetime.combine(row.last_join_day, dt.time(23, 30), tzinfo=AT.tzinfo)
    third = make.own_resident(community=row.community)
    actions.wait_for_class(school_class=row, resident=third, via="online", at=AT + DAY, by=third.login)
    actions.cancel_enrolment(enrolment=got, via="phone", at=late, by=boss)  # too short to answer in
    assert not ClassWaiting.objects.filter(status="offered").exists()
    actions.tend_class_lines(at=late + DAY)
    assert ClassWaiting.objects.get(resident=third).status == "ended"


def test_draw_gives_everybody_of_the_window_the_same_chance(refusal):
    term = make_school.drawn_term()
    row, boss = make_school.school_class(term=term, capacity=2), care.coordinator()
    asked = [enrol(row, care.elder(), boss, is_on_paper=n == 0) for n in range(5)]
    assert {each.status for each in asked} == {Status.ASKED}
    actions.cancel_enrolment(enrolment=asked.pop(), via="phone", at=AT, by=boss)
    published = hashlib.sha256(term.seed.encode()).hexdigest()
    assert term.seed_hash == published
    late = {"school_class": row, "resident": care.elder(), "via": "phone", "at": term.closes_at, "by": boss}
    assert refusal(actions.enrol, **late) == "window_not_open"
    assert actions.draw_due_terms(at=term.closes_at - dt.timedelta(seconds=1)) == 0
    assert actions.draw_due_terms(at=term.closes_at) == 1
    assert actions.draw_due_terms(at=term.closes_at) == 0
    order = sorted(asked, key=lambda each: lot_of(term.seed, each.code))
    drawn = Enrolment.objects.filter(status=Status.ENROLLED)
    assert set(drawn) == set(order[:2])
    line = ClassWaiting.objects.waiting().in_line()
    assert [each.resident_id for each in line] == [each.resident_id for each in order[2:]]
    row.refresh_from_db()
    assert (row.drawn_asked, row.drawn_former, row.taken) == (4, 0, 2)
    assert Record.objects.filter(verb="enrolment_drawn").count() == 2
    assert not list(find_school_violations())


def test_death_frees_the_place():
    row, boss = make_school.school_class(capacity=1), care.coordinator()
    held = enrol(row, care.elder(), boss)
    report_death(
        resident=held.resident,
        died_on=AT.date(),
        at=AT,
        by=make.director(),
    )
    held.refresh_from_db()
    assert held.status == Status.CANCELLED
    assert SchoolClass.objects.get(pk=row.pk).taken == 0


def test_two_live_places_of_one_person_are_refused_by_the_table():
    held = make_school.enrolment()
    held.pk, held.code, held.ordinal = None, "ZZZZ2345", 2
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)


def test_merge_of_two_rows_keeps_the_courses_or_names_the_one_too_many():
    term = make_school.term(most_courses=2)
    boss = care.coordinator(community=term.community)
    kept, duplicate = care.elder(community=term.community), care.elder(community=term.community)
    choir, dance, tai_chi = (
        make_school.school_class(term=term, name_zh=name, weekday=day)
        for day, name in enumerate(["合唱班", "舞蹈班", "太极班"])
    )
    enrol(choir, kept, boss)
    enrol(dance, duplicate, boss)
    third = enrol(tai_chi, duplicate, boss)
    pair = {"kept": kept, "duplicate": duplicate, "at": AT, "by": boss}
    with pytest.raises(ValidationError) as refused:
        merge_residents(**pair)
    assert refused.value.code == "merge_clash"
    assert "舞蹈班" in refused.value.messages[0]
    actions.cancel_enrolment(enrolment=third, at=AT, via="phone", by=boss)
    merge_residents(**pair)
    assert sorted(kept.enrolments.live().values_list("ordinal", flat=True)) == [1, 2]
