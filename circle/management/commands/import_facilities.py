from circle.importing.facilities import import_facilities
from circle.management.importing import ImportCommand


class Command(ImportCommand):
    help = (
        "Takes facilities from a CSV or GeoJSON file: code, name_zh, kind, longitude, latitude, address_zh; "
        "also name_en, address_en, landmark_zh, landmark_en, phone, step_free, area_m2. All rows or none."
    )
    take = staticmethod(import_facilities)
