import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0018_seats_represented_and_options"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="names_residents",
            field=models.BooleanField(
                default=False,
                help_text="Who holds another seat with a vote is named in any case; observers as residents are.",
                verbose_name="minutes name residents' representatives",
            ),
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="what should stand there")),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("accepted", "accepted"), ("refused", "refused")],
                        default="open",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="council.membership",
                        verbose_name="who asks for it",
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
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="council.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="council.minutesversion",
                        verbose_name="minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment of minutes",
                "verbose_name_plural": "amendments of minutes",
                "ordering": ["minutes", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_ends_with_a_reason",
                    )
                ],
            },
        ),
    ]
