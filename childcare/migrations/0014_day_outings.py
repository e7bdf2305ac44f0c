import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0013_passed_over"),
        ("circle", "0003_last_tick"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayOuting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left_at", models.DateTimeField(verbose_name="left at")),
                ("returned_at", models.DateTimeField(verbose_name="came back at")),
                (
                    "child_day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outings",
                        to="childcare.childday",
                        verbose_name="day",
                    ),
                ),
                (
                    "collected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.resident",
                        verbose_name="collected by",
                    ),
                ),
                (
                    "collected_under",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.mandate",
                        verbose_name="collected under",
                    ),
                ),
            ],
            options={
                "verbose_name": "outing of a child",
                "verbose_name_plural": "outings of children",
                "ordering": ["left_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("returned_at__gte", models.F("left_at"))),
                        name="day_outing_returns_after_leaving",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("collected_by__isnull", False), ("collected_under", None)),
                            models.Q(("collected_by", None), ("collected_under__isnull", False)),
                            _connector="OR",
                        ),
                        name="day_outing_with_somebody",
                    ),
                ],
            },
        ),
    ]
