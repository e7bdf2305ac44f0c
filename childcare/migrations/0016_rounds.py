import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.models.base


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0015_pickup_people"),
        ("circle", "0003_last_tick"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                ("ticket", models.CharField(max_length=64, verbose_name="ticket")),
                ("outcome", models.CharField(max_length=8, verbose_name="outcome")),
                ("classes", models.CharField(blank=True, max_length=200, verbose_name="classes")),
            ],
            options={
                "verbose_name": "result of a draw",
                "verbose_name_plural": "results of draws",
                "ordering": ["round", "position"],
            },
        ),
        migrations.CreateModel(
            name="EntryChild",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="which child")),
            ],
            options={
                "verbose_name": "child in a round",
                "verbose_name_plural": "children in a round",
                "ordering": ["entry", "number"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "being planned"),
                            ("open", "open for applications"),
                            ("closed", "closed, list published"),
                            ("sealed", "balls drawn and typed"),
                            ("drawn", "drawn, not yet published"),
                            ("published", "result published"),
                            ("settled", "settled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                ("secret_sealed", circle.models.base.SealedText(blank=True, default="", editable=False)),
                (
                    "commitment",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="fingerprint of the secret"
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="fingerprint of the list"
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="balls drawn by residents"
                    ),
                ),
                (
                    "seed",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="seed of the draw"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="published at"),
                ),
            ],
            options={
                "verbose_name": "round of places",
                "verbose_name_plural": "rounds of places",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="RoundEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lot", models.PositiveIntegerField(verbose_name="lot")),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "placed first by law or policy"),
                            (2, "a sibling is in the nursery"),
                            (3, "lives in the community"),
                            (4, "lives nearby"),
                        ],
                        verbose_name="tier",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("together_only", "all children together or none"),
                            ("split_ok", "one child may start first"),
                        ],
                        default="together_only",
                        max_length=13,
                        verbose_name="siblings",
                    ),
                ),
                ("choices", models.CharField(max_length=400, verbose_name="choices")),
                ("entered_at", models.DateTimeField(verbose_name="entered at")),
            ],
            options={
                "verbose_name": "household in a round",
                "verbose_name_plural": "households in a round",
                "ordering": ["round", "lot"],
            },
        ),
        migrations.CreateModel(
            name="RoundPlaces",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
            ],
            options={
                "verbose_name": "places of a round",
                "verbose_name_plural": "places of rounds",
                "ordering": ["round", "nursery_class"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="passedover",
            name="passed_over_for_a_reason_of_the_list",
        ),
        migrations.AlterField(
            model_name="passedover",
            name="reason",
            field=models.CharField(
                choices=[
                    ("protected", "a child that law or policy places first"),
                    ("sibling", "a sibling is in the nursery already"),
                    ("later_day", "the families ahead want to start later"),
                    ("asked", "the families ahead have asked to wait"),
                    ("draw", "the order of a drawn round"),
                ],
                max_length=10,
                verbose_name="reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="passedover",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["protected", "sibling", "later_day", "asked", "draw"])),
                name="passed_over_for_a_reason_of_the_list",
            ),
        ),
        migrations.AddField(
            model_name="entrychild",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="round_entries",
                to="childcare.application",
                verbose_name="application",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nursery_rounds",
                to="circle.community",
                verbose_name="community",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="value_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="typed by",
            ),
        ),
        migrations.AddField(
            model_name="entrychild",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="childcare.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="drawresult",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="results",
                to="childcare.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="roundentry",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="childcare.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="entrychild",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="children",
                to="childcare.roundentry",
                verbose_name="household",
            ),
        ),
        migrations.AddField(
            model_name="drawresult",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="result",
                to="childcare.roundentry",
                verbose_name="household",
            ),
        ),
        migrations.AddField(
            model_name="roundplaces",
            name="nursery_class",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="childcare.nurseryclass",
                verbose_name="class",
            ),
        ),
        migrations.AddField(
            model_name="roundplaces",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="childcare.round",
                verbose_name="round",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("community", "code"),
                name="round_code_unique_in_community",
                violation_error_message="There is already a round with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("commitment", ""), ("secret_sealed", ""), ("status", "planned")),
                    models.Q(
                        models.Q(("status", "planned"), _negated=True),
                        models.Q(("commitment", ""), _negated=True),
                        models.Q(("secret_sealed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_commits_at_the_opening",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("status__in", ["planned", "open"]), ("value", "")),
                    models.Q(
                        models.Q(("status__in", ["planned", "open"]), _negated=True),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_has_no_value_before_its_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by", None), ("status__in", ["planned", "open", "closed"])),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        ("value_by__isnull", False),
                        models.Q(("value", ""), _negated=True),
                        models.Q(("confirmed_by", models.F("value_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_value_typed_by_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seed", ""), ("status__in", ["planned", "open", "closed", "sealed"])),
                    models.Q(
                        ("status__in", ["drawn", "published", "settled"]),
                        models.Q(("seed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="round_seed_from_the_draw_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("status__in", ["published", "settled"])),
                    models.Q(
                        models.Q(("status__in", ["published", "settled"]), _negated=True),
                        ("published_at", None),
                    ),
                    _connector="OR",
                ),
                name="round_published_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundentry",
            constraint=models.UniqueConstraint(fields=("round", "lot"), name="round_entry_lot_once"),
        ),
        migrations.AddConstraint(
            model_name="roundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__range", (1, 4))), name="round_entry_tier_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("choices", ""), _negated=True), name="round_entry_has_a_choice"
            ),
        ),
        migrations.AddConstraint(
            model_name="entrychild",
            constraint=models.UniqueConstraint(
                fields=("round", "application"),
                name="entry_child_once_in_a_round",
                violation_error_message="This child is in the round already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entrychild",
            constraint=models.UniqueConstraint(fields=("entry", "number"), name="entry_child_number_once"),
        ),
        migrations.AddConstraint(
            model_name="drawresult",
            constraint=models.UniqueConstraint(
                fields=("round", "position"), name="draw_result_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="drawresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["placed", "partly", "waits"])),
                name="draw_result_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundplaces",
            constraint=models.UniqueConstraint(
                fields=("round", "nursery_class"), name="round_places_once_per_class"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundplaces",
            constraint=models.CheckConstraint(
                condition=models.Q(("places__gte", 1)), name="round_places_at_least_one"
            ),
        ),
    ]
