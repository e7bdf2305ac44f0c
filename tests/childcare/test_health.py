"""What a child's body needs: on the sheet of its class, corrected in any state, and never silently gone."""

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from childcare import actions
from childcare.backoffice.queues import nursery_queues
from childcare.models import HeadTask, Health
from circle.actions import add_guardian, withdraw_consent
from circle.models import Consent, Record
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT

pytestmark = pytest.mark.django_db
ALLERGY = "花生"
ANSWERS = {
    "has_allergies": True,
    "allergies": ALLERGY,
    "takes_medicine": False,
    "medicine": "",
    "vaccinations": "complete",
    "consents": True,
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def found():
    """An enrolled child that must not eat peanuts."""
    found = make.filled()
    who = {"application": found, "via": "online", "at": ground.MORNING, "by": found.guardian.login}
    actions.fill_health(**ANSWERS, **who)
    actions.submit_application(consents=True, **who)
    by = {"application": found, "at": ground.MORNING, "by": ground.user()}
    actions.verify_application(papers=make.PAPERS, **by)
    actions.offer_place(nursery_class=found.nursery_class, start_on=found.start_on, days=5, **by)
    actions.accept_offer(**who)
    return actions.enrol_child(**by)


def words(application) -> str:
    return reverse("admin:childcare_childday_health", args=[application.code])


def correction(application) -> str:
    return reverse("admin:childcare_application_health", args=[application.code])


def sheet() -> str:
    return reverse("admin:childcare_childday_sheet")


def looks() -> int:
    return Record.objects.filter(verb="data_read", details__page="child_health").count()


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


# The carer --------------------------------------------------------------------------------------------------


def test_nurse_sees_a_sign_on_the_sheet_and_the_words_at_one_tap(client, found):
    client.force_login(make.nurse(found.offered_class))
    page = client.get(sheet()).text
    assert (words(found) in page, ALLERGY in page) == (True, False)
    assert looks() == 0
    assert ALLERGY in client.get(words(found)).text
    assert looks() == 1


@pytest.mark.parametrize("verb", ["collect", "write"])
def test_sign_stands_where_the_child_is_handed_over_and_its_day_is_written(client, found, verb):
    actions.check_in_child(application=found, at=AT, by=ground.user())
    client.force_login(make.nurse(found.offered_class))
    page = reverse("admin:childcare_childday_ask", args=[found.code, verb])
    assert words(found) in client.get(page).text


def test_healthy_child_has_no_sign_and_one_without_answers_has(client):
    healthy = make.enrolled()
    silent = make.enrolled(nursery_class=healthy.offered_class)
    Health.objects.filter(application=silent).delete()
    client.force_login(make.nurse(healthy.offered_class))
    page = client.get(sheet()).text
    assert (words(healthy) in page, words(silent) in page) == (False, True)
    assert client.get(words(healthy)).status_code == 200


def test_health_of_another_class_is_not_there_and_the_director_has_no_sign(client, found):
    client.force_login(make.nurse(make.nursery_class()))
    assert client.get(words(found)).status_code == 404
    client.force_login(ground.post(role="director").user)
    assert words(found) not in client.get(sheet()).text
    assert client.get(words(found)).status_code == 403
    client.force_login(make.nurse(community=ground.community()))
    assert client.get(words(found)).status_code == 404


def test_child_that_has_left_is_read_no_longer(client, found):
    nurse = make.nurse(found.offered_class)
    actions.close_for_child(application=found, at=AT, by=ground.user())
    client.force_login(nurse)
    assert client.get(words(found)).status_code == 404


def test_signs_take_no_query_of_their_own(client, found, queries_of):
    client.force_login(make.nurse(found.offered_class))
    few = queries_of(sheet())
    for _ in range(2):
        make.enrolled(nursery_class=found.offered_class)
    assert queries_of(sheet()) == few <= 20


# Corrected --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["submitted", "returned", "verified", "offered", "accepted", "enrolled"])
def test_guardian_corrects_the_answers_in_any_state(client, state):
    found = getattr(make, state)()
    client.force_login(found.guardian.login)
    page = reverse("application_health", args=[found.code])
    assert client.get(page).status_code == 200
    sent = {"has_allergies": "yes", "allergies": ALLERGY, "takes_medicine": "no", "vaccinations": "unknown"}
    assert client.post(page, sent)["Location"] == found.get_absolute_url()
    health = Health.objects.get()
    assert (health.allergies, health.vaccinations, health.changed_at) == (ALLERGY, "unknown", AT)
    assert Record.objects.filter(verb="health_corrected").count() == 1
    assert client.post(page, sent | {"allergies": ""}).status_code == 422


def test_page_of_the_application_leads_to_the_correction(client, found):
    client.force_login(found.guardian.login)
    page = reverse("application_health", args=[found.code])
    assert page in client.get(found.get_absolute_url()).text
    assert page in client.get(reverse("child", args=[found.code])).text


def test_head_corrects_and_neither_nurse_nor_director_does(client, found):
    sent = {"has_allergies": "no", "takes_medicine": "no", "vaccinations": "complete"}
    for user in (make.nurse(found.offered_class), ground.post(role="director").user):
        client.force_login(user)
        assert client.post(correction(found), sent).status_code == 403
    client.force_login(make.head(community=ground.community()))
    assert client.get(correction(found)).status_code == 404
    client.force_login(make.head())
    assert ALLERGY in client.get(correction(found)).text
    assert client.post(correction(found), sent).status_code == 302
    assert Health.objects.get().allergies == ""


def test_grandparent_neither_corrects_nor_after_the_end_does_anybody(client, found):
    mandate = ground.mandate(scope="childcare", principal=found.guardian)
    who = {"application": found, "via": "online", "at": AT}
    assert refused(actions.correct_health, **ANSWERS, **who, by=mandate.agent) == "guardian_only"
    client.force_login(mandate.agent)
    page = reverse("application_health", args=[found.code])
    assert ALLERGY not in client.get(page).text
    actions.close_for_child(application=found, at=AT, by=ground.user())
    assert refused(actions.correct_health, **ANSWERS, **who, by=found.guardian.login) == "not_possible"


# The consent ends -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["nursery_application", "child_health"])
def test_consent_withdrawn_while_enrolled_is_a_task_for_the_head(client, found, purpose):
    consent = Consent.objects.get(purpose=purpose)
    withdraw_consent(consent=consent, via="online", at=AT, by=found.guardian.login)
    assert Health.objects.get().allergies == ALLERGY
    [task] = HeadTask.objects.open()
    assert (task.kind, task.application) == ("health_consent", found)
    head = make.head()
    [line] = [queue for queue in nursery_queues(head) if queue.url.endswith("/tasks/")]
    assert (line.count, line.is_urgent) == (1, True)
    client.force_login(head)
    assert correction(found) in client.get(line.url).text
    client.force_login(make.nurse(found.offered_class))
    assert words(found) in client.get(sheet()).text


def test_second_parent_who_withdraws_too_makes_no_second_task(found):
    for purpose in ("nursery_application", "child_health"):
        consent = Consent.objects.get(purpose=purpose)
        withdraw_consent(consent=consent, via="online", at=AT, by=found.guardian.login)
    assert HeadTask.objects.count() == 1


def test_head_deletes_the_answers_once_the_family_was_asked(client, found):
    head = make.head()
    client.force_login(head)
    delete = reverse("admin:childcare_application_health_delete", args=[found.code])
    assert client.post(delete).status_code == 404
    consent = Consent.objects.get(purpose="child_health")
    withdraw_consent(consent=consent, via="online", at=AT, by=found.guardian.login)
    assert client.post(delete).status_code == 302
    assert not Health.objects.exists()
    task = HeadTask.objects.get()
    assert (task.settled_by, task.settled_at) == (head, AT)
    assert Record.objects.filter(verb="health_deleted").count() == 1


def test_consent_given_again_settles_the_task(found):
    consent = Consent.objects.get(purpose="child_health")
    withdraw_consent(consent=consent, via="online", at=AT, by=found.guardian.login)
    who = {"application": found, "via": "phone", "at": AT, "by": make.head()}
    assert refused(actions.correct_health, **ANSWERS | {"consents": False}, **who) == "consent_missing"
    actions.correct_health(**ANSWERS, **who)
    assert not HeadTask.objects.open().exists()
    assert Health.objects.get().allergies == ALLERGY


def test_the_other_guardian_corrects_as_well(found):
    father = ground.own_resident()
    add_guardian(child=found.child, adult=father, rank=2, at=AT, by=ground.user())
    values = ANSWERS | {"allergies": "花生、虾"}
    actions.correct_health(application=found, **values, via="online", at=AT, by=father.login)
    assert Health.objects.get().allergies == "花生、虾"


def test_answers_go_at_once_where_the_child_is_not_enrolled():
    found = make.verified()
    consent = Consent.objects.get(purpose="child_health")
    withdraw_consent(consent=consent, via="online", at=AT, by=found.guardian.login)
    assert not Health.objects.exists()
    assert not HeadTask.objects.exists()
