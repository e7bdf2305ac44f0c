"""Waiting for a place at the hall, as residents see it."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Resident
from services import actions
from services.backoffice.queues import hall_queues
from services.models import HallWaiting
from tests import make

NOW = make.MORNING
TOMORROW = "2026-11-25"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable(audiences=[make.audience()])


@pytest.fixture
def booking(item):
    """The only place of tomorrow."""
    slot = make.slot(counter=item.counters.get(), starts_at=make.moment(1, 15), capacity=1)
    return make.booking(item=item, slot=slot)


@pytest.fixture
def her(client, booking):
    person = make.own_resident(community=booking.community)
    client.force_login(person.login)
    client.person = person
    return client


def join(her, item, **values):
    sent = {"resident": her.person.code, "first_day": TOMORROW, "last_day": TOMORROW} | values
    return her.post(f"/en/services/{item.code}/wait/", sent)


def cancel(booking) -> None:
    clerk = make.clerk(community=booking.community)
    actions.cancel_booking(booking=booking, at=NOW, via="phone", by=clerk)


def test_full_day_leads_to_the_line(her, item, booking):
    page = her.get(f"/en/services/{item.code}/book/?day={TOMORROW}").text
    assert f"/en/services/{item.code}/wait/?day={TOMORROW}" in page
    form = her.get(f"/en/services/{item.code}/wait/?day={TOMORROW}").context["form"]
    assert (form["first_day"].value(), form["last_day"].value()) == (TOMORROW, TOMORROW)


def test_who_joins_sees_the_position(her, item, booking):
    make.hall_waiting(item=item)
    response = join(her, item)
    row = HallWaiting.objects.get(resident=her.person)
    assert response["Location"] == f"/en/services/waiting/{row.code}/"
    assert "Number 2 in the line" in her.get(response["Location"]).text
    assert "Number 2 in the line" in her.get("/en/me/").text


def test_refusal_is_shown_with_what_was_chosen(her, item, booking):
    join(her, item)
    page = join(her, item)
    assert page.status_code == 422
    assert "waiting for it already" in page.text


@pytest.mark.parametrize("values", [{"resident": "x"}, {"first_day": "2026-11-01"}, {"last_day": ""}])
def test_what_the_form_does_not_offer_is_refused(her, item, booking, values):
    assert join(her, item, **values).status_code == 422
    assert not HallWaiting.objects.exists()


def test_place_is_chosen_where_there_are_several(her, item, booking):
    other = make.facility(community=item.community, name_en="Second Hall")
    make.counter(items=[item], facility=other)
    join(her, item, facility=other.code)
    assert HallWaiting.objects.get().facility == other


def test_nobody_joins_for_a_stranger(her, item, booking):
    stranger = make.own_resident(community=item.community)
    assert join(her, item, resident=stranger.code).status_code == 422
    assert not HallWaiting.objects.exists()


def offer_to(her, item, booking) -> str:
    join(her, item)
    cancel(booking)
    return f"/en/services/waiting/{HallWaiting.objects.get().code}/"


def test_offer_is_accepted_in_one_click_and_leads_to_the_booking(her, item, booking):
    url = offer_to(her, item, booking)
    page = her.get(url).text
    assert "A place is free for you" in page
    assert "Wed 25 Nov 12:00" not in page
    response = her.post(url, {"verb": "accept"}, follow=True)
    assert "The place is yours" in response.text
    assert response.context["booking"].resident == her.person


@pytest.mark.parametrize("verb", ["decline", "leave"])
def test_offer_is_declined(her, item, booking, verb):
    her.post(offer_to(her, item, booking), {"verb": verb})
    assert HallWaiting.objects.get().status == "declined"


def test_offer_that_is_over_says_so(her, item, booking):
    url = offer_to(her, item, booking)
    with time_machine.travel(make.moment(0, 12), tick=False):
        her.logout()
        her.force_login(her.person.login)
        assert "The time to answer is over" in her.get(url).text
        page = her.post(url, {"verb": "accept"})
    assert page.status_code == 422
    assert "the place went to the next" in page.text


def test_unknown_answer_is_refused(her, item, booking):
    url = offer_to(her, item, booking)
    assert her.post(url, {"verb": "jump"}).status_code == 422
    assert HallWaiting.objects.get().status == "offered"


def test_page_of_another_is_not_found(client, item, booking):
    row = make.hall_waiting(item=item)
    url = f"/en/services/waiting/{row.code}/"
    assert client.get(url).status_code == 302
    client.force_login(make.user())
    assert client.get(url).status_code == 404


def test_desk_puts_somebody_into_the_line(client, item, booking):
    client.force_login(make.clerk(community=item.community))
    person = make.resident(community=item.community, phone="")
    url = f"{reverse('admin:services_hallwaiting_join')}?resident={person.code}"
    assert client.get(url).status_code == 200
    sent = {"item": item.pk, "first_day": TOMORROW, "last_day": TOMORROW}
    assert client.post(url, sent).status_code == 302
    row = HallWaiting.objects.get()
    assert (row.resident, row.via) == (person, "phone")
    assert client.post(url, sent).status_code == 422


def test_offer_to_somebody_without_a_phone_is_a_queue_of_the_desk(item):
    clerk = make.clerk(community=item.community)
    slot = make.slot(counter=item.counters.get(), starts_at=make.moment(3, 15), capacity=1)
    held, day = make.booking(item=item, slot=slot), slot.day
    nobody = make.resident(community=item.community, phone="")
    act = {"item": item, "first_day": day, "last_day": day, "at": NOW, "by": clerk}
    actions.join_line(resident=nobody, via="window", **act)
    cancel(held)
    [queue] = [each for each in hall_queues(clerk) if "status__exact=offered" in each.url]
    assert (queue.count, queue.is_urgent) == (1, True)


# Without an account -----------------------------------------------------------------------------------------


@pytest.fixture
def phoned(item, booking):
    """Joined by the clerk for somebody with a phone and without a login."""
    person = make.resident(community=item.community, phone=make.mobile())
    clerk = make.clerk(community=item.community)
    tomorrow = make.moment(1, 9).date()
    return actions.join_line(
        item=item,
        resident=person,
        first_day=tomorrow,
        last_day=tomorrow,
        via="phone",
        at=make.MORNING,
        by=clerk,
    )


def prove(client, row, phone: str = ""):
    sent = {"phone": phone or row.resident.phone, "code": row.code}
    return client.post(reverse("find_waiting"), sent, follow=True)


def test_phone_and_code_show_the_place_in_the_line(client, phoned, html):
    page = client.get(phoned.get_absolute_url())
    assert page.url == f"{reverse('find_waiting')}?code={phoned.code}"
    assert prove(client, phoned, make.mobile()).status_code == 422
    assert phoned.code in html(prove(client, phoned))
    client.post(reverse("forget_waiting"))
    assert client.get(phoned.get_absolute_url()).status_code == 302


def test_phone_and_code_take_the_offered_place_and_show_the_booking(client, phoned, booking):
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    prove(client, phoned)
    page = client.post(phoned.get_absolute_url(), {"verb": "accept"}, follow=True)
    phoned.refresh_from_db()
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == phoned.booking.get_absolute_url()
    assert (phoned.booking.booked_by, phoned.booking.via) == (None, "online")


def test_phone_and_code_take_the_place_while_somebody_else_is_signed_in(client, phoned, booking):
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    neighbour = make.user()
    client.force_login(neighbour)
    prove(client, phoned)
    page = client.post(phoned.get_absolute_url(), {"verb": "accept"}, follow=True)
    phoned.refresh_from_db()
    assert (page.status_code, phoned.status) == (200, "accepted")
    taken = phoned.booking
    assert (taken.booked_by, taken.via, taken.mandate) == (neighbour, "online", None)


def test_agent_who_proves_it_takes_the_place_under_the_mandate(phoned, booking):
    mandate = make.mandate(principal=phoned.resident)
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    row = HallWaiting.objects.shown().get(pk=phoned.pk)
    taken = actions.accept_offer(row=row, at=make.MORNING, via="online", by=mandate.agent, is_proved=True)
    assert taken.mandate == mandate


@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize("code", ["resident_gone", "other_community"])
def test_phone_and_code_take_no_place_for_who_is_gone(phoned, booking, code, is_signed_in):
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    gone = {"died_on": make.MORNING.date()} if code == "resident_gone" else {"community": make.community()}
    Resident.objects.filter(pk=phoned.resident_id).update(**gone)
    row = HallWaiting.objects.shown().get(pk=phoned.pk)
    by = make.user() if is_signed_in else None
    with pytest.raises(ValidationError) as refusal:
        actions.accept_offer(row=row, at=make.MORNING, via="online", by=by, is_proved=True)
    assert refusal.value.code == code
    assert HallWaiting.objects.get().status == "offered"


@pytest.mark.parametrize("page", ["forget_waiting", "forget_bookings"])
def test_forgetting_hides_the_line_and_the_booking_that_came_of_it(client, phoned, booking, page):
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    prove(client, phoned)
    taken = client.post(phoned.get_absolute_url(), {"verb": "accept"})["Location"]
    urls = [phoned.get_absolute_url(), taken]
    assert [client.get(url).status_code for url in urls] == [200, 200]
    client.post(reverse(page))
    assert [client.get(url).status_code for url in urls] == [302, 302]


@pytest.mark.parametrize(("verb", "status"), [("decline", "declined"), ("leave", "declined")])
def test_phone_and_code_decline_the_offer(client, phoned, booking, verb, status):
    actions.cancel_booking(booking=booking, at=make.MORNING, via="phone", by=make.clerk())
    prove(client, phoned)
    client.post(phoned.get_absolute_url(), {"verb": verb})
    phoned.refresh_from_db()
    assert phoned.status == status


def test_phone_and_code_leave_the_line(client, phoned):
    prove(client, phoned)
    client.post(phoned.get_absolute_url(), {"verb": "leave"})
    phoned.refresh_from_db()
    assert phoned.status == "left"


def test_nobody_answers_without_a_login_or_a_proof(phoned):
    with pytest.raises(ValidationError) as refusal:
        actions.leave_line(row=phoned, at=make.MORNING, via="online", by=None)
    assert refusal.value.code == "not_allowed"
