import datetime as dt
import re

import pytest
import time_machine

from circle.calendar.working_days import SHANGHAI
from circle.models import Dimension
from circle.web.display_preferences import PREFERENCES_COOKIE
from tests import make

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
PAGES = [
    "",
    "circle/",
    "services/",
    "search/",
    "notices/",
    "settings/",
    "report/",
    "help/",
    "privacy/",
    "accessibility/",
    "eldercare/",
    "childcare/",
    "council/",
    "circle/hall/",
    "circle/hall/poster/",
    "services/GL01/",
]


@pytest.fixture
def hall():
    """A place of each dimension, the hall with hours, an item, a change and a notice."""
    hall = make.facility(
        code="hall",
        name_zh="便民服务大厅",
        name_en="Service hall",
        dimension="civic",
        hours="9:00-12:00 13:30-17:00",
        phone=make.PHONE,
        landmark_en="by the south gate",
        north=100,
    )
    for n, dimension in enumerate(Dimension.ten(), start=1):
        make.facility(dimension=dimension, hours="8:00-22:00", east=60 * n)
    make.item(code="GL01", facility=hall)
    make.change(facility=hall, note_en="A second counter")
    make.notice()
    return hall


@pytest.mark.parametrize("size", ["normal", "elder"])
@pytest.mark.parametrize(
    ("prefix", "other", "language", "other_language"),
    [("/", "/en/", "zh-Hans", "en"), ("/en/", "/", "en", "zh-Hans")],
)
def test_pages_answer_in_both_languages_and_sizes(
    client, html, hall, prefix, other, language, other_language, size
):
    client.cookies[PREFERENCES_COOKIE] = f"size={size}"
    for page in PAGES:
        response = client.get(prefix + page)
        assert (page, response.status_code) == (page, 200)
        assert f'<html lang="{language}" data-size="{size}"' in html(response)
        found = html(response)
        for code, start in ((language, prefix), (other_language, other), ("x-default", "/")):
            address = f"http://testserver{start}{page}"
            assert f'<link rel="alternate" hreflang="{code}" href="{address}"' in found
        [title] = re.findall(r"<title>(.*?)</title>", found)
        assert f'<meta property="og:title" content="{title.strip()}"' in found


def test_favicon_is_there(client):
    found = client.get("/favicon.ico")
    assert (found.status_code, found["Location"].endswith(".svg")) == (301, True)


@pytest.mark.parametrize("page", sorted({*PAGES} - {"settings/", "report/"}))
def test_page_refuses_post(client, page):
    assert client.post(f"/{page}").status_code == 405


@pytest.mark.parametrize(
    "page", ["", "circle/hall/", "services/", "notices/", "help/", "settings/", "healthz"]
)
def test_page_answers_head_for_whoever_checks_its_links(client, hall, page):
    assert client.head(f"/{page}").status_code == 200


@pytest.mark.parametrize("page", ["/", "/circle/", "/circle/hall/", "/services/", "/services/GL01/"])
def test_page_takes_the_same_few_queries_for_5_and_60_places(client, hall, queries_of, page):
    few = queries_of(page)
    for n in range(55):
        place = make.facility(hours="8:00-12:00 14:00-20:00", north=20 * n, dimension=Dimension.ten()[n % 10])
        make.closure(facility=place)
        make.change(facility=place)
    assert queries_of(page) == few <= 12


@pytest.mark.parametrize("page", ["/", "/circle/", "/circle/hall/"])
def test_page_takes_no_more_queries_with_a_building(client, hall, queries_of, page):
    without = queries_of(page)
    client.cookies[PREFERENCES_COOKIE] = f"building={make.building().short_code}"
    assert queries_of(page) <= without + 1


def test_demo_communities_say_so_on_every_page(client):
    community = make.community(is_demo=True)
    long = "Demo data: places, people, numbers and dates on this site are invented."
    pages = [client.get(page).text for page in ("/en/", "/en/help/")]
    assert [(long in page, "Demo data:" in page) for page in pages] == [(True, True), (False, True)]
    community.is_demo = False
    community.save()
    assert "Demo data:" not in client.get("/en/help/").text


def kind(code, **values):
    return make.kind(code=code, **values)


@time_machine.travel(MONDAY, tick=False)
def test_home_shows_the_places_people_use_open_or_not(client):
    waste = make.facility(kind=kind("waste_point"), hours="0:00-0:00", north=5)
    far = make.facility(kind=kind("pharmacy"), name_en="Far", hours="8:00-20:00", north=600)
    near = make.facility(kind=far.kind, name_en="Near", hours="18:00-20:00", north=100)
    hall = make.facility(kind=kind("service_hall"), name_en="Hall", hours="8:00-20:00", north=300)
    page = client.get("/en/")
    shown = [row.facility for row in page.context["used"]]
    assert shown == [hall, near]
    assert (waste in shown, far in shown) == (False, False)
    assert "Closed" in page.text[page.text.index("Near") :]


def test_home_shows_where_one_was_last_first(client):
    hall = make.facility(kind=kind("service_hall"), hours="8:00-20:00", north=300)
    booking = make.booking()
    client.force_login(booking.resident.login)
    shown = [row.facility for row in client.get("/en/").context["used"]]
    assert shown == [booking.slot.counter.facility, hall]


def test_home_says_how_complete_the_circle_is(client):
    make.facility(dimension="food")
    assert (
        "15 minutes' walk from the main gate: 1 of ten kinds of place."
        in client.get("/en/").context["around"].sentence
    )


def test_home_shows_four_notices_and_the_newest_items(client):
    for _ in range(6):
        make.notice()
    newest = make.item(introduced_on=dt.date(2026, 11, 1))
    for _ in range(7):
        make.item()
    response = client.get("/en/")
    assert len(response.context["notices"]) == 4
    assert newest.name_en in response.text


def test_circle_lists_places_within_and_beyond(client):
    near, far = make.facility(north=100), make.facility(north=2000)
    context = client.get("/circle/").context
    assert [row.facility for row in context["within"]] == [near]
    assert [row.facility for row in context["beyond"]] == [far]


def test_circle_keeps_one_dimension(client, html):
    make.facility(dimension="health")
    canteen = make.facility(dimension="food")
    response = client.get("/circle/", {"dimension": "food"})
    assert [row.facility for row in response.context["chosen"]] == [canteen]
    assert 'href="?dimension=food#places-heading" aria-current="true"' in html(response)


@pytest.mark.parametrize("dimension", ["nonsense", "", "FOOD"])
def test_circle_with_an_unknown_dimension_shows_all(client, dimension):
    place = make.facility()
    response = client.get("/circle/", {"dimension": dimension})
    assert [row.facility for row in response.context["chosen"]] == [place]


def test_circle_names_each_gap_and_whom_to_tell(client, html):
    make.facility(dimension="food")
    response = client.get("/en/circle/")
    assert "food" not in response.context["around"].missing
    assert 'href="/en/council/topics/new/?about=home:sport"' in response.text
    assert "Missing within 15 minutes: sport" in html(response)


def test_council_names_the_gap_that_somebody_came_with(client):
    make.community()
    assert "“sport” is missing" in client.get("/en/council/?topic=sport").text
    assert client.get("/council/?topic=<script>").context["topic"] is None


def test_circle_hides_what_is_not_published_or_elsewhere(client):
    place = make.facility()
    hidden = make.facility(is_published=False)
    make.change(facility=hidden, note_en="A secret")
    elsewhere = make.facility(community=make.community())
    make.change(facility=elsewhere, note_en="Not ours")
    response = client.get("/en/circle/")
    assert [row.facility for row in response.context["around"].places] == [place]
    assert list(response.context["changes"]) == []


@time_machine.travel(MONDAY, tick=False)
def test_facility_page_says_where_when_and_what(client, html, hall):
    text = html(client.get("/en/circle/hall/"))
    expected = [
        "Service hall",
        "by the south gate",
        'href="tel:0851-00000100"',
        "about 2 minutes from the main gate",
        "Open now, until 12 noon",
        "A second counter",
        'href="/en/services/GL01/"',
    ]
    assert [words for words in expected if words not in text] == []


@time_machine.travel(MONDAY, tick=False)
def test_facility_page_shows_its_closure_and_notice(client, html, hall):
    make.closure(facility=hall, ends_on=dt.date(2026, 11, 25), reason_en="New windows")
    hall.notice_en = "Enter from the back"
    hall.save()
    text = html(client.get("/en/circle/hall/"))
    expected = ["Closed for now", "New windows", "inclusive", "Enter from the back"]
    assert [words for words in expected if words not in text] == []
    week = client.get("/circle/hall/").context["week"]
    assert [bool(row.spans) for row in week] == [False, False, False, True, True, True, True]


@pytest.mark.parametrize("path", ["/circle/{code}/", "/circle/{code}/poster/"])
def test_facility_that_is_hidden_or_elsewhere_is_not_found(client, hall, path):
    hidden = make.facility(is_published=False)
    elsewhere = make.facility(community=make.community())
    assert client.get(path.format(code=hidden.code)).status_code == 404
    assert client.get(path.format(code=elsewhere.code)).status_code == 404
    assert client.get(path.format(code="no-such-place")).status_code == 404


def test_pages_escape_what_staff_typed(client):
    make.facility(code="x", name_zh="<script>alert(1)</script>", activities_zh="<img src=x onerror=alert(1)>")
    for page in ("/", "/circle/", "/circle/x/", "/circle/x/poster/"):
        text = client.get(page).text
        assert ("<script>alert" in text, "<img src=x" in text) == (False, False)


def test_pages_forbid_foreign_scripts(client):
    make.community()
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_page_of_a_signed_in_visitor_is_private(client, db):
    make.community()
    assert "private" not in client.get("/services/").get("Cache-Control", "")
    client.force_login(make.own_resident().login)
    response = client.get("/services/")
    assert response["Cache-Control"] == "private, no-store"
    assert "camera=()" in response["Permissions-Policy"]
