from typing import Any

from django.core.management.base import BaseCommand, CommandError

from circle.hooks import hook_functions


class Command(BaseCommand):
    help = "Compares counters with the rows they count, and checks all invariants. Exits 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [line for promises in hook_functions("invariants") for line in promises()]
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} promises are broken")
        self.stdout.write("every promise holds")
