import datetime as dt
import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from circle.hooks import hook_functions
from circle.models.keys import require_keys
from circle.models.ticks import save_tick
from circle.notifications.holding import hold_unsent
from circle.notifications.watch import sending_elsewhere

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does all scheduled work; run it every minute. Safe to run late, twice or on two machines at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--hold-messages",
            action="store_true",
            help="after a restore: send nothing; what is due, and may have been sent before, waits for staff",
        )

    def handle(self, *args: Any, hold_messages: bool, **options: Any) -> None:
        require_keys()
        at = timezone.now()
        if hold_messages:
            with sending_elsewhere():
                self.run_duties(at)
            self.stdout.write(f"{hold_unsent()} messages are held for staff")
        else:
            self.run_duties(at)

    def run_duties(self, at: dt.datetime) -> None:
        failed = []
        for task in hook_functions("tick"):
            name = f"{task.__module__}.{task.__name__}"
            try:
                for line in task(at):
                    self.stdout.write(f"{name}: {line}")
            except Exception:  # one app's failure must not stop the others
                log.exception("tick: %s failed", name)
                failed.append(name)
        save_tick(at)
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
