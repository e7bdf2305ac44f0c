from django.db import migrations


def fill(apps, schema_editor):
    """Who goes to the doctor with an elder brings them home."""
    apps.get_model("eldercare", "CareKind").objects.filter(code="doctor").update(brings_home=True)


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0011_home_time")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
