import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("eldercare", "0036_right_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarePrice",
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
                        blank=True,
                        choices=[
                            ("alone", "lives alone"),
                            ("empty_nest", "a couple without children near"),
                            ("left_behind", "left behind by children who work elsewhere"),
                            ("no_family", "without any family"),
                            ("destitute", "in extreme need, supported by the state"),
                            ("disabled", "cannot look after themselves"),
                            ("severe", "severe handicap"),
                            ("bereaved", "family-planning family in special hardship"),
                            ("aged_80", "eighty or older"),
                        ],
                        help_text="Empty: for everybody else. Of several, the one with which the elder pays least counts.",
                        max_length=12,
                        verbose_name="for elders with this reason",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "unit",
                    models.CharField(
                        choices=[("visit", "each time"), ("hour", "an hour")],
                        max_length=5,
                        verbose_name="for",
                    ),
                ),
                (
                    "elder_cents",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="the elder pays (fen)",
                    ),
                ),
                (
                    "funder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("civil", "civil affairs"),
                            ("disabled", "disabled persons' federation"),
                            ("insurance", "long-term care insurance"),
                            ("charity", "community fund"),
                        ],
                        max_length=10,
                        verbose_name="who pays the rest",
                    ),
                ),
                (
                    "funder_cents",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="they pay (fen)",
                    ),
                ),
                ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                ("source_en", models.CharField(blank=True, max_length=250, verbose_name="source (English)")),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
            ],
            options={
                "verbose_name": "price of care",
                "verbose_name_plural": "prices of care",
                "ordering": ["kind", "reason", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "reason", "valid_from"),
                        name="care_price_once_a_day",
                        violation_error_message="There is already a price from this day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("funder", ""), ("funder_cents", 0)),
                            models.Q(models.Q(("funder", ""), _negated=True), ("funder_cents__gt", 0)),
                            _connector="OR",
                        ),
                        name="care_price_rest_is_paid_by_somebody",
                        violation_error_message="Say who pays the rest, and how much.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("elder_cents__lte", 10000000), ("funder_cents__lte", 10000000)),
                        name="care_price_within_reason",
                    ),
                ],
            },
        ),
    ]
