"""The page "how we count" is its document; both halves say the same, with the numbers of the code."""

import re

import pytest

from circle.views.counting import SOURCE, explanation_html
from circle.walking.minutes import DECIMETRES, DETOUR, REACH_MINUTES
from tests import make, make_walks

pytestmark = pytest.mark.django_db
CHINESE, ENGLISH = explanation_html(False)[1], explanation_html(True)[1]
NUMBERS = re.compile(r"\d+(?:\.\d+)?")
PACES = ["adult", "planning", "pram", "elder", "wheelchair"]  # the order of the table


def test_document_has_two_halves_each_under_its_own_title():
    titles = re.findall(r"^# (.+)$", SOURCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [explanation_html(False)[0], explanation_html(True)[0]] == titles


@pytest.mark.parametrize("tag", ["h2", "p", "ul", "li", "table", "tr", "td"])
def test_halves_are_built_alike(tag):
    assert CHINESE.count(f"<{tag}") == ENGLISH.count(f"<{tag}") > 0


def test_halves_name_the_same_numbers():
    assert sorted(NUMBERS.findall(CHINESE)) == sorted(NUMBERS.findall(ENGLISH))


@pytest.mark.parametrize("half", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_numbers_are_those_of_the_code(half):
    rows = [NUMBERS.findall(row) for row in half.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")]
    speeds = [DECIMETRES[pace] / 10 for pace in PACES]
    assert [row for row in rows if row] == [[str(speed), str(round(speed * 900))] for speed in speeds]
    assert str(DETOUR) in half
    assert f"{REACH_MINUTES}" in half


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_shows_the_document_and_the_streets_in_use(client, html, prefix):
    streets = make_walks.network(
        make.here(),
        source="Drawn for the demo",
        attribution="© Somebody",
        filter_version="7",
        crossing_wait_s=23,
    )
    text = client.get(f"{prefix}/circle/how-we-count/").text
    title, body = explanation_html(prefix == "/en")
    expected = [title, body, "Drawn for the demo", "© Somebody", "7", "23", streets.sha256]
    assert [words for words in expected if words not in text] == []


def test_page_without_streets_says_so(client):
    make.here()
    assert "No streets are imported yet" in client.get("/en/circle/how-we-count/").text
