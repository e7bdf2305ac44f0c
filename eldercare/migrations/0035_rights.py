import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0018_mandate_for_agency"),
        ("eldercare", "0032_day_care"),
        ("services", "0026_papers_sent"),
    ]

    operations = [
        migrations.CreateModel(
            name="Right",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, verbose_name="short name")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("allowance", "Allowances"),
                            ("care", "Care and health"),
                            ("meals", "Meals"),
                            ("card", "Cards"),
                        ],
                        max_length=10,
                        verbose_name="sort",
                    ),
                ),
                ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                ("what_zh", models.CharField(max_length=200, verbose_name="what one gets (Chinese)")),
                (
                    "what_en",
                    models.CharField(blank=True, max_length=300, verbose_name="what one gets (English)"),
                ),
                (
                    "group",
                    models.SlugField(
                        blank=True,
                        help_text="Of several rights of one group only the highest is paid.",
                        max_length=30,
                        verbose_name="group of rights",
                    ),
                ),
                (
                    "is_announced",
                    models.BooleanField(
                        default=False,
                        help_text="People are told before it begins or a card ends, without having asked.",
                        verbose_name="announced beforehand",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="granted at present")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_rights",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.serviceitem",
                        verbose_name="service item by which it is asked for",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
            ],
            options={
                "verbose_name": "right of older people",
                "verbose_name_plural": "rights of older people",
                "ordering": ["community", "order", "code"],
            },
        ),
        migrations.CreateModel(
            name="RightTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("from_age", models.PositiveSmallIntegerField(default=0, verbose_name="from this age on")),
                (
                    "below_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="below this age"),
                ),
                (
                    "means",
                    models.JSONField(blank=True, default=list, verbose_name="how the household gets by"),
                ),
                (
                    "abilities",
                    models.JSONField(blank=True, default=list, verbose_name="how much help is needed"),
                ),
                ("living", models.JSONField(blank=True, default=list, verbose_name="with whom they live")),
                ("cents", models.PositiveIntegerField(blank=True, null=True, verbose_name="amount (fen)")),
                (
                    "per",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("month", "a month"),
                            ("year", "a year"),
                            ("day", "a day"),
                            ("time", "each time"),
                        ],
                        max_length=5,
                        verbose_name="for",
                    ),
                ),
                ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                ("source_en", models.CharField(blank=True, max_length=250, verbose_name="source (English)")),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="eldercare.right",
                        verbose_name="right",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a right",
                "verbose_name_plural": "terms of rights",
                "ordering": ["right", "-valid_from"],
            },
        ),
        migrations.AddConstraint(
            model_name="right",
            constraint=models.UniqueConstraint(
                fields=("community", "code"),
                name="right_code_once",
                violation_error_message="There is already a right with this short name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightterms",
            constraint=models.UniqueConstraint(
                fields=("right", "valid_from"),
                name="right_terms_once_a_day",
                violation_error_message="This right already has terms from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_age__lte", 130),
                    models.Q(("below_age", None), ("below_age__gt", models.F("from_age")), _connector="OR"),
                ),
                name="right_terms_ages_in_order",
                violation_error_message="The lower age must lie below the upper one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cents", None), ("per", "")),
                    models.Q(("cents__isnull", False), models.Q(("per", ""), _negated=True)),
                    _connector="OR",
                ),
                name="right_terms_amount_for_a_time",
                violation_error_message="Say for which time the amount is, and only where there is one.",
            ),
        ),
    ]
