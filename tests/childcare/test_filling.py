"""An application from the first page to the end of the check, by the actions."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from childcare import actions
from childcare.models import Application, Health, Paper
from circle.models import Message, Record, Resident
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = pytest.mark.django_db


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def who(application, **more):
    return {
        "application": application,
        "via": "online",
        "at": MORNING,
        "by": application.guardian.login,
    } | more


def child(application, **more):
    values = {"child_name": "小明", "child_born_on": dt.date(2025, 6, 1), "start_on": make.START}
    if "nursery_class" not in more:
        more["nursery_class"] = make.nursery_class(community=application.community)
    return who(application) | values | more


def kept(application) -> Application:
    return Application.objects.get(pk=application.pk)


# Start ------------------------------------------------------------------------------------------------------


def test_start_makes_a_draft_of_the_guardian():
    guardian = ground.own_resident()
    found = make.draft(guardian=guardian)
    assert (found.status, found.guardian, found.via, found.mandate) == ("draft", guardian, "online", None)
    assert len(found.code) == 8


def test_start_twice_gives_the_empty_draft_again():
    found = make.draft()
    assert make.draft(guardian=found.guardian) == found
    actions.fill_child(**child(found))
    assert make.draft(guardian=found.guardian) != found  # a second child


def test_start_for_somebody_else_needs_a_mandate_for_everything():
    mandate = ground.mandate(scope="all")
    found = make.draft(guardian=mandate.principal, by=mandate.agent)
    assert found.mandate == mandate
    only_bookings = ground.mandate(scope="bookings")
    values = {"guardian": only_bookings.principal, "by": only_bookings.agent, "via": "online", "at": MORNING}
    assert refused(actions.start_application, **values) == "not_allowed"


def test_start_by_staff_needs_the_post():
    guardian = ground.resident()
    values = {"guardian": guardian, "via": "phone", "at": MORNING}
    assert refused(actions.start_application, by=ground.clerk(), **values) == "not_allowed"
    assert (
        refused(actions.start_application, by=make.head(community=ground.community()), **values)
        == "not_allowed"
    )
    assert actions.start_application(by=make.head(), **values).via == "phone"


def test_start_with_a_class_that_takes_nobody_is_refused():
    guardian = ground.own_resident()
    values = {"guardian": guardian, "by": guardian.login, "via": "online", "at": MORNING}
    closed = make.nursery_class(is_open=False)
    assert refused(actions.start_application, nursery_class=closed, **values) == "class_closed"
    foreign = make.nursery_class(community=ground.community())
    assert refused(actions.start_application, nursery_class=foreign, **values) == "other_community"


# Fill in ----------------------------------------------------------------------------------------------------


def test_child_is_kept_with_a_tidy_name():
    found = actions.fill_child(**child(make.draft(), child_name="  王　小  明 "))
    assert kept(found).child.name == "王 小 明"
    assert kept(found).undone() == ["guardian", "health", "documents"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"child_name": " "}, "name_missing"),
        ({"child_name": "x" * 61}, "name_too_long"),
        ({"child_born_on": MORNING.date() + dt.timedelta(days=1)}, "not_born"),
        ({"start_on": MORNING.date() - dt.timedelta(days=1)}, "start_past"),
        ({"child_born_on": dt.date(2026, 6, 1)}, "wrong_age"),
        ({"child_born_on": dt.date(2024, 12, 1)}, "wrong_age"),
    ],
)
def test_child_is_refused(values, code):
    found = make.draft()
    assert refused(actions.fill_child, **child(found, **values)) == code
    assert (kept(found).child, Resident.objects.filter(name="小明").count()) == (None, 0)


@pytest.mark.parametrize(
    ("born_on", "start_on", "fits"),
    [
        ("2026-02-28", "2027-02-28", False),
        ("2026-02-28", "2027-03-01", True),
        ("2024-02-29", "2027-03-01", False),  # 36 months
        ("2025-03-01", "2027-03-01", True),
        ("2025-02-28", "2027-03-01", False),  # 24 months
    ],
)
def test_age_on_the_first_day_decides(born_on, start_on, fits):
    days = {"child_born_on": dt.date.fromisoformat(born_on), "start_on": dt.date.fromisoformat(start_on)}
    values = child(make.draft(), **days)
    if fits:
        actions.fill_child(**values)
    else:
        assert refused(actions.fill_child, **values) == "wrong_age"


def test_start_before_the_class_begins_is_refused():
    found = make.draft()
    later = make.nursery_class(starts_on=make.START + dt.timedelta(days=1))
    assert refused(actions.fill_child, **child(found, nursery_class=later)) == "start_too_early"


def test_second_application_for_the_same_child_is_refused():
    first = make.filled(child_name="小明")
    second = make.draft(guardian=first.guardian)
    assert refused(actions.fill_child, **child(second, child_name=" 小明")) == "already_applied"
    assert kept(second).child is None
    assert refused(actions.fill_child, **child(second, child_name="小红")) == "child_known"
    actions.fill_child(**child(second, child_name="小红", is_another=True))  # a twin
    assert kept(second).entered_child


def test_child_may_be_applied_for_again_after_the_first_came_to_nothing():
    first = make.filled(child_name="小明")
    actions.withdraw_application(**who(first))
    actions.fill_child(**child(make.draft(guardian=first.guardian)))


def test_health_is_kept_sealed_and_a_no_drops_the_words():
    found = make.draft()
    yes = {"has_allergies": True, "allergies": " 花生 ", "takes_medicine": False, "medicine": "旧的"}
    actions.fill_health(vaccinations="complete", consents=True, **who(found), **yes)
    health = Health.objects.get()
    assert (health.allergies, health.medicine) == ("花生", "")
    assert "花生" not in health.allergies_sealed
    actions.fill_health(vaccinations="unknown", **who(found), **make.HEALTH)
    assert (Health.objects.get().allergies, Health.objects.count()) == ("", 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"has_allergies": True}, "allergies_missing"),
        ({"takes_medicine": True, "medicine": "  "}, "medicine_missing"),
        ({"takes_medicine": True, "medicine": "x" * 501}, "answer_too_long"),
    ],
)
def test_health_yes_needs_words(values, code):
    found = make.draft()
    act = make.HEALTH | values
    assert refused(actions.fill_health, vaccinations="complete", **who(found), **act) == code
    assert not Health.objects.exists()


def test_documents_are_four_and_may_be_changed():
    found = make.draft()
    actions.fill_documents(ready=["health_check"], **who(found))
    actions.fill_documents(ready=["guardian_id"], **who(found))
    assert dict(found.papers.values_list("kind", "is_ready")) == {
        kind: kind == "guardian_id" for kind in make.PAPERS
    }


def test_relation_is_one_of_three():
    assert refused(actions.fill_guardian, relation="aunt", **who(make.draft())) == "relation_missing"


def test_neighbour_may_not_fill_in():
    found = make.draft()
    neighbour = ground.own_resident().login
    assert refused(actions.fill_guardian, relation="mother", **who(found, by=neighbour)) == "not_allowed"


def test_nothing_is_filled_in_once_it_is_sent():
    found = make.submitted()
    assert refused(actions.fill_guardian, relation="father", **who(found)) == "not_possible"
    assert refused(actions.fill_health, vaccinations="unknown", **who(found), **make.HEALTH) == "not_possible"
    assert refused(actions.fill_documents, ready=[], **who(found)) == "not_possible"
    assert Paper.objects.filter(is_ready=False).count() == 0


# Submit -----------------------------------------------------------------------------------------------------


def test_submit_needs_every_task_and_consent():
    found = make.draft()
    assert refused(actions.submit_application, consents=True, **who(found)) == "incomplete"
    found = make.filled()
    assert refused(actions.submit_application, consents=False, **who(found)) == "consent_missing"
    Paper.objects.all().delete()
    assert refused(actions.submit_application, consents=True, **who(found)) == "incomplete"


def test_submit_is_told_with_the_code_alone():
    found = make.submitted()
    message = Message.objects.get(event="application_received")
    assert message.values == {"code": found.code}
    assert (kept(found).submitted_at, kept(found).consented_at) == (MORNING, MORNING)


def test_submit_twice_is_refused_and_told_once():
    found = make.submitted()
    assert refused(actions.submit_application, consents=True, **who(found)) == "already_submitted"
    assert Message.objects.filter(event="application_received").count() == 1


def test_submit_asks_the_age_again():
    found = make.filled(start_on=dt.date(2026, 12, 1))
    later = MORNING + dt.timedelta(days=30)
    assert refused(actions.submit_application, consents=True, **who(found, at=later)) == "start_past"
    Resident.objects.filter(pk=found.child.pk).update(born_on=dt.date(2026, 10, 1))
    assert refused(actions.submit_application, consents=True, **who(kept(found))) == "wrong_age"


def test_submit_of_what_was_changed_meanwhile_is_refused():
    found = make.filled()
    stale = kept(found)
    actions.fill_child(**child(found, child_born_on=dt.date(2025, 7, 1)))
    assert refused(actions.submit_application, consents=True, **who(stale)) == "changed_meanwhile"


def test_submit_to_a_closed_class_is_refused():
    found = make.filled()
    found.nursery_class.is_open = False
    assert refused(actions.submit_application, consents=True, **who(found)) == "class_closed"


# The check --------------------------------------------------------------------------------------------------


def test_returned_says_what_is_missing_and_can_be_mended():
    found = make.returned()
    assert (found.status, kept(found).missing) == ("returned", "体检表没有盖章")
    assert Message.objects.get(event="application_returned").values["code"] == found.code
    later = MORNING + dt.timedelta(days=2)
    actions.submit_application(consents=True, **who(found, at=later))
    assert (kept(found).status, kept(found).missing, kept(found).submitted_at) == ("submitted", "", MORNING)


@pytest.mark.parametrize("missing", ["", "  "])
def test_returned_needs_words(missing):
    found = make.submitted()
    values = {"application": found, "missing": missing, "at": MORNING, "by": ground.user()}
    assert refused(actions.send_back, **values) == "reason_missing"


def test_verify_needs_all_four_originals():
    found = make.submitted()
    values = {"application": found, "at": MORNING, "by": ground.user()}
    assert refused(actions.verify_application, papers=make.PAPERS[:3], **values) == "papers_missing"
    assert not found.papers.exclude(seen_at=None).exists()
    found = kept(found)
    actions.verify_application(**values | {"application": found}, papers=make.PAPERS)
    assert kept(found).status == "verified"
    assert set(found.papers.values_list("seen_at", flat=True)) == {MORNING}


def test_papers_seen_before_it_was_returned_count():
    found = make.verified()
    actions.send_back(application=found, missing="改一下日期", at=MORNING, by=ground.user())
    actions.submit_application(consents=True, **who(found))
    assert (
        actions.verify_application(application=found, papers=[], at=MORNING, by=ground.user()).status
        == "verified"
    )


@pytest.mark.parametrize(("state", "code"), [("draft", "not_possible"), ("verified", "already_verified")])
def test_verify_takes_what_was_sent_in(state, code):
    found = getattr(make, state)()
    values = {"application": found, "papers": make.PAPERS, "at": MORNING, "by": ground.user()}
    assert refused(actions.verify_application, **values) == code


@pytest.mark.parametrize("state", ["draft", "filled", "submitted", "returned", "verified"])
def test_withdrawn_before_there_is_an_offer(state):
    found = getattr(make, state)()
    assert actions.withdraw_application(**who(found)).status == "withdrawn"
    assert refused(actions.withdraw_application, **who(found)) == "already_withdrawn"


# What the database keeps by itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("draft", {"status": "submitted"}),
        ("submitted", {"child": None}),
        ("submitted", {"consented_at": None}),
        ("submitted", {"relation": ""}),
        ("submitted", {"status": "returned"}),
        ("verified", {"status": "offered"}),
        ("offered", {"offer": None}),
        ("enrolled", {"offer": None}),
    ],
)
def test_database_refuses_half_a_state(state, change):
    found = getattr(make, state)()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=found.pk).update(**change)


def test_database_keeps_one_live_application_per_child():
    first = make.submitted(child_name="小明")
    second = make.submitted(guardian=first.guardian, child_name="小红")
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=second.pk).update(child=first.child)


def test_every_step_has_its_record_without_a_word_about_the_child():
    found = make.enrolled(child_name="金丝雀")
    verbs = list(Record.objects.about(found).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "application_started",
        *["application_filled"] * 4,
        "application_submitted",
        "application_verified",
        "application_offered",
        "application_accepted",
        "application_enrolled",
    ]
    assert "金丝雀" not in str(list(Record.objects.values()))
