import datetime as dt
import re

import pytest
from django.utils import timezone

from circle.web.display_preferences import PREFERENCES_COOKIE, DisplayPreferences
from tests import make

pytestmark = pytest.mark.django_db

QR = re.compile(r'<img src="data:image/svg\+xml')


def test_short_link_of_a_facility_leads_to_its_page(client):
    place = make.facility(code="hall")
    response = client.get(f"/q/{place.short_code}")
    assert (response.status_code, response["Location"]) == (302, "/circle/hall/")
    assert PREFERENCES_COOKIE not in client.cookies


def test_short_link_of_a_building_makes_it_the_visitors_own(client):
    building = make.building()
    client.cookies[PREFERENCES_COOKIE] = "size=elder"
    response = client.get(f"/q/{building.short_code}")
    assert (response.status_code, response["Location"]) == (302, "/circle/?from=hallway")
    assert DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value) == DisplayPreferences(
        size="elder", building=building.short_code, pace="elder"
    )


def test_short_link_of_a_building_asks_first_how_one_reads_and_sets_the_slow_pace(client):
    building = make.building()
    page = client.get(client.get(f"/en/q/{building.short_code}")["Location"])
    first = page.text.split("<main")[1]
    assert first.index("/en/settings/elder/on/?next=/en/circle/") < first.index("<h1")
    assert page.context["around"].pace == "elder"
    assert "Read in large type" not in client.get("/en/circle/").text


def test_pace_that_was_chosen_stays_after_the_hallway(client):
    client.cookies[PREFERENCES_COOKIE] = "pace=adult"
    client.get(f"/q/{make.building().short_code}")
    assert DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value).pace == "adult"


def test_short_link_takes_small_letters(client):
    place = make.facility(short_code="ABC234", code="hall")
    assert client.get("/q/abc234")["Location"] == place.get_absolute_url()
    make.building(short_code="DEF567")
    assert client.get("/q/def567")["Location"] == "/circle/?from=hallway"
    assert DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value).building == "DEF567"


def test_short_link_stays_in_its_language(client):
    place = make.facility(code="hall")
    assert client.get(f"/en/q/{place.short_code}")["Location"] == "/en/circle/hall/"


def test_short_link_that_is_unknown_or_hidden_is_not_found(client):
    hidden = make.facility(is_published=False)
    assert client.get("/q/ZZZZZZ").status_code == 404
    assert client.get(f"/q/{hidden.short_code}").status_code == 404


def test_poster_shows_the_qr_code_of_the_short_link(client, html):
    place = make.facility(code="hall", hours="9:00-17:00", name_en="Service hall")
    response = client.get("/en/circle/hall/poster/")
    assert QR.search(html(response))
    assert 'alt="QR code that opens the page of Service hall"' in response.text
    assert response.context["url"] == f"http://testserver/en/q/{place.short_code}"
    assert len(response.context["week"]) == 7


def test_printed_item_shows_a_qr_code(client, html):
    make.item(code="GL01")
    response = client.get("/services/GL01/?print=1")
    assert QR.search(html(response))
    assert response.context["url"] == "http://testserver/services/GL01/"


def test_sitemap_lists_public_pages_in_both_languages(client):
    community = make.community()
    make.facility(code="hall")
    make.item(code="GL01")
    make.notice(slug="water")
    hidden = [
        make.facility(is_published=False, code="hidden-place"),
        make.item(status="draft", code="DRAFT1"),
        make.facility(community=make.community(), code="elsewhere"),
    ]
    assert community.facilities.count() == 2
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    places = set(re.findall(r"<loc>[a-z]+://testserver(.*?)</loc>", response.text))
    expected = {
        "/",
        "/circle/",
        "/services/",
        "/eldercare/",
        "/childcare/",
        "/council/",
        "/notices/",
        "/circle/hall/",
        "/services/GL01/",
        "/notices/water/",
    }
    assert expected | {f"/en{path}" for path in expected} <= places
    assert [row.code for row in hidden if row.code in response.text] == []


def test_robots_keep_out_of_the_back_office(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    lines = response.text.splitlines()
    left_out = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert left_out >= {"/admin/", "/en/admin/", "/services/bookings/", "/en/services/bookings/"}
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_health_and_readiness_answer_without_a_community(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok")


def test_health_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_readiness_names_missing_migrations(client):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="services").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "migrations")


def test_security_contact_is_told_and_does_not_run_out(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@circle.example.org"
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    said = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert said["Contact"] == "mailto:security@circle.example.org"
    assert said["Canonical"] == "http://testserver/.well-known/security.txt"
    assert said["Preferred-Languages"] == "zh, en"
    left = dt.datetime.fromisoformat(said["Expires"]) - timezone.now()
    assert dt.timedelta(days=30) < left < dt.timedelta(days=366)  # RFC 9116 recommends less than a year
