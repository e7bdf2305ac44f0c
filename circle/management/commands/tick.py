import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from circle.hooks import hook_functions

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Does what the clock asks for; run it every minute. Late, twice or on two machines at once is fine."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        failed = []
        for duty in hook_functions("tick"):
            name = f"{duty.__module__}.{duty.__name__}"
            try:
                for line in duty(at):
                    self.stdout.write(f"{name}: {line}")
            except Exception:  # one app's trouble must not keep the others from their duties
                log.exception("tick: %s failed", name)
                failed.append(name)
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}")
