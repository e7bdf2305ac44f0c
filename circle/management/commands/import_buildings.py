from django.core.management.base import CommandParser

from circle.importing.buildings import import_buildings
from circle.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Imports buildings from a table; --print-template shows its columns. All rows or none."
    take = staticmethod(import_buildings)
    table = "buildings"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--make-grids", action="store_true", help="make the grids that are not there yet")
