import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0007_slots_without_places"),
    ]

    operations = [
        migrations.CreateModel(
            name="CounterClosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day closed")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day closed")),
                (
                    "from_time",
                    models.TimeField(
                        blank=True,
                        help_text="Without times: closed the whole day.",
                        null=True,
                        verbose_name="from",
                    ),
                ),
                ("until_time", models.TimeField(blank=True, null=True, verbose_name="until")),
                ("reason_zh", models.CharField(max_length=120, verbose_name="reason (Chinese)")),
                ("reason_en", models.CharField(blank=True, max_length=160, verbose_name="reason (English)")),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="services.counter",
                        verbose_name="counter",
                    ),
                ),
            ],
            options={
                "verbose_name": "closure of a counter",
                "verbose_name_plural": "closures of counters",
                "ordering": ["counter", "starts_on"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="counterclosure_ends_after_it_starts",
                        violation_error_message="The last day closed cannot lie before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_time", None), ("until_time", None)),
                            models.Q(
                                ("from_time__isnull", False),
                                ("until_time__gt", models.F("from_time")),
                                ("until_time__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="counterclosure_has_both_times",
                        violation_error_message="Give both times, the second after the first, or none.",
                    ),
                ],
            },
        ),
    ]
