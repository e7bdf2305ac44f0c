import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from circle.web.display_preferences import PREFERENCES_COOKIE, DisplayPreferences
from tests import make

pytestmark = pytest.mark.django_db

FULL = DisplayPreferences(size="elder", contrast="high", theme="dark", pace="wheelchair", building="ABC234")
ELSEWHERE = [
    "//evil.invalid/",
    "https://evil.invalid/",
    "http:evil.invalid",
    "javascript:alert(1)",
    "\\\\evil.invalid",
    "/\\evil.invalid",
    "///evil.invalid",
    "evil.invalid",
    "",
]


def look_of(client) -> DisplayPreferences:
    return (
        DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value)
        if PREFERENCES_COOKIE in client.cookies
        else DisplayPreferences()
    )


def settings_post(**values) -> dict[str, str]:
    return {"building": "", "pace": "", "size": "normal", "contrast": "normal", "theme": "auto"} | values


@pytest.mark.parametrize(
    "look", [DisplayPreferences(), DisplayPreferences(size="elder"), DisplayPreferences(pace="pram"), FULL]
)
def test_look_survives_its_cookie(look):
    response = HttpResponse()
    look.write(response, RequestFactory().get("/"))
    assert DisplayPreferences.read(response.cookies[PREFERENCES_COOKIE].value) == look


def test_look_cookie_is_safe_and_kept_a_year():
    response = HttpResponse()
    FULL.write(response, RequestFactory().get("/", secure=True))
    morsel = response.cookies[PREFERENCES_COOKIE]
    assert (morsel["httponly"], morsel["secure"], morsel["samesite"]) == (True, True, "Lax")
    assert morsel["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize(
    "cookie",
    ["", "garbage", "=&=&&", "size=huge", "theme=;pace=fast", "unknown=1", "%ff%fe", "size", "{}", "&" * 400],
)
def test_look_takes_nothing_from_a_garbled_cookie(cookie):
    assert DisplayPreferences.read(cookie) == DisplayPreferences()


def test_look_keeps_what_is_known_and_drops_the_rest():
    assert DisplayPreferences.read(
        "size=elder&theme=neon&pace=flying&colour=red&contrast=high"
    ) == DisplayPreferences(size="elder", contrast="high")


def test_look_reads_no_more_than_it_ever_writes():
    assert DisplayPreferences.read("building=" + "A" * 5000) == DisplayPreferences(building="A" * 12)
    assert DisplayPreferences.read("x" * 400 + "&size=elder") == DisplayPreferences()


@pytest.mark.parametrize(
    ("look", "pace"),
    [
        (DisplayPreferences(), "adult"),
        (DisplayPreferences(size="elder"), "elder"),
        (DisplayPreferences(size="elder", pace="wheelchair"), "wheelchair"),
        (DisplayPreferences(pace="pram"), "pram"),
    ],
)
def test_pace_goes_with_the_size_unless_it_was_chosen(look, pace):
    assert look.walking_pace == pace


@pytest.mark.parametrize(
    "cookie", ["building=ZZZZZZ", "building=%00", "building=%F0%9F%92%A9", "building='--", "\x01"]
)
def test_page_stands_whatever_the_cookie_says(client, cookie):
    make.community()
    client.cookies[PREFERENCES_COOKIE] = cookie
    assert client.get("/circle/").status_code == 200


def test_page_wears_the_look_of_its_cookie(client, html):
    make.community()
    client.cookies[PREFERENCES_COOKIE] = "size=elder&contrast=high&theme=dark"
    response = client.get("/help/")
    assert '<html lang="zh-Hans" data-size="elder" data-contrast="high" data-theme="dark">' in html(response)
    assert "Cookie" in response["Vary"]


def test_elder_mode_goes_on_and_off_and_back_to_the_page(client):
    make.community()
    response = client.get("/settings/elder/on/", {"next": "/en/circle/?dimension=food"})
    assert (response.status_code, response["Location"]) == (302, "/en/circle/?dimension=food")
    assert look_of(client) == DisplayPreferences(size="elder")
    client.get("/settings/elder/off/")
    assert look_of(client) == DisplayPreferences()


def test_elder_mode_leaves_the_rest_of_the_look(client):
    make.community()
    client.cookies[PREFERENCES_COOKIE] = "contrast=high&building=ABC234"
    client.get("/settings/elder/on/")
    assert look_of(client) == DisplayPreferences(size="elder", contrast="high", building="ABC234")


def test_every_page_offers_elder_mode_with_the_way_back(client):
    make.community()
    assert (
        'href="/settings/elder/on/?next=/circle/%3Fdimension%3Dfood"'
        in client.get("/circle/?dimension=food").text
    )


@pytest.mark.parametrize("path", ELSEWHERE)
def test_elder_link_does_not_lead_elsewhere(client, path):
    assert client.get("/settings/elder/on/", {"next": path})["Location"] == "/"


@pytest.mark.parametrize("path", ELSEWHERE)
def test_settings_do_not_lead_elsewhere(client, path):
    make.community()
    assert client.post("/settings/", settings_post(next=path))["Location"] == "/"
    assert client.get("/settings/", {"next": path}).context["next"] == "/"


def test_settings_are_kept_and_lead_back(client):
    building = make.building()
    said = settings_post(
        building=building.short_code, pace="pram", size="elder", contrast="high", theme="light"
    )
    response = client.post("/settings/", said | {"next": "/circle/"})
    assert (response.status_code, response["Location"]) == (302, "/circle/")
    assert look_of(client) == DisplayPreferences("elder", "high", "light", "pram", building.short_code)
    assert building.name in client.get("/circle/").text


def test_settings_show_what_was_chosen(client):
    building = make.building()
    client.cookies[PREFERENCES_COOKIE] = f"building={building.short_code}&theme=dark&pace=elder"
    form = client.get("/settings/").context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "building": building.short_code,
        "pace": "elder",
        "size": "normal",
        "contrast": "normal",
        "theme": "dark",
    }


def test_settings_offer_the_building_of_a_link_first(client):
    building = make.building()
    text = client.get("/settings/", {"building": building.short_code}).text
    assert f'<option value="{building.short_code}" selected>' in text


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", "huge"), ("contrast", ""), ("theme", "neon"), ("pace", "flying"), ("building", "ZZZZZZ")],
)
def test_settings_refuse_what_is_not_offered_and_keep_the_rest(client, name, value):
    make.building()
    said = settings_post(size="elder", theme="dark") | {name: value}
    response = client.post("/settings/", said)
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [name])
    assert {field: form[field].value() for field in form.fields} == said
    assert 'class="summary" role="alert"' in response.text
    assert look_of(client) == DisplayPreferences()


def test_settings_error_is_linked_to_its_field(client, html):
    make.community()
    response = client.post("/en/settings/", settings_post(building="ZZZZZZ"))
    assert '<a href="#id_building">' in html(response)
    assert 'id="id_building_error"' in html(response)


def test_settings_offer_only_buildings_of_the_community(client):
    ours, theirs = make.building(), make.building(community=make.community())
    text = client.get("/settings/").text
    assert (ours.short_code in text, theirs.short_code in text) == (True, False)
    response = client.post("/settings/", settings_post(building=theirs.short_code))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["building"])


def test_look_views_refuse_the_wrong_verb(client):
    make.community()
    assert client.post("/settings/elder/on/").status_code == 405
    assert client.put("/settings/").status_code == 405
    assert client.delete("/settings/").status_code == 405


def test_a_building_brings_its_own_community(client):
    make.community(name_zh="第一社区")
    building = make.building(community=make.community(name_zh="第二社区"))
    client.cookies[PREFERENCES_COOKIE] = f"building={building.short_code}"
    assert client.get("/help/").context["community"].name_zh == "第二社区"
