import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0022_official_forms"),
        ("eldercare", "0041_canteen_menu"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MealOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "meal",
                    models.CharField(
                        choices=[("lunch", "lunch"), ("supper", "supper")], max_length=6, verbose_name="meal"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=circle.identifiers.public_codes.new_code,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("eat_in", "eat at the canteen"),
                            ("pickup", "fetch it"),
                            ("delivery", "have it brought home"),
                        ],
                        max_length=8,
                        verbose_name="how it reaches them",
                    ),
                ),
                ("portions", models.PositiveSmallIntegerField(default=1, verbose_name="portions")),
                ("price_cents", models.PositiveIntegerField(verbose_name="price of a portion (fen)")),
                ("variants", models.JSONField(blank=True, default=list, verbose_name="cooked how")),
                ("door", models.CharField(blank=True, max_length=20, verbose_name="entrance and door")),
                (
                    "eats_anyway",
                    models.JSONField(blank=True, default=list, verbose_name="eats it all the same"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "ordered"),
                            ("cancelled", "cancelled"),
                            ("revoked", "called off by us"),
                            ("uneaten", "will not be eaten"),
                            ("served", "handed over"),
                            ("missed", "not fetched or nobody at home"),
                        ],
                        default="ordered",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                ("cut_off_at", models.DateTimeField(verbose_name="can be cancelled until")),
                (
                    "late_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="why after the cut-off"),
                ),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("phone", "by phone"),
                            ("window", "at the window"),
                            ("walk_in", "walk-in"),
                            ("door", "at the door"),
                        ],
                        max_length=8,
                        verbose_name="made",
                    ),
                ),
                ("booked_at", models.DateTimeField(verbose_name="made at")),
                (
                    "booked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.building",
                        verbose_name="building",
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
                    "dish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="eldercare.dish",
                        verbose_name="dish",
                    ),
                ),
                (
                    "late_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken down late by",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.mandate",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meal_orders",
                        to="circle.resident",
                        verbose_name="who eats",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of a meal",
                "verbose_name_plural": "orders of meals",
                "ordering": ["-day", "meal", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MealProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("allergens", models.JSONField(blank=True, default=list, verbose_name="must not eat")),
                ("door", models.CharField(blank=True, max_length=20, verbose_name="entrance and door")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.building",
                        verbose_name="building",
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
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meal_profile",
                        to="circle.resident",
                        verbose_name="who eats",
                    ),
                ),
            ],
            options={
                "verbose_name": "what somebody eats",
                "verbose_name_plural": "what people eat",
            },
        ),
        migrations.CreateModel(
            name="StandingOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=circle.identifiers.public_codes.new_code,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "meal",
                    models.CharField(
                        choices=[("lunch", "lunch"), ("supper", "supper")], max_length=6, verbose_name="meal"
                    ),
                ),
                ("weekdays", models.JSONField(default=list, verbose_name="weekdays")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("eat_in", "eat at the canteen"),
                            ("pickup", "fetch it"),
                            ("delivery", "have it brought home"),
                        ],
                        max_length=8,
                        verbose_name="how it reaches them",
                    ),
                ),
                ("portions", models.PositiveSmallIntegerField(default=1, verbose_name="portions")),
                ("variants", models.JSONField(blank=True, default=list, verbose_name="cooked how")),
                ("door", models.CharField(blank=True, max_length=20, verbose_name="entrance and door")),
                ("address_on", models.DateField(verbose_name="address given on")),
                ("first_day", models.DateField(verbose_name="first day")),
                (
                    "status",
                    models.CharField(
                        choices=[("running", "running"), ("ended", "ended")],
                        default="running",
                        max_length=7,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("phone", "by phone"),
                            ("window", "at the window"),
                            ("walk_in", "walk-in"),
                            ("door", "at the door"),
                        ],
                        max_length=8,
                        verbose_name="made",
                    ),
                ),
                ("booked_at", models.DateTimeField(verbose_name="made at")),
                (
                    "booked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.building",
                        verbose_name="building",
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
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.mandate",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_orders",
                        to="circle.resident",
                        verbose_name="who eats",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing order of a meal",
                "verbose_name_plural": "standing orders of meals",
                "ordering": ["-booked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="StandingDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "ordered"),
                            ("waiting", "could not be ordered"),
                            ("paused", "pauses"),
                            ("settled", "seen to"),
                        ],
                        max_length=7,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                ("cause", models.CharField(blank=True, max_length=20, verbose_name="cause")),
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
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_date",
                        to="eldercare.mealorder",
                        verbose_name="order",
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dates",
                        to="eldercare.standingorder",
                        verbose_name="standing order",
                    ),
                ),
            ],
            options={
                "verbose_name": "date of a standing order",
                "verbose_name_plural": "dates of standing orders",
                "ordering": ["day", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MealPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
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
                    "standing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="eldercare.standingorder",
                        verbose_name="standing order",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause of a standing order",
                "verbose_name_plural": "pauses of standing orders",
                "ordering": ["starts_on"],
            },
        ),
        migrations.AddIndex(
            model_name="mealorder",
            index=models.Index(fields=["community", "day", "meal"], name="meal_order_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "ordered")),
                fields=("resident", "day", "meal"),
                name="meal_order_once",
                violation_error_message="This person has ordered this meal already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ordered"), ("way", "delivery"), _negated=True),
                    models.Q(("building__isnull", False), models.Q(("door", ""), _negated=True)),
                    _connector="OR",
                ),
                name="meal_order_brought_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("portions__gte", 1), ("portions__lte", 3)), name="meal_order_portions"
            ),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_cents__gte", 0), ("price_cents__lte", 100000)),
                name="meal_order_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("late_by", None), ("late_reason", "")),
                    models.Q(("late_by__isnull", False), models.Q(("late_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="meal_order_late_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "revoked"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="meal_order_revoked_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealprofile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("building", None), ("door", "")),
                    models.Q(("building__isnull", False), models.Q(("door", ""), _negated=True)),
                    _connector="OR",
                ),
                name="meal_profile_whole_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "running")),
                fields=("resident", "meal"),
                name="standing_order_one_a_meal",
                violation_error_message="This meal comes to this person already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "running"), ("way", "delivery"), _negated=True),
                    models.Q(("building__isnull", False), models.Q(("door", ""), _negated=True)),
                    _connector="OR",
                ),
                name="standing_order_brought_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("portions__gte", 1), ("portions__lte", 3)), name="standing_order_portions"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingdate",
            constraint=models.UniqueConstraint(fields=("standing", "day"), name="standing_date_once"),
        ),
        migrations.AddConstraint(
            model_name="standingdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ordered"), _negated=True), ("order__isnull", False), _connector="OR"
                ),
                name="standing_date_has_its_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="mealpause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="meal_pause_ends_after_it_begins",
            ),
        ),
    ]
