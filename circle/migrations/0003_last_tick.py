from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0002_key_canary")]

    operations = [
        migrations.CreateModel(
            name="LastTick",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="last_tick_is_one")
                ]
            },
        ),
    ]
