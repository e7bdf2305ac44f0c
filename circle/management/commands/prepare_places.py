from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from circle.importing.osm_kinds import kind_table
from circle.importing.osm_objects import read_objects
from circle.importing.osm_places import BUILDINGS, LEFT_OUT, PLACES, prepare_tables, write_csv
from circle.importing.streets import SENTENCES
from circle.management.commands.import_streets import parse_box
from circle.models import FacilityKind
from circle.walking.osm import UnreadableStreetsError

REASONS_SHOWN = 15


class Command(BaseCommand):
    help = (
        "Writes buildings.csv, places.csv and left_out.csv from an OpenStreetMap file, to be corrected by "
        "hand and imported with --datum wgs84."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--to", type=Path, default=Path(), help="folder for the tables (default: here)")
        parser.add_argument("--bbox", type=parse_box, help="west,south,east,north in degrees")
        parser.add_argument("--grid", default="g1", help="grid of all buildings (default g1)")
        parser.add_argument(
            "--m2-per-person",
            type=float,
            help="estimate the residents from footprint and levels; without it they stay empty",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path, folder = options["file"], options["to"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        kinds = list(FacilityKind.objects.all())
        if not kinds:
            raise CommandError(
                _("There are no kinds of facility yet: run seed_norms or new_community first.")
            )
        try:
            found = read_objects(path, options["bbox"])
        except UnreadableStreetsError as error:
            raise CommandError(str(SENTENCES[error.code])) from error
        tables = prepare_tables(
            found, kinds, grid=options["grid"], m2_per_person=options["m2_per_person"] or None
        )
        folder.mkdir(parents=True, exist_ok=True)
        for name, columns, rows in (
            ("buildings.csv", BUILDINGS, tables.buildings),
            ("places.csv", PLACES, tables.places),
            ("left_out.csv", LEFT_OUT, tables.left_out),
        ):
            write_csv(folder / name, columns, rows)
            self.stdout.write(_("%(count)s rows in %(file)s") % {"count": len(rows), "file": folder / name})
        with_hours = sum(bool(row["opening_hours"]) for row in tables.places)
        self.stdout.write(_("%(count)s places have opening hours.") % {"count": with_hours})
        self.stdout.write(
            _("Kinds by table of tags, version %(version)s.") % {"version": kind_table().version}
        )
        for reason, count in tables.counts.most_common(REASONS_SHOWN):
            self.stdout.write(f"{count:5}  {reason}")
