from typing import Any

from django.db import migrations

from circle.codes import short_code


def give_codes(apps: Any, schema_editor: Any) -> None:
    """Each row its own: adding the column gave one code to all of them, or none."""
    for name, column in (("Notice", "short_code"), ("Message", "code")):
        rows = apps.get_model("circle", name).objects
        for pk in rows.values_list("pk", flat=True).iterator():
            rows.filter(pk=pk).update(**{column: short_code()})


class Migration(migrations.Migration):
    dependencies = [("circle", "0013_notices_have_states")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
