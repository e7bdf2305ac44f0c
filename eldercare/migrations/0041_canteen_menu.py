import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0022_official_forms"),
        ("eldercare", "0040_series_told_of_its_end"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MenuDay",
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
                ("entered_at", models.DateTimeField(verbose_name="written down at")),
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
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="menu_days",
                        to="circle.facility",
                        verbose_name="canteen",
                    ),
                ),
            ],
            options={
                "verbose_name": "menu of a meal",
                "verbose_name_plural": "menus of the canteen",
                "ordering": ["day", "meal", "facility"],
            },
        ),
        migrations.CreateModel(
            name="Dish",
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
                        default=circle.identifiers.public_codes.short_code,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name (English)")),
                (
                    "price_cents",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="price (fen)",
                    ),
                ),
                ("allergens", models.JSONField(blank=True, default=list, verbose_name="contains")),
                ("variants", models.JSONField(blank=True, default=list, verbose_name="can be had")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
                    "menu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dishes",
                        to="eldercare.menuday",
                        verbose_name="menu of a meal",
                    ),
                ),
            ],
            options={
                "verbose_name": "dish",
                "verbose_name_plural": "dishes",
                "ordering": ["menu", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Portion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("capacity", models.PositiveIntegerField(verbose_name="places")),
                ("taken", models.PositiveIntegerField(default=0, editable=False, verbose_name="taken")),
                (
                    "share",
                    models.CharField(
                        choices=[("reserved", "for orders"), ("walk_in", "for who comes in")],
                        max_length=8,
                        verbose_name="share",
                    ),
                ),
                ("pickup_until", models.DateTimeField(verbose_name="orders until")),
                ("delivery_until", models.DateTimeField(verbose_name="orders to bring home until")),
                (
                    "dish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portions",
                        to="eldercare.dish",
                        verbose_name="dish",
                    ),
                ),
            ],
            options={
                "verbose_name": "portions of a dish",
                "verbose_name_plural": "portions of dishes",
                "ordering": ["dish", "share"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="menuday",
            constraint=models.UniqueConstraint(
                fields=("facility", "day", "meal"),
                name="menu_day_once",
                violation_error_message="There is a menu for this meal already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dish",
            constraint=models.UniqueConstraint(fields=("menu", "name_zh"), name="dish_once_a_meal"),
        ),
        migrations.AddConstraint(
            model_name="dish",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_cents__gte", 0), ("price_cents__lte", 100000)),
                name="dish_price_within_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="portion",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                name="eldercare_portion_within_capacity",
            ),
        ),
        migrations.AddConstraint(
            model_name="portion",
            constraint=models.UniqueConstraint(fields=("dish", "share"), name="portion_one_row_a_share"),
        ),
    ]
