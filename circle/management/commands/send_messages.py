import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from circle.models.keys import require_keys
from circle.notifications import send_messages
from circle.notifications.watch import run_senders


class Command(BaseCommand):
    help = "Sends what is due in the outbox. --watch runs until SIGTERM, and finishes the current message."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="check again every second")

    def handle(self, *args: Any, watch: bool, **options: Any) -> None:
        require_keys()
        if watch:
            watch_until_stopped()
        else:
            self.stdout.write(f"{send_messages(at=timezone.now())} sent")


def watch_until_stopped() -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_senders(stop)
