"""Clients book over HTTP while the server under them is killed again and again; also for bench/crash.py."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from services.models import Booking, Slot
from tests.race import crowd
from tests.race.clients import Answer
from tests.race.hall import Hall
from tests.race.server import Server

BETWEEN = (3, 30)  # bookings from one blow to the next: it must hit a server at work
AT_LEAST = 4  # blows, on however slow a machine
AT_MOST = 90  # seconds, then something hangs


@dataclass
class Storm:
    """What was done to the server, and what its clients were told."""

    blows: Counter[str] = field(default_factory=Counter)
    answers: list[Answer] = field(default_factory=list)

    @property
    def retries(self) -> int:
        return sum(answer.tries - 1 for answer in self.answers)


def storm(
    hall: Hall,
    server: Server,
    *,
    seconds: float,
    processes: int,
    more: dict[str, Callable[[], bool]],
    others: Iterable[dict[str, Any]] = (),
) -> Storm:
    """One patient client for each family. Every third blow fells the whole server, the others a worker.

    After so many seconds the hall closes, and the server is left in peace until everybody has an answer.
    `more` names other blows; each says whether it has hit anything. `others`: plans of clients beside them.
    """
    plans = [
        crowd.browser(hall, server.origin, family[0].login, is_patient=True)
        | crowd.filling(hall.slots, family, seed=number, seconds=seconds + AT_MOST, cancels=3)
        for number, family in enumerate(hall.families)
    ]
    found = Storm()
    with crowd.crowd([*plans, *others], processes) as clients:
        clients.let_in()
        batter(server, found.blows, seconds, {"worker": server.kill_worker} | more)
        Slot.objects.update(closed_by=Slot.ClosedBy.STAFF)
        found.answers = clients.answers()
    return found


def batter(
    server: Server, blows: Counter[str], seconds: float, smaller: dict[str, Callable[[], bool]]
) -> None:
    chance = random.Random(1)
    stop = time.monotonic() + seconds
    while time.monotonic() < stop or blows.total() < AT_LEAST:
        wait_for_bookings(chance.randint(*BETWEEN), stop + AT_MOST)
        if blows.total() % 3 == 1:
            server.kill()
            server.start()
            blows["server"] += 1
        else:
            name = chance.choice(list(smaller))
            blows[name] += smaller[name]()


def wait_for_bookings(number: int, stop: float) -> None:
    enough = Booking.objects.count() + number
    while Booking.objects.count() < enough:
        assert time.monotonic() < stop, "nobody books any more"
        time.sleep(0.02)
