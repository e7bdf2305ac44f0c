"""In CI the cases of a long list take turns: each is asked on every third day. Everywhere else all are.

The whole suite takes two cores most of an hour; half of that is lists of cases that go over the same code:
a page in two languages and six looks, a refusal for each of forty values. Whole on each day stay the role
matrix, the races and every test that is not a list. `make test` always asks everything.
"""

import os
import time
import zlib
from collections import defaultdict

import pytest

TURNS = 3
DAY = "TEST_DAY"  # the environment variable by which all workers of a run agree on the day
WHOLE = ("race", "matrix", "every_case")


def name_day() -> None:
    os.environ.setdefault(DAY, str(int(time.time()) // 86_400))


def leave_out_what_waits_for_its_turn(config: pytest.Config, items: list[pytest.Item]) -> int:
    """How many cases are left to another day: none outside CI."""
    if os.environ.get("CI") != "true":
        return 0
    asked = todays(items, int(os.environ[DAY]))
    left_out = [item for item in items if item.nodeid not in asked]
    if left_out:
        items[:] = [item for item in items if item.nodeid in asked]
        config.hook.pytest_deselected(items=left_out)
    return len(left_out)


def todays(items: list[pytest.Item], day: int) -> set[str]:
    """By their node ids; of a list at least one case. Of two languages each comes every other day."""
    asked, lists = set(), defaultdict(list)
    for item in items:
        if hasattr(item, "callspec") and not is_whole(item):
            lists[item.nodeid.partition("[")[0]].append(item.nodeid)
        else:
            asked.add(item.nodeid)
    for name, cases in lists.items():
        turns = min(TURNS, len(cases))
        asked |= set(sorted(cases)[(day + zlib.crc32(name.encode())) % turns :: turns])
    return asked


def is_whole(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in WHOLE) or "matrix" in getattr(
        item, "fixturenames", ()
    )
