from typing import Any

from django.core.management.base import BaseCommand, CommandError

from council.actions.verification import find_minutes_faults
from council.models import MinutesVersion


class Command(BaseCommand):
    help = "Compares published minutes with their hashes, records, chain and meetings. Exits 1 on a fault."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(find_minutes_faults())
        for line in faults:
            self.stderr.write(line)
        if faults:
            raise CommandError(f"{len(faults)} faults in published minutes")
        self.stdout.write(f"{MinutesVersion.objects.public().count()} published versions verified")
