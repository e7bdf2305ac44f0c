"""A term of the senior school, from enrolment to the last roll, as pupils and staff meet it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from circle.calendar.working_days import SHANGHAI
from circle.models import Message
from eldercare.hooks.schedule import find_school_violations, tick_school
from eldercare.models import ClassAttendance, ClassWaiting, Enrolment, SchoolClass
from tests import make, make_school
from tests import make_eldercare as care
from tests.conftest import OurClient

pytestmark = pytest.mark.django_db
AT, HOUR = make.MORNING, dt.timedelta(hours=1)


def seat(user) -> OurClient:
    """A device of somebody who has just signed in."""
    client = OurClient()
    client.force_login(user)
    return client


def ask_online(row, resident):
    said = {"resident": str(resident.code), "verb": "enrol"}
    return seat(resident.login).post(row.get_absolute_url(), said)


def ask_at_desk(row, elder, via, boss):
    url = f"{reverse('admin:eldercare_enrolment_new')}?resident={elder.code}"
    return seat(boss).post(url, {"school_class": row.pk, "via": via})


def keep_roll(session, teacher, pupils):
    client = seat(teacher)
    url = f"{reverse('school_roll', args=[session.school_class.code])}?day={session.day}"
    assert client.get(url).status_code == 200
    return client.post(url, {"came": [each.pk for each in pupils], "seen": ""})


def test_a_term_from_enrolment_to_the_last_roll():
    term = make_school.drawn_term()
    teacher = make.user()
    row = make_school.school_class(term=term, capacity=2, teacher_login=teacher)
    boss = care.coordinator(community=row.community)
    online, neighbour = (make.own_resident(community=row.community) for _ in range(2))
    elders = [care.elder(community=row.community) for _ in range(2)]

    with time_machine.travel(term.opens_at - HOUR, tick=False):
        assert ask_online(row, online).status_code == 422  # the window is not open
    with time_machine.travel(AT, tick=False):
        assert ask_online(row, online).status_code == 302
        assert ask_online(row, neighbour).status_code == 302
        for elder, via in zip(elders, ("phone", "paper"), strict=True):
            assert ask_at_desk(row, elder, via, boss).status_code == 302
    assert list(Enrolment.objects.values_list("status", flat=True)) == ["asked"] * 4

    for _ in range(2):  # the clock comes twice
        list(tick_school(term.closes_at))
    drawn = list(Enrolment.objects.filter(status="enrolled"))
    assert len(drawn) == 2
    line = ClassWaiting.objects.order_by("pk")
    assert [each.status for each in line] == ["waiting", "waiting"]
    assert Message.objects.filter(event="school_enrolled").count() == 2
    assert Message.objects.filter(event="school_waiting").count() == 2

    given_up = drawn[0]
    with time_machine.travel(term.closes_at + HOUR, tick=False):
        client = seat(boss)
        assert (
            client.post(reverse("admin:eldercare_enrolment_ask", args=[given_up.code, "cancel"])).status_code
            == 302
        )
        first = ClassWaiting.objects.earliest("pk")
        assert first.status == "offered"
        accept = reverse("admin:eldercare_classwaiting_ask", args=[first.code, "accept"])
        assert client.post(accept).status_code == 302
    pupils = list(Enrolment.objects.filter(status="enrolled").order_by("pk"))
    assert {each.resident_id for each in pupils} == {drawn[1].resident_id, first.resident_id}

    sessions = list(row.sessions.select_related("school_class").order_by("day"))
    assert len(sessions) == 10
    for number, session in enumerate(sessions):
        with time_machine.travel(session.ends_at, tick=False):
            came = pupils if number else pupils[:1]
            assert keep_roll(session, teacher, came).status_code == 302
    assert ClassAttendance.objects.filter(is_present=True).count() == 2 * 10 - 1

    over = dt.datetime.combine(term.last_day + dt.timedelta(days=1), dt.time(8), tzinfo=SHANGHAI)
    list(tick_school(over))
    assert {each.status for each in Enrolment.objects.filter(pk__in=[p.pk for p in pupils])} == {"finished"}
    assert [each.status for each in line.all()] == ["accepted", "ended"]
    assert SchoolClass.objects.get(pk=row.pk).taken == 2  # as the page of the past term says
    assert not list(find_school_violations())
    with time_machine.travel(over, tick=False):
        assert seat(teacher).get(reverse("school_roll", args=[row.code])).status_code == 404
