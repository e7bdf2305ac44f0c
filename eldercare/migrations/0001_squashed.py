import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    replaces = [
        ("eldercare", "0001_initial"),
        ("eldercare", "0002_carebooking_outcome_by"),
        ("eldercare", "0003_care_crew_and_check"),
        ("eldercare", "0004_two_carers_at_the_bath"),
        ("eldercare", "0005_leaders_and_moments"),
        ("eldercare", "0006_fill_leaders_and_moments"),
        ("eldercare", "0007_asks_address"),
        ("eldercare", "0008_fill_asks_address"),
        ("eldercare", "0009_care_in_service"),
        ("eldercare", "0010_carebooking_age_reason"),
        ("eldercare", "0011_home_time"),
        ("eldercare", "0012_fill_brings_home"),
        ("eldercare", "0013_certificates"),
    ]

    initial = True

    dependencies = [
        ("circle", "0001_squashed"),
    ]

    operations = [
        migrations.CreateModel(
            name="CareKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "synonyms",
                    models.TextField(
                        blank=True,
                        help_text="Everyday words, one a line: Chinese, English, or pinyin where a character is read wrongly.",
                        verbose_name="also searched as",
                    ),
                ),
                ("search_key", models.TextField(editable=False)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_kinds",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                ("code", models.SlugField(max_length=20, verbose_name="short name in addresses")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("booking", "a time is booked"),
                            ("request", "staff agree on the day"),
                            ("emergency", "by phone only"),
                        ],
                        max_length=10,
                        verbose_name="how it is arranged",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                ("what_zh", models.TextField(verbose_name="what it is (Chinese)")),
                ("what_en", models.TextField(blank=True, verbose_name="what it is (English)")),
                ("giver_zh", models.CharField(max_length=120, verbose_name="who gives it (Chinese)")),
                (
                    "giver_en",
                    models.CharField(blank=True, max_length=160, verbose_name="who gives it (English)"),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_kinds",
                        to="circle.facility",
                        verbose_name="place it is given from",
                    ),
                ),
                (
                    "is_at_home",
                    models.BooleanField(
                        default=False,
                        help_text="The address is then asked for.",
                        verbose_name="at the elder's home",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(720)],
                        verbose_name="usual length in minutes",
                    ),
                ),
                ("price_zh", models.CharField(max_length=120, verbose_name="price (Chinese)")),
                ("price_en", models.CharField(blank=True, max_length=160, verbose_name="price (English)")),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False,
                        help_text="Until then its page says “unverified”.",
                        verbose_name="the price is verified",
                    ),
                ),
                (
                    "days_ahead",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="can be asked for so many days ahead",
                    ),
                ),
                (
                    "cancel_hours",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="can be cancelled online until so many hours before"
                    ),
                ),
                (
                    "crew_size",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "one"), (2, "two")], default=1, verbose_name="carers for each visit"
                    ),
                ),
                (
                    "needs_check",
                    models.BooleanField(
                        default=False,
                        help_text="Blood pressure, pulse and temperature are taken first, and must lie within the limits.",
                        verbose_name="needs a check of the day",
                    ),
                ),
                (
                    "needs_trained_lead",
                    models.BooleanField(
                        default=False,
                        help_text="A volunteer may then come as the second, never alone.",
                        verbose_name="led by a care worker",
                    ),
                ),
                (
                    "is_volunteer_led",
                    models.BooleanField(
                        default=False,
                        help_text="The leader then sees its bookings, without health answers, and says who goes.",
                        verbose_name="led by the leader of the volunteers",
                    ),
                ),
                (
                    "skill",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bathing", "bathing elders"),
                            ("escort", "going to the doctor with elders"),
                            ("first_aid", "first aid"),
                        ],
                        help_text="Only people with a certificate that is valid on the day are sent.",
                        max_length=12,
                        verbose_name="skill that each of them needs",
                    ),
                ),
                (
                    "brings_home",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever is not back in time raises an alarm.",
                        verbose_name="goes out with the elder and brings them home",
                    ),
                ),
                (
                    "duty_phone",
                    models.CharField(
                        blank=True,
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9+][0-9 ,/-]{2,38}$",
                                "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                            )
                        ],
                        verbose_name="duty phone",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "kind of care",
                "verbose_name_plural": "kinds of care",
                "ordering": ["community", "order", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "code"),
                        name="care_kind_code_unique_in_community",
                        violation_error_message="There is already a kind of care with this short name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "emergency"), _negated=True),
                            models.Q(("duty_phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="care_kind_emergency_has_a_phone",
                        violation_error_message="Urgent help needs its duty phone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("crew_size__gte", 1), ("crew_size__lte", 2)),
                        name="care_kind_crew_of_one_or_two",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                        related_name="certificates",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who holds it",
                    ),
                ),
                (
                    "skill",
                    models.CharField(
                        choices=[
                            ("bathing", "bathing elders"),
                            ("escort", "going to the doctor with elders"),
                            ("first_aid", "first aid"),
                        ],
                        max_length=12,
                        verbose_name="skill",
                    ),
                ),
                ("until", models.DateField(verbose_name="valid until")),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["until", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "user", "skill", "until"),
                        name="certificate_once",
                        violation_error_message="This certificate is entered already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CareQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("need", "a need that may be ticked"),
                            ("condition", "a condition that must hold"),
                        ],
                        max_length=10,
                        verbose_name="sort",
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        choices=[("booking", "when booking"), ("day", "on the day, by who gives the care")],
                        default="booking",
                        max_length=10,
                        verbose_name="asked",
                    ),
                ),
                (
                    "asks_address",
                    models.BooleanField(
                        default=False,
                        help_text="Of a need such as “bring it home”.",
                        verbose_name="asks for the address",
                    ),
                ),
                ("code", models.SlugField(max_length=20, verbose_name="code")),
                ("text_zh", models.CharField(max_length=80, verbose_name="sentence (Chinese)")),
                ("text_en", models.CharField(blank=True, max_length=120, verbose_name="sentence (English)")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="is asked")),
            ],
            options={
                "verbose_name": "question of a kind of care",
                "verbose_name_plural": "questions of a kind of care",
                "ordering": ["kind", "sort", "order", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "code"),
                        name="care_question_code_once",
                        violation_error_message="This kind of care already has a question with this code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("moment", "booking"), ("sort", "condition"), _connector="OR"),
                        name="care_question_of_the_day_is_a_condition",
                        violation_error_message="On the day conditions are asked, and no needs.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CareShift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shifts",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
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
                            (7, "public holidays"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="begins")),
                ("closes", models.TimeField(verbose_name="ends")),
                (
                    "slot_minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="minutes for one turn",
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places in each turn")),
            ],
            options={
                "verbose_name": "shift",
                "verbose_name_plural": "shifts",
                "ordering": ["kind", "weekday", "opens"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "weekday", "opens"),
                        name="care_shift_once",
                        violation_error_message="There is already a shift that begins then.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))),
                        name="care_shift_ends_after_it_begins",
                        violation_error_message="A shift ends after it begins.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CareSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("capacity", models.PositiveIntegerField(verbose_name="places")),
                ("taken", models.PositiveIntegerField(default=0, editable=False, verbose_name="taken")),
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
                        related_name="care_slots",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
            ],
            options={
                "verbose_name": "care time",
                "verbose_name_plural": "care times",
                "ordering": ["starts_at", "kind"],
                "abstract": False,
                "indexes": [models.Index(fields=["community", "day"], name="care_slot_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                        name="eldercare_careslot_within_capacity",
                    ),
                    models.UniqueConstraint(fields=("kind", "starts_at"), name="care_slot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="care_slot_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareBooking",
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
                        related_name="care_bookings",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="eldercare.carekind",
                        verbose_name="kind of care",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("booking", "a time is booked"),
                            ("request", "staff agree on the day"),
                            ("emergency", "by phone only"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="how it is arranged",
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="eldercare.careslot",
                        verbose_name="care time",
                    ),
                ),
                (
                    "elder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_bookings",
                        to="circle.resident",
                        verbose_name="elder",
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
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                ("needs", models.JSONField(blank=True, default=list, verbose_name="needs")),
                (
                    "conditions",
                    models.JSONField(blank=True, default=list, verbose_name="conditions that hold"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.building",
                        verbose_name="building",
                    ),
                ),
                ("door", models.CharField(blank=True, max_length=20, verbose_name="entrance and door")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "to be confirmed"),
                            ("confirmed", "confirmed"),
                            ("assigned", "someone is assigned"),
                            ("in_service", "in service"),
                            ("done", "done"),
                            ("not_home", "not at home"),
                            ("stopped", "stopped for safety"),
                            ("cancelled", "cancelled"),
                            ("revoked", "called off by us"),
                        ],
                        default="requested",
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
                        related_name="care_bookings",
                        to="circle.mandate",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_bookings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "crew_size",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="carers for each visit"
                    ),
                ),
                (
                    "needs_check",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="needs a check of the day"
                    ),
                ),
                (
                    "assistant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_bookings_as_assistant",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="second carer",
                    ),
                ),
                (
                    "began_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="began at"),
                ),
                (
                    "home_by",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="home by"),
                ),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                (
                    "age_reason",
                    models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reminded at"),
                ),
                (
                    "outcome_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="outcome entered by",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=200, verbose_name="what was found")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="settled at"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "care booking",
                "verbose_name_plural": "care bookings",
                "ordering": ["-status_at", "-id"],
                "permissions": [
                    ("visit_carebooking", "Can see and close the care that is assigned to them"),
                    ("lead_carebooking", "Can see and assign the care that volunteers give"),
                ],
                "indexes": [
                    models.Index(fields=["community", "day", "starts_at"], name="care_booking_day"),
                    models.Index(fields=["community", "status"], name="care_booking_status"),
                    models.Index(fields=["community", "-status_at", "-id"], name="care_booking_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["requested", "confirmed", "assigned", "in_service"])
                        ),
                        fields=("elder", "kind", "day"),
                        name="care_booking_one_live_per_day",
                        violation_error_message="This kind of care is already arranged for this person and day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("day", None), ("status", "requested")),
                        fields=("elder", "kind"),
                        name="care_booking_one_open_wish",
                        violation_error_message="A request of this kind is already waiting for this person.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["requested", "confirmed", "assigned", "in_service"])
                        ),
                        fields=("elder", "starts_at"),
                        name="care_booking_one_live_per_time",
                        violation_error_message="Something else is booked for this person at this time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("day__isnull", False),
                                ("slot__isnull", False),
                                ("starts_at__isnull", False),
                                ("way", "booking"),
                            ),
                            models.Q(("slot", None), ("starts_at", None), ("way", "request")),
                            _connector="OR",
                        ),
                        name="care_booking_has_a_slot_where_booked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["assigned", "in_service", "done", "not_home", "stopped"]),
                                _negated=True,
                            ),
                            ("assigned_to__isnull", False),
                            _connector="OR",
                        ),
                        name="care_booking_given_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assistant", None),
                            models.Q(
                                ("assigned_to__isnull", False),
                                ("crew_size", 2),
                                models.Q(("assistant", models.F("assigned_to")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="care_booking_second_carer_is_another_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["in_service", "done"]), _negated=True),
                            ("crew_size", 1),
                            ("assistant__isnull", False),
                            _connector="OR",
                        ),
                        name="care_booking_done_by_a_full_crew",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("crew_size__gte", 1), ("crew_size__lte", 2)),
                        name="care_booking_crew_of_one_or_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day__isnull", False),
                            ("status__in", ["requested", "cancelled", "revoked"]),
                            _connector="OR",
                        ),
                        name="care_booking_confirmed_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["revoked", "stopped"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="care_booking_revoked_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_service"), _negated=True),
                            ("began_at__isnull", False),
                            _connector="OR",
                        ),
                        name="care_booking_in_service_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("status", "not_home"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="care_booking_settled_after_not_home",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="eldercare.carebooking",
                        verbose_name="care booking",
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="taken at")),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "systolic",
                    models.PositiveSmallIntegerField(null=True, verbose_name="upper blood pressure, mmHg"),
                ),
                (
                    "diastolic",
                    models.PositiveSmallIntegerField(null=True, verbose_name="lower blood pressure, mmHg"),
                ),
                (
                    "pulse",
                    models.PositiveSmallIntegerField(null=True, verbose_name="pulse, beats per minute"),
                ),
                (
                    "temperature",
                    models.DecimalField(
                        decimal_places=1, max_digits=3, null=True, verbose_name="temperature, °C"
                    ),
                ),
                (
                    "conditions",
                    models.JSONField(blank=True, default=list, verbose_name="conditions that hold"),
                ),
                ("is_passed", models.BooleanField(verbose_name="within the limits")),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.rule",
                        verbose_name="limits",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of the day",
                "verbose_name_plural": "checks of the day",
                "ordering": ["taken_at", "pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.AddField(
            model_name="carebooking",
            name="passed_check",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="eldercare.carecheck",
                verbose_name="check of the day",
            ),
        ),
        migrations.AddConstraint(
            model_name="carebooking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["in_service", "done"]), _negated=True),
                    ("needs_check", False),
                    ("passed_check__isnull", False),
                    _connector="OR",
                ),
                name="care_booking_done_after_its_check",
            ),
        ),
    ]
