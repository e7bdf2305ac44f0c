"""What the commands import_facilities and import_buildings share."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from circle.importing.places import Report, find_community
from circle.management.bar import ProgressBar
from circle.models import Located

PROBLEMS_SHOWN = 50


class ImportCommand(BaseCommand):
    """Imports a file of places; a subclass names its function of circle.importing in `take`."""

    take: Any

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (UTF-8 or GB18030) or GeoJSON with points")
        parser.add_argument("--datum", required=True, choices=Located.Datum.values)
        parser.add_argument("--community", default="", help="its short name; needed where there are several")
        parser.add_argument("--off-street", action="store_true", help="accept places far from any street too")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = type(self).take(
                community=find_community(options["community"]),
                path=options["file"],
                datum=options["datum"],
                at=timezone.now(),
                off_street=options["off_street"],
                dry_run=options["dry_run"],
                progress=self.progress,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.answer(report, dry_run=options["dry_run"])

    def progress(self, done: int, total: int) -> None:
        if done == 1:
            self.bar = ProgressBar(self.stdout, total, "Rows")
        self.bar.show(done)

    def answer(self, report: Report, *, dry_run: bool) -> None:
        for number, sentence in report.problems[:PROBLEMS_SHOWN]:
            self.stderr.write(f"row {number}: {sentence}")
        if report.problems:
            raise CommandError(f"{len(report.problems)} problems; nothing was changed.")
        self.stdout.write(f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged.")
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
