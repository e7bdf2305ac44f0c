import django.db.models.deletion
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0019_ratings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("quarter", models.PositiveSmallIntegerField(verbose_name="quarter")),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                (
                    "papers_out",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Those given to people to fill in at home.",
                        verbose_name="sheets handed out",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveys",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "survey",
                "verbose_name_plural": "surveys",
                "ordering": ["-year", "-quarter", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("link", "by the link"),
                            ("window", "said at the window"),
                            ("paper", "on paper"),
                        ],
                        max_length=6,
                        verbose_name="came",
                    ),
                ),
                (
                    "gain",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "very satisfied"),
                            (4, "satisfied"),
                            (3, "basically satisfied"),
                            (2, "not satisfied"),
                            (1, "very dissatisfied"),
                        ],
                        verbose_name="How satisfied are you with what you can get done close to home?",
                    ),
                ),
                (
                    "happy",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "very satisfied"),
                            (4, "satisfied"),
                            (3, "basically satisfied"),
                            (2, "not satisfied"),
                            (1, "very dissatisfied"),
                        ],
                        verbose_name="How satisfied are you with life in our neighbourhood?",
                    ),
                ),
                (
                    "safe",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (5, "very satisfied"),
                            (4, "satisfied"),
                            (3, "basically satisfied"),
                            (2, "not satisfied"),
                            (1, "very dissatisfied"),
                        ],
                        verbose_name="How satisfied are you with safety in our neighbourhood?",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="circle.survey",
                        verbose_name="survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a survey",
                "verbose_name_plural": "answers to surveys",
            },
        ),
        migrations.CreateModel(
            name="SurveyInvitation",
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
                ("is_used", models.BooleanField(default=False, verbose_name="answered")),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="survey_invitations",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="circle.survey",
                        verbose_name="survey",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation to a survey",
                "verbose_name_plural": "invitations to surveys",
            },
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                fields=("community", "year", "quarter"), name="survey_once_a_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__range", (1, 4))), name="survey_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="survey_closes_after_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gain__range", (1, 5)), ("happy__range", (1, 5)), ("safe__range", (1, 5))
                ),
                name="survey_answer_levels",
            ),
        ),
    ]
