"""Several communities in one portal: which one a visitor is in, and how they change it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle.models import Community
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return make.community()


@pytest.fixture
def second(first):
    return Community.objects.get(
        pk=make.community(slug="riverside", name_zh="河滨社区", phone="0851-0000 0777").pk
    )


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["testserver", "riverside.example.org"]


def shown(client, host: str = "testserver", page: str = "/help/"):
    return client.get(page, headers={"host": host}).context["community"]


def test_portal_with_one_community_asks_nobody(client, first):
    assert 'id="communities-heading"' not in client.get("/").text


def test_home_page_names_the_others(client, first, second):
    text = client.get("/").text
    assert reverse("change_community", args=["riverside"]) in text
    assert reverse("change_community", args=[first.slug]) not in text


def test_chosen_community_stays(client, first, second):
    assert shown(client) == first
    assert client.get(reverse("change_community", args=["riverside"]))["Location"] == "/"
    assert (shown(client), shown(client, page="/en/")) == (second, second)
    client.get(reverse("change_community", args=[first.slug]))
    assert shown(client) == first


def test_cached_home_page_is_that_of_the_chosen_community(client, first, second):
    pages = [client.get("/").context["community"]]
    client.get(reverse("change_community", args=["riverside"]))
    pages.append(client.get("/").context["community"])
    assert pages == [first, second]


def test_building_stands_before_the_choice_and_goes_with_it(client, first, second):
    building = make.building(community=first)
    client.cookies["look"] = f"building={building.short_code}&community=riverside"
    assert shown(client) == first
    client.get(reverse("change_community", args=[first.slug]))
    assert building.short_code in client.cookies["look"].value
    client.get(reverse("change_community", args=["riverside"]))
    assert building.short_code not in client.cookies["look"].value
    assert shown(client) == second


def test_host_of_a_community_stands_before_everything(client, first, second):
    Community.objects.filter(pk=second.pk).update(host="riverside.example.org")
    building = make.building(community=first)
    client.cookies["look"] = f"building={building.short_code}&community={first.slug}"
    answer = client.get("/help/", headers={"host": "riverside.example.org:8107"})
    assert (answer.context["community"], bool(answer.context["building"])) == (second, False)
    assert shown(client) == first
    moved = client.get(reverse("change_community", args=["riverside"]))
    assert moved["Location"] == "http://riverside.example.org/"


def test_own_building_counts_under_its_own_host(client, first, second):
    Community.objects.filter(pk=second.pk).update(host="riverside.example.org")
    building = make.building(community=second)
    client.cookies["look"] = f"building={building.short_code}"
    answer = client.get("/help/", headers={"host": "riverside.example.org"})
    assert (answer.context["community"], answer.context["building"]) == (second, building)


@pytest.mark.parametrize("slug", ["", "nowhere", "a%00b", "x" * 60, "'; --", "%E4%B8%80"])
def test_community_that_is_none_is_the_first(client, first, second, slug):
    client.cookies["look"] = f"community={slug}"
    assert shown(client) == first


def test_unknown_community_is_not_found(client, first):
    assert client.get("/settings/community/nowhere/").status_code == 404


def test_foreign_host_is_still_refused_in_style(client, first, second):
    assert client.get("/help/", headers={"host": "evil.invalid"}).status_code == 400


def test_host_is_one_communitys_own(first, second):
    first.host = second.host = "riverside.example.org"
    first.save()
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert set(refusal.value.message_dict) >= {"host"}
    second.host = "https://riverside.example.org/"
    with pytest.raises(ValidationError):
        second.full_clean()


def test_which_community_costs_one_query(client, first, second, django_assert_num_queries):
    client.get("/en/help/")
    with django_assert_num_queries(1):
        client.get("/help/?x=1")
