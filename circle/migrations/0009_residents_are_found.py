"""Residents of before get what they are found by: the name's sound, the phone's last four digits."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from circle import matching
from circle.models.base import tail_of
from circle.vault import unseal


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for resident in apps.get_model("circle", "Resident").objects.iterator():
        resident.search_key = matching.build_key([resident.name], [])
        if resident.phone_sealed:
            resident.phone_tail = tail_of(unseal(resident.phone_sealed))
        resident.save(update_fields=["search_key", "phone_tail"])


class Migration(migrations.Migration):
    dependencies = [("circle", "0008_consents_and_erasures")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
