from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0022_official_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="TownStamp",
            fields=[
                ("scope", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
    ]
