import django.db.models.deletion
from django.db import migrations, models

import council.models.rules


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0017_topic_age_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="bodyrule",
            name="minutes_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="Counted from the day of the meeting.",
                verbose_name="days until the minutes are public",
            ),
        ),
        migrations.AddField(
            model_name="bodyrule",
            name="seats_represented",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="While one of them is missing nothing is decided, however many members are there.",
                validators=[council.models.rules.check_seats],
                verbose_name="seats that must be represented",
            ),
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text_zh", models.CharField(max_length=120, verbose_name="option (Chinese)")),
                ("text_en", models.CharField(blank=True, max_length=180, verbose_name="option (English)")),
                ("votes", models.PositiveSmallIntegerField(verbose_name="votes for it")),
                (
                    "resolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="council.resolution",
                        verbose_name="resolution",
                    ),
                ),
            ],
            options={
                "verbose_name": "option of a count",
                "verbose_name_plural": "options of a count",
                "ordering": ["resolution", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("resolution", "number"), name="option_number_once")
                ],
            },
        ),
    ]
