"""Two guardians: each decision is sent to both, and one objects to what the other has accepted."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.hooks.schedule import tick
from childcare.models import Application, HeadTask, Offer
from circle.actions import add_guardian, withdraw_consent
from circle.models import Consent, Message
from circle.notifications import text_of
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def rule():
    make.objection_rule()


@pytest.fixture
def father():
    return ground.own_resident()


def of_both(state, father):
    found = getattr(make, state)()
    add_guardian(child=found.child, adult=father, rank=2, at=MORNING, by=ground.user())
    return found


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def by_mother(application, at=MORNING, **more):
    return {"application": application, "via": "online", "at": at, "by": application.guardian.login} | more


def by_head(application, at=MORNING, **more):
    return {"application": application, "at": at, "by": ground.user()} | more


def told(person) -> list[str]:
    return [text_of(each) for each in Message.objects.filter(event="application_decided", resident=person)]


def kept(application) -> Application:
    return Application.objects.shown().get(pk=application.pk)


def taken() -> int:
    return make.taken()


# Notified ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "act", "more"),
    [
        ("offered", actions.accept_offer, {}),
        ("offered", actions.decline_offer, {}),
        ("verified", actions.withdraw_application, {}),
        ("accepted", actions.withdraw_application, {}),
        ("enrolled", actions.give_notice, {"last_day": START}),
    ],
)
def test_each_decision_is_sent_to_each_guardian(state, act, more, father):
    found = of_both(state, father)
    before = len(told(found.guardian))
    act(**by_mother(found), **more)
    assert (len(told(father)), len(told(found.guardian)) - before) == (1, 1)
    assert found.code in told(father)[0]
    assert found.child.name not in told(father)[0]


def test_application_sent_in_is_sent_to_each_guardian(father):
    found = of_both("filled", father)
    actions.submit_application(**by_mother(found), consents=True)
    received = Message.objects.filter(event="application_received")
    assert {message.resident for message in received} == {found.guardian, father}


def test_notice_taken_back_is_sent_to_each_guardian(father):
    found = of_both("enrolled", father)
    actions.give_notice(**by_mother(found), last_day=START)
    actions.withdraw_notice(**by_mother(found, at=MORNING + ONE_DAY))
    assert len(told(father)) == 2


# Objection --------------------------------------------------------------------------------------------------


def test_father_does_not_undo_what_mother_accepted(father):
    found = of_both("accepted", father)
    assert refused(actions.withdraw_application, **by_mother(found, by=father.login)) == "accepted_by_other"
    assert (kept(found).status, taken()) == ("accepted", 1)


def test_scenario_10_objection_holds_the_place_and_is_a_task(father):
    found = of_both("accepted", father)
    actions.object_to_acceptance(**by_mother(found, by=father.login))
    row = kept(found)
    assert (row.status, row.paused_until, taken()) == ("accepted", MORNING.date() + 7 * ONE_DAY, 1)
    assert HeadTask.objects.open().get().kind == "objection"
    assert len(told(father)) == 1
    assert refused(actions.enrol_child, **by_head(row)) == "paused"


@pytest.mark.django_db(transaction=True)
def test_two_guardians_who_decide_at_once_are_told_one_outcome(at_once, father):
    found = [of_both("offered", father) for _ in range(4)]
    answers = at_once(
        *[lambda one=one: actions.accept_offer(**by_mother(kept(one))) for one in found],
        *[lambda one=one: actions.decline_offer(**by_mother(kept(one), by=father.login)) for one in found],
    )
    codes = [answer.code for answer in answers if isinstance(answer, ValidationError)]
    assert codes == ["not_possible"] * 4
    accepted = Application.objects.filter(status="accepted").count()
    assert (Offer.objects.filter(status="accepted").count(), taken()) == (accepted, accepted)
    assert (len(told(father)), Offer.objects.pending().count()) == (4, 0)


def test_staff_settle_the_objection_and_it_goes_on(father):
    found = of_both("accepted", father)
    actions.object_to_acceptance(**by_mother(found, by=father.login))
    actions.close_task(task=HeadTask.objects.get(), words="两人已商定", at=MORNING, by=ground.user())
    assert actions.enrol_child(**by_head(kept(found))).status == "enrolled"


def test_pause_ends_by_itself(father):
    found = of_both("accepted", father)
    actions.object_to_acceptance(**by_mother(found, by=father.login))
    end = MORNING + 7 * ONE_DAY
    assert refused(actions.enrol_child, **by_head(kept(found), at=end - ONE_DAY)) == "paused"
    assert actions.enrol_child(**by_head(kept(found), at=end)).status == "enrolled"
    assert not HeadTask.objects.open().exists()


def test_staff_end_it_for_both(father):
    found = of_both("accepted", father)
    actions.object_to_acceptance(**by_mother(found, by=father.login))
    actions.withdraw_application(**by_mother(kept(found), by=make.head(), via="phone"))
    assert (kept(found).status, taken(), HeadTask.objects.open().count()) == ("withdrawn", 0, 0)


def test_objection_is_refused(father):
    found = of_both("accepted", father)
    assert refused(actions.object_to_acceptance, **by_mother(found)) == "own_acceptance"
    late = MORNING + 4 * ONE_DAY
    theirs = by_mother(found, by=father.login)
    assert refused(actions.object_to_acceptance, **theirs | {"at": late}) == "window_over"
    granny = ground.mandate(scope="all", principal=found.guardian).agent
    assert refused(actions.object_to_acceptance, **theirs | {"by": granny}) == "guardian_only"
    stranger = ground.own_resident().login
    assert refused(actions.object_to_acceptance, **theirs | {"by": stranger}) == "not_allowed"
    actions.object_to_acceptance(**theirs)
    assert refused(actions.object_to_acceptance, **theirs) == "already_objected"
    assert refused(actions.object_to_acceptance, **by_mother(make.enrolled())) == "not_possible"


def test_objection_on_the_phone_is_typed_in_by_who_accepted_for_the_mother(father):
    found = of_both("offered", father)
    head = make.head()
    actions.accept_offer(**by_mother(found, by=head, via="phone"))
    actions.object_to_acceptance(**by_mother(kept(found), by=head, via="phone"))
    assert kept(found).paused_until


def test_a_paused_place_is_not_reported_as_not_taken_up(father):
    make.take_up_rule()
    found = of_both("accepted", father)
    Offer.objects.update(starts_on=MORNING.date() + ONE_DAY)
    actions.object_to_acceptance(**by_mother(kept(found), by=father.login))
    list(tick(MORNING + 6 * ONE_DAY))
    assert [task.kind for task in HeadTask.objects.open()] == ["objection"]
    at = MORNING + 6 * ONE_DAY
    assert refused(actions.release_untaken_place, **by_head(kept(found), at=at)) == "too_early"


def test_consent_withdrawn_by_the_other_guardian_ends_it_all_the_same(father):
    found = of_both("accepted", father)
    consent = Consent.objects.get(purpose="nursery_application", matter=found.code)
    withdraw_consent(consent=consent, via="online", at=MORNING, by=father.login)
    assert (Application.objects.get().status, taken()) == ("withdrawn", 0)
    assert len(told(father)) == 1


def test_database_refuses_a_pause_without_an_objection():
    make.accepted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.update(paused_until=START)


# Pages ------------------------------------------------------------------------------------------------------


def test_father_objects_on_a_page_and_mother_is_not_offered_it(client, father):
    found = of_both("accepted", father)
    url = reverse("application_object", args=[found.code])
    client.force_login(found.guardian.login)
    assert url not in client.get(found.get_absolute_url()).content.decode()
    client.logout()
    client.force_login(father.login)
    assert url in client.get(found.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200
    assert client.post(url).url == found.get_absolute_url()
    page = client.get(found.get_absolute_url()).content.decode()
    assert url not in page
    assert "paused-until" in page
    assert client.post(url).status_code == 422
