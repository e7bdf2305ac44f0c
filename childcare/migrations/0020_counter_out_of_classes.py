from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("childcare", "0019_seats_of_children")]

    operations = [
        migrations.RemoveConstraint(
            model_name="nurseryclass",
            name="childcare_nurseryclass_within_capacity",
        ),
        migrations.RemoveField(
            model_name="nurseryclass",
            name="taken",
        ),
    ]
