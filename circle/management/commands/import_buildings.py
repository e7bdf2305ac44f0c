from circle.importing.buildings import import_buildings
from circle.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Takes buildings from a CSV or GeoJSON file: code, name_zh, grid, longitude, latitude; also name_en, "
        "address_zh, address_en, entrances, households, residents, elders_60, elders_80, gate_note_zh, "
        "gate_note_en. All rows or none."
    )
    take = staticmethod(import_buildings)
