"""The pages of the back office on which something is done to a resident."""

import re

import pytest
import time_machine
from django.urls import reverse

from circle.admin.residents import RESIDENT_ACTIONS
from circle.models import Merge, Record, Resident, Reveal
from tests import make

pytestmark = pytest.mark.django_db

NUMBER = make.id_number()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(make.MORNING, tick=False) as clock:
        yield clock


def url_of(resident, verb: str) -> str:
    return reverse(f"admin:circle_resident_{verb.replace('-', '_')}", args=[resident.pk])


def codes(response) -> list[str]:
    return re.findall(r'data-code="(\w+)"', response.text)


@pytest.mark.parametrize("verb", [verb.name for verb in RESIDENT_ACTIONS])
def test_verbs_are_for_staff_of_the_community(client, verb):
    resident = make.resident(community=make.community())
    assert client.get(url_of(resident, verb)).status_code == 302
    client.force_login(make.clerk(community=make.community()))
    assert client.get(url_of(resident, verb)).status_code == 404
    client.force_login(make.clerk(community=resident.community))
    assert client.get(url_of(resident, verb)).status_code == 200
    client.force_login(make.staff("circle.view_resident"))
    assert client.post(url_of(resident, verb)).status_code == 403


def test_the_page_of_a_resident_offers_what_can_be_done(client, clerk):
    resident = make.resident(phone=make.mobile(), born_on="2024-05-01", building=make.building())
    make.guardianship(child=resident)
    text = client.get(reverse("admin:circle_resident_change", args=[resident.pk])).text
    there = {verb.name for verb in RESIDENT_ACTIONS if url_of(resident, verb.name) in text}
    assert there == {verb.name for verb in RESIDENT_ACTIONS} - {"death-back", "release-number"}


def test_a_number_is_shown_for_a_reason_that_is_kept(client, clerk):
    resident = make.resident(id_number=NUMBER, id_type="resident")
    url = url_of(resident, "reveal")
    assert NUMBER not in client.get(url).text
    refused = client.post(url, {"field": "id_number", "reason": ""})
    assert (refused.status_code, NUMBER in refused.text, Reveal.objects.count()) == (422, False, 0)
    shown = client.post(url, {"field": "id_number", "reason": "old-age allowance"})
    assert (shown.status_code, NUMBER in shown.text) == (200, True)
    assert "no-store" in shown["Cache-Control"]
    kept = Reveal.objects.get()
    assert (kept.reason, kept.by, kept.resident) == ("old-age allowance", clerk, resident)
    record = Record.objects.about(resident).get()
    assert (record.verb, record.details) == ("number_revealed", {"field": "id_number", "reveal": kept.pk})


def test_a_number_that_is_not_there_is_refused_and_the_attempt_is_kept(client, clerk):
    resident = make.resident()
    response = client.post(url_of(resident, "reveal"), {"field": "phone", "reason": "because"})
    assert (response.status_code, codes(response)) == (422, ["nothing_there"])
    assert Record.objects.about(resident).get().verb == "reveal_refused"


def test_a_duplicate_is_merged_after_a_preview(client, clerk):
    kept, duplicate = make.resident(name="王秀兰"), make.own_resident(name="王秀蓝")
    make.booking(resident=duplicate)
    url = url_of(kept, "merge")
    preview = client.post(url, {"q": duplicate.phone})
    assert (preview.status_code, Merge.objects.count()) == (200, 0)
    sent = dict(re.findall(r'name="(q|person|confirmed)" value="([^"]*)"', preview.text))
    assert client.post(url, sent).status_code == 302
    assert Merge.objects.get().duplicate == duplicate
    assert duplicate not in Resident.objects.living()


def test_of_several_people_of_a_name_one_is_chosen(client, clerk):
    kept, first, second = (make.resident(name=name) for name in ("王兰", "王秀", "王秀"))
    response = client.post(url_of(kept, "merge"), {"q": "王秀"})
    assert response.status_code == 422
    assert all(str(person.code) in response.text for person in (first, second))
    assert client.post(url_of(kept, "merge"), {"q": "王秀", "person": str(first.code)}).status_code == 200
    assert client.post(url_of(kept, "merge"), {"q": "nobody"}).status_code == 422


def test_guardian_found_by_initials_is_looked_at_before_it_is_entered(client, clerk):
    small, mother = make.resident(born_on="2024-05-01"), make.own_resident(name="王秀兰")
    asked = client.post(url_of(small, "guardian"), {"q": "wxl", "rank": "1"})
    assert (asked.status_code, str(mother.code) in asked.text) == (422, True)
    assert not small.guardianships.exists()
    sent = {"q": "wxl", "rank": "1", "person": str(mother.code)}
    assert client.post(url_of(small, "guardian"), sent).status_code == 302
    assert small.guardianships.get().adult == mother


def test_nobody_of_another_community_is_named(client, clerk):
    kept, stranger = make.resident(), make.resident(community=make.community())
    for sent in ({"q": stranger.name}, {"q": "x", "person": str(stranger.code)}):
        assert client.post(url_of(kept, "merge"), sent).status_code == 422


def test_a_family_is_entered(client, clerk):
    household = make.household(building=make.building())
    small, mother = make.resident(born_on="2024-05-01"), make.own_resident()
    for person in (small, mother):
        sent = {"building": household.building.pk, "household": household.pk, "on": "2026-11-01"}
        assert client.post(url_of(person, "move-in"), sent).status_code == 302
    sent = {"q": mother.phone, "rank": "1"}
    assert client.post(url_of(small, "guardian"), sent).status_code == 302
    text = client.get(reverse("admin:circle_resident_change", args=[small.pk])).text
    assert text.count(reverse("admin:circle_resident_change", args=[mother.pk])) == 2
    row = small.guardianships.get()
    assert client.post(url_of(small, "guardian-end"), {"guardianship": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_building_elsewhere_is_no_choice(client, clerk):
    resident, building = make.resident(), make.building(community=make.community())
    sent = {"building": building.pk, "on": "2026-11-01"}
    assert client.post(url_of(resident, "move-in"), sent).status_code == 422


def test_a_death_is_reported_and_taken_back(client, clerk):
    resident = make.resident()
    response = client.post(url_of(resident, "death"), {"died_on": "2026-11-25"})
    assert codes(response) == ["death_in_future"]
    assert client.post(url_of(resident, "death"), {"died_on": "2026-11-23"}).status_code == 302
    resident.refresh_from_db()
    assert str(resident.died_on) == "2026-11-23"
    assert client.post(url_of(resident, "death-back"), {"reason": "another"}).status_code == 302
    resident.refresh_from_db()
    assert resident.died_on is None


def test_a_phone_is_changed_and_a_number_released(client, clerk):
    resident = make.own_resident()
    assert codes(client.post(url_of(resident, "phone"), {"phone": "12", "shown": "resident"})) == [
        "phone_invalid"
    ]
    resident.login.in_doubt_since = make.MORNING
    resident.login.save()
    assert client.post(url_of(resident, "release-number")).status_code == 302
    resident.login.refresh_from_db()
    assert resident.login.in_doubt_since is None
    assert client.post(url_of(resident, "phone"), {"phone": "", "shown": "resident"}).status_code == 302
    resident.refresh_from_db()
    assert resident.phone == ""


def test_they_do_not_want_to_be_acted_for(client, clerk):
    mandate = make.mandate()
    url = url_of(mandate.principal, "refuse-acting")
    assert client.post(url, {"agent": make.resident_login().pk}).status_code == 422
    assert client.post(url, {"agent": mandate.agent.pk}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.revoked_at is not None


def test_the_page_of_a_resident_is_flat_in_queries(client, clerk, queries_of):
    resident = make.resident()
    url = reverse("admin:circle_resident_change", args=[resident.pk])
    few = queries_of(url)
    for _ in range(5):
        make.mandate(principal=resident)
        make.guardianship(adult=resident)
        resident.residences.create(
            building=make.building(), moved_in_on="2020-01-01", moved_out_on="2021-01-01"
        )
    assert queries_of(url) == few
