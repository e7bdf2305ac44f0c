"""The leader of the volunteers: sees and assigns what volunteers give, and reads no health answers."""

import pytest
import time_machine
from django.urls import reverse

from eldercare.actions import Answers
from eldercare.backoffice.queues import care_queues
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
SHEET = "/admin/eldercare/carebooking/day/"


@pytest.fixture
def leader(client):
    found = make.post("volunteer_leader", community=make.here()).user
    client.force_login(found)
    with time_machine.travel(make.moment(1, 8), tick=False):
        yield found


def visit(**values) -> CareBooking:
    kind = values.pop("kind", None) or care.kind(is_volunteer_led=True)
    need = care.question(kind=kind, sort="need", text_zh="坐轮椅")
    return care.confirmed(kind=kind, answers=Answers(needs=[need.code], note="膝盖刚动过手术"), **values)


def do(client, booking: CareBooking, **said):
    return client.post(reverse("admin:eldercare_carebooking_do", args=[booking.code]), said)


def test_leader_says_who_goes_and_reads_no_answers(client, leader):
    booking, volunteer = visit(), make.post("volunteer").user
    page = client.get(SHEET, {"date": str(booking.day)})
    assert [verb.name for verb in page.context["sheet"].rows[0].verbs] == ["assign"]
    ask = client.get(reverse("admin:eldercare_carebooking_ask", args=[booking.code, "assign"]))
    for shown in (page, ask):
        assert (shown.status_code, "膝盖" in shown.text, "坐轮椅" in shown.text) == (200, False, False)
    assert do(client, booking, verb="assign", worker=volunteer.pk).status_code == 302
    booking.refresh_from_db()
    assert booking.assigned_to == volunteer


def test_every_button_of_the_leader_leads_somewhere(client, leader):
    booking = visit()
    for row in client.get(SHEET, {"date": str(booking.day)}).context["sheet"].rows:
        for verb in row.verbs:
            url = reverse("admin:eldercare_carebooking_ask", args=[row.booking.code, verb.name])
            assert client.get(url).status_code == 200


def test_leader_sees_no_other_kind_and_no_other_community(client, leader):
    bath = visit(kind=care.kind())
    elsewhere = care.kind(is_volunteer_led=True, facility=make.facility(community=make.community()))
    there = visit(kind=elsewhere)
    assert client.get(SHEET, {"date": str(bath.day)}).context["sheet"].rows == []
    worker = make.post("volunteer").user
    for booking in (bath, there):
        assert do(client, booking, verb="assign", worker=worker.pk).status_code == 404


@pytest.mark.parametrize("verb", ["confirm", "cancel", "revoke", "settle", "agree"])
def test_leader_does_nothing_else(client, leader, verb):
    assert do(client, visit(), verb=verb, reason="x").status_code == 403


def test_leader_closes_only_what_is_assigned_to_them(client, leader):
    booking = visit()
    do(client, booking, verb="assign", worker=make.post("volunteer").user.pk)
    assert do(client, booking, verb="finish").status_code in {403, 404}


def test_list_and_page_of_bookings_stay_shut(client, leader):
    booking = visit()
    assert client.get("/admin/eldercare/carebooking/").status_code == 403
    assert client.get(f"/admin/eldercare/carebooking/{booking.pk}/change/").status_code == 403


def test_queue_leads_to_the_first_day_with_a_visit_to_assign(client, leader):
    booking = visit()
    queue = care_queues(leader)[-1]  # after the visits due and one's own
    assert (queue.count, queue.url) == (1, f"{SHEET}?date={booking.day}")
    assert client.get(queue.url).context["sheet"].rows[0].booking == booking


def test_form_says_who_reads_the_note(client):
    kind, elder = care.request_kind(), make.own_resident()
    client.force_login(elder.login)
    page = client.get(f"/eldercare/{kind.code}/needs/", {"resident": str(elder.code)})
    assert "安排服务的人" in page.text
