from django.db import migrations


def fill(apps, schema_editor):
    """A meal that is brought home needs an address."""
    questions = apps.get_model("eldercare", "CareQuestion").objects
    questions.filter(kind__code="meals", sort="need", code="home").update(asks_address=True)


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0007_asks_address")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
