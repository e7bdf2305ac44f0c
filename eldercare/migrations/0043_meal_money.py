import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0022_official_forms"),
        ("eldercare", "0042_meal_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MealSubsidy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name (English)")),
                (
                    "funder",
                    models.CharField(
                        choices=[
                            ("civil", "civil affairs"),
                            ("disabled", "disabled persons' federation"),
                            ("insurance", "long-term care insurance"),
                            ("charity", "community fund"),
                        ],
                        max_length=10,
                        verbose_name="who pays it",
                    ),
                ),
                (
                    "from_age",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(130)],
                        verbose_name="from this age on",
                    ),
                ),
                (
                    "to_age",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(130)],
                        verbose_name="up to this age",
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
                        help_text="Empty: for everybody of that age.",
                        max_length=12,
                        verbose_name="for elders with this reason",
                    ),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[("meal", "each meal"), ("day", "each day, however many meals")],
                        max_length=4,
                        verbose_name="for",
                    ),
                ),
                (
                    "cents",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="subsidy (fen)",
                    ),
                ),
                (
                    "least_cents",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="only from this price on (fen)",
                    ),
                ),
                (
                    "delivery_cents",
                    models.PositiveIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="more for a meal that is brought home (fen)",
                    ),
                ),
                (
                    "year_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="at most in a year (fen)"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                ("source_en", models.CharField(blank=True, max_length=250, verbose_name="source (English)")),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "subsidy of meals",
                "verbose_name_plural": "subsidies of meals",
                "ordering": ["community", "code", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="MealCharge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="line")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "sign",
                    models.SmallIntegerField(
                        choices=[(1, "+"), (-1, "−")], verbose_name="adds or takes back"
                    ),
                ),
                ("price_cents", models.PositiveIntegerField(verbose_name="price (fen)")),
                ("subsidy_cents", models.PositiveIntegerField(verbose_name="subsidy (fen)")),
                ("own_cents", models.PositiveIntegerField(verbose_name="own share (fen)")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="eldercare.mealorder",
                        verbose_name="order of a meal",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="eldercare.mealsubsidy",
                        verbose_name="subsidy",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of meal money",
                "verbose_name_plural": "lines of meal money",
                "ordering": ["day", "order", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="mealsubsidy",
            constraint=models.UniqueConstraint(
                fields=("community", "code", "valid_from"),
                name="meal_subsidy_once_a_day",
                violation_error_message="This scheme already has values from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealsubsidy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_age", None),
                    ("to_age", None),
                    ("to_age__gte", models.F("from_age")),
                    _connector="OR",
                ),
                name="meal_subsidy_ages_in_order",
                violation_error_message="The last age cannot lie before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealsubsidy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_age__isnull", False),
                    ("to_age__isnull", False),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="meal_subsidy_for_somebody",
                violation_error_message="Say for which ages or for which reason.",
            ),
        ),
        migrations.AddIndex(
            model_name="mealcharge",
            index=models.Index(fields=["community", "day"], name="meal_charge_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="mealcharge",
            constraint=models.UniqueConstraint(fields=("order", "number"), name="meal_charge_each_line_once"),
        ),
        migrations.AddConstraint(
            model_name="mealcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "price_cents",
                        django.db.models.expressions.CombinedExpression(
                            models.F("subsidy_cents"), "+", models.F("own_cents")
                        ),
                    )
                ),
                name="meal_charge_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own_cents__gte", 0),
                    ("price_cents__gte", 0),
                    ("price_cents__lte", 300000),
                    ("subsidy_cents__gte", 0),
                ),
                name="meal_charge_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("sign__in", [1, -1])), name="meal_charge_sign"
            ),
        ),
        migrations.AddConstraint(
            model_name="mealcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("subsidy_cents", 0), ("scheme__isnull", False), _connector="OR"),
                name="meal_charge_names_its_scheme",
            ),
        ),
    ]
