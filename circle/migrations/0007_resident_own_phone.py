from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0007_alarms_about_adults")]

    operations = [
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(
                fields=["phone_index"],
                condition=models.Q(phone_index__isnull=False),
                name="resident_own_phone",
            ),
        ),
    ]
