"""A returned application whose child is exchanged: what counted for the first child counts no more."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from childcare import actions
from childcare.models import Application, Health, Paper
from circle.actions import register_child
from circle.app_hooks.personal_data import personal_data
from circle.models import Consent, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = pytest.mark.django_db
LATER = MORNING + dt.timedelta(hours=3)


def returned_after_check(**values) -> Application:
    found = make.verified(child_name="小明", **values)
    return actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())


def enter(application, **values) -> Application:
    named = {"child_name": "小红", "child_born_on": dt.date(2025, 7, 2)} | values
    return actions.fill_child(
        application=Application.objects.get(pk=application.pk),
        nursery_class=application.nursery_class,
        start_on=make.START,
        is_another=True,
        **who(application),
        **named,
    )


def who(application) -> dict:
    return {"via": "online", "at": LATER, "by": application.guardian.login}


def send_again(application) -> Application:
    given = {"application": application} | who(application)
    actions.fill_health(vaccinations="complete", **make.HEALTH, **given)
    actions.fill_documents(ready=make.PAPERS, **given)
    return actions.submit_application(consents=True, **given)


def test_another_child_loses_papers_answers_consents_and_place_in_line():
    found = returned_after_check()
    changed = enter(found)
    assert changed.undone() == ["health", "documents"]
    assert not Paper.objects.exists()
    assert not Health.objects.exists()
    assert not Consent.objects.live().filter(matter=found.code).exists()
    assert Record.objects.filter(verb="application_child_replaced").count() == 1
    assert send_again(changed).submitted_at == LATER
    with pytest.raises(ValidationError) as refusal:
        actions.verify_application(application=changed, papers=[], at=LATER, by=ground.user())
    assert refusal.value.code == "papers_missing"


def test_another_child_of_the_register_loses_them_too():
    found = returned_after_check()
    sibling = register_child(
        guardian=found.guardian, name="小红", born_on=dt.date(2025, 7, 2), at=MORNING, by=found.guardian.login
    )
    assert enter(found, child=sibling).undone() == ["health", "documents"]


def test_a_corrected_name_asks_for_the_originals_again_and_nothing_else():
    found = returned_after_check()
    changed = enter(found, child_name="小鸣", child_born_on=dt.date(2025, 6, 1))
    assert not Paper.objects.exclude(seen_at=None).exists()
    assert Paper.objects.count() == 4
    assert changed.undone() == []
    again = actions.submit_application(application=changed, consents=False, **who(changed))
    assert again.submitted_at == MORNING


def test_the_same_child_again_changes_nothing():
    found = returned_after_check()
    changed = enter(found, child_name="小明", child_born_on=dt.date(2025, 6, 1))
    assert Paper.objects.exclude(seen_at=None).count() == 4
    assert not changed.is_line_restarted


def consents_of(person) -> list[str]:
    section = next(each for each in personal_data([person]) if each.code == "consents")
    return [row["purpose"] for row in section.rows]


def test_ended_consents_of_the_earlier_child_are_not_among_the_facts_of_the_other():
    found = returned_after_check()
    changed = enter(found)
    assert consents_of(changed.child) == []
    assert Consent.objects.filter(resident=found.guardian, matter=found.code).count() == 2


def test_ended_consents_of_a_child_of_the_register_stay_its_own():
    found = returned_after_check()
    first = found.child
    sibling = register_child(
        guardian=found.guardian, name="小红", born_on=dt.date(2025, 7, 2), at=MORNING, by=found.guardian.login
    )
    send_again(enter(found, child=sibling))
    theirs = Consent.objects.filter(matter=found.code).order_by("given_at", "pk")
    assert [each.resident for each in theirs.exclude(withdrawn_at=None)] == [first, first]
    assert {each.resident for each in theirs.filter(withdrawn_at=None)} == {sibling}
