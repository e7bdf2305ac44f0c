from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from circle.privacy import retention


class Command(BaseCommand):
    help = "Deletes data older than their purpose needs; `tick` does the same each night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only list what would be deleted.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = retention.find_expired if options["dry_run"] else retention.run_retention
        for line in found(timezone.now()):
            self.stdout.write(str(line))
