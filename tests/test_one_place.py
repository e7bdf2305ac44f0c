"""A fact of the product stands in one place: to change it one opens one file, and no second copy may come."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import translation

from circle.booking.reminders import REMINDED_FROM, due_reminders
from circle.formats.language import is_english
from circle.walking.limits import LIMIT_MINUTES, TIERS
from tests import make

ROOT = Path(__file__).resolve().parents[1]
APPS = ("circle", "services", "eldercare", "childcare", "council")
# What reads like the fact and is another one, or cannot follow a constant.
ALLOWED = {
    "english": {"circle/formats/language.py"},
    "minutes": {
        "circle/walking/limits.py",
        "circle/models/norms.py",  # the tiers of the standard, which no community may change
        "circle/coverage/export_tables.py",  # the names of published columns
        "circle/coverage/comparison.py",  # the same, in words
        "circle/notifications/outbox.py",  # how long a code is valid
        "circle/booking/waiting.py",  # the step by which waking time is counted
        "circle/proximity/compute.py",  # how long a lease lasts
        "circle/accounts/wechat.py",  # how long a sign-in waits
    },
    "reminders": {"circle/booking/reminders.py"},
}
PATTERNS = {
    "english": r"""startswith\(\(?["']en|get_language\(\) *== *["']en|LANGUAGE_CODE\|slice""",
    "minutes": (
        r"\b5, 10(,| and) 15\b|\b15[ -]minute|\b15\s+minutes|\bminutes <?= ?15\b|[<>]=? 15\b"
        r"|\w*(LIMIT|MINUTES|limit|minutes)(: \w+)? ?= ?15\b|thinnest within 15\b"
    ),
    "reminders": r"REMINDED_FROM\s*=|[<>]=? (dt\.)?time\(16",
}


def sources() -> dict[str, str]:
    found = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    found += (ROOT / "templates").rglob("*.html")
    found += (ROOT / "templates").rglob("*.txt")
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.mark.parametrize("fact", PATTERNS)
def test_fact_stands_in_one_place(fact):
    named = {name for name, text in sources().items() if re.search(PATTERNS[fact], text)}
    assert named - ALLOWED[fact] == set()


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("english", 'if (get_language() or "").startswith("en"):'),
        ("english", "language.startswith(('en', 'zh'))"),
        ("english", 'if get_language() == "en":'),
        ("minutes", "LIMIT = 15  # minutes"),
        ("minutes", "BANDS = (5, 10, 15)"),
        ("minutes", "limit: float = 15,"),
        ("minutes", "sum(each <= 15 for each in minutes)"),
        ("minutes", '{% translate "Farther than 15 minutes" %}'),
        ("minutes", "within 15\n      minutes of here"),
        ("reminders", "REMINDED_FROM = dt.time(16)"),
        ("reminders", "if local.time() < dt.time(16):"),
    ],
)
def test_second_copy_is_found(fact, line):
    assert re.search(PATTERNS[fact], line)


def test_circle_is_the_farthest_tier():
    assert max(TIERS) == TIERS[-1] == LIMIT_MINUTES


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", True), ("en-gb", True), ("zh-hans", False), ("", False), ("zh", False)],
)
def test_is_english_reads_a_language_code(language, expected):
    assert is_english(language) is expected


@pytest.mark.parametrize(("language", "expected"), [("en", True), ("zh-hans", False), (None, False)])
def test_is_english_asks_the_active_language(language, expected):
    with translation.override(language):
        assert is_english() is expected


@pytest.mark.parametrize(("minutes", "is_due"), [(-1, False), (0, True), (479, True)])
def test_bookings_of_tomorrow_are_reminded_of_once_the_hour_has_come(minutes, is_due):
    at = make.moment(0, REMINDED_FROM.hour) + dt.timedelta(minutes=minutes)
    today = make.moment(0, 12).date()
    days = [today, today + dt.timedelta(days=1)]
    assert [each.day for each in due_reminders(at)] == (days if is_due else days[:1])
