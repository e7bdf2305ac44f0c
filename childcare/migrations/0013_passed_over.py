import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0012_fees_out_of_classes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PassedOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("protected", "a child that law or policy places first"),
                            ("sibling", "a sibling is in the nursery already"),
                            ("later_day", "the families ahead want to start later"),
                            ("asked", "the families ahead have asked to wait"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("passed_at", models.DateTimeField(verbose_name="at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passings",
                        to="childcare.application",
                        verbose_name="passed over",
                    ),
                ),
                (
                    "nursery_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="childcare.nurseryclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed",
                        to="childcare.application",
                        verbose_name="offered to",
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "family passed over",
                "verbose_name_plural": "families passed over",
                "ordering": ["-passed_at", "-id"],
                "indexes": [models.Index(fields=["nursery_class", "-passed_at"], name="passed_over_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "offered_to", "passed_at"), name="passed_over_once_by_an_offer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("application", models.F("offered_to")), _negated=True),
                        name="passed_over_by_another_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["protected", "sibling", "later_day", "asked"])),
                        name="passed_over_for_a_reason_of_the_list",
                    ),
                ],
            },
        ),
    ]
