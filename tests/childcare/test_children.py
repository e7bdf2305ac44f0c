"""The child is a resident with its guardians: one application, which both parents see and go on with."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from childcare import actions
from childcare.models import Application
from circle.actions import add_guardian, end_guardianship, merge_residents, report_death, withdraw_consent
from circle.models import Consent, Guardianship, Resident
from circle.privacy.data_export import personal_data_sections
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


def kept(application) -> Application:
    return Application.objects.get(pk=application.pk)


def second_guardian(child: Resident) -> Resident:
    adult = ground.own_resident()
    add_guardian(child=child, adult=adult, rank=2, at=AT, by=ground.user())
    return adult


def entry(application, **more):
    """What fills in the child's task."""
    if "nursery_class" not in more:
        more["nursery_class"] = make.nursery_class(community=application.community)
    who = {"via": "online", "at": AT, "by": application.guardian.login}
    return {"application": application, "start_on": make.START} | who | more


def test_new_child_enters_the_register_with_its_guardian_and_their_home():
    home = ground.household()
    mother = ground.own_resident(household=home, building=home.building)
    child = make.filled(guardian=mother, child_name="小明").child
    assert (child.name, child.household, child.building) == ("小明", home, home.building)
    assert list(child.guardianships.values_list("adult", "rank")) == [(mother.pk, 1)]
    assert (child.login, child.phone) == (None, "")


def test_child_of_the_register_is_chosen():
    mother = ground.own_resident()
    child = ground.resident(born_on=dt.date(2025, 6, 1), community=mother.community)
    ground.guardianship(child=child, adult=mother)
    found = make.draft(guardian=mother)
    actions.fill_child(**entry(found, child=child))
    assert (kept(found).child, kept(found).entered_child) == (child, False)


def test_child_of_other_people_is_refused():
    other = make.filled().child
    assert code_of(actions.fill_child, **entry(make.draft(), child=other)) == "not_your_child"


def test_wrongly_entered_child_is_mended_and_not_entered_twice():
    found = make.filled(child_name="小名")
    actions.fill_child(**entry(found, child_name="小明", child_born_on=dt.date(2025, 6, 2)))
    child = kept(found).child
    assert (child.name, child.born_on, child.search_key) == ("小明", dt.date(2025, 6, 2), child.search_key)
    assert Guardianship.objects.count() == 1


@pytest.mark.parametrize("name", ["王小明", "王 小 明", "王·小明"])
def test_child_written_differently_is_the_same_child(name):
    first = make.filled(child_name="王小明")
    second = make.draft(guardian=first.guardian)
    values = entry(second, child_name=name, child_born_on=first.child.born_on)
    assert code_of(actions.fill_child, **values) == "already_applied"
    assert kept(second).child is None


def test_both_parents_together_have_one_application_for_a_child():
    first = make.filled()
    father = second_guardian(first.child)
    draft = make.draft(guardian=father)
    assert code_of(actions.fill_child, **entry(draft, child=first.child)) == "already_applied"


def test_the_other_parent_sees_it_and_goes_on(client):
    found = make.filled()
    father = second_guardian(found.child)
    client.force_login(father.login)
    assert client.get(found.get_absolute_url()).status_code == 200
    assert found.code in client.get("/me/").text
    actions.submit_application(application=found, consents=True, via="online", at=AT, by=father.login)
    assert (
        actions.withdraw_application(application=found, via="online", at=AT, by=father.login).status
        == "withdrawn"
    )


def test_who_is_no_guardian_does_not_see_it(client):
    found = make.submitted()
    client.force_login(ground.own_resident(community=found.community).login)
    assert client.get(found.get_absolute_url()).status_code == 404
    stranger = ground.mandate(scope="bookings", principal=found.guardian).agent
    client.force_login(stranger)
    assert client.get(found.get_absolute_url()).status_code == 404


def test_who_is_no_guardian_any_more_neither_sees_nor_exports_nor_acts(client):
    found = make.submitted()
    second_guardian(found.child)
    by = found.guardian.login
    [mine] = Guardianship.objects.filter(adult=found.guardian)
    end_guardianship(guardianship=mine, at=AT, by=ground.user())
    assert not Application.objects.for_user(by).exists()
    assert code_of(actions.withdraw_application, application=found, by=by) == "not_allowed"
    assert [part.rows for part in personal_data_sections([found.guardian]) if part.code == "nursery"] == [[]]
    assert [len(part.rows) for part in personal_data_sections([found.child]) if part.code == "nursery"] == [1]


def test_grandparent_of_the_other_parent_acts_and_does_not_decide():
    found = make.filled()
    mandate = ground.mandate(scope="childcare", principal=second_guardian(found.child))
    who = {"application": found, "by": mandate.agent}
    actions.fill_guardian(relation="father", via="online", at=AT, **who)
    assert code_of(actions.submit_application, consents=True, **who) == "guardian_only"
    assert code_of(actions.withdraw_application, **who) == "guardian_only"
    ground.mandate(scope="bookings", principal=found.guardian, agent=(other := ground.resident_login()))
    assert code_of(actions.fill_guardian, relation="father", application=found, by=other) == "not_allowed"


def test_the_other_parent_goes_on_when_one_dies():
    found = make.submitted()
    father = second_guardian(found.child)
    assert report_death(resident=found.guardian, died_on=AT.date(), at=AT, by=ground.clerk()) == []
    assert (kept(found).guardian, kept(found).status) == (father, "submitted")
    actions.withdraw_application(application=kept(found), via="online", at=AT, by=father.login)


def test_consents_are_the_childs_and_either_parent_withdraws_them():
    found = make.submitted()
    father = second_guardian(found.child)
    assert set(Consent.objects.values_list("resident", "guardian")) == {(found.child.pk, found.guardian.pk)}
    consent = Consent.objects.get(purpose=actions.APPLYING)
    withdraw_consent(consent=consent, via="online", at=AT, by=father.login)
    assert kept(found).status == "withdrawn"


def test_consent_to_health_before_the_child_is_named_follows_it():
    found = make.draft()
    who = {"application": found, "via": "online", "at": AT, "by": found.guardian.login}
    actions.fill_health(vaccinations="complete", **make.HEALTH, **who)
    actions.fill_child(**entry(found, child_name="小明", child_born_on=dt.date(2025, 6, 1)))
    actions.fill_health(vaccinations="unknown", **make.HEALTH | {"consents": False}, **who)
    assert list(Consent.objects.values_list("resident", flat=True)) == [kept(found).child.pk]


def test_child_entered_by_both_parents_is_shown_to_staff_and_merged(client):
    home = ground.household()
    mother, father = (ground.own_resident(household=home, building=home.building) for _ in "12")
    first = make.filled(guardian=mother, child_name="小明")
    second = make.filled(guardian=father, child_name="王小明")
    make.filled(guardian=ground.own_resident(), child_name="别人家的")
    actions.submit_application(application=second, consents=True, via="online", at=AT, by=father.login)
    assert list(actions.possible_duplicates(second.child)) == [first.child]
    client.force_login(make.head())
    page = client.get(reverse("admin:childcare_application_change", args=[second.pk])).text
    assert (str(first.child.code) in page, "别人家的" in page) == (True, False)
    merge = {"kept": second.child, "duplicate": first.child, "at": AT, "by": ground.user()}
    with pytest.raises(ValidationError) as refusal:
        merge_residents(**merge)
    assert refusal.value.code == "merge_clash"
    actions.withdraw_application(application=first, via="online", at=AT, by=mother.login)
    merge_residents(**merge)
    assert set(Application.objects.filter(child=second.child)) == {first, second}
    assert set(Application.objects.mine(mother.login)) == {first, second}


def test_database_knows_one_live_application_per_child():
    found = make.filled()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            community=found.community,
            guardian=found.guardian,
            child=found.child,
            status_at=AT,
            changed_at=AT,
            via="online",
        )


def test_child_known_through_the_application_alone_goes_with_it(client):
    found = make.filled()
    child = found.child
    actions.withdraw_application(application=found, via="online", at=AT, by=found.guardian.login)
    actions.forget_child(Application.objects.filter(pk=found.pk), AT)
    child.refresh_from_db()
    assert (child.name, child.erased_at, kept(found).born_year) == ("–", AT, 2025)
    assert not child.guardianships.filter(ended_at=None).exists()


def test_child_of_the_register_stays_there():
    first = make.filled()
    actions.withdraw_application(application=first, via="online", at=AT, by=first.guardian.login)
    second = make.draft(guardian=first.guardian)
    actions.fill_child(**entry(second, child=first.child))
    actions.forget_child(Application.objects.filter(pk=first.pk), AT)
    assert kept(second).child.erased_at is None


def test_days_of_a_forgotten_child_are_found_by_their_stays():
    """Over a join PostgreSQL may read all days once for each day: half a minute."""
    found = make.filled()
    actions.withdraw_application(application=found, via="online", at=AT, by=found.guardian.login)
    with CaptureQueriesContext(connection) as seen:
        actions.forget_child(Application.objects.filter(pk=found.pk), AT)
    updates = [each["sql"] for each in seen if each["sql"].startswith('UPDATE "childcare_seatday"')]
    assert updates
    assert [sql for sql in updates if "JOIN" in sql] == []
