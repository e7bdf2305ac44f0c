"""The weekly meetings of a class, and its roll."""

import datetime as dt

import pytest

from circle.signals import facility_closed
from eldercare import actions
from eldercare.models import ClassAttendance, ClassSession
from tests import make, make_school
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT, DAY = make.MORNING, dt.timedelta(days=1)


def test_meetings_skip_holidays_and_closures_and_come_back():
    row = make_school.school_class()
    assert actions.lay_out_sessions(school_class=row, at=AT) == 10
    assert actions.lay_out_sessions(school_class=row, at=AT) == 0
    first, second, *_rest = days = list(row.sessions.values_list("day", flat=True))
    assert {day.weekday() for day in days} == {1}
    make.calendar_day(first, is_holiday=True, is_workday=False)
    closed = make.closure(facility=row.facility, starts_on=second, ends_on=second)
    facility_closed.send(sender=None, closure=closed, at=AT)
    assert list(row.sessions.values_list("day", flat=True)) == days[2:]
    closed.delete()
    assert actions.lay_out_sessions(school_class=row, at=AT) == 1


def test_roll_is_taken_by_teacher_monitor_or_staff(refusal):
    monitor = make.own_resident()
    teacher = make.user()
    row = make_school.school_class(monitor=monitor, teacher_login=teacher)
    boss, pupils = care.coordinator(), [care.elder() for _ in range(2)]
    came, away = (make_school.enrolment(school_class=row, resident=each) for each in pupils)
    actions.lay_out_sessions(school_class=row, at=AT)
    session = ClassSession.objects.filter(school_class=row).earliest("day")
    after = session.ends_at
    said = {"session": session, "present": [came.pk], "seen": "", "at": after}
    assert refusal(actions.take_roll, **said, by=make.resident_login()) == "not_yours"
    assert refusal(actions.take_roll, **said | {"at": AT}, by=boss) == "too_early"
    stranger = make_school.enrolment(school_class=make_school.school_class(term=row.term)).pk
    assert refusal(actions.take_roll, **said | {"present": [stranger]}, by=boss) == "not_a_pupil"
    for who in (monitor.login, teacher, boss):
        assert actions.take_roll(**said | {"seen": session.seen_roll}, by=who) == 1
    earlier = said | {"present": [away.pk]}
    assert refusal(actions.take_roll, **earlier, by=monitor.login) == "changed_meanwhile"
    assert dict(ClassAttendance.objects.values_list("enrolment", "is_present")) == {
        came.pk: True,
        away.pk: False,
    }
    make.calendar_day(session.day, is_holiday=True, is_workday=False)
    actions.lay_out_sessions(school_class=row, at=AT)
    assert ClassSession.objects.filter(pk=session.pk).exists()  # its roll stays
