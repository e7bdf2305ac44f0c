from django.db import migrations, models

import circle.models.base


class Migration(migrations.Migration):
    dependencies = [("circle", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KeyCanary",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("text_sealed", circle.models.base.SealedText()),
                ("text_index", circle.models.base.SealedIndex()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="key_canary_is_one")
                ]
            },
        ),
    ]
