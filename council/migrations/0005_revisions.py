from django.db import migrations, models

APPEND_ONLY = "council_minutesversion"


def drop_triggers(apps, schema_editor):
    """They name every column: SQLite drops none that a trigger names. `migrate` puts them back at its end."""
    table = f" ON {APPEND_ONLY}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {APPEND_ONLY}_no_update{table}")


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0004_rules_and_seats_of_meetings_required"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model, name=name, field=models.PositiveIntegerField(default=0, editable=False)
            )
            for model, name in (
                ("meeting", "roll_revision"),
                ("minutesversion", "revision"),
                ("resolution", "revision"),
            )
        ),
        migrations.RunPython(
            migrations.RunPython.noop, drop_triggers
        ),  # the last here is the first going back
    ]
