"""The profile of an elder: what staff change there, and that every look is recorded."""

import datetime as dt

import pytest
from django.urls import reverse

from circle.models import Record
from eldercare import actions
from eldercare.models import CareProfile, Visit
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def boss():
    return care.coordinator(community=make.here())


def page_of(elder, verb=""):
    name = "admin:eldercare_visitduty_" + ("ask" if verb else "profile")
    return reverse(name, args=[elder.code, *([verb] if verb else [])])


def test_page_shows_what_is_known_and_records_the_look(client, boss, html):
    elder = care.tag(evidence="看过户口簿").resident
    care.visit(resident=elder, note="灯泡坏了", outcome="needs")
    client.force_login(boss)
    shown = html(client.get(page_of(elder)))
    assert "独居" in shown
    assert "看过户口簿" in shown
    assert "灯泡坏了" in shown
    look = Record.objects.get(verb="data_read", actor=boss)
    assert (look.subject_id, look.details["page"]) == (elder.pk, "care_profile")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"grade": 2}, "day_missing"),
        ({"graded_on": dt.date(2026, 1, 1)}, "day_missing"),
        ({"grade": 2, "graded_on": dt.date(2027, 1, 1)}, "day_ahead"),
    ],
)
def test_grade_has_the_day_of_its_assessment(refusal, boss, facts, code):
    said = {"resident": care.elder(), "facts": facts, "at": make.MORNING, "by": boss}
    assert refusal(actions.write_profile, **said) == code


@pytest.mark.parametrize(
    ("verb", "said", "outcome"),
    [
        (
            "particulars",
            {"grade": "3", "graded_on": "2026-10-01", "hearing": "hard", "key": "邻居"},
            lambda elder: CareProfile.objects.get(resident=elder).grade == 3,
        ),
        ("tag", {"kind": "disabled", "evidence": "评估表"}, lambda elder: elder.risk_tags.count() == 2),
        ("event", {"event": "出院"}, lambda elder: elder.visit_duties.filter(every="event").exists()),
        ("look", {"outcome": "well", "method": "phone"}, lambda elder: Visit.objects.get().method == "phone"),
        (
            "rest",
            {"starts_on": "2026-11-24", "ends_on": "2026-12-24", "reason": "住院", "said_by": "女儿"},
            lambda elder: elder.visit_duties.get().status == "resting",
        ),
    ],
)
def test_staff_change_it_by_the_actions(client, boss, verb, said, outcome):
    elder = care.tag().resident
    client.force_login(boss)
    assert client.get(page_of(elder, verb)).status_code == 200
    assert client.post(page_of(elder, verb), said).status_code == 302
    assert outcome(elder)


def test_refusal_keeps_what_was_typed(client, boss, html):
    elder = care.tag().resident
    client.force_login(boss)
    answer = client.post(page_of(elder, "look"), {"outcome": "needs", "method": "phone", "note": ""})
    assert answer.status_code == 422
    assert not Visit.objects.exists()


def test_reason_is_ended_on_the_page(client, boss):
    tag = care.tag()
    client.force_login(boss)
    client.post(page_of(tag.resident, "untag"), {"tag": tag.pk, "until": "2026-11-24"})
    tag.refresh_from_db()
    assert tag.until == dt.date(2026, 11, 24)


def test_grid_worker_opens_those_of_the_own_grid_only(client):
    home = make.building()
    worker = make.post("grid_worker", grid=home.grid).user
    mine = care.tag(resident=care.elder(building=home)).resident
    other = care.tag(resident=care.elder(building=make.building(grid=make.grid()))).resident
    client.force_login(worker)
    assert client.get(page_of(mine)).status_code == 200
    assert client.get(page_of(other)).status_code == 404
    assert client.get(page_of(mine, "particulars")).status_code == 403
    assert set(CareProfile.objects.for_user(worker)) == {mine.care_profile}


def test_leader_of_the_volunteers_reads_no_profile(client):
    elder = care.tag().resident
    client.force_login(make.post("volunteer_leader").user)
    assert client.get(page_of(elder)).status_code == 403
    assert not CareProfile.objects.for_user(make.post("volunteer_leader").user).exists()
