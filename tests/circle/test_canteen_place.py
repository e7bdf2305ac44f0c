"""The canteen says what holds at its place today and when it is closed, and changes nothing anywhere else."""

import datetime as dt

import pytest

from circle.models import Closure, Facility
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """The canteen and another place of the community."""
    return (
        make.facility(kind=make.kind(code="elder_canteen"), notice_zh="照常供餐"),
        make.facility(notice_zh="照常开门"),
    )


@pytest.fixture
def canteen(client):
    client.force_login(make.post("canteen").user)
    return client


def close(client, place) -> object:
    day = dt.date(2026, 12, 1)
    said = {
        "facility": place.pk,
        "starts_on": day,
        "ends_on": day,
        "reason_zh": "检修",
        "reason_en": "Repair",
    }
    return client.post("/admin/circle/closure/add/", said)


def test_canteen_changes_todays_notice_of_its_own_place(canteen, places):
    own, other = places
    said = {"notice_zh": "今天供应饺子", "notice_en": "", "activities_zh": "早中晚三餐", "name_zh": "改名"}
    said |= {"closures-TOTAL_FORMS": 0, "closures-INITIAL_FORMS": 0}
    for place in places:
        canteen.post(f"/admin/circle/facility/{place.pk}/change/", said)
    own, other = (Facility.objects.get(pk=place.pk) for place in (own, other))
    assert (own.notice_zh, other.notice_zh) == ("今天供应饺子", "照常开门")
    assert own.name_zh == places[0].name_zh


def test_canteen_reads_the_other_places(canteen, places):
    pages = [canteen.get(f"/admin/circle/facility/{place.pk}/change/") for place in places]
    assert [page.context["has_change_permission"] for page in pages] == [True, False]
    assert set(canteen.get("/admin/circle/facility/").context["cl"].queryset) == set(places)


def test_canteen_closes_its_own_place_and_no_other(canteen, places):
    answers = [close(canteen, place).status_code for place in places]
    assert (answers, [row.facility for row in Closure.objects.all()]) == ([302, 200], [places[0]])


def test_canteen_changes_no_closure_of_another_place(canteen, places):
    closure = make.closure(facility=places[1])
    page = canteen.get(f"/admin/circle/closure/{closure.pk}/change/")
    assert page.context["has_change_permission"] is False


def test_who_also_directs_reaches_all_places(client, places):
    user = make.post("canteen").user
    make.post("director", user=user)
    client.force_login(user)
    assert [close(client, place).status_code for place in places] == [302, 302]


def test_planner_reads_norms_and_changes_none(client):
    norm = make.norm()
    client.force_login(make.post("district_planner").user)
    page = client.get(f"/admin/circle/norm/{norm.pk}/change/")
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)


@pytest.mark.parametrize("page", ["scenario", "candidatesite", "inventory", "closure", "facility"])
def test_planner_has_the_lists_of_the_work(client, page):
    client.force_login(make.post("district_planner").user)
    assert client.get(f"/admin/circle/{page}/").status_code == 200


@pytest.mark.parametrize("page", ["resident", "message", "household", "mandate"])
def test_planner_reads_nothing_of_a_person(client, page):
    client.force_login(make.post("district_planner").user)
    assert client.get(f"/admin/circle/{page}/").status_code == 403
