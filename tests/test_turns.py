"""In CI the cases of a list take turns, and none is forgotten."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.database import BOTH, database_of
from tests.turns import DAY, HALVES, TURNS, leave_out_what_waits_for_its_turn, todays

CONFIG: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))


def item(name: str, *marks: str) -> Any:
    found = SimpleNamespace(nodeid=name, fixturenames=(), get_closest_marker=lambda mark: mark in marks)
    if "[" in name:
        found.callspec = object()
    return found


LIST = [item(f"test_list[{number}]") for number in range(7)]
LANGUAGES = [item(f"test_page[{language}]") for language in ("en", "zh")]
WHOLE = [item(f"test_whole[{number}]", "every_case") for number in range(4)]
ITEMS = [*LIST, *LANGUAGES, *WHOLE, item("test_alone"), item("test_crash", "long")]
JOURNEYS = [item("test_journey", "browser"), *(item(f"test_walk[{look}]", "browser") for look in range(5))]


def names(items: list[Any]) -> set[str]:
    return {each.nodeid for each in items}


def on_day(monkeypatch: pytest.MonkeyPatch, day: int) -> set[str]:
    monkeypatch.setenv(DAY, str(day))
    return todays(ITEMS)


def test_everything_comes_within_four_days_and_no_list_is_ever_empty(monkeypatch):
    days = [on_day(monkeypatch, day) for day in range(20_000, 20_004)]
    assert set.union(*days) == names(ITEMS)
    for asked in days:
        assert len(asked & names(LIST)) in (1, 2)
        assert len(asked & names(LANGUAGES)) == 1
        assert asked >= names(WHOLE) | {"test_alone"}
    assert ["test_crash" in asked for asked in days].count(True) == 1


def test_every_journey_in_a_browser_comes_within_eight_days(monkeypatch):
    days = []
    for day in range(20_000, 20_000 + HALVES * TURNS):
        monkeypatch.setenv(DAY, str(day))
        days.append(todays(JOURNEYS))
    assert set.union(*days) == names(JOURNEYS)
    assert ["test_journey" in asked for asked in days].count(True) == TURNS


def test_each_case_meets_both_databases(monkeypatch):
    """Days of the case and days of the database must not fall together."""
    met = {
        (asked, database_of(item(asked)))
        for day in range(20_000, 20_000 + 2 * TURNS)
        for asked in on_day(monkeypatch, day)
    }
    assert met == {(name, vendor) for name in names(ITEMS) for vendor in BOTH}


@pytest.mark.every_case
@pytest.mark.parametrize(("ci", "leaves_out"), [("", False), ("true", True)])
def test_only_ci_leaves_cases_out(monkeypatch, ci, leaves_out):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv(DAY, "20001")
    items = list(ITEMS)
    found = leave_out_what_waits_for_its_turn(CONFIG, items)
    assert found == len(ITEMS) - len(items)
    assert (found > 0) is leaves_out
