"""The code of circle names no app above it: what it needs from them comes through the hook table.

Imports are held by import-linter. Here are the strings: labels, permissions, paths of functions, names and
addresses of pages, templates. Settings and urls put the portal together, and migrations are written once.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LABELS = "services|eldercare|childcare|council"
PUT_TOGETHER = {"circle/settings.py", "circle/urls.py"}
AS_A_NAME = re.compile(rf"(?<![A-Za-z])({LABELS})(?![A-Za-z])")  # in a string without spaces
IN_A_SENTENCE = re.compile(rf"\b({LABELS})[._]\w")  # or anywhere, docstrings included

EXCEPTIONS = {
    # Values of the columns `scope` and `role`: words of the field, and stored values do not change.
    ("circle/models/mandates.py", "childcare"),
    ("circle/models/roles.py", "council_chair"),
    ("circle/models/roles.py", "council_secretary"),
}


def names_an_app(text: str) -> bool:
    is_name = not re.search(r"\s", text)
    return bool((is_name and AS_A_NAME.search(text)) or IN_A_SENTENCE.search(text))


def strings(source: str) -> Iterator[str]:
    """Those of f-strings and docstrings included, comments not."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def files() -> list[str]:
    found = (path.relative_to(ROOT) for path in (ROOT / "circle").rglob("*.py"))
    return sorted(str(path) for path in found if "migrations" not in path.parts)


def test_no_string_of_circle_names_an_app_above():
    named = {
        (file, text)
        for file in files()
        if file not in PUT_TOGETHER
        for text in strings((ROOT / file).read_text("utf-8"))
        if names_an_app(text)
    }
    assert len(files()) > 200
    assert sorted(named - EXCEPTIONS) == []
    assert sorted(EXCEPTIONS - named) == []  # and no exception outlives its reason


def test_settings_and_urls_are_where_apps_are_named():
    for file in PUT_TOGETHER:
        assert any(names_an_app(text) for text in strings((ROOT / file).read_text("utf-8"))), file


@pytest.mark.parametrize(
    "source",
    [
        'reverse("council")',
        'reverse("admin:services_booking_changelist")',
        'user.has_perm("childcare.view_health")',
        'f"eldercare.{action}_carekind"',
        'template = "services/_card.html"',
        'path = "/en/council/"',
        'query = "select 1 from services_booking where id = 1"',
        'def load():\n    """Calls services.demo.load."""',
    ],
)
def test_name_of_an_app_is_found(source):
    assert any(map(names_an_app, strings(source)))


@pytest.mark.parametrize(
    "source",
    [
        'label = "session of the council ended"',
        'help_text = "What stands after the name of the site, such as /services/. As it is."',
        'class_name = "microservices"',
        "council = 1  # council.models",
    ],
)
def test_words_of_a_sentence_are_no_name_of_an_app(source):
    assert not any(map(names_an_app, strings(source)))
