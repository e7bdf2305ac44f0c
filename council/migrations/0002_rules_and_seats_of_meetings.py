import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

SEATS = [
    ("resident", "residents' representative"),
    ("committee", "neighbourhood committee"),
    ("owners", "owners' committee"),
    ("property", "property manager"),
    ("party", "Party branch"),
    ("unit", "local unit"),
    ("observer", "observer"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules",
                        to="council.body",
                        verbose_name="body",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        help_text="For meetings on that day and later.", verbose_name="counts from"
                    ),
                ),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="voting seats by the statutes",
                    ),
                ),
                (
                    "quorum_num",
                    models.PositiveSmallIntegerField(default=2, verbose_name="quorum: numerator"),
                ),
                (
                    "quorum_den",
                    models.PositiveSmallIntegerField(default=3, verbose_name="quorum: denominator"),
                ),
                (
                    "quorum_base",
                    models.CharField(
                        choices=[
                            ("members", "voting members"),
                            ("seats", "all voting seats, vacant ones included"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="quorum: of whom",
                    ),
                ),
                (
                    "quorum_is_strict",
                    models.BooleanField(default=False, verbose_name="quorum: more than that share"),
                ),
                (
                    "pass_num",
                    models.PositiveSmallIntegerField(default=1, verbose_name="to pass: numerator"),
                ),
                (
                    "pass_den",
                    models.PositiveSmallIntegerField(default=2, verbose_name="to pass: denominator"),
                ),
                (
                    "pass_base",
                    models.CharField(
                        choices=[
                            ("cast", "hands for and against"),
                            ("present", "voting members present"),
                            ("members", "all voting members"),
                        ],
                        default="present",
                        max_length=10,
                        verbose_name="to pass: of whom",
                    ),
                ),
                (
                    "pass_is_strict",
                    models.BooleanField(default=True, verbose_name="to pass: more than that share"),
                ),
                (
                    "source_zh",
                    models.CharField(blank=True, max_length=200, verbose_name="source of the rule (Chinese)"),
                ),
                (
                    "source_en",
                    models.CharField(blank=True, max_length=250, verbose_name="source of the rule (English)"),
                ),
                ("is_verified", models.BooleanField(default=False, verbose_name="rule verified")),
            ],
            options={
                "verbose_name": "rule of procedure",
                "verbose_name_plural": "rules of procedure",
                "ordering": ["body", "valid_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_num__gte", 1),
                            ("quorum_num__lte", django.db.models.expressions.F("quorum_den")),
                            ("pass_num__gte", 1),
                            ("pass_num__lte", django.db.models.expressions.F("pass_den")),
                        ),
                        name="bodyrule_shares_are_shares",
                        violation_error_message="A share lies between nothing and the whole.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="rule",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="council.bodyrule",
                verbose_name="rule of procedure",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="seat",
            field=models.CharField(choices=SEATS, max_length=12, null=True, verbose_name="seat"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="is_voting",
            field=models.BooleanField(null=True, verbose_name="votes"),
        ),
    ]
