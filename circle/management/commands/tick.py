import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from circle.hooks import hook_functions
from circle.models.keys import require_keys
from circle.models.ticks import save_tick

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does all scheduled work; run it every minute. Safe to run late, twice or on two machines at once."

    def handle(self, *args: Any, **options: Any) -> None:
        require_keys()
        at = timezone.now()
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
