"""In CI the cases of a list, and tests that take long, take turns of four days; elsewhere all are asked.

The whole suite takes two cores most of an hour. Half of that is lists of cases that go over the same code:
a page in two languages and six looks, a refusal for each of forty values. An eighth is a few tests of the
platform that take ten seconds and more each (`long`): a crash, a backup, a move to another database. What is
neither is asked on each day. Journeys in a browser are a third of the time, and what they show of pages and
actions is asked without one too: one half comes for four days, then the other. The database, where there is
a choice (tests/database.py), changes once all have had their turn, so that each case meets both. `make test`
and `make test-postgres` always ask everything.
"""

import os
import time
import zlib
from collections import defaultdict

import pytest

TURNS = 4
HALVES = 2
DAY = "TEST_DAY"  # the environment variable by which all workers of a run agree on the day


def name_day() -> None:
    os.environ.setdefault(DAY, str(int(time.time()) // 86_400))


def turn_of(name: str, turns: int, *, days: int = 1) -> int:
    """Another one after so many days, and on one day not the same for all names."""
    return (int(os.environ[DAY]) // days + zlib.crc32(name.encode())) % turns


def leave_out_what_waits_for_its_turn(config: pytest.Config, items: list[pytest.Item]) -> int:
    """How many tests are left to another day: none outside CI."""
    if os.environ.get("CI") != "true":
        return 0
    asked = todays(items)
    left_out = [item for item in items if item.nodeid not in asked]
    if left_out:
        items[:] = [item for item in items if item.nodeid in asked]
        config.hook.pytest_deselected(items=left_out)
    return len(left_out)


def todays(items: list[pytest.Item]) -> set[str]:
    """By their node ids; of a list at least one case. Of two languages each comes every other day."""
    asked, lists = set(), defaultdict(list)
    for item in items:
        name = item.nodeid.partition("[")[0]
        if item.get_closest_marker("every_case"):
            asked.add(item.nodeid)
        elif item.get_closest_marker("browser") and turn_of(name, HALVES, days=TURNS) != 0:
            continue
        elif hasattr(item, "callspec"):
            lists[name].append(item.nodeid)
        elif not item.get_closest_marker("long") or turn_of(name, TURNS) == 0:
            asked.add(item.nodeid)
    for name, cases in lists.items():
        turns = min(TURNS, len(cases))
        asked |= set(sorted(cases)[turn_of(name, turns) :: turns])
    return asked
