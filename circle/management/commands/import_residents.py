from argparse import ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from circle.importing.places import find_community
from circle.importing.residents import import_residents
from circle.management.importing import TableCommand


def rows_of(text: str) -> list[int]:
    try:
        return [int(number) for number in text.split(",")]
    except ValueError as error:
        raise ArgumentTypeError("name the rows, with commas between them") from error


class Command(TableCommand):
    help = (
        "Registers the people of a table; --print-template shows its columns. Who is there already is left "
        "as they are but for what is empty. All rows or none."
    )
    table = "residents"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--new", type=rows_of, default=[], metavar="ROWS", help="people who only resemble somebody else"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if self.prints_template(options):
            return
        if not options["file"]:
            raise CommandError(_("Name the file."))
        try:
            report = import_residents(
                community=find_community(options["community"]),
                path=options["file"],
                at=timezone.now(),
                new_rows=options["new"],
                skip_bad=options["skip_bad"],
                dry_run=options["dry_run"],
                progress=self.progress,
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.answer(report, options)
