from django.db import migrations


def fill(apps, schema_editor):
    """What volunteers give is led by their leader; a fever is asked for on the day, not weeks before."""
    kinds = apps.get_model("eldercare", "CareKind").objects
    kinds.filter(code__in=["company", "visits"]).update(is_volunteer_led=True)
    questions = apps.get_model("eldercare", "CareQuestion").objects.filter(sort="condition")
    questions.filter(kind__code="bathing", code__in=["no-fever", "not-after-meal"]).update(moment="day")
    questions.filter(kind__code="day-care", code="not-ill").update(moment="day")


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0005_leaders_and_moments")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
