from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0004_alarms"),
    ]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="from_time",
            field=models.TimeField(
                blank=True, help_text="Without times: closed the whole day.", null=True, verbose_name="from"
            ),
        ),
        migrations.AddField(
            model_name="closure",
            name="until_time",
            field=models.TimeField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_time", None), ("until_time", None)),
                    models.Q(
                        ("from_time__isnull", False),
                        ("until_time__gt", models.F("from_time")),
                        ("until_time__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="closure_has_both_times",
                violation_error_message="Give both times, the second after the first, or none.",
            ),
        ),
    ]
