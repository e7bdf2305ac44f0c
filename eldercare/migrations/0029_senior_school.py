import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import eldercare.models.school


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0018_mandate_for_agency"),
        ("eldercare", "0028_disputed_service_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolClass",
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
                    "code",
                    models.CharField(
                        default=circle.identifiers.public_codes.short_code,
                        editable=False,
                        max_length=8,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name (English)")),
                (
                    "what_zh",
                    models.CharField(blank=True, max_length=200, verbose_name="what is learnt (Chinese)"),
                ),
                (
                    "what_en",
                    models.CharField(blank=True, max_length=300, verbose_name="what is learnt (English)"),
                ),
                ("teacher", models.CharField(max_length=40, verbose_name="teacher")),
                ("room", models.CharField(max_length=40, verbose_name="room")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="from")),
                ("closes", models.TimeField(verbose_name="until")),
                ("last_join_day", models.DateField(verbose_name="last day to join")),
                ("is_active", models.BooleanField(default=True, verbose_name="takes place")),
                (
                    "drawn_asked",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="asked"),
                ),
                (
                    "drawn_former",
                    models.PositiveIntegerField(
                        blank=True, editable=False, null=True, verbose_name="former pupils among them"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_classes",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_classes",
                        to="circle.facility",
                        verbose_name="place",
                    ),
                ),
                (
                    "monitor",
                    models.ForeignKey(
                        blank=True,
                        help_text="A pupil who keeps the roll and sees names only.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.resident",
                        verbose_name="class monitor",
                    ),
                ),
                (
                    "teacher_login",
                    models.ForeignKey(
                        blank=True,
                        help_text="With it the teacher keeps the roll.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="the teacher's login",
                    ),
                ),
            ],
            options={
                "verbose_name": "class of the senior school",
                "verbose_name_plural": "classes of the senior school",
                "ordering": ["term", "weekday", "opens", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClassSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                (
                    "roll_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="roll taken at"),
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
                    "roll_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="roll taken by",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="eldercare.schoolclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting of a class",
                "verbose_name_plural": "meetings of classes",
                "ordering": ["day", "starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "season",
                    models.CharField(
                        choices=[
                            ("winter", "winter term"),
                            ("spring", "spring term"),
                            ("summer", "summer term"),
                            ("autumn", "autumn term"),
                        ],
                        max_length=6,
                        verbose_name="season",
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("opens_at", models.DateTimeField(verbose_name="enrolment opens at")),
                ("closes_at", models.DateTimeField(verbose_name="enrolment closes at")),
                (
                    "filling",
                    models.CharField(
                        choices=[
                            ("draw", "a draw among all who asked in the window"),
                            ("first", "first come, first served"),
                        ],
                        default="draw",
                        max_length=5,
                        verbose_name="how a full class is filled",
                    ),
                ),
                ("is_former_first", models.BooleanField(default=False, verbose_name="former pupils first")),
                (
                    "others_from",
                    models.DateTimeField(
                        blank=True,
                        help_text="Without a draw: until then only former pupils may enrol.",
                        null=True,
                        verbose_name="others from",
                    ),
                ),
                (
                    "most_courses",
                    models.PositiveSmallIntegerField(default=2, verbose_name="most courses a person"),
                ),
                (
                    "seed",
                    models.CharField(default=eldercare.models.school.new_seed, editable=False, max_length=64),
                ),
                (
                    "drawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="drawn at"),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_terms",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "school term",
                "verbose_name_plural": "school terms",
                "ordering": ["-first_day"],
            },
        ),
        migrations.AddField(
            model_name="schoolclass",
            name="term",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classes",
                to="eldercare.term",
                verbose_name="term",
            ),
        ),
        migrations.CreateModel(
            name="Enrolment",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the draw"),
                            ("enrolled", "has a place"),
                            ("not_drawn", "not drawn"),
                            ("cancelled", "cancelled"),
                            ("finished", "term over"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(verbose_name="since")),
                ("ordinal", models.PositiveSmallIntegerField(editable=False)),
                ("is_former", models.BooleanField(default=False, verbose_name="former pupil")),
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
                ("is_on_paper", models.BooleanField(default=False, verbose_name="from a form on paper")),
                ("booked_at", models.DateTimeField(verbose_name="asked at")),
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
                        related_name="enrolments",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="eldercare.schoolclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="eldercare.term",
                        verbose_name="term",
                    ),
                ),
            ],
            options={
                "verbose_name": "enrolment in the senior school",
                "verbose_name_plural": "enrolments in the senior school",
                "ordering": ["-booked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ClassAttendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_present", models.BooleanField(verbose_name="was there")),
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="eldercare.classsession",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="eldercare.enrolment",
                        verbose_name="pupil",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance at a class",
                "verbose_name_plural": "attendances at classes",
                "ordering": ["session", "enrolment"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "enrolment"), name="class_attendance_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassWaiting",
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
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("offered", "a place is offered"),
                            ("accepted", "place taken"),
                            ("declined", "offer declined"),
                            ("lapsed", "offer lapsed"),
                            ("left", "no longer waiting"),
                            ("ended", "no place became free"),
                        ],
                        default="waiting",
                        max_length=10,
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
                ("joined_at", models.DateTimeField(verbose_name="joined at")),
                (
                    "offer_until",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answer until"),
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
                    "joined_by",
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
                        related_name="+",
                        to="circle.mandate",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_rows",
                        to="circle.resident",
                        verbose_name="resident",
                    ),
                ),
                (
                    "school_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting",
                        to="eldercare.schoolclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in the waiting list of a class",
                "verbose_name_plural": "waiting list of the senior school",
                "ordering": ["joined_at", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offer_until__isnull", False), ("status", "offered")),
                            models.Q(models.Q(("status", "offered"), _negated=True), ("offer_until", None)),
                            _connector="OR",
                        ),
                        name="classwaiting_offer_has_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="classwaiting_ends_after_it_begins",
                        violation_error_message="The last day cannot lie before the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "offered"])),
                        fields=("resident", "school_class"),
                        name="classwaiting_once",
                        violation_error_message="This person is waiting for it already.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="classsession",
            constraint=models.UniqueConstraint(
                fields=("school_class", "day"), name="class_session_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="classsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="class_session_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                fields=("community", "year", "season"),
                name="school_term_once",
                violation_error_message="This term is there already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gt", models.F("first_day"))),
                name="school_term_ends_after_it_begins",
                violation_error_message="The last day cannot lie before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="school_term_window_closes_later",
                violation_error_message="Enrolment closes after it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_courses__gte", 1), ("most_courses__lte", 6)),
                name="school_term_courses",
                violation_error_message="A person takes one to six courses.",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filling", "first"), ("is_former_first", True), ("others_from__isnull", False)),
                    models.Q(
                        ("others_from", None),
                        models.Q(("filling", "first"), ("is_former_first", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="school_term_others_later",
                violation_error_message="Say from when others may enrol where former pupils come first without a draw.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                name="eldercare_schoolclass_within_capacity",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))),
                name="school_class_ends_after_it_begins",
                violation_error_message="A class ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schoolclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__lte", 6)), name="school_class_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["asked", "enrolled"])),
                fields=("school_class", "resident"),
                name="enrolment_once",
                violation_error_message="This person is enrolled in this class already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["asked", "enrolled"])),
                fields=("term", "resident", "ordinal"),
                name="enrolment_most_courses",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinal__gte", 1), ("ordinal__lte", 6)), name="enrolment_ordinal"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_on_paper", False), models.Q(("via", "online"), _negated=True), _connector="OR"
                ),
                name="enrolment_on_paper_by_staff",
            ),
        ),
    ]
