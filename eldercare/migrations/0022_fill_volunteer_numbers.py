"""Each volunteer gets a number of their own, to be checked at the door."""

from typing import Any

from django.db import migrations

from circle.identifiers.public_codes import short_code


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("eldercare", "Volunteer").objects.using(schema_editor.connection.alias)
    for pk in rows.filter(number="").values_list("pk", flat=True):
        rows.filter(pk=pk).update(number=short_code())


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0021_volunteer_number")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
