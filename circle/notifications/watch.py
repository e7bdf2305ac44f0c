"""Sends what is due until it is told to stop: codes by a sender of their own, so that nothing delays them."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.core.cache import cache
from django.db import close_old_connections, connection
from django.utils import timezone

from circle.notifications.pauses import Pauses
from circle.notifications.sending import send_messages

PAUSE_SECONDS = 1
CODES_PAUSE_SECONDS = 0.3  # somebody waits for it
ALIVE_KEY, ALIVE_SECONDS = "sender", 60


def run_senders(stop: threading.Event) -> None:
    """Both senders end with the message at hand once `stop` is set; a fault of one ends the other as well."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        senders = [pool.submit(send_until, stop, codes=codes) for codes in (True, False)]
        for sender in senders:
            while not sender.done():
                stop.wait(PAUSE_SECONDS)  # in short pieces, for the signal to be heard
                time.sleep(0.05 if stop.is_set() else 0)
    for sender in senders:
        sender.result()


def send_until(stop: threading.Event, *, codes: bool) -> None:
    pauses, told = Pauses(), 0.0
    try:
        while not stop.is_set():
            close_old_connections()
            if codes and time.monotonic() > told + ALIVE_SECONDS / 3:
                cache.set(ALIVE_KEY, True, ALIVE_SECONDS)
                told = time.monotonic()
            # One at a time, so that a stop never waits for a whole batch.
            if not send_messages(at=timezone.now(), limit=1, codes=codes, pauses=pauses):
                stop.wait(CODES_PAUSE_SECONDS if codes else PAUSE_SECONDS)
        if codes:
            cache.delete(ALIVE_KEY)  # `tick` takes over at once; another machine's sender says so again soon
    finally:
        stop.set()
        connection.close()


def is_watched() -> bool:
    """Whether a sender is at work, here or on another machine."""
    return bool(cache.get(ALIVE_KEY))


@contextmanager
def sending_elsewhere() -> Iterator[None]:
    """Meanwhile `tick` leaves all messages alone."""
    cache.set(ALIVE_KEY, True, timeout=None)
    try:
        yield
    finally:
        cache.delete(ALIVE_KEY)
