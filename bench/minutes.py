"""How long it takes to verify twenty years of minutes of a council: 240 versions, wanted within 5 s.

    .ci/with-postgres .venv/bin/python bench/minutes.py [versions]
    .venv/bin/python bench/minutes.py [versions]      on a SQLite of its own

Each of another meeting, which is the dearest case: roll, times and results of every meeting are read again
and compared with what was published. 24 seats and ten items a meeting. The database must be empty.
"""

import sys
import tempfile
import time
from typing import Any

from fresh import start

VERSIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 240
SEATS, ITEMS, MOST_SECONDS = 24, 10, 5
MEETINGS_OF_A_MONTH = 9


def publish_minutes() -> None:
    """In one transaction: to sync each of some 10,000 actions to the disk is not what is measured."""
    from django.db import transaction

    from tests import make_council as council

    with transaction.atomic():
        publish_by_actions(council)


def publish_by_actions(council: Any) -> None:
    """By one secretary and one chair; the tests' own take new ones for each act."""
    secretary, chair = council.secretary(), council.chair()
    council.secretary, council.chair = (lambda **_: secretary), (lambda **_: chair)
    for number in range(VERSIONS):
        part = number % MEETINGS_OF_A_MONTH + 1
        if part == 1:
            sign = {"code": f"body-{number}", "sign": f"第{number}届"}
            body = council.committee(seats=SEATS, **sign)
            council.seats(SEATS, body=body)
        meeting = council.calling(body=body, part=part)
        held = council.held(meeting=meeting, items=ITEMS, members=0, present=SEATS)
        council.published(meeting=held)


def main() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from council.actions.verification import find_minutes_faults

    publish_minutes()
    with CaptureQueriesContext(connection) as seen:
        began = time.perf_counter()
        faults = list(find_minutes_faults())
        took = time.perf_counter() - began
    print(f"{VERSIONS} versions of {ITEMS} items: {took:.2f} s, {len(seen)} queries, on {connection.vendor}")
    if faults or took > MOST_SECONDS:
        raise SystemExit(faults[0] if faults else "slower than wanted")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        main()
