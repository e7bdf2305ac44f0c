"""The pages of the senior school."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.identifiers.masking import mask_phone
from eldercare import actions
from eldercare.models import ClassAttendance, ClassSession, ClassWaiting, Enrolment, SchoolClass
from tests import make, make_school
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT = make.MORNING


def test_courses_are_shown_and_joined_online_and_the_place_given_back(client):
    row = make_school.school_class(capacity=1)
    actions.lay_out_sessions(school_class=row, at=AT)
    page = client.get(reverse("school"))
    assert page.status_code == 200
    assert row.get_absolute_url() in page.text
    assert client.get(reverse("school_class", args=[row.code])).status_code == 200
    file = client.get(reverse("school_ics", args=[row.code]))
    assert file.content.count(b"BEGIN:VEVENT") == row.sessions.count() > 0
    me, neighbour = (make.own_resident(community=row.community) for _ in range(2))
    client.force_login(me.login)
    said = {"resident": str(me.code), "verb": "enrol"}
    url = reverse("school_class", args=[row.code])
    answer = client.post(url, said)
    held = Enrolment.objects.get(resident=me)
    assert (answer.status_code, answer["Location"]) == (302, reverse("school_place", args=[held.code]))
    assert client.post(url, said).status_code == 422
    assert held.code in client.get(reverse("me")).text
    client.force_login(neighbour.login)
    refused = client.post(url, {"resident": str(neighbour.code), "verb": "enrol"})
    assert refused.context["form"].non_field_errors().as_data()[0].code == "class_full"
    assert client.post(url, {"resident": str(neighbour.code), "verb": "wait"}).status_code == 302
    line = ClassWaiting.objects.get(resident=neighbour)
    assert client.post(reverse("school_place", args=[held.code])).status_code == 404  # not theirs
    client.force_login(me.login)
    client.post(reverse("school_place", args=[held.code]), {"verb": "cancel"})
    client.force_login(neighbour.login)
    client.post(reverse("school_place", args=[line.code]), {"verb": "accept"})
    assert Enrolment.objects.get(resident=neighbour).status == "enrolled"
    assert SchoolClass.objects.get(pk=row.pk).taken == 1


def test_monitor_keeps_the_roll_and_sees_names_only(client):
    monitor = make.own_resident()
    row = make_school.school_class(monitor=monitor, community=monitor.community)
    phone = make.mobile()
    pupil = care.elder(phone=phone)
    held = make_school.enrolment(school_class=row, resident=pupil, at=AT - dt.timedelta(hours=22))
    starts = AT - dt.timedelta(hours=20)
    meeting = ClassSession.objects.create(
        community=row.community, school_class=row, day=starts.date(),
        starts_at=starts, ends_at=starts + dt.timedelta(hours=1),
    )  # fmt: skip
    client.force_login(monitor.login)
    roll, roster = (reverse(name, args=[row.code]) for name in ("school_roll", "school_roster"))
    for page in (client.get(roll), client.get(roster)):
        assert pupil.name in page.text
        assert phone not in page.text
        assert mask_phone(phone) not in page.text
    assert roll in client.get(reverse("school")).text
    assert client.post(roll, {"came": [str(held.pk)]}).status_code == 302
    earlier = client.post(roll, {"came": []})
    assert earlier.context["form"].has_error("__all__", "changed_meanwhile")
    assert f"?day={meeting.day}" in earlier.text
    assert ClassAttendance.objects.get(session=meeting).is_present
    client.force_login(make.own_resident(community=row.community).login)
    assert client.get(roll).status_code == client.get(roster).status_code == 404


def test_desk_enrols_from_paper_or_puts_into_the_line(client):
    row, boss = make_school.school_class(capacity=1), care.coordinator()
    client.force_login(boss)
    for via in ("paper", "phone"):
        elder = care.elder(community=row.community)
        url = f"{reverse('admin:eldercare_enrolment_new')}?resident={elder.code}"
        assert client.get(url).status_code == 200
        sent = client.post(url, {"school_class": row.pk, "via": via, "waits": "on"})
        assert sent.status_code == 302
    held = Enrolment.objects.get()
    assert (held.via, held.is_on_paper) == ("window", True)
    line = ClassWaiting.objects.get()
    ask = reverse("admin:eldercare_enrolment_ask", args=[held.code, "cancel"])
    assert client.post(ask).status_code == 302
    accept = reverse("admin:eldercare_classwaiting_ask", args=[line.code, "accept"])
    line.refresh_from_db()
    assert line.status == "offered"
    assert client.post(accept).status_code == 302
    assert Enrolment.objects.filter(resident=line.resident, status="enrolled").exists()
