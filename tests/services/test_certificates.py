"""Certificates of the committee: filled from the register, numbered, checked, revoked; the book of seals."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from circle.models import Record
from services import actions
from services.models import CommitteeCertificate
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
FULL = "兹证明{name}（{born}出生）现居住在{address}。用于{purpose}。"


@pytest.fixture
def neighbour(ours):
    building = make.building(community=ours, name_zh="三栋")
    household = make.household(building=building, door="2-501")
    born = dt.date(1950, 3, 1)
    return make.resident(community=ours, name="王居民", building=building, household=household, born_on=born)


def issued(resident, **values) -> CommitteeCertificate:
    return make.committee_certificate(resident=resident, **values)


def refused(resident, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        issued(resident, **values)
    return refusal.value.code


def test_text_is_filled_from_the_register(neighbour):
    matter = make.certificate_matter(community=neighbour.community, body_zh=FULL)
    found = issued(neighbour, matter=matter, purpose="办借书证")
    home = f"{neighbour.community.name_zh}三栋2-501"
    assert found.body == f"兹证明王居民（1950年3月1日出生）现居住在{home}。用于办借书证。"
    assert Record.objects.about(found).get().verb == "certificate_issued"


def test_what_somebody_is_called_is_not_read_as_a_mark(neighbour):
    neighbour.name = "王{address}"
    assert issued(neighbour, purpose="{name}").body == "兹证明王{address}。用于{name}。"


def test_numbers_run_through_the_year_of_each_community(neighbour):
    first, second = issued(neighbour), issued(neighbour)
    next_year = issued(neighbour, at=NOW + dt.timedelta(days=365))
    other = issued(make.resident(community=make.community()))
    assert [each.number for each in (first, second)] == ["社证〔2026〕1号", "社证〔2026〕2号"]
    assert (next_year.number, other.number) == ("社证〔2027〕1号", "社证〔2026〕1号")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"addressed_to": " "}, "reason_missing"),
        ({"purpose": ""}, "reason_missing"),
        ({"purpose": "长" * 61}, "reason_too_long"),
        ({"copies": 0}, "copies_out_of_range"),
        ({"copies": 10}, "copies_out_of_range"),
    ],
)
def test_what_is_missing_is_refused(neighbour, values, code):
    assert refused(neighbour, **values) == code


def test_what_others_certify_or_the_register_does_not_know_is_refused(neighbour):
    here = neighbour.community
    others = make.certificate_matter(community=here, elsewhere_zh="派出所")
    full = make.certificate_matter(community=here, body_zh=FULL)
    homeless = make.resident(community=here, born_on=dt.date(1950, 3, 1))
    ageless = make.resident(community=here, building=neighbour.building)
    gone = make.resident(community=here, died_on=NOW.date())
    foreign = make.resident(community=make.community())
    assert refused(neighbour, matter=others) == "not_ours"
    assert refused(homeless, matter=full) == "no_home"
    assert refused(ageless, matter=full) == "no_birthday"
    assert refused(gone, matter=full) == "gone"
    assert refused(foreign, matter=full) == "other_community"
    assert not CommitteeCertificate.objects.exists()


@pytest.mark.parametrize("values", [{"serial": 0}, {"copies": 0}, {"copies": 10}])
def test_numbers_out_of_range_are_refused_by_the_database(neighbour, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeCertificate.objects.filter(pk=issued(neighbour).pk).update(**values)


def test_number_is_given_once_by_the_database(neighbour):
    first, second = issued(neighbour), issued(neighbour)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeCertificate.objects.filter(pk=second.pk).update(serial=first.serial)


def check(client, code: str) -> str:
    return client.post("/en/help/real/", {"code": code}).text


def test_anybody_can_check_it_and_learns_for_whom_it_is_from_nobody(client, neighbour):
    found = issued(neighbour)
    text = check(client, found.code.lower())
    assert ("Yes, this is ours." in text, found.number in text, "王居民" in text) == (True, True, False)
    assert "Yes, this is ours." not in check(client, "ZZZZZZZZ")


def test_revoked_one_counts_no_more(client, neighbour):
    found = issued(neighbour)
    by = make.user()
    actions.revoke_certificate(certificate=found, reason="写错了门牌", at=NOW, by=by)
    assert "revoked, it counts no more" in check(client, found.code)
    with pytest.raises(ValidationError) as refusal:
        actions.revoke_certificate(certificate=found, reason="再撤", at=NOW, by=by)
    assert refusal.value.code == "already_revoked"


def test_clerk_makes_it_out_from_the_card_and_prints_it(client, director, neighbour):
    url = f"{reverse('admin:services_committeecertificate_issue')}?resident={neighbour.code}"
    matter = make.certificate_matter(community=neighbour.community)
    make.certificate_matter(community=neighbour.community, name_zh="别人开的", elsewhere_zh="派出所")
    card = client.get(reverse("admin:circle_resident_card", args=[neighbour.code])).text
    assert url.replace("&", "&amp;") in card
    assert "别人开的" not in client.get(url).text
    said = {"matter": matter.pk, "addressed_to": "区图书馆", "purpose": "办借书证", "copies": 2}
    assert client.post(url, said | {"purpose": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    found = CommitteeCertificate.objects.get()
    sheet = client.get(reverse("admin:services_committeecertificate_print", args=[found.pk])).text
    expected = [found.number, "区图书馆：", "兹证明王居民。用于办借书证。", "特此证明", found.code, "共2份"]
    assert [words for words in expected if words not in sheet] == []
    book = client.get(reverse("admin:services_committeecertificate_changelist")).text
    assert found.number in book


@pytest.mark.parametrize("is_demo", [True, False])
def test_sheet_of_the_demo_says_that_it_proves_nothing(client, director, neighbour, is_demo):
    type(neighbour.community).objects.filter(pk=neighbour.community_id).update(is_demo=is_demo)
    found = issued(neighbour)
    sheet = client.get(reverse("admin:services_committeecertificate_print", args=[found.pk])).text
    assert [words in sheet for words in ("演示，不作证明", "Demo, proves nothing")] == [is_demo] * 2


def test_item_lists_what_is_certified_here_and_what_by_others(client, ours):
    make.item(code="CV03", flow="certificate", community=ours)
    make.certificate_matter(community=ours, name_en="Residence")
    make.certificate_matter(
        community=ours, name_en="No record", elsewhere_zh="派出所", elsewhere_en="the police station"
    )
    text = client.get("/en/services/CV03/").text
    here, others = text.split("What we certify")[1].split("What others certify")
    assert ["Residence" in here, "No record" in here] == [True, False]
    assert ["No record" in others, "the police station" in others] == [True, True]
