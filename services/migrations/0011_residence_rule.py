import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0010_booking_age_reason"),
    ]

    operations = [
        migrations.CreateModel(
            name="ResidenceRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("local", "registered here"),
                            ("permit", "with a residence permit"),
                            ("living", "just living here"),
                            ("overseas", "from Hong Kong, Macao, Taiwan or abroad"),
                        ],
                        max_length=10,
                        verbose_name="who",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("here", "yes, here"),
                            ("from_here", "yes, it is passed on from here to the home province"),
                            ("elsewhere", "not here"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "where_zh",
                    models.CharField(blank=True, max_length=120, verbose_name="where else (Chinese)"),
                ),
                (
                    "where_en",
                    models.CharField(blank=True, max_length=160, verbose_name="where else (English)"),
                ),
                ("source_zh", models.CharField(blank=True, max_length=200, verbose_name="source (Chinese)")),
                ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="residence_rules",
                        to="services.serviceitem",
                        verbose_name="service item",
                    ),
                ),
            ],
            options={
                "verbose_name": "who is served here",
                "verbose_name_plural": "who is served here",
                "ordering": ["item", "status", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "status", "valid_from"),
                        name="residence_rule_once_a_day",
                        violation_error_message="There is already an answer from that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "elsewhere"), _negated=True),
                            models.Q(("where_zh", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="residence_rule_no_names_the_place",
                        violation_error_message="Say where else they can have it done.",
                    ),
                ],
            },
        ),
    ]
