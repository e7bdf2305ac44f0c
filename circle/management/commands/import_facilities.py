from circle.importing.facilities import import_facilities
from circle.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Imports facilities from a table; --print-template shows its columns and kinds. All rows or none."
    take = staticmethod(import_facilities)
    table = "facilities"
