"""One process of clients, each in a thread of its own; tests/race/crowd.py starts it."""

from dataclasses import asdict
from multiprocessing.connection import Connection
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from tests.race.children import READY

Plan = dict[str, Any]


def live(pipe: Connection) -> None:
    """Hears the plans, says READY once every client stands at the door, lets them in, gives their answers."""
    plans: list[Plan] = pipe.recv()
    answers: list[Any] = []
    door = Barrier(len(plans) + 1)
    threads = [Thread(target=follow, args=(plan, door, answers)) for plan in plans]
    for thread in threads:
        thread.start()
    try:
        door.wait()
    except BrokenBarrierError:
        pipe.send(f"not all clients came to the door: {answers}")
        return
    pipe.send(READY)
    pipe.recv()
    door.wait()
    for thread in threads:
        thread.join()
    pipe.send([asdict(answer) for answer in answers])


def follow(plan: Plan, door: Barrier, answers: list[Any]) -> None:
    """One client: its kind and its task are named in the plan, with the arguments of both."""
    from django.db import connections

    from tests.race import clients, errands

    try:
        known = vars(clients) | vars(errands)
        client = known[plan["kind"]](**plan["client"])
        door.wait()
        door.wait()
        answers += known[plan["task"]](client, **plan["arguments"])
    except Exception as error:  # a thread has nobody else to tell
        answers.append(clients.Answer(plan["task"], error=f"{type(error).__name__}: {error}"))
        door.abort()
    finally:
        connections.close_all()
