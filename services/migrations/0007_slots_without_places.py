from django.db import migrations


def delete_slots_without_places(apps, schema_editor):
    """They were laid out for a share of no places; no booking has ever been at one of these."""
    apps.get_model("services", "Slot").objects.filter(capacity=0, bookings=None).delete()


class Migration(migrations.Migration):
    dependencies = [("services", "0006_counter_laid_out")]

    operations = [migrations.RunPython(delete_slots_without_places, migrations.RunPython.noop)]
