"""One process of clients, each in a thread of its own; tests/race/crowd.py starts it.

    python -m tests.race.process

Their plans come as JSON on the first line of standard input. The process says "ready" once every client
stands at the door, lets them all in when the next line arrives, and prints their answers as JSON.
"""

import json
import sys
from dataclasses import asdict
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import django
import pytest  # noqa: F401 - where it is loaded, circle.settings takes the keys of a test run

Plan = dict[str, Any]


def live(plan: Plan, door: Barrier, answers: list[Any]) -> None:
    """One client: its kind and its task are named in the plan, with the arguments of both."""
    from django.db import connections

    from tests.race import clients

    try:
        client = getattr(clients, plan["kind"])(**plan["client"])
        door.wait()
        door.wait()
        answers += getattr(clients, plan["task"])(client, **plan["arguments"])
    except Exception as error:  # a thread has nobody else to tell
        answers.append(clients.Answer(plan["task"], error=f"{type(error).__name__}: {error}"))
        door.abort()
    finally:
        connections.close_all()


def main() -> None:
    django.setup()
    plans: list[Plan] = json.loads(sys.stdin.readline())
    answers: list[Any] = []
    door = Barrier(len(plans) + 1)
    threads = [Thread(target=live, args=(plan, door, answers)) for plan in plans]
    for thread in threads:
        thread.start()
    try:
        door.wait()
    except BrokenBarrierError:
        raise SystemExit(f"not all clients came to the door: {answers}") from None
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    door.wait()
    for thread in threads:
        thread.join()
    json.dump([asdict(answer) for answer in answers], sys.stdout)


if __name__ == "__main__":
    main()
