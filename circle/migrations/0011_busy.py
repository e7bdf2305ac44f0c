import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0010_address_confirmed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Busy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quarter",
                    models.PositiveIntegerField(help_text="Since 1970 in UTC.", verbose_name="quarter hour"),
                ),
                ("subject_type", models.CharField(max_length=60, verbose_name="taken by")),
                ("subject_id", models.PositiveBigIntegerField(verbose_name="its number")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="busy_quarters",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="busy_quarters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="worker",
                    ),
                ),
            ],
            options={
                "verbose_name": "taken quarter hour",
                "verbose_name_plural": "taken quarter hours",
                "ordering": ["quarter"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="busy_subject"),
                    models.Index(fields=["quarter"], name="busy_quarter"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("worker__isnull", False)),
                        fields=("worker", "quarter"),
                        name="busy_worker_in_one_place",
                        violation_error_message="This person is somewhere else at that time.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("resident__isnull", False)),
                        fields=("resident", "quarter"),
                        name="busy_resident_in_one_place",
                        violation_error_message="This person is somewhere else at that time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resident", None), ("worker__isnull", False)),
                            models.Q(("resident__isnull", False), ("worker", None)),
                            _connector="OR",
                        ),
                        name="busy_of_a_worker_or_a_resident",
                    ),
                ],
            },
        ),
    ]
