from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("circle", "0006_building_order")]

    operations = [
        migrations.AlterModelOptions(
            name="alarm",
            options={
                "ordering": ["-raised_at", "-id"],
                "permissions": [
                    ("adult_alarm", "Can see alarms about adults"),
                    ("child_alarm", "Can see alarms about children"),
                ],
                "verbose_name": "alarm",
                "verbose_name_plural": "alarms",
            },
        )
    ]
