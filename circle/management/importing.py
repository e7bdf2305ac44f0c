"""What the commands import_facilities and import_buildings share."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.importing.columns import template_text
from circle.importing.faults import Report, write_faults
from circle.importing.places import ImportRequest, find_community
from circle.management.bar import ProgressBar
from circle.models import Located

FAULTS_SHOWN = 50


def codes_of(text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if not codes:
        raise ArgumentTypeError("name the codes, with commas between them")
    return codes


class TableCommand(BaseCommand):
    """Imports a table and answers with its report; a subclass names the table of import_columns.json."""

    table: str

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="CSV with , or ;, Excel (.xlsx) or GeoJSON")
        parser.add_argument("--community", default="", help="its short name; needed where there are several")
        parser.add_argument("--print-template", action="store_true", help="print an example, and stop")
        parser.add_argument("--skip-bad", action="store_true", help="take the rows without a fault")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the faults as a CSV file, too")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def prints_template(self, options: dict[str, Any]) -> bool:
        if options["print_template"]:
            self.stdout.write(template_text(self.table), ending="")
        return bool(options["print_template"])

    def progress(self, done: int, total: int) -> None:
        if done == 1:
            self.bar = ProgressBar(self.stdout, total, _("Rows"))
        self.bar.show(done)

    def answer(self, report: Report, options: dict[str, Any]) -> None:
        for remark in report.remarks:
            self.stdout.write(remark)
        self.show_faults(report, options["report"])
        count = len(report.faults)
        if count and not (options["skip_bad"] and report.taken):
            sentence = ngettext(
                "%(count)s fault; nothing was changed.", "%(count)s faults; nothing was changed.", count
            )
            raise CommandError(sentence % {"count": count})
        counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
        self.stdout.write(_("%(new)s new, %(changed)s changed, %(unchanged)s unchanged.") % counts)
        if report.grids:
            self.stdout.write(_("Grids made: %s.") % ", ".join(report.grids))
        if count:
            skipped = len({fault.row for fault in report.faults})
            self.stdout.write(_("%(count)s rows were left out.") % {"count": skipped})
        if options["dry_run"]:
            self.stdout.write(_("Nothing was changed: this was a dry run."))

    def show_faults(self, report: Report, path: Path | None) -> None:
        for fault in report.faults[:FAULTS_SHOWN]:
            self.stderr.write(str(fault))
        if len(report.faults) > FAULTS_SHOWN:
            self.stderr.write(_("… and %(count)s more.") % {"count": len(report.faults) - FAULTS_SHOWN})
        if path:
            write_faults(path, report.faults)


class ImportCommand(TableCommand):
    """Imports a file of places; a subclass names its function of circle.importing in `take`."""

    take: Any

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--datum", choices=Located.Datum.values, help="of the map the points come from")
        parser.add_argument(
            "--off-street", type=codes_of, default=[], metavar="CODES", help="of rows far from any street"
        )
        parser.add_argument(
            "--trust-datum", action="store_true", help="do not compare the distances to the streets"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if self.prints_template(options):
            return
        if not options["file"] or not options["datum"]:
            raise CommandError(_("Name the file, and with --datum the map that its points come from."))
        try:
            report = type(self).take(self.request(options))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.answer(report, options)

    def request(self, options: dict[str, Any]) -> ImportRequest:
        """Refuses: no_community, several_communities."""
        return ImportRequest(
            community=find_community(options["community"]),
            path=options["file"],
            datum=options["datum"],
            at=timezone.now(),
            off_street=options["off_street"],
            skip_bad=options["skip_bad"],
            make_grids=options.get("make_grids", False),
            trust_datum=options["trust_datum"],
            dry_run=options["dry_run"],
            progress=self.progress,
        )
