import gzip

import pytest

from circle.models import Community
from circle.web.display_preferences import PREFERENCES_COOKIE
from circle.web.page_cache import PAGES
from services.models import ServiceItem
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_pages(fresh_pages, settings):
    """Here pages are kept as in production."""
    settings.KEEP_PAGES = True


def rename(community: Community) -> None:
    Community.objects.filter(pk=community.pk).update(name_zh="改了名")


def test_page_is_kept_while_the_stamp_stands(client, django_assert_num_queries):
    rename_me = make.community(name_zh="旧名")
    first = client.get("/help/")
    with django_assert_num_queries(1):
        assert "旧名" in client.get("/help/").text
    client.cookies["session"] = "x" * 32  # one that is over
    client.cookies["of_another_site"] = "1"
    with django_assert_num_queries(2):
        assert "旧名" in client.get("/help/").text
    rename(rename_me)
    assert "改了名" in client.get("/help/").text
    packed = client.get("/help/", headers={"Accept-Encoding": "gzip"})
    assert "改了名" in gzip.decompress(packed.content).decode()
    assert client.get("/help/", headers={"If-None-Match": packed["ETag"]}).status_code == 304
    assert client.get("/help/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_kept_page_differs_by_look_language_and_address(client):
    make.facility(dimension="food")
    make.facility(dimension="health")
    texts = [
        client.get("/circle/").text,
        client.get("/en/circle/").text,
        client.get("/circle/?dimension=food").text,
    ]
    client.cookies[PREFERENCES_COOKIE] = "size=elder"
    texts.append(client.get("/circle/").text)
    assert len(set(texts)) == 4


def test_kept_page_is_not_given_to_staff(client, django_user_model):
    community = make.community(name_zh="旧名")
    client.get("/help/")
    rename(community)
    client.force_login(make.director())
    assert "改了名" in client.get("/help/").text


def test_page_with_a_waiting_message_is_not_kept_for_others(client):
    make.community()
    client.post("/en/report/", {"page": "/", "message": "Something is wrong", "website": ""})
    assert "Thank you." in client.get("/en/help/").text
    client.cookies.clear()
    assert "Thank you." not in client.get("/en/help/").text


def test_building_of_one_visitor_is_not_shown_to_another(client):
    building = make.building(name_zh="隐秘楼")
    client.cookies[PREFERENCES_COOKIE] = f"building={building.short_code}"
    assert "隐秘楼" in client.get("/circle/").text
    client.cookies.clear()
    assert "隐秘楼" not in client.get("/circle/").text


def test_search_as_you_type_and_the_whole_page_are_kept_apart(client):
    make.item(name_zh="高龄津贴")
    part = client.get("/services/?q=gljt", headers={"HX-Request": "true"}).text
    whole = client.get("/services/?q=gljt").text
    assert ("<html" in part, "<html" in whole) == (False, True)
    assert "<html" not in client.get("/services/?q=gljt", headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("path", ["/settings/", "/report/", "/search/?q=x", "/no-such-page/"])
def test_forms_and_errors_are_not_kept(client, path):
    make.community()
    client.get(path)
    assert not PAGES.values


def test_missing_page_is_not_kept(client):
    make.community()
    assert client.get("/services/GL01/").status_code == 404
    make.item(code="GL01")
    assert client.get("/services/GL01/").status_code == 200
    assert ServiceItem.objects.count() == 1


def test_cookie_of_a_form_does_not_shut_out_of_kept_pages(client, django_assert_num_queries):
    make.community()
    client.get("/en/report/")
    assert client.cookies["csrf"]["max-age"] == ""  # it ends with the browser
    client.get("/help/")
    with django_assert_num_queries(1):
        client.get("/help/")
    client.cookies["csrf"] = "x" * 32
    with django_assert_num_queries(1):  # nor has each visitor a page of their own
        client.get("/help/")


def test_kept_page_does_not_take_the_cookie_of_a_form_away(client):
    make.community()
    client.get("/help/")
    client.get("/en/report/")
    token = client.cookies["csrf"].value
    client.get("/help/")
    assert client.cookies["csrf"].value == token
