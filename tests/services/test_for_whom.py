"""The step “for whom?”: whom it suits, oneself first, one's children, and staff's exceptions."""

import datetime as dt

import pytest
import time_machine

from circle.models import Guardianship, Record, Resident
from eldercare.models import CareBooking
from services.models import Booking, Ticket
from tests import make, make_council
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

TODAY = make.MORNING.date()


@pytest.fixture
def mother():
    return make.own_resident(name="周妈妈", born_on=dt.date(1993, 3, 8))


@pytest.fixture
def child(mother):
    """Two years old, and before the mother by name."""
    child = make.resident(name="一一", born_on=dt.date(2024, 5, 1))
    make.guardianship(child=child, adult=mother)
    return child


@pytest.fixture
def nine(mother):
    return make.slot()


@pytest.fixture
def her(client, mother):
    client.force_login(mother.login)
    return client


def ages(code, **params):
    return make.rule(f"ages-{code.lower()}", params=params)


def url(slot, page="who/"):
    return f"/services/{slot.counter.items.get().code}/book/{page}"


def who(client, slot, **more):
    return client.get(url(slot), {"slot": slot.code} | more)


def refusals(response, name="form"):
    errors = response.context[name].errors.as_data()
    return {error.code for field in errors.values() for error in field}


# Who is offered ---------------------------------------------------------------------------------------------


def test_nobody_is_preselected_and_oneself_stands_first(her, nine, mother, child, html):
    page = html(who(her, nine))
    assert page.index(mother.name) < page.index(child.name)
    assert "checked" not in page


def test_own_child_is_called_so_and_no_longer_somebody_one_acts_for(her, nine, child):
    text = who(her, nine).text
    assert ("您的孩子" in text, "您代为办理" in text) == (True, False)


def test_whom_it_does_not_suit_stands_last_and_cannot_be_chosen(her, nine, mother, child):
    ages(url(nine).split("/")[2], until=17)
    page = who(her, nine, choose="1").text
    assert page.index(child.name) < page.index(mother.name)
    assert page.count("disabled") == 1
    assert "17" in page[page.index(mother.name) :]


def test_where_it_suits_one_of_them_nobody_is_asked_and_the_check_names_them(her, nine, mother, child):
    ages(url(nine).split("/")[2], until=17)
    checked = who(her, nine)
    assert f"resident={child.code}" in checked["Location"]
    page = her.get(checked["Location"]).text
    assert (child.name in page, "choose=1" in page) == (True, True)


def test_who_is_alone_is_not_asked(her, nine, mother):
    assert who(her, nine)["Location"].startswith(url(nine, "check/"))
    assert who(her, nine, choose="1").status_code == 200


def test_who_is_alone_and_of_the_wrong_age_is_told(her, nine, mother):
    ages(url(nine).split("/")[2], **{"from": 60})
    page = who(her, nine)
    assert (page.status_code, "60" in page.text) == (200, True)


def test_check_page_names_who_else_it_can_be_for(her, nine, mother):
    page = her.get(url(nine, "check/"), {"slot": nine.code, "resident": mother.code}).text
    assert f"{url(nine)}?slot={nine.code}&amp;choose=1" in page


def test_address_of_the_check_with_the_wrong_person_leads_back(her, nine, child):
    ages(url(nine).split("/")[2], **{"from": 60})
    page = her.get(url(nine, "check/"), {"slot": nine.code, "resident": child.code}, follow=True)
    assert page.redirect_chain[0][0].startswith(url(nine))
    assert "60" in page.text


def test_forged_form_for_the_wrong_age_is_refused_and_kept(her, nine, child):
    ages(url(nine).split("/")[2], **{"from": 60})
    sent = {"slot": nine.code, "resident": child.code, "once": "k"}
    page = her.post(url(nine, "check/"), sent)
    assert (page.status_code, refusals(page)) == (422, {"not_for_age"})
    assert child.name in page.text
    assert not Booking.objects.exists()


def test_bath_for_a_toddler_is_refused(her, mother, child):
    slot = care.slot()
    ages(f"care-{slot.kind.code}", **{"from": 60})
    page = f"/eldercare/{slot.kind.code}/"
    assert her.get(f"{page}who/").text.count("disabled") == 2
    chosen = {"resident": child.code, "slot": slot.code}
    assert her.get(f"{page}when/", chosen)["Location"] == f"{page}who/"
    sent = her.post(f"{page}check/?resident={child.code}&slot={slot.code}", {"note": "", "once": "k"})
    assert (sent.status_code, refusals(sent)) == (422, {"not_for_age"})
    assert not CareBooking.objects.exists()


def test_baby_raises_no_topic(client, mother, child):
    ages("topic", **{"from": 14})
    with time_machine.travel(make_council.IN_CALL, tick=False):
        meeting = make_council.calling()
        client.force_login(mother.login)
        new = client.get("/council/topics/new/").text
        assert new.index(mother.name) < new.index(child.name)
        assert new.count("disabled") == 1
        sent = {"text": "路灯不亮。", "dimension": "housing", "meeting": meeting.slug, "once": "k"}
        page = client.post("/council/topics/new/", sent | {"resident": child.code})
    assert (page.status_code, refusals(page)) == (422, {"not_for_age"})


# My child ---------------------------------------------------------------------------------------------------


def add(client, slot, **values):
    sent = {"child_name": "新新", "born_on": "2026-03-09", "once": "c1"} | values
    return client.post(f"{url(slot)}?slot={slot.code}", sent)


def test_new_number_enters_herself_and_her_child(client, nine):
    ages(url(nine).split("/")[2], until=17)
    login = make.resident_login()
    client.force_login(login)
    page = f"{url(nine)}?slot={nine.code}"
    assert client.post(page, {"name": "新妈妈", "once": "k"})["Location"] == page
    assert "disabled" in client.get(page).text
    to = add(client, nine)["Location"]
    child = Resident.objects.get(name="新新")
    assert (str(child.code) in to, child.born_on) == (True, dt.date(2026, 3, 9))
    assert Guardianship.objects.get(child=child).adult.login == login
    assert client.get(to).status_code == 200


def test_birthday_is_typed_in_three_boxes(her, nine):
    boxes = {"born_on_year": "2026", "born_on_month": "3", "born_on_day": "9"}
    sent = {"child_name": "新新", "once": "c1"} | boxes
    assert her.post(f"{url(nine)}?slot={nine.code}", sent).status_code == 302
    assert Resident.objects.get(name="新新").born_on == dt.date(2026, 3, 9)


def test_child_added_by_a_double_click_is_one(her, nine):
    answers = {add(her, nine)["Location"] for _ in range(2)}
    assert (len(answers), Resident.objects.filter(name="新新").count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"child_name": " "}, "required"),
        ({"born_on": ""}, "required"),
        ({"born_on": "2026-02-30"}, "invalid"),
        ({"born_on": (TODAY + dt.timedelta(days=1)).isoformat()}, "not_born"),
        ({"born_on": "1906-03-09"}, "not_a_child"),
        ({"child_name": "一 一", "born_on": "2024-05-01"}, "child_known"),
    ],
)
def test_child_that_cannot_be_is_refused_and_what_was_typed_stays(her, nine, child, values, code):
    before = Resident.objects.count()
    page = add(her, nine, **values)
    assert (page.status_code, refusals(page, "child")) == (422, {code})
    assert page.context["child"]["child_name"].value() == values.get("child_name", "新新")
    assert Resident.objects.count() == before


def test_who_acts_for_another_adds_no_child_in_their_name(client, nine, mother):
    agent = make.resident_login()
    make.mandate(agent=agent, principal=mother)
    client.force_login(agent)
    add(client, nine)
    assert not Resident.objects.filter(name="新新").exists()


# Staff ------------------------------------------------------------------------------------------------------


def test_clerk_makes_an_exception_with_a_reason_that_is_recorded(client, mother, nine):
    item, hall = nine.counter.items.get(), nine.counter.facility
    ages(item.code, **{"from": 60})
    client.force_login(make.clerk(community=hall.community))
    chosen = f"facility={hall.short_code}&resident={mother.code}&item={item.code}"
    page = f"/admin/services/booking/new/time/?{chosen}"
    assert "age_reason" not in client.get(page).text
    sent = {"slot": nine.code, "via": "phone", "once": "k"}
    refused = client.post(page, sent)
    assert (refused.status_code, refusals(refused)) == (422, {"not_for_age"})
    assert 'name="age_reason"' in refused.text
    client.post(page, sent | {"age_reason": "重残"})
    booking = Booking.objects.get()
    assert booking.age_reason == "重残"
    assert Record.objects.about(booking).get(verb="booking_made").details["exception"] == "age"


def test_clerk_takes_in_a_walk_in_of_another_age_with_a_reason(client, mother, nine):
    item, hall = nine.counter.items.get(), nine.counter.facility
    make.slot(counter=nine.counter, starts_at=make.moment(0, 9), channel="counter")
    ages(item.code, **{"from": 60})
    client.force_login(make.clerk(community=hall.community))
    page = f"/admin/services/booking/walk-in/{hall.short_code}/"
    sent = {"item": item.code, "name": mother.name, "phone": "", "person": mother.code, "once": "k"}
    refused = client.post(page, sent)
    assert (refused.status_code, refusals(refused)) == (422, {"not_for_age"})
    assert client.post(page, sent | {"age_reason": "重残"}).status_code == 302
    ticket = Ticket.objects.get()
    assert ticket.age_reason == "重残"
    assert Record.objects.about(ticket).get().details["exception"] == "age"


def test_coordinator_makes_an_exception_with_a_reason(client, mother):
    slot = care.slot()
    ages(f"care-{slot.kind.code}", **{"from": 60})
    client.force_login(care.coordinator())
    page = f"/admin/eldercare/carebooking/new/what/?resident={mother.code}&kind={slot.kind.code}"
    sent = {"slot": slot.code, "via": "phone", "note": "", "once": "k"}
    refused = client.post(page, sent)
    assert (refused.status_code, refusals(refused)) == (422, {"not_for_age"})
    client.post(page, sent | {"age_reason": "重残"})
    assert CareBooking.objects.get().age_reason == "重残"
