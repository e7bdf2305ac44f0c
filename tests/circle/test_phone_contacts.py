"""Who works with a case can phone."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions.phone_contacts import disclose_phone
from circle.models import Record
from tests import make, make_council
from tests import make_childcare as nursery
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


def url(resident) -> str:
    return f"/admin/circle/resident/phone/{resident.code}/"


def shown(resident) -> list:
    return [row.details["page"] for row in Record.objects.filter(verb="data_read", subject_id=resident.pk)]


def hall():
    booking = make.booking()
    return booking.resident, make.clerk(community=booking.community)


def coordination():
    booking = care.booking()
    return booking.resident, care.coordinator()


def visit():
    worker = care.care_worker()
    return care.assigned(worker=worker).resident, worker


def application():
    found = nursery.submitted()
    return found.guardian, nursery.head()


@pytest.mark.parametrize("case", [hall, coordination, visit, application])
def test_who_works_on_a_matter_phones_and_the_person_can_see_it(client, case):
    resident, worker = case()
    client.force_login(worker)
    before = client.get(url(resident))
    assert (before.status_code, resident.phone in before.text, shown(resident)) == (200, False, [])
    after = client.post(url(resident))
    assert f'href="tel:{resident.phone}"' in after.text
    assert after["Cache-Control"].count("no-store") == 1
    assert shown(resident) == ["phone"]


def test_topic_lets_the_secretary_phone(client):
    with time_machine.travel(make_council.IN_CALL, tick=False):
        topic = make_council.topic()
        client.force_login(make_council.secretary())
        assert f'href="tel:{topic.raised_by.phone}"' in client.post(url(topic.raised_by)).text


def test_when_the_matter_is_over_so_is_the_number(client):
    resident, clerk = hall()
    resident.bookings.update(status="served")
    client.force_login(clerk)
    assert (client.get(url(resident)).status_code, client.post(url(resident)).status_code) == (404, 404)
    assert shown(resident) == []


def test_nobody_without_a_matter_is_shown_it():
    resident, other = make.own_resident(), make.own_resident()
    booking = make.booking(resident=other)
    clerk = make.clerk(community=booking.community)
    stranger = make.clerk(community=make.community())
    for person, by in ((resident, clerk), (other, stranger), (other, make.user(is_staff=True))):
        with pytest.raises(ValidationError) as refusal:
            disclose_phone(resident=person, at=make.MORNING, by=by)
        assert refusal.value.code == "not_allowed"


def test_of_who_has_no_phone_the_agents_is_shown_with_the_name():
    elder = make.resident()
    ended = make.mandate(principal=elder, valid_until=dt.date(2026, 11, 1))
    agent = make.mandate(principal=elder, agent=make.resident_login(name="女儿")).agent
    asked = {"resident": elder, "by": care.coordinator(), "via": "phone"}
    booking = care.assigned(worker=care.care_worker(), **asked)
    [contact] = disclose_phone(resident=elder, at=make.MORNING, by=booking.assigned_to)
    assert (contact.name, contact.phone) == ("女儿", agent.phone)
    assert contact.phone != ended.agent.phone


def test_of_a_child_the_guardians_stand_in_their_order():
    application = nursery.submitted()
    second = make.guardianship(child=application.child, rank=2).adult
    contacts = disclose_phone(resident=application.child, at=make.MORNING, by=nursery.head())
    assert [each.phone for each in contacts] == [application.guardian.phone, second.phone]


def test_where_nobody_has_a_phone_it_says_so(client):
    elder = make.resident()
    booking = care.booking(resident=elder, by=care.coordinator(), via="phone")
    client.force_login(booking.booked_by)
    page = client.post(url(elder))
    assert (page.status_code, 'data-code="nothing_there"' in page.text) == (422, True)


def test_sheets_lead_to_the_number(client):
    resident, clerk = hall()
    client.force_login(clerk)
    booking = resident.bookings.get()
    day = f"/admin/services/booking/day/{booking.slot.counter.facility.short_code}/?date={booking.day}"
    assert url(resident) in client.get(day).text
    resident, worker = visit()
    client.force_login(worker)
    day = resident.carebookings.get().day
    assert url(resident) in client.get(f"/admin/eldercare/carebooking/day/?date={day}").text


def test_nurse_phones_a_guardian_of_the_own_class_only(client):
    application = nursery.enrolled()
    other = nursery.enrolled(nursery_class=nursery.nursery_class(code="other"))
    child, guardian = application.child, application.guardian
    nurse = nursery.nurse(application.offered_class)
    with time_machine.travel(nursery.FIRST_MORNING, tick=False):
        client.force_login(nurse)
        assert url(child) in client.get("/admin/childcare/childday/sheet/").text
        assert f'href="tel:{guardian.phone}"' in client.post(url(child)).text
        assert client.get(url(guardian)).status_code == 200
        assert client.get(url(other.child)).status_code == 404
    assert shown(child) == ["phone"]


def test_card_leads_to_the_number_of_whom_there_is_something_to_do_for(client):
    resident, clerk = hall()
    other = make.own_resident(community=resident.community)
    client.force_login(clerk)
    card = "/admin/circle/resident/card/{}/"
    assert url(resident) in client.get(card.format(resident.code)).text
    assert url(other) not in client.get(card.format(other.code)).text
