import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0018_mandate_for_agency"),
        ("eldercare", "0035_rights"),
        ("services", "0026_papers_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("noted_at", models.DateTimeField(verbose_name="noted at")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_cards",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_cards",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_cards",
                        to="eldercare.right",
                        verbose_name="card",
                    ),
                ),
            ],
            options={
                "verbose_name": "card that somebody holds",
                "verbose_name_plural": "cards that people hold",
                "ordering": ["ends_on", "id"],
                "indexes": [models.Index(fields=["community", "ends_on"], name="held_card_end")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resident", "right"),
                        name="held_card_once",
                        violation_error_message="This card is noted already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RightNotice",
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
                    "cause",
                    models.CharField(
                        choices=[("begins", "a right begins"), ("ends", "a card ends")],
                        max_length=6,
                        verbose_name="what happens",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("told_at", models.DateTimeField(verbose_name="message written at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("told", "no answer yet"),
                            ("accepted", "wants it"),
                            ("declined", "does not want it"),
                        ],
                        default="told",
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("status_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "via",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("online", "online"),
                            ("phone", "by phone"),
                            ("window", "at the window"),
                            ("walk_in", "walk-in"),
                            ("door", "at the door"),
                        ],
                        max_length=8,
                        verbose_name="answered",
                    ),
                ),
                ("is_on_paper", models.BooleanField(default=False, verbose_name="signed on the slip")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="right_notices",
                        to="services.agencycase",
                        verbose_name="agency case",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="right_notices",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="right_notices",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="eldercare.right",
                        verbose_name="right",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a right",
                "verbose_name_plural": "notices of rights",
                "ordering": ["day", "id"],
                "indexes": [models.Index(fields=["community", "status", "day"], name="right_notice_status")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resident", "right", "day"),
                        name="right_notice_once",
                        violation_error_message="This person was told already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("status", "told"), ("via", "")),
                            models.Q(
                                models.Q(("status", "told"), _negated=True),
                                models.Q(("via", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="right_notice_answered_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("status", "accepted")),
                            models.Q(models.Q(("status", "accepted"), _negated=True), ("case", None)),
                            _connector="OR",
                        ),
                        name="right_notice_accepted_opens_a_case",
                    ),
                ],
            },
        ),
    ]
