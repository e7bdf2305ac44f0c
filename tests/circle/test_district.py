"""A planner sees the communities of a district beside each other, and no other ones."""

import pytest
import time_machine
from django.urls import reverse

from circle.coverage.district import share_text
from eldercare.models import VisitDuty
from services.models import Booking
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/circle/community/district/"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(make.MORNING, tick=False):
        yield


@pytest.fixture
def three():
    return [make.community(name_en=f"Community {word}") for word in ("One", "Two", "Three")]


def planner(*communities):
    user = make.user(is_staff=True)
    for community in communities:
        make.post("district_planner", user=user, community=community)
    return user


def names(response) -> list[str]:
    return [row.name_en for row, _values in response.context["lines"]]


def test_page_is_named_in_the_site():
    assert reverse("admin:circle_community_district") == PAGE.removeprefix("/en")


def test_planner_sees_the_communities_of_the_posts(client, three):
    client.force_login(planner(*three[:2]))
    assert names(client.get(PAGE)) == ["Community One", "Community Two"]
    client.force_login(make.director())
    assert names(client.get(PAGE)) == ["Community One", "Community Two", "Community Three"]


@pytest.mark.parametrize("role", ["hall_clerk", "grid_worker", "supervisor"])
def test_others_have_no_overview(client, three, role):
    client.force_login(make.post(role, community=three[0]).user)
    assert client.get(PAGE).status_code == 403


def test_index_leads_there_where_there_is_something_to_compare(client, three):
    client.force_login(planner(*three[:2]))
    assert PAGE in client.get("/en/admin/").text
    client.force_login(planner(three[0]))
    assert PAGE not in client.get("/en/admin/").text


def test_bookings_are_counted_by_what_came_of_them(client, three):
    slot = make.slot(capacity=12)
    for status in ["served"] * 8 + ["no_show", "revoked", "cancelled", "booked"]:
        Booking.objects.filter(pk=make.booking(slot=slot).pk).update(status=status)
    type(slot).objects.update(taken=Booking.objects.holding().count())
    with time_machine.travel(make.moment(2, 9), tick=False):
        client.force_login(planner(three[0]))
        response = client.get(PAGE)
    labels = [str(column.label) for column in response.context["columns"]]
    [(_row, values)] = response.context["lines"]
    said = dict(zip(labels, values, strict=True))
    assert said["bookings due in the last 30 days"] == "10"
    assert (said["came"], said["not called off by us"]) == ("80%", "90%")


def test_share_of_a_few_is_not_shown():
    assert (share_text(1, 9), share_text(5, 10), share_text(0, 0)) == ("–", "50%", "–")


def test_page_takes_the_same_queries_for_many_communities(client, three, django_assert_max_num_queries):
    client.force_login(planner(*three))
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_visits_are_compared_by_whether_they_were_made(client, three):
    ended = {"starts_on": make.moment(-9, 9).date(), "ends_on": make.moment(-2, 9).date(), "every": "week"}
    elder = make.resident(community=three[0])
    VisitDuty.objects.bulk_create(
        VisitDuty(
            community=three[0],
            resident=elder,
            period=f"week:{number}",
            due_at=make.moment(-2, 18),
            status="missed" if number < 3 else "done",
            done_at=None if number < 3 else make.moment(-3, 9),
            **ended,
        )
        for number in range(12)
    )
    client.force_login(planner(*three[:2]))
    response = client.get(PAGE)
    labels = [str(column.label) for column in response.context["columns"]]
    place = labels.index("visits to elders made in time")
    assert [values[place] for _row, values in response.context["lines"]] == ["75%", "–"]


def test_heading_says_who_came_and_not_from_where(client, three):
    client.force_login(planner(*three[:2]))
    assert "到场率" in client.get(PAGE.removeprefix("/en")).text
