from django.db import migrations


def hide_party_meetings(apps, schema_editor):
    apps.get_model("council", "Body").objects.filter(kind="party_joint").update(visibility="decisions")


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0008_visibility"),
    ]

    operations = [
        migrations.RunPython(hide_party_meetings, migrations.RunPython.noop),
    ]
