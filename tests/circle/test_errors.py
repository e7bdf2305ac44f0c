import pytest
from django.test import Client, RequestFactory

from circle.views import errors
from tests import make


def test_missing_page_is_told_in_style(client, db):
    make.community()
    response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    expected = ["This page does not exist", "Quarter-Hour Circle", 'role="search"', make.PHONE]
    assert [words for words in expected if words not in response.text] == []


def test_missing_page_keeps_the_language_and_the_look(client, db, html):
    make.community()
    client.cookies["look"] = "size=elder&theme=dark"
    assert '<html lang="en" data-size="elder"' in html(client.get("/en/no-such-page/"))
    assert '<html lang="zh-Hans" data-size="elder"' in html(client.get("/no-such-page/"))


def test_foreign_host_is_refused_in_style(client, db):
    response = client.get("/en/help/", headers={"host": "evil.invalid"})
    assert (response.status_code, "This request cannot be read" in response.text) == (400, True)


def test_form_without_its_token_is_refused_in_style(db):
    make.community()
    response = Client(enforce_csrf_checks=True).post("/en/report/", {"page": "/", "message": "x"})
    assert (response.status_code, "The form was open too long" in response.text) == (403, True)


def test_forbidden_back_office_page_is_told_in_style(client, db):
    make.community()
    client.force_login(make.staff())
    response = client.get("/en/admin/circle/notice/")
    assert (response.status_code, "This page is not for you to open" in response.text) == (403, True)


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
    ],
)
def test_error_page_stands_without_the_visitors_middleware(db, view, status):
    make.community()
    assert view(RequestFactory().get("/")).status_code == status


def test_server_error_page_needs_no_database():
    """No fixture opens the database here: any query would fail this test."""
    response = errors.server_error(RequestFactory().get("/en/"))
    assert (response.status_code, b"css/app.css" in response.content) == (500, True)


def test_server_error_is_told_in_style(client, db, monkeypatch):
    client.raise_request_exception = False
    make.community()
    monkeypatch.delattr("circle.models.Notice.objects")
    response = client.get("/en/notices/")
    assert (response.status_code, "Something went wrong on our side" in response.text) == (500, True)


# Before the first community is entered ----------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "page", ["/", "/circle/", "/services/", "/circle/hall/", "/eldercare/", "/search/?q=x", "/notices/"]
)
def test_empty_database_is_told_and_is_no_error(client, db, prefix, page):
    response = client.get(prefix + page)
    assert response.status_code == 503
    assert f'href="{prefix}/admin/"' in response.text


@pytest.mark.parametrize("page", ["/help/", "/privacy/", "/accessibility/", "/council/", "/robots.txt"])
def test_empty_database_still_shows_plain_pages_or_says_why(client, db, page):
    assert client.get(page).status_code in (200, 503)


def test_empty_database_still_has_its_missing_page(client, db):
    client.raise_request_exception = False
    assert client.get("/no-such-page/").status_code == 404


def test_empty_database_lets_staff_in(client, db):
    assert client.get("/admin/", follow=True).status_code == 200
    client.force_login(make.director())
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/circle/community/add/").status_code == 200
