import datetime as dt
import re

import pytest
import time_machine

from services.models import ServiceItem
from tests import make

pytestmark = pytest.mark.django_db

BEGAN = dt.date(2024, 3, 1)
HTMX = {"HX-Request": "true"}


def codes(client, **filters) -> list[str]:
    response = client.get("/services/", filters)
    assert response.status_code == 200
    return [row.code for row in response.context["rows"]]


@pytest.fixture
def catalogue():
    """31 items when the catalogue began, 23 added since, and one draft that nobody sees."""
    theme = make.category()
    for n in range(54):
        added = dt.date(2025, 3, 1) + dt.timedelta(days=n)
        make.item(category=theme, introduced_on=BEGAN if n < 31 else added, code=f"T{n:02}")
    make.item(category=theme, status="draft", code="DRAFT")


def test_catalogue_counts_what_is_offered_and_what_was_added(client, catalogue):
    response = client.get("/en/services/")
    growth = response.context["growth"]
    assert (response.context["page"].paginator.count, growth.began_on) == (54, BEGAN)
    assert (growth.at_first, growth.added) == (31, 23)
    assert "54 items in this list" in " ".join(response.text.split())
    assert "with 31 items; 23 have been added since." in response.text


@pytest.mark.parametrize(
    ("on", "count", "added"),
    [
        ("2024-02-29", 0, 0),
        ("2024-03-01", 31, 0),
        ("2025-03-31", 31, 0),
        ("2025-04-01", 32, 1),
        ("2030-01-01", 54, 23),
    ],
)
def test_catalogue_as_of_any_date(client, catalogue, on, count, added):
    context = client.get("/services/", {"on": on}).context
    assert (context["page"].paginator.count, context["growth"].added) == (count, added)
    assert context["on"] == dt.date.fromisoformat(on)


def test_item_is_offered_until_the_day_it_is_withdrawn():
    item = make.item(introduced_on=BEGAN, withdrawn_on=dt.date(2026, 1, 1))
    days = [BEGAN - dt.timedelta(days=1), BEGAN, dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    offered = [ServiceItem.objects.public(item.community).offered(day).exists() for day in days]
    assert offered == [False, True, True, False]


def test_withdrawn_items_do_not_count_as_growth(client, catalogue):
    ServiceItem.objects.filter(code__in=["T00", "T53"]).update(withdrawn_on=dt.date(2026, 1, 1))
    growth = client.get("/services/").context["growth"]
    assert (growth.at_first, growth.added) == (30, 22)


@time_machine.travel("2026-11-23 23:30+08:00", tick=False)
def test_item_of_tomorrow_waits_for_tomorrow_in_shanghai(client):
    make.item(code="T1", introduced_on=dt.date(2026, 11, 24))
    assert codes(client) == []
    with time_machine.travel("2026-11-24 00:01+08:00", tick=False):
        assert codes(client) == ["T1"]


def test_filters_each_narrow_the_list(client):
    theme, elders, students = (
        make.category(slug="relief"),
        make.audience(slug="elders"),
        make.audience(slug="students"),
    )
    make.item(code="PLAIN")
    make.item(code="THEME", category=theme)
    make.item(code="ELDER", audiences=[elders, students])
    make.item(code="FOOD", dimension="food")
    make.item(code="BOOK", is_bookable=True)
    make.item(code="SPOT", promised_days=0)
    make.item(code="AGENCY", has_agency=True)
    assert len(codes(client)) == 7
    filters = [
        ("theme", "relief"),
        ("person", "elders"),
        ("person", "students"),
        ("dimension", "food"),
        ("bookable", "on"),
        ("spot", "on"),
        ("agency", "on"),
    ]
    assert [codes(client, **{name: value}) for name, value in filters] == [
        ["THEME"],
        ["ELDER"],
        ["ELDER"],
        ["FOOD"],
        ["BOOK"],
        ["SPOT"],
        ["AGENCY"],
    ]


def test_filters_combine_and_say_when_nothing_fits(client):
    make.item(code="BOTH", is_bookable=True, promised_days=0)
    make.item(code="ONE", is_bookable=True)
    assert codes(client, bookable="on", spot="on") == ["BOTH"]
    response = client.get("/en/services/", {"bookable": "on", "dimension": "sport"})
    assert "No item fits all of these at once." in response.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "nonsense"),
        ("person", "nobody"),
        ("dimension", "space"),
        ("on", "yesterday"),
        ("on", "2026-02-30"),
        ("theme", "\x01"),
    ],
)
def test_unknown_filter_value_is_shown_as_an_error_and_left_out(client, name, value):
    make.item(code="T1")
    response = client.get("/en/services/", {name: value})
    assert (response.status_code, list(response.context["form"].errors)) == (200, [name])
    assert [row.code for row in response.context["rows"]] == ["T1"]
    first = "on_day" if name == "on" else name  # of the three boxes of a day
    assert f'href="#id_{first}"' in response.text


def test_overlong_words_are_shown_as_an_error(client):
    make.item(code="T1")
    response = client.get("/services/", {"q": "长" * 61})
    assert list(response.context["form"].errors) == ["q"]
    assert response.context["form"]["q"].value() == "长" * 61


def test_filters_survive_paging(client, page_links):
    theme = make.category(slug="relief")
    for n in range(130):
        make.item(category=theme, code=f"T{n:03}", is_bookable=True)
    make.item()
    seen = []
    url = "?theme=relief&bookable=on"
    for _ in range(3):
        response = client.get(f"/services/{url}")
        seen += [row.code for row in response.context["rows"]]
        url = page_links(response).get("next", "")
    assert seen == [f"T{n:03}" for n in range(130)]
    assert page_links(response) == {"prev": "?theme=relief&bookable=on&page=2"}


@pytest.mark.parametrize("page", ["0", "x", "-3", "999", ""])
def test_strange_page_number_is_taken(client, page):
    make.item(code="T1")
    assert codes(client, page=page) == ["T1"]


def test_catalogue_takes_the_same_few_queries_for_5_and_130_items(client, queries_of):
    theme, elders = make.category(), make.audience()
    for n in range(5):
        make.item(category=theme, name_zh=f"高龄事项{n}", audiences=[elders])
    pages = [
        "/services/",
        "/services/?q=gaoling",
        "/services/?q=nothing-of-the-kind",
        "/services/?bookable=on",
    ]
    few = [queries_of(page) for page in pages]
    for n in range(125):
        make.item(category=theme, name_zh=f"高龄事项{n}", audiences=[elders])
    assert [queries_of(page) for page in pages] == few
    assert max(few) <= 12


def test_list_stands_by_theme_and_each_theme_once(client, html):
    """Two themes may share their place in the order: staff leave it at 0."""
    first, second = make.category(order=0, slug="first"), make.category(order=0, slug="second")
    for n, theme in enumerate([first, second, first, second]):
        make.item(category=theme, code=f"T{n}")
    assert re.findall(r'<h2 id="theme-(\w+)"', html(client.get("/services/"))) == ["first", "second"]


def test_htmx_gets_the_results_alone(client):
    make.item(name_zh="高龄津贴")
    response = client.get("/services/", {"q": "gljt"}, headers=HTMX)
    assert response.status_code == 200
    assert ("<html" in response.text, "高龄津贴" in response.text) == (False, True)
    assert "HX-Request" in response["Vary"]


def test_catalogue_shows_only_its_own_community(client):
    make.item(code="OURS")
    make.item(code="THEIRS", community=make.community())
    assert codes(client) == ["OURS"]


def test_catalogue_works_by_its_form_without_script(client):
    make.item(name_zh="高龄津贴", code="T1")
    text = client.get("/services/").text
    names = set(re.findall(r'name="(\w+)"', text))
    days = {"on_year", "on_month", "on_day"}
    assert {"q", "theme", "person", "dimension", "bookable", "spot", "agency"} | days <= names
