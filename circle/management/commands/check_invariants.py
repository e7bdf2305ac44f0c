from typing import Any

from django.core.management.base import BaseCommand, CommandError

from circle.hooks import hook_functions
from circle.models.keys import key_faults
from circle.models.sealed_columns import unreadable_columns


class Command(BaseCommand):
    help = (
        "Compares counters with the rows they count, checks all invariants and the keys. Exits 1 on a fault."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [*key_faults(), *unreadable_columns()]
        broken += [line for promises in hook_functions("invariants") for line in promises()]
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} promises are broken")
        self.stdout.write("every promise holds")
