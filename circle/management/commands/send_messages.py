import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from circle.models.keys import require_keys
from circle.notifications import send_messages

PAUSE_SECONDS = 1


class Command(BaseCommand):
    help = "Sends what is due in the outbox. --watch runs until SIGTERM, and finishes the current message."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="check again every second")

    def handle(self, *args: Any, watch: bool, **options: Any) -> None:
        require_keys()
        if not watch:
            self.stdout.write(f"{send_messages(at=timezone.now())} sent")
            return
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        while not asked_to_stop.is_set():
            close_old_connections()
            # One at a time, so that a stop never waits for a whole batch.
            if not send_messages(at=timezone.now(), limit=1):
                asked_to_stop.wait(PAUSE_SECONDS)
