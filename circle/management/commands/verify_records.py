from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from circle.audit.anchor_faults import anchor_faults, parse_anchor_line
from circle.audit.broken_seals import broken_seals
from circle.models import Anchor, Community

SHOWN = 7


class Command(BaseCommand):
    help = "Verifies the hash chain of each community's audit log. Exits 1 on any fault."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--kept",
            nargs=4,
            metavar=("COMMUNITY", "MOMENT", "POSITION", "DIGEST"),
            help="A line that tick printed, stored where nobody with the database can change it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [f"{row.slug}: {line}" for row in Community.objects.all() for line in broken_seals(row)]
        if options["kept"]:
            community = Community.objects.get(slug=options["kept"][0])
            broken += anchor_faults([parse_anchor_line(community, options["kept"])])
        for line in broken:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"the chain is broken in {len(broken)} places")
        latest = Anchor.objects.select_related("community").order_by("-day", "community")[:SHOWN]
        for anchor in latest:
            self.stdout.write(f"{anchor.community.slug} {anchor}")
        self.stdout.write("every chain holds")
