import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import circle.management.migration_operations
import circle.models.base


class Migration(migrations.Migration):
    replaces = [
        ("childcare", "0001_initial"),
        ("childcare", "0002_health_changed_at_and_head_tasks"),
        ("childcare", "0003_known_apart"),
        ("childcare", "0004_line_restarted"),
        ("childcare", "0005_days_not_collected"),
        ("childcare", "0006_earlier_absence"),
        ("childcare", "0007_tasks_of_a_place"),
        ("childcare", "0008_objections"),
        ("childcare", "0009_application_channel"),
        ("childcare", "0010_class_prices"),
        ("childcare", "0011_prices_of_classes"),
        ("childcare", "0012_fees_out_of_classes"),
        ("childcare", "0013_passed_over"),
        ("childcare", "0014_day_outings"),
        ("childcare", "0015_pickup_people"),
        ("childcare", "0016_rounds"),
        ("childcare", "0017_alarms_of_circle"),
        ("childcare", "0018_seats_by_date"),
        ("childcare", "0019_seats_of_children"),
        ("childcare", "0020_counter_out_of_classes"),
        ("childcare", "0021_class_change_tasks"),
        ("childcare", "0022_line_moves"),
        ("childcare", "0023_carers_and_ratio"),
        ("childcare", "0024_voided_secrets"),
        ("childcare", "0025_round_of_a_nursery"),
        ("childcare", "0026_further_wishes"),
        ("childcare", "0027_late_entries"),
        ("childcare", "0028_drawn_lines"),
        ("childcare", "0029_second_parents"),
        ("childcare", "0030_siblings_who_wait"),
        ("childcare", "0031_visits"),
        ("childcare", "0032_offer_of_an_application"),
        ("childcare", "0033_offers_of_applications"),
        ("childcare", "0034_offer_columns_out_of_applications"),
        ("childcare", "0035_child_day_has_its_moments"),
    ]

    initial = True

    dependencies = [
        ("circle", "0001_squashed"),
    ]

    operations = [
        circle.management.migration_operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="NurseryClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_classes",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_classes",
                                to="circle.facility",
                                verbose_name="nursery",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        (
                            "band",
                            models.CharField(
                                choices=[
                                    ("infants", "infants"),
                                    ("toddlers", "toddlers"),
                                    ("older", "older toddlers"),
                                    ("mixed", "mixed ages"),
                                ],
                                max_length=8,
                                verbose_name="age band",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                        ("capacity", models.PositiveIntegerField(verbose_name="places")),
                        (
                            "from_months",
                            models.PositiveSmallIntegerField(verbose_name="from so many months of age"),
                        ),
                        (
                            "below_months",
                            models.PositiveSmallIntegerField(verbose_name="to below so many months of age"),
                        ),
                        ("starts_on", models.DateField(verbose_name="children can start from")),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Without it ages and fee wear the badge “unverified”.",
                                verbose_name="facts verified",
                            ),
                        ),
                        (
                            "is_open",
                            models.BooleanField(
                                default=True,
                                help_text="Without it nobody applies and no place is offered.",
                                verbose_name="takes children",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nursery class",
                        "verbose_name_plural": "nursery classes",
                        "ordering": ["community", "facility", "from_months", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="nursery_class_code_unique_in_community",
                                violation_error_message="There is already a class with this code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("band", "infants"), ("capacity__lte", 10)),
                                    models.Q(("band", "toddlers"), ("capacity__lte", 15)),
                                    models.Q(("band", "older"), ("capacity__lte", 20)),
                                    models.Q(("band", "mixed"), ("capacity__lte", 18)),
                                    _connector="OR",
                                ),
                                name="nursery_class_within_national_maximum",
                                violation_error_message="The national standard allows at most 10 infants, 15 toddlers, 20 older toddlers and 18 children of mixed ages in one class.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("band", "infants"),
                                        ("below_months__lte", 12),
                                        ("from_months__gte", 6),
                                    ),
                                    models.Q(
                                        ("band", "toddlers"),
                                        ("below_months__lte", 24),
                                        ("from_months__gte", 12),
                                    ),
                                    models.Q(
                                        ("band", "older"), ("below_months__lte", 36), ("from_months__gte", 24)
                                    ),
                                    models.Q(
                                        ("band", "mixed"), ("below_months__lte", 36), ("from_months__gte", 18)
                                    ),
                                    _connector="OR",
                                ),
                                name="nursery_class_ages_within_band",
                                violation_error_message="The ages lie outside the band: infants 6 to 12 months, toddlers 12 to 24, older toddlers 24 to 36, mixed ages 18 to 36.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("below_months__gt", models.F("from_months"))),
                                name="nursery_class_ages_in_order",
                                violation_error_message="The upper age must be above the lower one.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PickupPerson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pickup_people",
                                to="circle.resident",
                                verbose_name="child",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.resident",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "is_barred",
                            models.BooleanField(default=False, verbose_name="may not collect the child"),
                        ),
                        ("paper", models.CharField(max_length=120, verbose_name="paper seen")),
                        ("since", models.DateTimeField(verbose_name="since")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person who collects a child, or may not",
                        "verbose_name_plural": "people who collect a child, or may not",
                        "ordering": ["child", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("child", "person"),
                                name="pickup_person_once",
                                violation_error_message="This person is entered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paper", ""), _negated=True),
                                name="pickup_person_paper_was_seen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("ended_by", None)),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="pickup_person_ended_by_somebody_then",
                            ),
                        ],
                        "indexes": [],
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
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_rounds",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty where it gives places of several nurseries of the community.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_rounds",
                                to="circle.facility",
                                verbose_name="nursery",
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
                        (
                            "secret_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "commitment",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the secret",
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the list",
                            ),
                        ),
                        (
                            "value",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=40,
                                verbose_name="balls drawn by residents",
                            ),
                        ),
                        (
                            "value_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="typed by",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="round_code_unique_in_community",
                                violation_error_message="There is already a round with this code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("commitment", ""), ("secret_sealed", ""), ("status", "planned")
                                    ),
                                    models.Q(
                                        models.Q(("status", "planned"), _negated=True),
                                        models.Q(("commitment", ""), _negated=True),
                                        models.Q(("secret_sealed", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="round_commits_at_the_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("digest", ""), ("status__in", ["planned", "open"]), ("value", "")
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ["planned", "open"]), _negated=True),
                                        models.Q(("digest", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="round_has_no_value_before_its_list",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_by", None), ("status__in", ["planned", "open", "closed"])
                                    ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("seed", ""), ("status__in", ["planned", "open", "closed", "sealed"])
                                    ),
                                    models.Q(
                                        ("status__in", ["drawn", "published", "settled"]),
                                        models.Q(("seed", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="round_seed_from_the_draw_on",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("status__in", ["published", "settled"]),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ["published", "settled"]), _negated=True),
                                        ("published_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="round_published_since",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SiblingGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sibling_groups",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("together_only", "all children together or none"),
                                    ("split_ok", "one child may start first"),
                                ],
                                max_length=13,
                                verbose_name="siblings",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="since")),
                    ],
                    options={
                        "verbose_name": "siblings who wait",
                        "verbose_name_plural": "siblings who wait",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["together_only", "split_ok"])),
                                name="sibling_group_mode_known",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_plans",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_plans",
                                to="circle.facility",
                                verbose_name="nursery",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("look", "visit to the nursery"), ("trial", "trial half-day")],
                                max_length=5,
                                verbose_name="what for",
                            ),
                        ),
                        (
                            "note_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what families should know (Chinese)"
                            ),
                        ),
                        (
                            "note_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what families should know (English)"
                            ),
                        ),
                        (
                            "days_ahead",
                            models.PositiveSmallIntegerField(
                                default=28,
                                validators=[django.core.validators.MaxValueValidator(90)],
                                verbose_name="times laid out so many days ahead",
                            ),
                        ),
                        (
                            "cancel_hours",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[django.core.validators.MaxValueValidator(72)],
                                verbose_name="cancelled online until so many hours before",
                            ),
                        ),
                        ("is_open", models.BooleanField(default=True, verbose_name="takes bookings")),
                        ("laid_out", models.CharField(blank=True, default="", editable=False, max_length=64)),
                    ],
                    options={
                        "verbose_name": "visits to a nursery",
                        "verbose_name_plural": "visits to nurseries",
                        "ordering": ["community", "facility", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("facility", "kind"),
                                name="visit_plan_once_per_kind",
                                violation_error_message="This nursery has its times for that already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CarerCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="carer_counts",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("carers", models.PositiveSmallIntegerField(verbose_name="carers with the class")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="said by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "carers with a class",
                        "verbose_name_plural": "carers with classes",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["nursery_class", "day"], name="carer_count_of_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("carers__lte", 20)), name="carer_count_is_plausible"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClassLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="limits",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("certificate", "filing certificate"),
                                    ("fire", "fire exit"),
                                    ("area", "area of the room"),
                                    ("staff", "carers"),
                                    ("health", "sanitary report"),
                                ],
                                max_length=12,
                                verbose_name="what limits",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                        (
                            "source_zh",
                            models.CharField(max_length=120, verbose_name="where it comes from (Chinese)"),
                        ),
                        (
                            "source_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="where it comes from (English)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "limit of a class",
                        "verbose_name_plural": "limits of classes",
                        "ordering": ["nursery_class", "kind", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("nursery_class", "kind", "valid_from"),
                                name="class_limit_once_a_day",
                                violation_error_message="There is already such a limit from this day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="class_limit_ends_after_it_begins",
                                violation_error_message="The last day lies before the first one.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClassPrice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prices",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("cents", models.PositiveIntegerField(verbose_name="fee a month (fen)")),
                        (
                            "source_zh",
                            models.CharField(
                                max_length=120, verbose_name="where the fee comes from (Chinese)"
                            ),
                        ),
                        (
                            "source_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="where the fee comes from (English)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "price of a class",
                        "verbose_name_plural": "prices of classes",
                        "ordering": ["nursery_class", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("nursery_class", "valid_from"),
                                name="class_price_once_a_day",
                                violation_error_message="There is already a price from this day.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClassTeacher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teachers",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_classes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="since")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "nurse or teacher of a class",
                        "verbose_name_plural": "nurses and teachers of classes",
                        "ordering": ["nursery_class", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("nursery_class", "user"),
                                name="class_teacher_once",
                                violation_error_message="They look after this class already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RatioConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratio_confirmations",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("on_the_way", "another carer is on the way"),
                                    ("short", "for some minutes only: children are about to be collected"),
                                    ("joined", "two classes are together, with the carers of both"),
                                    ("no_other", "nobody else can come, and the child cannot be sent away"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "children",
                            models.PositiveSmallIntegerField(verbose_name="children with the next one"),
                        ),
                        ("needed", models.PositiveSmallIntegerField(verbose_name="carers needed")),
                        ("carers", models.PositiveSmallIntegerField(verbose_name="carers with the class")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmation of too few carers",
                        "verbose_name_plural": "confirmations of too few carers",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["nursery_class", "day"], name="ratio_confirmation_of_day")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("needed__gt", models.F("carers"))),
                                name="ratio_confirmation_where_carers_are_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reason__in", ["on_the_way", "short", "joined", "no_other"])
                                ),
                                name="ratio_confirmation_for_a_reason_of_the_list",
                            ),
                        ],
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
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="childcare.round",
                                verbose_name="round",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "lot"), name="round_entry_lot_once"),
                            models.CheckConstraint(
                                condition=models.Q(("tier__range", (1, 4))), name="round_entry_tier_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("choices", ""), _negated=True),
                                name="round_entry_has_a_choice",
                            ),
                        ],
                        "indexes": [],
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
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="childcare.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                    ],
                    options={
                        "verbose_name": "places of a round",
                        "verbose_name_plural": "places of rounds",
                        "ordering": ["round", "nursery_class"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "nursery_class"), name="round_places_once_per_class"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("places__gte", 1)), name="round_places_at_least_one"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        (
                            "band",
                            models.CharField(
                                choices=[
                                    ("infants", "infants"),
                                    ("toddlers", "toddlers"),
                                    ("older", "older toddlers"),
                                    ("mixed", "mixed ages"),
                                ],
                                max_length=8,
                                verbose_name="age band",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["nursery_class", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("nursery_class", "number"), name="seat_number_once_in_a_class"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1),
                                    models.Q(
                                        models.Q(("band", "infants"), ("number__lte", 10)),
                                        models.Q(("band", "toddlers"), ("number__lte", 15)),
                                        models.Q(("band", "older"), ("number__lte", 20)),
                                        models.Q(("band", "mixed"), ("number__lte", 18)),
                                        _connector="OR",
                                    ),
                                ),
                                name="seat_within_national_maximum",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitShift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                    (5, "Saturday"),
                                    (6, "Sunday"),
                                    (7, "public holidays"),
                                ],
                                null=True,
                                verbose_name="day",
                            ),
                        ),
                        (
                            "date",
                            models.DateField(blank=True, null=True, verbose_name="or on this date alone"),
                        ),
                        ("opens", models.TimeField(verbose_name="begins")),
                        ("closes", models.TimeField(verbose_name="ends")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shifts",
                                to="childcare.visitplan",
                                verbose_name="visits to a nursery",
                            ),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(300),
                                ],
                                verbose_name="minutes for one turn",
                            ),
                        ),
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="families in each turn",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hours for visits",
                        "verbose_name_plural": "hours for visits",
                        "ordering": ["plan", "weekday", "date", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("date__isnull", False), ("weekday", None)),
                                    models.Q(("date", None), ("weekday__isnull", False)),
                                    _connector="OR",
                                ),
                                name="childcare_visitshift_weekday_or_date",
                                violation_error_message="Say the weekday, or one date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="childcare_visitshift_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date", None), ("valid_from", None)),
                                fields=("plan", "weekday", "opens"),
                                name="visit_shift_once_a_week",
                                violation_error_message="There are already hours that begin then.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date__isnull", False)),
                                fields=("plan", "date", "opens"),
                                name="visit_shift_once_on_a_date",
                                violation_error_message="There are already hours that begin then.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("capacity", models.PositiveIntegerField(verbose_name="places")),
                        (
                            "taken",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="taken"),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("day", models.DateField(verbose_name="day")),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="until")),
                        (
                            "closed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "open"),
                                    ("timetable", "closed by the timetable"),
                                    ("staff", "closed by staff"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_slots",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to="childcare.visitplan",
                                verbose_name="visits to a nursery",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "time for visits",
                        "verbose_name_plural": "times for visits",
                        "ordering": ["starts_at", "plan"],
                        "indexes": [models.Index(fields=["community", "day"], name="visit_slot_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                                name="childcare_visitslot_within_capacity",
                            ),
                            models.UniqueConstraint(fields=("plan", "starts_at"), name="visit_slot_once"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="visit_slot_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VoidedSecret",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voided",
                                to="childcare.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "commitment",
                            models.CharField(max_length=64, verbose_name="fingerprint of the secret"),
                        ),
                        (
                            "digest",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="fingerprint of the list"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("lost", "the secret was lost"),
                                    ("known", "somebody may have seen the secret"),
                                    ("list_wrong", "the list was wrong"),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "void secret of a round",
                        "verbose_name_plural": "void secrets of rounds",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "commitment"), name="voided_secret_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason__in", ["lost", "known", "list_wrong"])),
                                name="voided_secret_for_a_reason_of_the_list",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Application",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_applications",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=circle.identifiers.public_codes.new_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="application code",
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_applications",
                                to="circle.resident",
                                verbose_name="guardian",
                            ),
                        ),
                        (
                            "relation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mother", "mother"),
                                    ("father", "father"),
                                    ("guardian", "another legal guardian"),
                                ],
                                max_length=8,
                                verbose_name="relation to the child",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_ways",
                                to="circle.resident",
                                verbose_name="child",
                            ),
                        ),
                        ("entered_child", models.BooleanField(default=False, editable=False)),
                        ("born_year", models.PositiveSmallIntegerField(editable=False, null=True)),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="childcare.nurseryclass",
                                verbose_name="class wanted",
                            ),
                        ),
                        ("start_on", models.DateField(blank=True, null=True, verbose_name="wanted from")),
                        (
                            "siblings",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="childcare.siblinggroup",
                                verbose_name="siblings who wait",
                            ),
                        ),
                        (
                            "start_by",
                            models.DateField(blank=True, null=True, verbose_name="wanted at the latest from"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "being filled in"),
                                    ("submitted", "sent in"),
                                    ("returned", "something is missing"),
                                    ("verified", "checked, waiting for a place"),
                                    ("offered", "place offered"),
                                    ("accepted", "place accepted"),
                                    ("enrolled", "enrolled"),
                                    ("withdrawn", "withdrawn"),
                                    ("declined", "place declined"),
                                    ("lapsed", "offer ran out"),
                                    ("left", "left the nursery"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("changed_at", models.DateTimeField(verbose_name="last filled in")),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent in at"),
                        ),
                        ("is_line_restarted", models.BooleanField(default=False, editable=False)),
                        (
                            "consented_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="guardian's consent"),
                        ),
                        (
                            "missing",
                            models.CharField(blank=True, max_length=300, verbose_name="what is missing"),
                        ),
                        (
                            "offer",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="childcare.offer",
                                verbose_name="offer of a place",
                            ),
                        ),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepted by",
                            ),
                        ),
                        (
                            "objected_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="objected at"
                            ),
                        ),
                        (
                            "paused_until",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="paused until"
                            ),
                        ),
                        ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                        (
                            "reminded_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="reminded at"
                            ),
                        ),
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
                                verbose_name="applied through",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_applications",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nursery application",
                        "verbose_name_plural": "nursery applications",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                fields=["community", "status", "submitted_at"], name="application_board"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status__in", ["withdrawn", "declined", "lapsed", "left"]), _negated=True
                                ),
                                fields=("child",),
                                name="application_one_live_per_child",
                                violation_error_message="There is already an application for this child.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("child", None), ("status", "draft")),
                                fields=("guardian",),
                                name="application_one_empty_draft",
                                violation_error_message="There is already an application that is not filled in.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "withdrawn"]),
                                    models.Q(
                                        models.Q(
                                            ("child__isnull", False),
                                            ("born_year__isnull", False),
                                            _connector="OR",
                                        ),
                                        ("consented_at__isnull", False),
                                        ("nursery_class__isnull", False),
                                        ("start_on__isnull", False),
                                        ("submitted_at__isnull", False),
                                        models.Q(("relation", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="application_sent_in_is_complete",
                                violation_error_message="The application is not filled in completely.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("start_by", None),
                                    ("start_by__gte", models.F("start_on")),
                                    _connector="OR",
                                ),
                                name="application_start_window_in_order",
                                violation_error_message="The latest first day comes before the first one wanted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "returned"), _negated=True),
                                    models.Q(("missing", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="application_returned_says_what_is_missing",
                                violation_error_message="Say what is missing.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["offered", "accepted", "enrolled"]), _negated=True
                                    ),
                                    ("offer__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_with_a_place_has_its_offer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("objected_at", None), ("paused_until", None)),
                                    models.Q(("objected_at__isnull", False), ("paused_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="application_paused_by_an_objection",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "left"), _negated=True),
                                    ("last_day__isnull", False),
                                    _connector="OR",
                                ),
                                name="application_left_on_a_day",
                                violation_error_message="Say which day is the last one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="childcare.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="result",
                                to="childcare.roundentry",
                                verbose_name="household",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="draw_result_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["placed", "partly", "waits"])),
                                name="draw_result_outcome_known",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LateEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late",
                                to="childcare.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late",
                                to="childcare.roundentry",
                                verbose_name="household",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("protected", "a child that law or policy places first"),
                                    ("court", "a court or an authority has decided so"),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="which rule or decision says so"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "household after a draw",
                        "verbose_name_plural": "households after a draw",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), ("rule", "")),
                                    models.Q(
                                        ("reason__in", ["protected", "court"]),
                                        models.Q(("rule", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="late_entry_moves_people_by_a_rule",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ChildDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_days",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("expected", "expected"),
                                    ("absent", "stays at home"),
                                    ("present", "in the nursery"),
                                    ("left", "gone home"),
                                ],
                                default="expected",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ill", "ill"),
                                    ("family", "a family matter"),
                                    ("travel", "away"),
                                    ("other", "something else"),
                                ],
                                max_length=6,
                                verbose_name="why absent",
                            ),
                        ),
                        (
                            "is_late",
                            models.BooleanField(
                                default=False, verbose_name="reported after the time of the day"
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nursery_absences",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                        (
                            "earlier_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ill", "ill"),
                                    ("family", "a family matter"),
                                    ("travel", "away"),
                                    ("other", "something else"),
                                ],
                                editable=False,
                                max_length=6,
                            ),
                        ),
                        ("earlier_is_late", models.BooleanField(default=False, editable=False)),
                        (
                            "earlier_mandate",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.mandate",
                            ),
                        ),
                        (
                            "arrived_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="arrived at"),
                        ),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
                        (
                            "collected_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collected",
                                to="circle.resident",
                                verbose_name="collected by",
                            ),
                        ),
                        (
                            "collected_under",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collected",
                                to="circle.mandate",
                                verbose_name="collected under",
                            ),
                        ),
                        (
                            "ate",
                            models.CharField(
                                blank=True,
                                choices=[("all", "all of it"), ("half", "about half"), ("little", "little")],
                                max_length=6,
                                verbose_name="ate",
                            ),
                        ),
                        (
                            "slept",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("well", "well"),
                                    ("short", "for a short time"),
                                    ("not", "not at all"),
                                ],
                                max_length=5,
                                verbose_name="slept",
                            ),
                        ),
                        (
                            "mood",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("merry", "merry"),
                                    ("calm", "calm"),
                                    ("tired", "tired"),
                                    ("sad", "sad"),
                                ],
                                max_length=5,
                                verbose_name="mood",
                            ),
                        ),
                        (
                            "note_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="written at"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "closing_words_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "day of a child",
                        "verbose_name_plural": "days of children",
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "day"], name="child_day_of_community"),
                            models.Index(
                                condition=models.Q(("status", "present")),
                                fields=["day"],
                                name="child_day_present",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "day"), name="child_day_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "absent"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("status", "absent"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="child_day_absent_with_a_reason",
                                violation_error_message="Say why the child is absent.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["present", "left"]),
                                    models.Q(
                                        ("earlier_is_late", False),
                                        ("earlier_mandate", None),
                                        ("earlier_reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="child_day_earlier_absence_of_a_child_here",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("arrived_at__isnull", False), ("status__in", ["present", "left"])
                                    ),
                                    models.Q(("arrived_at", None), ("status__in", ["expected", "absent"])),
                                    _connector="OR",
                                ),
                                name="child_day_here_has_come",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("left_at__gte", models.F("arrived_at")),
                                        ("left_at__isnull", False),
                                        ("status", "left"),
                                        models.Q(
                                            models.Q(
                                                ("collected_by__isnull", False), ("collected_under", None)
                                            ),
                                            models.Q(
                                                ("collected_by", None), ("collected_under__isnull", False)
                                            ),
                                            models.Q(
                                                ("closed_by__isnull", False),
                                                ("collected_by", None),
                                                ("collected_under", None),
                                            ),
                                            _connector="OR",
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("status", "left"), _negated=True),
                                        ("collected_by", None),
                                        ("collected_under", None),
                                        ("left_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="child_day_left_with_somebody",
                                violation_error_message="Say who collected the child.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at", None), ("closed_by", None), ("closing_words_sealed", "")
                                    ),
                                    models.Q(
                                        ("closed_at__gte", models.F("left_at")),
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("status", "left"),
                                        models.Q(("closing_words_sealed", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="child_day_closed_with_words",
                                violation_error_message="Say why, in a few words.",
                            ),
                        ],
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
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="childcare.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="childcare.roundentry",
                                verbose_name="household",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="round_entries",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="which child")),
                    ],
                    options={
                        "verbose_name": "child in a round",
                        "verbose_name_plural": "children in a round",
                        "ordering": ["entry", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "application"),
                                name="entry_child_once_in_a_round",
                                violation_error_message="This child is in the round already.",
                            ),
                            models.UniqueConstraint(
                                fields=("entry", "number"), name="entry_child_number_once"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="FurtherWish",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="further_wishes",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="which wish")),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="further_wishes",
                                to="childcare.nurseryclass",
                                verbose_name="class wanted",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "further wish",
                        "verbose_name_plural": "further wishes",
                        "ordering": ["application", "rank"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "rank"), name="further_wish_rank_once"
                            ),
                            models.UniqueConstraint(
                                fields=("application", "nursery_class"), name="further_wish_class_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__range", (2, 3))), name="further_wish_rank"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HeadTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        "health_consent",
                                        "consent to the health answers withdrawn, child enrolled",
                                    ),
                                    ("not_collected", "child not collected from the nursery"),
                                    ("not_taken_up", "accepted place not taken up on the first day"),
                                    ("objection", "a guardian objects to the accepted place"),
                                    (
                                        "class_change",
                                        "child changes class within a month, or has no seat then",
                                    ),
                                    ("age", "child outside the ages of its class"),
                                    (
                                        "higher_wish",
                                        "place of a higher wish free, the child has one of a later wish",
                                    ),
                                ],
                                max_length=20,
                                verbose_name="what is to be settled",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="open since")),
                        (
                            "settled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="settled at"),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="settled by",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=300, verbose_name="how it was settled"),
                        ),
                    ],
                    options={
                        "verbose_name": "task of the nursery's head",
                        "verbose_name_plural": "tasks of the nursery's head",
                        "ordering": ["opened_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at", None)),
                                fields=("application", "kind"),
                                name="head_task_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at", None), ("settled_by", None), ("words", "")),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="head_task_settled_by_somebody",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Health",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="health",
                                to="childcare.application",
                            ),
                        ),
                        ("has_allergies", models.BooleanField(verbose_name="allergies")),
                        (
                            "allergies_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        ("takes_medicine", models.BooleanField(verbose_name="medicine or an illness")),
                        (
                            "medicine_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "vaccinations",
                            models.CharField(
                                choices=[
                                    ("complete", "all that are due at this age"),
                                    ("some_missing", "some are still missing"),
                                    ("unknown", "I do not know"),
                                ],
                                max_length=12,
                                verbose_name="vaccinations",
                            ),
                        ),
                        (
                            "changed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="last changed"),
                        ),
                    ],
                    options={
                        "verbose_name": "health answers",
                        "verbose_name_plural": "health answers",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_allergies", False),
                                    models.Q(("allergies_sealed", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="health_allergies_are_named",
                                violation_error_message="Say which allergies.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("takes_medicine", False),
                                    models.Q(("medicine_sealed", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="health_medicine_is_named",
                                violation_error_message="Say which illness or medicine.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="KnownApart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_apart",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_apart",
                                to="circle.resident",
                                verbose_name="another child",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "child of the same name and birthday",
                        "verbose_name_plural": "children of the same name and birthday",
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "other"), name="known_apart_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LineMove",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="line_moves",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="line_moves",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("joined", "joined the line"),
                                    ("moved", "something changed ahead"),
                                    ("drawn", "the order of the draw"),
                                    ("offered", "offered a place"),
                                    ("withdrew", "withdrew or left"),
                                    ("returned", "something is missing in the application"),
                                    ("changed", "wants another class"),
                                ],
                                max_length=8,
                                verbose_name="reason",
                            ),
                        ),
                        ("before", models.PositiveIntegerField(null=True, verbose_name="position before")),
                        ("position", models.PositiveIntegerField(null=True, verbose_name="position")),
                        (
                            "offered",
                            models.PositiveIntegerField(default=0, verbose_name="ahead, offered a place"),
                        ),
                        (
                            "withdrew",
                            models.PositiveIntegerField(default=0, verbose_name="ahead, withdrew or left"),
                        ),
                        (
                            "returned",
                            models.PositiveIntegerField(
                                default=0, verbose_name="ahead, something is missing"
                            ),
                        ),
                        (
                            "changed",
                            models.PositiveIntegerField(default=0, verbose_name="ahead, wants another class"),
                        ),
                        ("came", models.PositiveIntegerField(default=0, verbose_name="came back ahead")),
                    ],
                    options={
                        "verbose_name": "move in the line",
                        "verbose_name_plural": "moves in the line",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["application", "-id"], name="line_move_latest"),
                            models.Index(fields=["nursery_class", "at"], name="line_move_of_class"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("before", None), ("position__isnull", False), ("reason", "joined")
                                    ),
                                    models.Q(
                                        ("before__isnull", False),
                                        ("position", None),
                                        ("reason__in", ["offered", "withdrew", "returned", "changed"]),
                                    ),
                                    models.Q(
                                        ("before__isnull", False),
                                        ("position__isnull", False),
                                        ("reason__in", ["moved", "drawn"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_move_has_its_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", "moved"), _negated=True),
                                    (
                                        "position",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            models.F("before"), "-", models.F("offered")
                                                        ),
                                                        "-",
                                                        models.F("withdrew"),
                                                    ),
                                                    "-",
                                                    models.F("returned"),
                                                ),
                                                "-",
                                                models.F("changed"),
                                            ),
                                            "+",
                                            models.F("came"),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_move_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reason", "moved"),
                                    models.Q(
                                        ("came", 0),
                                        ("changed", 0),
                                        ("offered", 0),
                                        ("returned", 0),
                                        ("withdrew", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_move_counts_those_ahead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NurseryVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=circle.identifiers.public_codes.new_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="booking code",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
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
                            "mandate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                        (
                            "age_reason",
                            models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="reminded at"
                            ),
                        ),
                        (
                            "reminded_again_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                null=True,
                                verbose_name="reminded two hours before",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="childcare.visitplan",
                                verbose_name="visits to a nursery",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="childcare.visitslot",
                                verbose_name="time",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trials",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("came", "came"),
                                    ("not_come", "did not come"),
                                    ("over", "over, nothing recorded"),
                                    ("cancelled", "cancelled"),
                                    ("revoked", "called off by us"),
                                ],
                                default="booked",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "booked visit",
                        "verbose_name_plural": "booked visits",
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "-day", "-id"], name="visit_latest"),
                            models.Index(fields=["slot", "status"], name="visit_slot"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("application", None), ("status", "booked")),
                                fields=("resident", "plan"),
                                name="visit_one_live_per_person",
                                violation_error_message="A time is booked already. Move it, or cancel it first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "booked")),
                                fields=("application",),
                                name="visit_one_live_trial_per_child",
                                violation_error_message="A time is booked already. Move it, or cancel it first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "price",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="childcare.classprice",
                                verbose_name="price offered",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="place from")),
                        (
                            "missing_from",
                            models.DateField(blank=True, null=True, verbose_name="no place yet from"),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="offered at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="offered by",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="offer ends at")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("pending", "waiting for an answer"),
                                    ("accepted", "place accepted"),
                                    ("declined", "place declined"),
                                    ("lapsed", "offer ran out"),
                                    ("revoked", "taken back"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                    ],
                    options={
                        "verbose_name": "offer of a place",
                        "verbose_name_plural": "offers of places",
                        "ordering": ["-made_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "pending")),
                                fields=["expires_at"],
                                name="offer_deadlines",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "pending")),
                                fields=("application",),
                                name="offer_one_pending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="offer_ends_after_it_is_made",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("status", "pending")),
                                    models.Q(
                                        models.Q(("status", "pending"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="offer_ended_at_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("missing_from", None),
                                    ("missing_from__gt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="offer_begins_with_a_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Paper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="childcare.application",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("birth_certificate", "birth certificate of the child"),
                                    ("guardian_id", "guardian's identity card"),
                                    ("health_check", "health check before entering a nursery"),
                                    ("vaccination_book", "vaccination book"),
                                ],
                                max_length=20,
                                verbose_name="paper",
                            ),
                        ),
                        ("is_ready", models.BooleanField(verbose_name="the guardian has it")),
                        (
                            "seen_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="original seen at"),
                        ),
                        (
                            "seen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="seen by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper",
                        "verbose_name_plural": "papers",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "kind"), name="application_paper_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("seen_at", None), ("seen_by", None)),
                                    models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="application_paper_seen_by_somebody",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PassedOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passings",
                                to="childcare.application",
                                verbose_name="passed over",
                            ),
                        ),
                        (
                            "offered_to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed",
                                to="childcare.application",
                                verbose_name="offered to",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("protected", "a child that law or policy places first"),
                                    ("sibling", "a sibling is in the nursery already"),
                                    ("later_day", "the families ahead want to start later"),
                                    ("asked", "the families ahead have asked to wait"),
                                    ("draw", "the order of a drawn round"),
                                    (
                                        "together",
                                        "its children start together, and there was no place for each of them",
                                    ),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        ("passed_at", models.DateTimeField(verbose_name="at")),
                        (
                            "passed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "family passed over",
                        "verbose_name_plural": "families passed over",
                        "ordering": ["-passed_at", "-id"],
                        "indexes": [
                            models.Index(fields=["nursery_class", "-passed_at"], name="passed_over_latest")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "offered_to", "passed_at"),
                                name="passed_over_once_by_an_offer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("application", models.F("offered_to")), _negated=True),
                                name="passed_over_by_another_family",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "reason__in",
                                            ["protected", "sibling", "later_day", "asked", "draw"],
                                        ),
                                        ("passed_by__isnull", False),
                                    ),
                                    ("reason", "together"),
                                    _connector="OR",
                                ),
                                name="passed_over_for_a_reason_of_the_list",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondParent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_parents",
                                to="childcare.application",
                                verbose_name="application",
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
                            "relation",
                            models.CharField(
                                choices=[
                                    ("mother", "mother"),
                                    ("father", "father"),
                                    ("guardian", "another legal guardian"),
                                ],
                                max_length=8,
                                verbose_name="relation to the child",
                            ),
                        ),
                        (
                            "phone_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "phone_index",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                        ("named_at", models.DateTimeField(verbose_name="named at")),
                        (
                            "named_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="named by",
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "second parent",
                        "verbose_name_plural": "second parents",
                        "ordering": ["application", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("application",),
                                name="second_parent_once",
                                violation_error_message="A second parent is named already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("relation__in", ["mother", "father", "guardian"])),
                                name="second_parent_relation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(
                                        ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="second_parent_confirmed_by_themselves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at", None),
                                        ("ended_at", None),
                                        ("phone_index__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("ended_at__isnull", False),
                                            ("confirmed_at__isnull", False),
                                            _connector="OR",
                                        ),
                                        ("phone_index", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="second_parent_has_a_number_until_answered",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Stay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="childcare.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "nursery_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stays",
                                to="childcare.nurseryclass",
                                verbose_name="class",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        (
                            "is_missing",
                            models.BooleanField(default=False, verbose_name="no place is free yet"),
                        ),
                    ],
                    options={
                        "verbose_name": "stay in a class",
                        "verbose_name_plural": "stays in classes",
                        "ordering": ["application", "starts_on"],
                        "indexes": [models.Index(fields=["nursery_class", "ends_on"], name="stay_of_class")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "starts_on"), name="stay_once_from_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="stay_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_missing", True), ("nursery_class__isnull", False), _connector="OR"
                                ),
                                name="stay_booked_in_a_class",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayOuting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "child_day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outings",
                                to="childcare.childday",
                                verbose_name="day",
                            ),
                        ),
                        ("left_at", models.DateTimeField(verbose_name="left at")),
                        ("returned_at", models.DateTimeField(verbose_name="came back at")),
                        (
                            "collected_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.resident",
                                verbose_name="collected by",
                            ),
                        ),
                        (
                            "collected_under",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.mandate",
                                verbose_name="collected under",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outing of a child",
                        "verbose_name_plural": "outings of children",
                        "ordering": ["left_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("returned_at__gte", models.F("left_at"))),
                                name="day_outing_returns_after_leaving",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("collected_by__isnull", False), ("collected_under", None)),
                                    models.Q(("collected_by", None), ("collected_under__isnull", False)),
                                    _connector="OR",
                                ),
                                name="day_outing_with_somebody",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SeatDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="childcare.seat",
                                verbose_name="seat",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "half",
                            models.CharField(
                                choices=[("am", "morning"), ("pm", "afternoon")],
                                max_length=2,
                                verbose_name="half of the day",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seat_days",
                                to="circle.resident",
                                verbose_name="child",
                            ),
                        ),
                        (
                            "stay",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seat_days",
                                to="childcare.stay",
                                verbose_name="stay in a class",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "day of a seat",
                        "verbose_name_plural": "days of seats",
                        "ordering": ["day", "half", "seat"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seat", "day", "half"), name="seat_day_for_one_child"
                            ),
                            models.UniqueConstraint(
                                fields=("child", "day", "half"), name="seat_day_on_one_seat"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
