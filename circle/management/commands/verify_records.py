from typing import Any

from django.core.management.base import BaseCommand, CommandError

from circle.models import Community
from circle.records import broken_seals


class Command(BaseCommand):
    help = "Follows the hash chain of the records of each community. Exits 1 where it does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [f"{row.slug}: {line}" for row in Community.objects.all() for line in broken_seals(row)]
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"the chain is broken in {len(broken)} places")
        self.stdout.write("every chain holds")
