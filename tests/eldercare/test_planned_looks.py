"""A volunteer says on which day they look in; on the eve elder and agents are told who comes."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Message
from circle.notifications import send_messages
from circle.notifications.texts import short_text_of, text_of
from eldercare import actions
from eldercare.actions.word_of_day import word_of_round
from eldercare.models import HolidayLook, Pairing
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING, EVE = make.MORNING, make.moment(0, 16)
TODAY, DAY = MORNING.date(), dt.timedelta(days=1)


def told(event="elder_look_planned"):
    return list(Message.objects.filter(event=event).order_by("pk"))


def test_elder_and_agent_are_told_once_on_the_eve_with_number_and_word():
    pairing = care.pairing()
    agents = {make.mandate(principal=pairing.resident, scope="bookings").agent for _ in range(2)}
    other = care.pairing()  # who says no day is announced on none
    user = pairing.volunteer.user
    for _ in range(2):
        actions.plan_look(pairing=pairing, day=TODAY + DAY, at=MORNING, by=user)
    assert actions.tell_who_looks_in(at=MORNING) == 0  # it is not four in the afternoon yet
    assert [actions.tell_who_looks_in(at=EVE) for _ in range(2)] == [1, 0]
    assert [each.user in agents for each in told()] == [True, True]
    assert {each.resident for each in told()} == {pairing.resident, None}
    word = word_of_round(pairing.volunteer_id, pairing.resident, TODAY + DAY)
    for message in told():
        for text in (text_of(message), short_text_of(message)):
            assert pairing.volunteer.number in text
            assert word in text
    assert not Message.objects.filter(resident=other.resident).exists()


def test_plan_that_is_taken_back_drops_the_message_or_says_so():
    elder = make.own_resident(born_on=care.elder().born_on, building=care.home(make.here()))
    pairing = care.pairing(resident=care.tag(resident=elder).resident)
    step = {"pairing": pairing, "by": pairing.volunteer.user}
    actions.plan_look(**step, day=TODAY + DAY, at=MORNING)
    actions.tell_who_looks_in(at=EVE)
    actions.plan_look(**step, day=None, at=EVE)
    assert len(told("elder_look_off")) == 1
    send_messages(at=EVE, also_at_night=True)
    assert [each.fault for each in told()] == ["no_longer_true"]
    later = EVE + dt.timedelta(minutes=1)
    actions.plan_look(**step, day=TODAY + DAY, at=later)
    assert actions.tell_who_looks_in(at=later) == 1  # planned anew, told anew
    boss = care.coordinator(community=pairing.community)
    actions.remove_volunteer(volunteer=pairing.volunteer, reason="有人投诉", at=later, by=boss)
    assert len(told("elder_look_off")) == 2
    send_messages(at=later, also_at_night=True)
    assert {each.fault for each in told()} == {"no_longer_true"}


def test_looks_over_the_festival_are_told_as_well_and_a_look_that_was_made_is_not():
    pairing, seen = care.pairing(), care.pairing()
    for each in (pairing, seen):
        HolidayLook.objects.create(
            community=each.community, resident=each.resident, day=TODAY, user=each.volunteer.user
        )
    said = {"found": actions.Found("well"), "at": MORNING, "by": seen.volunteer.user}
    actions.record_visit(resident=seen.resident, **said)
    assert [actions.tell_who_looks_in(at=MORNING) for _ in range(2)] == [1, 0]
    assert told()[0].resident == pairing.resident


def test_day_of_somebody_else_or_out_of_reach_is_refused(refusal):
    pairing = care.pairing()
    step = {"pairing": pairing, "at": MORNING}
    own = step | {"by": pairing.volunteer.user}
    assert refusal(actions.plan_look, **step, day=TODAY, by=care.pairing().volunteer.user) == "not_yours"
    assert refusal(actions.plan_look, **own, day=TODAY - DAY) == "day_past"
    assert refusal(actions.plan_look, **own, day=TODAY + 7 * DAY) == "too_far_ahead"
    assert not Pairing.objects.exclude(comes_on=None).exists()


def test_volunteer_plans_on_the_phone_and_the_family_sees_face_and_word(client, html):
    pairing = care.pairing()
    pairing.volunteer.photo = b"face"
    pairing.volunteer.save()
    agent = make.mandate(principal=pairing.resident, scope="bookings").agent
    client.force_login(pairing.volunteer.user)
    said = {"resident": pairing.resident.code, "day": (TODAY + DAY).isoformat()}
    assert client.get(reverse("visit_plan")).status_code == 405
    assert client.post(reverse("visit_plan"), said).status_code == 302
    client.post(reverse("visit_plan"), said | {"resident": care.elder().code})  # not among theirs
    client.post(reverse("visit_plan"), said | {"day": "2020-01-01"})
    pairing.refresh_from_db()
    assert pairing.comes_on == TODAY + DAY
    assert f'value="{pairing.comes_on}" selected' in html(client.get(reverse("visit_round")))
    client.force_login(agent)
    page = client.get(reverse("who_looks_in")).text
    for text in (
        pairing.volunteer.user.name,
        pairing.volunteer.number,
        "data:image/webp;base64,",
        word_of_round(pairing.volunteer_id, pairing.resident, TODAY + DAY),
    ):
        assert text in page
