"""The senior school in the back office: what is typed never oversells or undoes; calling a class off."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.models import Message
from eldercare import actions
from eldercare.actions.school_terms import finish_enrolment
from eldercare.hooks.schedule import find_school_violations
from eldercare.models import ClassAttendance, ClassSession, ClassWaiting, Enrolment, SchoolClass, Term
from tests import make, make_school
from tests import make_eldercare as care
from tests.html_forms import sent_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT, DAY = make.MORNING, dt.timedelta(days=1)


def test_capacity_below_the_places_taken_is_refused_in_words(director_client):
    row = make_school.school_class(capacity=3)
    for _ in range(2):
        make_school.enrolment(school_class=row)
    url = reverse("admin:eldercare_schoolclass_change", args=[row.pk])
    sent = sent_by(director_client.get(url), "schoolclass_form") | {"capacity": "1"}
    answer = director_client.post(url, sent)
    [error] = answer.context["adminform"].form.errors.as_data()["capacity"]
    assert (error.code, error.params) == ("places_taken", {"taken": 2})
    assert director_client.post(url, sent | {"capacity": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.capacity, row.taken, row.is_active) == (2, 2, True)


def test_saving_a_term_leaves_the_draw_that_was_made_meanwhile(rf):
    row = make_school.school_class(term=make_school.drawn_term())
    term = Term.objects.get()
    actions.draw_term(term=Term.objects.get(), at=row.term.closes_at)
    term.most_courses = 3
    typed = SimpleNamespace(changed_data=["most_courses"])
    admin.site.get_model_admin(Term).save_model(rf.post("/"), term, typed, change=True)
    term.refresh_from_db()
    assert (term.most_courses, term.drawn_at) == (3, row.term.closes_at)


def test_class_that_is_called_off_ends_every_place_and_wait_and_tells_each(client, refusal):
    row, boss = make_school.school_class(capacity=1), care.coordinator()
    actions.lay_out_sessions(school_class=row, at=AT)
    held = make_school.enrolment(school_class=row, by=boss)
    waits = make_school.waiting(school_class=row)
    client.force_login(boss)
    ask = reverse("admin:eldercare_schoolclass_ask", args=[row.code, "call_off"])
    assert client.get(ask).status_code == 200
    assert client.post(ask).status_code == 302
    for each, state in ((held, "cancelled"), (waits, "ended")):
        each.refresh_from_db()
        assert each.status == state
    assert Message.objects.filter(event="school_called_off").count() == 2
    row.refresh_from_db()
    assert (row.is_active, row.taken, row.sessions.count()) == (False, 0, 0)
    assert refusal(actions.call_off_class, school_class=row, at=AT, by=boss) == "class_off"
    asked = {"school_class": row, "resident": held.resident, "via": "phone", "at": AT, "by": boss}
    assert refusal(actions.enrol, **asked) == "class_off"
    assert not list(find_school_violations())


def test_offered_place_of_a_class_that_is_called_off_is_freed(refusal):
    row, boss = make_school.school_class(capacity=1), care.coordinator()
    held = make_school.enrolment(school_class=row, by=boss)
    make_school.waiting(school_class=row)
    actions.cancel_enrolment(enrolment=held, via="phone", at=AT, by=boss)
    offer = ClassWaiting.objects.shown().get(status="offered")
    assert actions.call_off_class(school_class=SchoolClass.objects.get(pk=row.pk), at=AT, by=boss) == 1
    said = {"row": offer, "via": "phone", "at": AT, "by": boss}
    assert refusal(actions.accept_class_offer, **said) == "class_off"
    assert SchoolClass.objects.get(pk=row.pk).taken == 0
    assert not list(find_school_violations())


def test_term_ends_once_and_who_was_never_drawn_had_no_place():
    held = make_school.enrolment()
    stale = Enrolment.objects.get(pk=held.pk)
    asked = make_school.enrolment(
        school_class=make_school.school_class(term=make_school.drawn_term(season="spring"))
    )
    over = AT + 90 * DAY
    assert actions.finish_terms(at=over) == 2
    assert not finish_enrolment(stale, over)
    asked.refresh_from_db()
    held.refresh_from_db()
    assert (held.status, asked.status) == ("finished", "not_drawn")


def test_roll_says_nothing_of_who_joined_later():
    row, boss = make_school.school_class(capacity=2), care.coordinator()
    first = make_school.enrolment(school_class=row, by=boss)
    actions.lay_out_sessions(school_class=row, at=AT)
    session = ClassSession.objects.filter(school_class=row).earliest("day")
    make_school.enrolment(school_class=row, by=boss, at=session.ends_at + DAY)
    said = {"session": session, "present": [first.pk], "seen": "", "by": boss}
    assert actions.take_roll(**said, at=session.ends_at + 2 * DAY) == 1
    assert ClassAttendance.objects.get().enrolment == first


def test_no_meeting_is_laid_out_in_the_past():
    row = make_school.school_class()
    middle = AT + 45 * DAY
    assert actions.lay_out_sessions(school_class=row, at=middle) == 5
    assert row.sessions.earliest("day").starts_at > middle


@pytest.mark.parametrize(
    ("values", "code"),
    [({"last_day": AT.date() + 400 * DAY}, "term_too_long"), ({"last_day": dt.date(9999, 12, 31)}, None)],
)
def test_term_of_centuries_is_a_slip_of_the_pen(values, code):
    term = make_school.term()
    for name, value in values.items():
        setattr(term, name, value)
    with pytest.raises(ValidationError):
        term.full_clean()
    if code is None:
        with pytest.raises(IntegrityError), transaction.atomic():
            term.save()


def test_teacher_and_monitor_read_names_while_the_term_lasts(client):
    monitor = make.own_resident()
    row = make_school.school_class(monitor=monitor, community=monitor.community)
    assert list(SchoolClass.objects.for_user(monitor.login)) == [row]
    Term.objects.filter(pk=row.term_id).update(first_day=AT.date() - 90 * DAY, last_day=AT.date() - DAY)
    assert not SchoolClass.objects.for_user(monitor.login).exists()
