"""With the elder's consent a relative gets a line after each visit, until somebody says a word."""

import pytest
from django.urls import reverse

from circle.actions import withdraw_consent
from circle.models import Message
from circle.notifications.texts import short_text_of, text_of
from eldercare import actions
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


@pytest.fixture
def mandate():
    return make.mandate(principal=care.tag().resident, agent=make.resident_login())


def begin(mandate, boss):
    return actions.begin_visit_news(
        resident=mandate.principal, mandate=mandate, via="phone", at=MORNING, by=boss
    )


def lines():
    return Message.objects.filter(event="elder_looked_in")


def test_nobody_is_told_without_consent(mandate, boss):
    care.visit(resident=mandate.principal)
    assert not lines().exists()


def test_relative_gets_one_line_after_each_visit_and_no_note(mandate, boss):
    begin(mandate, boss)
    assert begin(mandate, boss).matter == str(mandate.agent_id)
    care.visit("needs", resident=mandate.principal, note="血压偏高")
    line = lines().get()
    assert (line.user, line.resident) == (mandate.agent, None)
    for text in (text_of(line), short_text_of(line)):
        assert "血压" not in text
        assert mandate.principal.name not in text
        assert "有事要办" in text
    care.visit(resident=mandate.principal)
    assert lines().count() == 2


def test_booked_visit_of_elder_care_is_told_as_well(mandate, boss):
    begin(mandate, boss)
    kind = care.kind(code="visits")
    slot, elder = care.slot(kind=kind), mandate.principal
    visit = care.assigned(slot=slot, resident=elder, by=mandate.agent)
    actions.complete_booking(booking=visit, at=make.moment(1, 10), by=visit.assigned_to)
    assert lines().count() == 1


@pytest.mark.parametrize("verb", [actions.end_visit_news, withdraw_consent])
def test_word_on_the_phone_ends_it_and_drops_what_waits(mandate, boss, verb):
    consent = begin(mandate, boss)
    care.visit(resident=mandate.principal)
    director = make.post("director").user
    for _ in range(2):
        verb(consent=consent, via="phone", at=MORNING, by=director)
    assert lines().get().status == "dropped"
    care.visit(resident=mandate.principal)
    assert lines().count() == 1


def test_nothing_after_the_relative_acts_no_more(mandate, boss, refusal):
    begin(mandate, boss)
    mandate.revoked_at = MORNING
    mandate.save()
    care.visit(resident=mandate.principal)
    assert not lines().exists()
    said = {"resident": mandate.principal, "mandate": mandate, "via": "phone", "at": MORNING, "by": boss}
    assert refusal(actions.begin_visit_news, **said) == "not_agent"


def test_relative_of_somebody_else_is_refused(mandate, boss, refusal):
    said = {"resident": care.elder(), "mandate": mandate, "via": "phone", "at": MORNING, "by": boss}
    assert refusal(actions.begin_visit_news, **said) == "not_agent"


def test_staff_begin_and_end_it_on_the_profile(client, mandate, boss):
    client.force_login(boss)
    urls = [
        reverse("admin:eldercare_visitduty_ask", args=[mandate.principal.code, verb])
        for verb in ("news", "unnews")
    ]
    assert client.get(urls[0]).status_code == 200
    assert client.post(urls[0], {"mandate": mandate.pk, "via": "door"}).status_code == 302
    consent = mandate.principal.consents.get()
    assert client.get(urls[1]).status_code == 200
    assert client.post(urls[1], {"consent": consent.pk, "via": "phone"}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_by == boss
