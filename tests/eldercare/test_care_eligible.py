"""For whom a kind of care is meant beyond the age: an ability grade, or staff's word with a reason."""

import pytest
from django.urls import reverse

from circle.models import Record
from eldercare import actions
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
MORNING = make.MORNING


@pytest.fixture
def kind():
    return care.kind(min_grade=2)


@pytest.fixture
def boss(kind):
    return care.coordinator(community=kind.community)


def graded(kind, grade):
    elder = make.own_resident(community=kind.community)
    boss = care.coordinator(community=kind.community)
    facts = {"grade": grade, "graded_on": MORNING.date()}
    actions.write_profile(resident=elder, facts=facts, at=MORNING, by=boss)
    return elder


def test_grade_decides_and_nobody_assessed_is_refused(refusal, kind):
    slot = care.slot(kind=kind, capacity=9)
    unknown = make.own_resident(community=kind.community)
    assert refusal(care.booking, slot=slot, resident=unknown) == "not_eligible"
    assert refusal(care.booking, slot=slot, resident=graded(kind, 1)) == "not_eligible"
    for grade in (2, 4):
        assert care.booking(slot=slot, resident=graded(kind, grade)).age_reason == ""


def test_request_is_refused_as_well(refusal):
    kind = care.request_kind(min_grade=1)
    elder = graded(kind, 0)
    assert refusal(care.request, kind=kind, resident=elder) == "not_eligible"


def test_staff_give_a_reason_that_is_recorded(refusal, kind, boss):
    slot, elder = care.slot(kind=kind), graded(kind, 0)
    said = {"slot": slot, "resident": elder, "via": "phone", "by": boss}
    assert refusal(care.booking, **said) == "not_eligible"
    assert refusal(care.booking, age_reason="长" * 121, **said) == "reason_too_long"
    booking = care.booking(age_reason="刚出院", **said)
    assert booking.age_reason == "刚出院"
    record = Record.objects.about(booking).get(verb="care_requested")
    assert record.details["exception"] == "grade"
    assert not CareBooking.objects.filter(age_reason="", resident=elder).exists()


def test_page_says_so_before_anything_is_typed(client, kind, html):
    slot, elder = care.slot(kind=kind), graded(kind, 1)
    client.force_login(elder.login)
    chosen = {"resident": elder.code, "slot": slot.code}
    for step in ("care_when", "care_needs"):
        answer = client.get(reverse(step, args=[kind.code]), chosen)
        assert (answer.status_code, answer["Location"]) == (302, kind.get_absolute_url())
    assert "能力评估" in html(client.get(kind.get_absolute_url()))


def test_desk_asks_for_the_reason_only_then(client, kind, boss):
    slot, elder = care.slot(kind=kind), graded(kind, 0)
    client.force_login(boss)
    url = f"{reverse('admin:eldercare_carebooking_what')}?resident={elder.code}&kind={kind.code}"
    once = client.get(url).context["form"]["once"].value()
    sent = {"slot": slot.code, "via": "phone", "once": once}
    refused = client.post(url, sent)
    assert (refused.status_code, 'name="age_reason"' in refused.text) == (422, True)
    assert client.post(url, sent | {"age_reason": "刚出院"}).status_code == 302
