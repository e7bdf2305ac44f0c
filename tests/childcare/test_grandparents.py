"""What a guardian may leave to a grandparent, and what not."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from childcare import actions
from childcare.models import Application
from circle.actions import report_death
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make

pytestmark = pytest.mark.django_db

AT = ground.MORNING


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def code_of(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**{"via": "online", "at": AT} | values)
    return refusal.value.code


@pytest.fixture
def mandate():
    return ground.mandate(scope="childcare", principal=ground.own_resident())


def test_a_grandparent_begins_and_fills_in(mandate):
    found = make.filled(guardian=mandate.principal, by=mandate.agent)
    assert (found.mandate, found.undone()) == (mandate, [])
    assert found in Application.objects.for_user(mandate.agent)
    kept = Record.objects.about(found).filter(verb="application_filled")
    assert {each.details["mandate"] for each in kept} == {mandate.pk}


def test_what_a_legal_representative_decides_is_kept_with_the_mandate():
    mandate = ground.mandate(scope="childcare", basis="legal", principal=ground.own_resident())
    taken, left = (make.offered(guardian=mandate.principal) for _ in range(2))
    actions.accept_offer(application=taken, via="online", at=AT, by=mandate.agent)
    actions.withdraw_application(application=taken, via="online", at=AT, by=mandate.agent)
    actions.decline_offer(application=left, via="online", at=AT, by=mandate.agent)
    kept = Record.objects.filter(actor=mandate.agent).order_by("id")
    assert [(each.verb, each.details["mandate"]) for each in kept] == [
        (f"application_{verb}", mandate.pk) for verb in ("accepted", "withdrawn", "declined")
    ]


def test_a_grandparent_neither_consents_nor_withdraws(mandate):
    by = mandate.agent
    found = make.filled(guardian=mandate.principal, by=by)
    assert code_of(actions.submit_application, application=found, consents=True, by=by) == "guardian_only"
    assert code_of(actions.withdraw_application, application=found, by=by) == "guardian_only"
    actions.submit_application(
        application=found, consents=True, via="online", at=AT, by=mandate.principal.login
    )
    assert found.status == "submitted"


def test_a_grandparent_neither_takes_nor_leaves_a_place(mandate):
    found = make.offered(guardian=mandate.principal)
    for act in (actions.accept_offer, actions.decline_offer):
        assert code_of(act, application=found, by=mandate.agent) == "guardian_only"


def test_mandate_for_bookings_opens_nothing_here():
    mandate = ground.mandate(scope="bookings")
    assert code_of(actions.start_application, guardian=mandate.principal, by=mandate.agent) == "not_allowed"


def test_a_child_keeps_its_place_when_its_only_guardian_dies():
    found = make.submitted()
    draft = make.draft(guardian=found.guardian)
    hints = report_death(resident=found.guardian, died_on=AT.date(), at=AT, by=ground.clerk())
    found.refresh_from_db()
    draft.refresh_from_db()
    assert (found.status, draft.status, len(hints)) == ("submitted", "withdrawn", 1)
