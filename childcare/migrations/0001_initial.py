import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import circle.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("circle", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="NurseryClass",
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
                ("from_months", models.PositiveSmallIntegerField(verbose_name="from so many months of age")),
                (
                    "below_months",
                    models.PositiveSmallIntegerField(verbose_name="to below so many months of age"),
                ),
                ("starts_on", models.DateField(verbose_name="children can start from")),
                ("fee_cents", models.PositiveIntegerField(verbose_name="fee a month (fen)")),
                (
                    "fee_source_zh",
                    models.CharField(max_length=120, verbose_name="where the fee comes from (Chinese)"),
                ),
                (
                    "fee_source_en",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="where the fee comes from (English)"
                    ),
                ),
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
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                        name="childcare_nurseryclass_within_capacity",
                    ),
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
                            models.Q(("band", "infants"), ("below_months__lte", 12), ("from_months__gte", 6)),
                            models.Q(
                                ("band", "toddlers"), ("below_months__lte", 24), ("from_months__gte", 12)
                            ),
                            models.Q(("band", "older"), ("below_months__lte", 36), ("from_months__gte", 24)),
                            models.Q(("band", "mixed"), ("below_months__lte", 36), ("from_months__gte", 18)),
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
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="sent in at")),
                (
                    "consented_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="guardian's consent"),
                ),
                ("missing", models.CharField(blank=True, max_length=300, verbose_name="what is missing")),
                (
                    "offered_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="childcare.nurseryclass",
                        verbose_name="class offered",
                    ),
                ),
                ("offered_start_on", models.DateField(blank=True, null=True, verbose_name="place from")),
                (
                    "offer_expires_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="offer ends at"),
                ),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminded at"),
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
                        verbose_name="made",
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
                    models.Index(fields=["community", "status", "submitted_at"], name="application_board"),
                    models.Index(
                        condition=models.Q(("status", "offered")),
                        fields=["offer_expires_at"],
                        name="application_offers",
                    ),
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
                                    ("child__isnull", False), ("born_year__isnull", False), _connector="OR"
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
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("missing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_returned_says_what_is_missing",
                        violation_error_message="Say what is missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["offered", "accepted", "enrolled"]), _negated=True),
                            models.Q(
                                ("offer_expires_at__isnull", False),
                                ("offered_class__isnull", False),
                                ("offered_start_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="application_offer_has_class_and_deadline",
                        violation_error_message="An offer names a class, a first day and a deadline.",
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
                ("allergies_sealed", circle.models.base.SealedText(blank=True, default="", editable=False)),
                ("takes_medicine", models.BooleanField(verbose_name="medicine or an illness")),
                ("medicine_sealed", circle.models.base.SealedText(blank=True, default="", editable=False)),
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
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="original seen at")),
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
                    models.UniqueConstraint(fields=("application", "kind"), name="application_paper_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seen_at", None), ("seen_by", None)),
                            models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_paper_seen_by_somebody",
                    ),
                ],
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
                    models.BooleanField(default=False, verbose_name="reported after the time of the day"),
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
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="arrived at")),
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
                        choices=[("well", "well"), ("short", "for a short time"), ("not", "not at all")],
                        max_length=5,
                        verbose_name="slept",
                    ),
                ),
                (
                    "mood",
                    models.CharField(
                        blank=True,
                        choices=[("merry", "merry"), ("calm", "calm"), ("tired", "tired"), ("sad", "sad")],
                        max_length=5,
                        verbose_name="mood",
                    ),
                ),
                ("note_sealed", circle.models.base.SealedText(blank=True, default="", editable=False)),
                ("written_at", models.DateTimeField(blank=True, null=True, verbose_name="written at")),
            ],
            options={
                "verbose_name": "day of a child",
                "verbose_name_plural": "days of children",
                "ordering": ["-day", "-id"],
                "indexes": [models.Index(fields=["community", "day"], name="child_day_of_community")],
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
                            models.Q(("arrived_at__isnull", False), ("status__in", ["present", "left"])),
                            models.Q(("arrived_at", None), ("status__in", ["expected", "absent"])),
                            _connector="OR",
                        ),
                        name="child_day_here_has_come",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("left_at__gte", models.F("arrived_at")),
                                ("status", "left"),
                                models.Q(
                                    models.Q(("collected_by__isnull", False), ("collected_under", None)),
                                    models.Q(("collected_by", None), ("collected_under__isnull", False)),
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
                ],
            },
        ),
    ]
