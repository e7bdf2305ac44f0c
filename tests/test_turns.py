"""In CI the cases of a list take turns, and none is forgotten."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.turns import leave_out_what_waits_for_its_turn, todays

CONFIG: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))


def item(name: str, *marks: str) -> Any:
    found = SimpleNamespace(nodeid=name, fixturenames=(), get_closest_marker=lambda mark: mark in marks)
    if "[" in name:
        found.callspec = object()
    return found


LIST = [item(f"test_list[{number}]") for number in range(7)]
LANGUAGES = [item(f"test_page[{language}]") for language in ("en", "zh")]
WHOLE = [item(f"test_whole[{number}]", "every_case") for number in range(4)]
ITEMS = [*LIST, *LANGUAGES, *WHOLE, item("test_alone")]


def names(items: list[Any]) -> set[str]:
    return {each.nodeid for each in items}


def test_each_case_comes_within_three_days_and_no_list_is_ever_empty():
    days = [todays(ITEMS, day) for day in range(20_000, 20_003)]
    assert set.union(*days) == names(ITEMS)
    for asked in days:
        assert len(asked & names(LIST)) in (2, 3)
        assert len(asked & names(LANGUAGES)) == 1
        assert asked >= names(WHOLE) | {"test_alone"}


@pytest.mark.every_case
@pytest.mark.parametrize(("ci", "leaves_out"), [("", False), ("true", True)])
def test_only_ci_leaves_cases_out(monkeypatch, ci, leaves_out):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("TEST_DAY", "20001")
    items = list(ITEMS)
    found = leave_out_what_waits_for_its_turn(CONFIG, items)
    assert found == len(ITEMS) - len(items)
    assert (found > 0) is leaves_out
