"""Every deed that the code records has words."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import override

from circle.audit.action_labels import action_label, action_labels
from services.models import Booking

ROOT = Path(__file__).resolve().parents[2]
APPS = ["circle", "services", "eldercare", "childcare", "council"]
# Functions that pass a verb on to `record`.
KEEPERS = {
    "record_consent",
    "record_post_change",
    "record_notice",
    "record_teacher_change",
    "record_item_change",
    "close_erasure",
    "close_residence",
}


def recorded(app: str) -> set[str]:
    """The verbs that stand in the code as they are, after `verb=` or among what such a function is given."""
    found = set()
    for file in (ROOT / app).rglob("*.py"):
        text = file.read_text()
        if "verb" not in text:
            continue
        calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
        for call in calls:
            found |= {word.value.value for word in call.keywords if word.arg == "verb" and plain(word.value)}
            if getattr(call.func, "id", "") in KEEPERS:
                found |= {word.value for word in call.args if plain(word) and "_" in word.value}
    return found


def plain(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_each_recorded_verb_has_words():
    found = set().union(*map(recorded, APPS))
    assert len(found) > 80
    assert sorted(found - set(action_labels())) == []


@pytest.mark.parametrize("app", APPS)
def test_app_has_the_words_of_what_it_records(app):
    hooks = apps.get_app_config(app).hooks
    assert sorted(recorded(app) - set(import_string(hooks["audit_labels"])())) == []


@pytest.mark.parametrize("status", [status for status in Booking.Status if status != "booked"])
def test_each_step_of_a_booking_has_words(status):
    assert f"booking_{status}" in action_labels()


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("booking_made", "预约成功"),
        ("booking_made_refused", "被拒绝：预约成功"),
        ("something_else", "something_else"),
    ],
)
def test_deed_is_said_in_words(verb, words):
    with override("zh-hans"):
        assert action_label(verb) == words
