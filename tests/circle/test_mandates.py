"""Mandates: offered, agreed to, given at the window, ended, refused for good."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import (
    confirm_mandate,
    give_mandate,
    lift_refusal,
    offer_mandate,
    refuse_acting,
    revoke_mandate,
)
from circle.models import ActingBan, Mandate, Message, Record, Resident
from tests import make

pytestmark = pytest.mark.django_db

AT = make.MORNING
TODAY = AT.date()
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def elder() -> Resident:
    return make.own_resident()


def offer(elder, **values) -> Mandate:
    return offer_mandate(
        **{"principal": elder, "phone": PHONE, "scope": "bookings", "at": AT, "by": elder.login} | values
    )


def give(principal, phone=PHONE, **values) -> Mandate:
    mandate = Mandate(principal=principal, **{"basis": "family", "valid_from": TODAY} | values)
    return give_mandate(mandate=mandate, phone=phone, at=AT, by=make.clerk())


def code_of(act, *args, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    return refusal.value.code


def acts_for(agent, scope="") -> set[Resident]:
    return set(Resident.objects.represented_by(agent, scope))


def test_an_offer_holds_once_the_relative_agrees(elder):
    mandate = offer(elder, scope="bookings")
    assert acts_for(mandate.agent) == set()
    message = Message.objects.get()
    assert (message.event, message.user, message.resident) == ("mandate_offered", mandate.agent, None)
    for _ in range(2):
        confirm_mandate(mandate=mandate, at=AT, by=mandate.agent)
    assert acts_for(mandate.agent, "bookings") == {elder}
    verbs = [row.verb for row in Record.objects.about(mandate).order_by("id")]
    assert verbs == ["mandate_offered", "mandate_confirmed"]


@pytest.mark.parametrize("scope", ["all", "health", "childcare"])
def test_more_than_bookings_and_meals_is_offered_once_the_identity_card_was_seen(elder, scope):
    assert code_of(offer, elder, scope=scope) == "identity_not_seen"
    make.identity_seen(resident=elder)
    assert offer(elder, scope=scope).scope == scope


def test_an_offer_is_for_its_relative_and_only_while_it_stands(elder):
    mandate = offer(elder)
    assert code_of(confirm_mandate, mandate=mandate, at=AT, by=make.resident_login()) == "not_allowed"
    revoke_mandate(mandate=mandate, at=AT, by=elder.login)
    assert code_of(confirm_mandate, mandate=mandate, at=AT, by=mandate.agent) == "mandate_over"
    assert acts_for(mandate.agent) == set()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"phone": "0851 123"}, "phone_invalid"),
        ({"scope": "everything else"}, "scope_unknown"),
        ({"valid_until": TODAY - dt.timedelta(days=1)}, "until_past"),
    ],
)
def test_an_offer_is_refused_and_nothing_is_kept(elder, values, code):
    assert code_of(offer, elder, **values) == code
    assert (Mandate.objects.count(), Message.objects.count()) == (0, 0)


def test_nobody_offers_what_is_not_theirs(elder):
    agent = make.mandate(principal=elder).agent
    assert code_of(offer, elder, by=agent) == "not_allowed"
    assert code_of(offer, elder, phone=elder.phone) == "own_phone"
    assert code_of(offer, make.resident(), by=elder.login) == "not_allowed"


def test_five_offers_may_wait(elder):
    for _ in range(5):
        offer(elder, phone=make.mobile())
    assert code_of(offer, elder) == "too_many_offers"


def test_own_refusal_wins_over_the_window(elder):
    mandate = give(elder)
    other = give(elder, make.mobile())
    refuse_acting(principal=elder, agent=mandate.agent, at=AT, by=elder.login)
    assert (acts_for(mandate.agent), acts_for(other.agent)) == (set(), {elder})
    assert code_of(give, elder) == "refused_by_principal"
    assert code_of(offer, elder) == "refused_by_principal"


def test_refusal_of_everybody_ends_and_bars_all(elder):
    mandates = [give(elder, make.mobile()) for _ in range(2)]
    for _ in range(2):
        ban = refuse_acting(principal=elder, agent=None, at=AT, by=elder.login)
    assert [acts_for(mandate.agent) for mandate in mandates] == [set(), set()]
    assert code_of(give, elder, make.mobile(), basis="legal") == "refused_by_principal"
    assert ActingBan.objects.get() == ban


def test_only_they_themselves_take_a_refusal_back(elder):
    ban = refuse_acting(principal=elder, agent=None, at=AT, by=elder.login)
    assert code_of(lift_refusal, ban=ban, at=AT, by=make.director()) == "not_allowed"
    for _ in range(2):
        lift_refusal(ban=ban, at=AT, by=elder.login)
    assert give(elder).pk
    assert [row.verb for row in Record.objects.about(ban)] == ["acting_allowed_again", "acting_refused"]


def test_nobody_gets_a_mandate_of_the_dead():
    assert code_of(give, make.resident(died_on=TODAY)) == "resident_gone"


def test_refused_mandate_of_the_window_is_said_on_its_form(client, elder):
    mandate = give(elder)
    refuse_acting(principal=elder, agent=mandate.agent, at=AT, by=elder.login)
    client.force_login(make.clerk())
    sent = {"principal": elder.pk, "agent_phone": PHONE, "basis": "family", "scope": "all"}
    response = client.post("/admin/circle/mandate/add/", sent | {"valid_from": "2026-11-24"})
    errors = response.context["adminform"].form.errors.as_data()["__all__"]
    assert [error.code for error in errors] == ["refused_by_principal"]
