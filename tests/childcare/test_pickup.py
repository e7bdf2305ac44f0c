"""Who may take a child home: adults only, also without a phone, and nobody whom a court has barred."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.models import ChildDay, PickupPerson
from circle.models import Resident
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
BORN = dt.date(1958, 3, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def keys(child, at=AT) -> list[str]:
    return [each.key for each in actions.collectors_of(child, at)]


def allow(application, **values):
    said = {"name": "王爷爷", "born_on": BORN, "paper": "身份证", "at": AT, "by": ground.user()}
    return actions.allow_collector(application=application, **said | values)


def bar(application, person, **values):
    said = {"paper": "法院裁定书 2026-12", "at": AT, "by": ground.user()}
    return actions.bar_collector(application=application, person=person, **said | values)


def hand_over(day, key) -> ChildDay:
    return actions.check_out_child(child_day=day, collector=key, at=AT, by=ground.user())


def mandate_of(guardian, **person):
    mandate = ground.mandate(scope="childcare", principal=guardian)
    ground.resident(login=mandate.agent, community=guardian.community, **person)
    return mandate


@pytest.mark.parametrize(
    ("born_on", "may"),
    [(dt.date(2009, 1, 4), False), (dt.date(2009, 1, 3), True), (dt.date(2015, 5, 5), False), (None, True)],
)
def test_a_minor_collects_nobody(born_on, may):
    day = make.present()
    mandate = mandate_of(day.application.guardian, born_on=born_on)
    assert (f"mandate-{mandate.code}" in keys(day.application.child)) is may
    if not may:
        assert refused(hand_over, day=day, key=f"mandate-{mandate.code}") == "may_not_collect"


def test_adult_without_a_phone_collects():
    day = make.present()
    entry = allow(day.application)
    assert entry.person.phone == ""
    hand_over(day, f"adult-{entry.person.code}")
    assert ChildDay.objects.get().collected_by == entry.person
    actions.end_pickup_person(entry=entry, at=AT, by=ground.user())
    assert f"adult-{entry.person.code}" not in keys(day.application.child)


def test_adult_is_entered_once_and_found_in_the_register():
    found = make.enrolled()
    known = ground.resident(name="王 爷爷", born_on=BORN, community=found.community)
    assert allow(found).person == known
    assert refused(allow, application=found) == "already_entered"
    assert Resident.objects.filter(born_on=BORN).count() == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"born_on": dt.date(2010, 1, 1)}, "collector_minor"),
        ({"paper": " "}, "reason_missing"),
        ({"paper": "长" * 121}, "reason_too_long"),
        ({"name": " "}, "name_missing"),
    ],
)
def test_adult_is_refused_and_nobody_entered(values, code):
    found = make.enrolled()
    before = Resident.objects.count()
    assert refused(allow, application=found, **values) == code
    assert (PickupPerson.objects.count(), Resident.objects.count()) == (0, before)


def test_barred_guardian_and_whoever_they_empowered_collect_nobody():
    day = make.present()
    child, father = day.application.child, ground.own_resident(community=day.community)
    ground.guardianship(child=child, adult=father, rank=2)
    uncle = ground.mandate(scope="childcare", principal=father)
    bar(day.application, f"guardian-{father.code}")
    assert keys(child) == [f"guardian-{day.application.guardian.code}"]
    for key in (f"guardian-{father.code}", f"mandate-{uncle.code}"):
        assert refused(hand_over, day=day, key=key) == "may_not_collect"
    actions.end_pickup_person(entry=PickupPerson.objects.get(), at=AT, by=ground.user())
    assert f"guardian-{father.code}" in keys(child)


def test_barred_agent_does_not_collect_though_a_mandate_says_so():
    day = make.present()
    mandate = mandate_of(day.application.guardian, born_on=BORN)
    bar(day.application, f"mandate-{mandate.code}")
    assert f"mandate-{mandate.code}" not in keys(day.application.child)


def test_bar_needs_a_paper_and_a_person_of_the_list():
    day = make.present()
    key = f"guardian-{day.application.guardian.code}"
    assert refused(bar, application=day.application, person=key, paper="") == "reason_missing"
    assert refused(bar, application=day.application, person="guardian-x") == "not_a_collector"


def test_database_takes_no_entry_without_a_paper_and_none_twice():
    entry = allow(make.enrolled())
    values = {"child": entry.child, "since": AT, "entered_by": entry.entered_by}
    for wrong in ({"person": entry.person, "paper": "x"}, {"person": ground.resident(), "paper": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PickupPerson.objects.create(**values | wrong)


def test_family_sees_who_may_collect_and_not_who_is_barred(client):
    day = make.present()
    entry = allow(day.application)
    father = ground.own_resident(community=day.community, name="某父亲")
    ground.guardianship(child=day.application.child, adult=father, rank=2)
    bar(day.application, f"guardian-{father.code}")
    login = day.application.guardian.login
    assert list(PickupPerson.objects.for_user(login)) == [entry]
    client.force_login(login)
    text = client.get(f"/childcare/children/{day.application.code}/").text
    assert ("王爷爷" in text, "某父亲" in text) == (True, False)


def test_head_enters_ends_and_bars(client):
    found = make.enrolled()
    client.force_login(make.head(community=found.community))
    url = "admin:childcare_application_ask"
    ask = {name: reverse(url, args=[found.code, name]) for name in ("collector", "bar", "pickup_end")}
    sent = {"name": "王爷爷", "born_on": "1958-03-01", "paper": "身份证"}
    assert client.post(ask["collector"], sent | {"born_on": "2015-01-01"}).status_code == 422
    assert client.post(ask["collector"], sent).status_code == 302
    entry = PickupPerson.objects.get()
    assert client.get(ask["pickup_end"]).status_code == 200
    assert client.post(ask["pickup_end"], {"entry": entry.pk}).status_code == 302
    guardian = f"guardian-{found.guardian.code}"
    assert client.post(ask["bar"], {"person": guardian, "paper": "裁定书"}).status_code == 302
    assert keys(found.child) == []
