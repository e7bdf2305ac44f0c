"""Consent: given, asked for by actions, withdrawn with all that rests on it, never changed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.utils import translation

from childcare.models import Application, Health
from circle.actions import require_consent, withdraw_consent
from circle.models import Consent, Record
from circle.privacy.purposes import Purpose
from tests import make, make_childcare, make_eldercare
from tests.make import MORNING

pytestmark = pytest.mark.django_db
CARE, CHILD, HEALTH = "care_health", "nursery_application", "child_health"


@pytest.fixture
def grandma():
    return make.own_resident()


def given(resident, purpose=CARE, **more):
    values = {"consents": True, "via": "online", "at": MORNING, "by": resident.login} | more
    return require_consent(purpose=purpose, resident=resident, **values)


def withdrawn(consent, **more):
    values = {"via": "online", "at": MORNING, "by": (consent.guardian or consent.resident).login} | more
    return withdraw_consent(consent=consent, **values)


def refused(act, *args, **more) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **more)
    return refusal.value.code


def test_consent_keeps_who_for_what_in_which_words(grandma):
    with translation.override("en"):
        consent = given(grandma)
    assert (consent.text_version, consent.language, consent.given_by) == (1, "en", grandma.login)
    assert Record.objects.get(verb="consent_given").details == {"purpose": CARE, "version": 1}
    assert given(grandma, consents=False) == consent


def test_without_consent_nothing_is_kept(grandma):
    assert refused(given, grandma, consents=False) == "consent_missing"
    assert refused(given, grandma, CHILD) == "guardian_missing"
    assert not Consent.objects.exists()


def test_new_version_of_the_words_is_asked_anew(grandma, monkeypatch):
    old = given(grandma)
    monkeypatch.setattr(Purpose, "version", property(lambda self: 2, lambda self, value: None))
    assert refused(given, grandma, consents=False) == "consent_missing"
    assert given(grandma).text_version == 2
    old.refresh_from_db()
    assert old.withdrawn_at == MORNING


@pytest.mark.parametrize(
    ("change", "passes"),
    [({"purpose": "messages"}, False), ({"given_at": MORNING}, False), ({"withdrawn_at": None}, False)],
)
def test_database_refuses_to_change_a_consent(grandma, change, passes):
    consent = withdrawn(given(grandma))
    with pytest.raises(Error), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        consent.delete()


def test_withdrawing_twice_is_harmless(grandma):
    consent = given(grandma)
    withdrawn(consent)
    withdrawn(consent)
    assert Record.objects.filter(verb="consent_withdrawn").count() == 1
    assert not Consent.objects.live().exists()


def test_stranger_withdraws_nothing_and_staff_do_it_for_somebody(grandma):
    consent = given(grandma)
    assert refused(withdrawn, consent, by=make.resident_login()) == "not_allowed"
    assert refused(withdrawn, consent, via="phone", by=make.clerk()) == "not_allowed"
    director = make.post("director").user
    assert withdrawn(consent, via="phone", by=director).withdrawn_by == director


# Elder care -------------------------------------------------------------------------------------------------


def asked(elder, **answers):
    kind = make_eldercare.request_kind()
    make_eldercare.question(kind=kind, code="fever")
    said = make_eldercare.Answers(conditions=["fever"], **answers)
    return make_eldercare.actions.request_care(
        kind=kind, resident=elder, answers=said, via="online", at=MORNING, by=elder.login
    )


def test_health_answers_need_consent_once(grandma):
    assert refused(asked, grandma) == "consent_missing"
    asked(grandma, consents=True)
    asked(grandma)
    assert Consent.objects.count() == 1


def test_care_that_asks_nothing_needs_none(grandma):
    make_eldercare.actions.request_care(
        kind=make_eldercare.request_kind(),
        resident=grandma,
        answers=make_eldercare.Answers(),
        via="online",
        at=MORNING,
        by=grandma.login,
    )
    assert not Consent.objects.exists()


def test_withdrawal_cancels_care_that_needs_the_answers_and_wipes_them(grandma):
    resting, free = asked(grandma, consents=True, note="膝盖疼"), make_eldercare.request(resident=grandma)
    withdrawn(Consent.objects.get())
    resting.refresh_from_db()
    free.refresh_from_db()
    assert (resting.status, resting.conditions, resting.note) == ("cancelled", [], "")
    assert free.status == "requested"


# Nursery ----------------------------------------------------------------------------------------------------


def consent_of(application: Application, purpose: str) -> Consent:
    return Consent.objects.live().get(purpose=purpose, matter=application.code)


def test_application_holds_two_consents_of_the_guardian():
    found = make_childcare.submitted()
    for purpose in (CHILD, HEALTH):
        assert consent_of(found, purpose).guardian == found.guardian


def test_health_of_a_child_is_not_kept_without_consent():
    found = make_childcare.draft()
    who = {"application": found, "via": "online", "at": MORNING, "by": found.guardian.login}
    said = make_childcare.HEALTH | {"consents": False, "vaccinations": "complete"}
    assert refused(make_childcare.actions.fill_health, **said, **who) == "consent_missing"
    assert not Health.objects.exists()


@pytest.mark.parametrize(
    ("made", "purpose", "status"),
    [
        ("filled", HEALTH, "draft"),
        ("submitted", HEALTH, "withdrawn"),
        ("submitted", CHILD, "withdrawn"),
        ("returned", HEALTH, "returned"),
        ("returned", CHILD, "withdrawn"),
        ("verified", HEALTH, "withdrawn"),
        ("offered", CHILD, "declined"),
        ("accepted", CHILD, "withdrawn"),
    ],
)
def test_withdrawal_ends_the_application_and_wipes_the_health(made, purpose, status):
    found, other = getattr(make_childcare, made)(), make_childcare.submitted()
    withdrawn(consent_of(found, purpose))
    found.refresh_from_db()
    assert found.status == status
    assert list(Health.objects.values_list("application", flat=True)) == [other.pk]
    assert (found.child is None) is (purpose == CHILD)


@pytest.mark.parametrize("purpose", [HEALTH, CHILD])
def test_withdrawal_while_enrolled_waits_for_the_head_of_the_nursery(purpose):
    found = make_childcare.enrolled()
    withdrawn(consent_of(found, purpose))
    found.refresh_from_db()
    assert (found.status, found.health_or_none is None, found.tasks.open().count()) == ("enrolled", False, 1)


def test_director_sees_what_was_withdrawn_this_week(client, grandma):
    consent = given(grandma, at=MORNING)
    client.force_login(make.post("director").user)
    assert waits(client) == 0
    withdrawn(consent, at=MORNING)
    page = client.get(f"/admin/circle/consent/{consent.pk}/change/")
    assert "养老" in page.text


def waits(client) -> int:
    queues = {queue.url: queue.count for queue in client.get("/admin/").context["queues"]}
    return queues["/admin/circle/consent/?withdrawn_at__isempty=0"]


def test_staff_withdraw_at_somebodys_wish_after_a_question(client, grandma):
    consent = given(grandma)
    url = f"/admin/circle/consent/{consent.pk}/withdraw/"
    client.force_login(make.post("director").user)
    assert client.get(url).status_code == 200
    client.post(url)
    assert not Consent.objects.live().exists()
    client.force_login(make.clerk())
    assert client.get(url).status_code in (403, 404)
