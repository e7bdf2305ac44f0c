"""Where coverage rests: it makes a test take two thirds longer, and some only go over what others cover.

What is not measured can only lower the figure that `fail_under` asks for, never raise it.
"""

import contextlib
import os
import sys
from collections.abc import Iterator

import pytest

# A browser and a race do their work in processes of their own, which are not traced either.
UNMEASURED = ("unmeasured", "browser", "race")
MEASURED_CASES = 2
# Told to the children of a traced process (coverage's patch "subprocess").
OF_CHILDREN = "COVERAGE_PROCESS_CONFIG"


def is_measured(item: pytest.Item) -> bool:
    """Of a test with many cases only the first ones: the others go over the same lines."""
    if any(item.get_closest_marker(name) for name in UNMEASURED):
        return False
    case = getattr(item, "callspec", None)
    return not case or max(case.indices.values(), default=0) < MEASURED_CASES


@contextlib.contextmanager
def paused_coverage() -> Iterator[None]:
    """Nothing is traced, in this process and in those that it starts; harmless where nothing was."""
    coverage = sys.modules.get("coverage")
    running = coverage.Coverage.current() if coverage else None
    if running is None:
        yield
        return
    told = os.environ.pop(OF_CHILDREN, None)
    running.stop()
    try:
        yield
    finally:
        running.start()
        if told:
            os.environ[OF_CHILDREN] = told
