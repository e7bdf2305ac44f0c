import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import circle.management.migration_operations
import eldercare.models.school


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
        ("eldercare", "0014_carebooking_as_appointment"),
        ("eldercare", "0015_care_shift_terms"),
        ("eldercare", "0016_round_shifts"),
        ("eldercare", "0017_whole_quarters"),
        ("eldercare", "0018_fill_busy"),
        ("eldercare", "0019_profiles_and_visit_duties"),
        ("eldercare", "0020_visit_volunteers"),
        ("eldercare", "0021_volunteer_number"),
        ("eldercare", "0022_fill_volunteer_numbers"),
        ("eldercare", "0023_festival_plan"),
        ("eldercare", "0024_care_workers_and_wishes"),
        ("eldercare", "0025_second_reminder"),
        ("eldercare", "0025_worker_hours_and_grades"),
        ("eldercare", "0026_crew_told"),
        ("eldercare", "0027_service_records"),
        ("eldercare", "0028_disputed_service_record"),
        ("eldercare", "0029_senior_school"),
        ("eldercare", "0030_school_bounds"),
        ("eldercare", "0031_care_series"),
        ("eldercare", "0032_day_care"),
        ("eldercare", "0035_rights"),
        ("eldercare", "0036_right_notices"),
        ("eldercare", "0037_care_prices"),
        ("eldercare", "0038_planned_looks"),
        ("eldercare", "0039_drawn_signatures"),
        ("eldercare", "0040_series_told_of_its_end"),
        ("eldercare", "0041_canteen_menu"),
        ("eldercare", "0042_meal_orders"),
        ("eldercare", "0043_meal_money"),
    ]

    initial = True

    dependencies = [
        ("circle", "0001_squashed"),
    ]

    operations = [
        circle.management.migration_operations.CreateModels(
            models=[
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
                            models.CharField(
                                blank=True, max_length=160, verbose_name="who gives it (English)"
                            ),
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
                        (
                            "price_en",
                            models.CharField(blank=True, max_length=160, verbose_name="price (English)"),
                        ),
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
                            "reminds_again",
                            models.BooleanField(
                                default=False,
                                help_text="Besides the reminder of the day before; each text message costs the community.",
                                verbose_name="reminds once more two hours before",
                            ),
                        ),
                        (
                            "crew_size",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "one"), (2, "two")],
                                default=1,
                                verbose_name="carers for each visit",
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
                            "is_shared",
                            models.BooleanField(
                                default=False,
                                help_text="Such as a day place: one carer looks after all, and other care is given there too.",
                                verbose_name="for several at a time",
                            ),
                        ),
                        (
                            "is_halved",
                            models.BooleanField(
                                default=False,
                                help_text="Morning and afternoon are times of their own; whoever stays all day has both.",
                                verbose_name="in half-days",
                            ),
                        ),
                        (
                            "needs_agreement",
                            models.BooleanField(
                                default=False,
                                help_text="It says who may collect the elder; arrival and leaving are written down.",
                                verbose_name="needs an agreement",
                            ),
                        ),
                        (
                            "min_grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="0 able … 4 fully dependent, as assessed. For others staff give a reason.",
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(4)],
                                verbose_name="from this ability grade on",
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
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Then it is booked whenever its place is open, for the usual length each time.",
                                verbose_name="places at a time, without shifts of its own",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="offered")),
                        ("laid_out", models.CharField(blank=True, default="", editable=False, max_length=64)),
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
                                condition=models.Q(
                                    ("places", 0),
                                    (
                                        "minutes",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("minutes"), "/", models.Value(15)
                                            ),
                                            "*",
                                            models.Value(15),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="care_kind_in_whole_quarters",
                                violation_error_message="Care lasts whole quarters of an hour.",
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
                    name="CareProfile",
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
                                related_name="care_profiles",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="care_profile",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        (
                            "grade",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (0, "0 · able"),
                                    (1, "1 · mild loss"),
                                    (2, "2 · moderate loss"),
                                    (3, "3 · severe loss"),
                                    (4, "4 · total loss"),
                                ],
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(4)],
                                verbose_name="ability grade",
                            ),
                        ),
                        ("graded_on", models.DateField(blank=True, null=True, verbose_name="graded on")),
                        (
                            "contacts",
                            models.CharField(
                                blank=True,
                                help_text="Who they are to the elder, such as: daughter, then the neighbour of 502. No numbers.",
                                max_length=200,
                                verbose_name="whom to tell, in order",
                            ),
                        ),
                        ("key", models.CharField(blank=True, max_length=80, verbose_name="who holds a key")),
                        (
                            "diet",
                            models.CharField(blank=True, max_length=200, verbose_name="diet and allergies"),
                        ),
                        (
                            "hearing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("good", "good"),
                                    ("hard", "hard of hearing, please speak up"),
                                    ("aid", "with a hearing aid"),
                                    ("deaf", "deaf, write it down"),
                                ],
                                max_length=4,
                                verbose_name="hearing",
                            ),
                        ),
                        ("dialect", models.CharField(blank=True, max_length=40, verbose_name="dialect")),
                    ],
                    options={
                        "verbose_name": "profile of an elder",
                        "verbose_name_plural": "profiles of elders",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("grade", None), ("graded_on", None)),
                                    models.Q(
                                        ("grade__isnull", False),
                                        ("grade__lte", 4),
                                        ("graded_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="care_profile_grade_has_its_day",
                                violation_error_message="A grade has the day of its assessment, and the other way round.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CareWorker",
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
                                related_name="care_workers",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="care_worker",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                verbose_name="staff number",
                            ),
                        ),
                        (
                            "sex",
                            models.CharField(
                                choices=[("woman", "woman"), ("man", "man")], max_length=5, verbose_name="sex"
                            ),
                        ),
                        (
                            "dialects",
                            models.CharField(
                                blank=True,
                                help_text="Such as: Guiyang, Miao.",
                                max_length=80,
                                verbose_name="dialects",
                            ),
                        ),
                        ("photo", models.BinaryField(blank=True, default=bytes, verbose_name="photo")),
                        (
                            "own_code",
                            models.CharField(blank=True, default="", editable=False, max_length=128),
                        ),
                        ("wrong_codes", models.PositiveSmallIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "care worker",
                        "verbose_name_plural": "care workers",
                        "ordering": ["user__name", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "user"),
                                name="care_worker_once",
                                violation_error_message="This person is entered already.",
                            ),
                            models.UniqueConstraint(fields=("number",), name="care_worker_number_once"),
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
                    name="DutyLayout",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "community",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_layout",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("last_tag", models.BigIntegerField(verbose_name="latest reason")),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DutyRest",
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
                                related_name="duty_rests",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_rests",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("reason", models.CharField(max_length=120, verbose_name="reason")),
                        ("said_by", models.CharField(max_length=60, verbose_name="said by")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rest of the visits",
                        "verbose_name_plural": "rests of the visits",
                        "ordering": ["-starts_on", "id"],
                        "indexes": [models.Index(fields=["community", "ends_on"], name="duty_rest_end")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="duty_rest_ends_after_it_starts",
                                violation_error_message="A rest cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(("said_by", ""), _negated=True),
                                ),
                                name="duty_rest_says_why_and_who",
                                violation_error_message="Say why, and who said so.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HolidayLook",
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
                                related_name="holiday_looks",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holiday_looks",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holiday_looks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who looks in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look over the festival",
                        "verbose_name_plural": "looks over the festival",
                        "ordering": ["day", "id"],
                        "indexes": [models.Index(fields=["community", "day"], name="holiday_look_day")],
                        "constraints": [
                            models.UniqueConstraint(fields=("resident", "day"), name="holiday_look_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HolidayStay",
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
                                related_name="holiday_stays",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holiday_stays",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("festival", models.DateField(verbose_name="first day of the festival")),
                        (
                            "where",
                            models.CharField(
                                choices=[
                                    ("alone", "alone at home"),
                                    ("company", "the family comes"),
                                    ("away", "with the family, away"),
                                ],
                                max_length=8,
                                verbose_name="over the festival",
                            ),
                        ),
                        ("said_by", models.CharField(max_length=60, verbose_name="said by")),
                        ("noted_at", models.DateTimeField(verbose_name="noted at")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "festival of an elder",
                        "verbose_name_plural": "festivals of elders",
                        "ordering": ["-festival", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resident", "festival"), name="holiday_stay_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("said_by", ""), _negated=True),
                                name="holiday_stay_says_who",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RiskTag",
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
                                related_name="risk_tags",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_tags",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("alone", "lives alone"),
                                    ("empty_nest", "a couple without children near"),
                                    ("left_behind", "left behind by children who work elsewhere"),
                                    ("no_family", "without any family"),
                                    ("destitute", "in extreme need, supported by the state"),
                                    ("disabled", "cannot look after themselves"),
                                    ("severe", "severe handicap"),
                                    ("bereaved", "family-planning family in special hardship"),
                                    ("aged_80", "eighty or older"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "evidence",
                            models.CharField(
                                help_text="Such as: household register seen on 3 March.",
                                max_length=120,
                                verbose_name="what proves it",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="from")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ],
                    options={
                        "verbose_name": "reason to look in",
                        "verbose_name_plural": "reasons to look in",
                        "ordering": ["kind", "since"],
                        "indexes": [models.Index(fields=["community", "until"], name="risk_tag_until")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("resident", "kind"),
                                name="risk_tag_once",
                                violation_error_message="This reason holds already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="risk_tag_ends_after_it_starts",
                                violation_error_message="A reason cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("evidence", ""), _negated=True),
                                name="risk_tag_is_proved",
                                violation_error_message="Say what proves it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Volunteer",
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
                                related_name="volunteers",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteering",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "wants to join"),
                                    ("checked", "checked, to be trained"),
                                    ("active", "trained and active"),
                                    ("removed", "no longer on the team"),
                                ],
                                default="asked",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("trained_on", models.DateField(blank=True, null=True, verbose_name="trained on")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                        (
                            "number",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                verbose_name="staff number",
                            ),
                        ),
                        ("photo", models.BinaryField(blank=True, default=bytes, verbose_name="photo")),
                    ],
                    options={
                        "verbose_name": "volunteer of the visits",
                        "verbose_name_plural": "volunteers of the visits",
                        "ordering": ["status", "-status_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "user"),
                                name="volunteer_once",
                                violation_error_message="This person is on the team already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="volunteer_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "active"), _negated=True),
                                    ("trained_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="volunteer_active_is_trained",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "removed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="volunteer_removed_with_a_reason",
                            ),
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
                                    ("task", "something that is done"),
                                ],
                                max_length=10,
                                verbose_name="sort",
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                choices=[
                                    ("booking", "when booking"),
                                    ("day", "on the day, by who gives the care"),
                                ],
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
                        (
                            "wish",
                            models.CharField(
                                blank=True,
                                choices=[("woman", "a woman comes"), ("same", "who came the last time")],
                                help_text="Of a need.",
                                max_length=5,
                                verbose_name="wish about who comes",
                            ),
                        ),
                        (
                            "is_strict",
                            models.BooleanField(
                                default=False,
                                help_text="Else whoever assigns somebody is warned.",
                                verbose_name="the wish refuses others",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        ("text_zh", models.CharField(max_length=80, verbose_name="sentence (Chinese)")),
                        (
                            "text_en",
                            models.CharField(blank=True, max_length=120, verbose_name="sentence (English)"),
                        ),
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
                                condition=models.Q(
                                    models.Q(("is_strict", False), ("wish", "")),
                                    models.Q(("sort", "need"), models.Q(("wish", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="care_question_wish_is_a_need",
                                violation_error_message="A wish about who comes is a need.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moment", "booking"), ("sort", "condition"), _connector="OR"
                                ),
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
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shifts",
                                to="eldercare.carekind",
                                verbose_name="kind of care",
                            ),
                        ),
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
                        (
                            "places",
                            models.PositiveSmallIntegerField(default=1, verbose_name="places in each turn"),
                        ),
                    ],
                    options={
                        "verbose_name": "shift",
                        "verbose_name_plural": "shifts",
                        "ordering": ["kind", "weekday", "date", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("date__isnull", False), ("weekday", None)),
                                    models.Q(("date", None), ("weekday__isnull", False)),
                                    _connector="OR",
                                ),
                                name="eldercare_careshift_weekday_or_date",
                                violation_error_message="Say the weekday, or one date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="eldercare_careshift_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "opens__in",
                                        [
                                            datetime.time(0, 0),
                                            datetime.time(0, 15),
                                            datetime.time(0, 30),
                                            datetime.time(0, 45),
                                            datetime.time(1, 0),
                                            datetime.time(1, 15),
                                            datetime.time(1, 30),
                                            datetime.time(1, 45),
                                            datetime.time(2, 0),
                                            datetime.time(2, 15),
                                            datetime.time(2, 30),
                                            datetime.time(2, 45),
                                            datetime.time(3, 0),
                                            datetime.time(3, 15),
                                            datetime.time(3, 30),
                                            datetime.time(3, 45),
                                            datetime.time(4, 0),
                                            datetime.time(4, 15),
                                            datetime.time(4, 30),
                                            datetime.time(4, 45),
                                            datetime.time(5, 0),
                                            datetime.time(5, 15),
                                            datetime.time(5, 30),
                                            datetime.time(5, 45),
                                            datetime.time(6, 0),
                                            datetime.time(6, 15),
                                            datetime.time(6, 30),
                                            datetime.time(6, 45),
                                            datetime.time(7, 0),
                                            datetime.time(7, 15),
                                            datetime.time(7, 30),
                                            datetime.time(7, 45),
                                            datetime.time(8, 0),
                                            datetime.time(8, 15),
                                            datetime.time(8, 30),
                                            datetime.time(8, 45),
                                            datetime.time(9, 0),
                                            datetime.time(9, 15),
                                            datetime.time(9, 30),
                                            datetime.time(9, 45),
                                            datetime.time(10, 0),
                                            datetime.time(10, 15),
                                            datetime.time(10, 30),
                                            datetime.time(10, 45),
                                            datetime.time(11, 0),
                                            datetime.time(11, 15),
                                            datetime.time(11, 30),
                                            datetime.time(11, 45),
                                            datetime.time(12, 0),
                                            datetime.time(12, 15),
                                            datetime.time(12, 30),
                                            datetime.time(12, 45),
                                            datetime.time(13, 0),
                                            datetime.time(13, 15),
                                            datetime.time(13, 30),
                                            datetime.time(13, 45),
                                            datetime.time(14, 0),
                                            datetime.time(14, 15),
                                            datetime.time(14, 30),
                                            datetime.time(14, 45),
                                            datetime.time(15, 0),
                                            datetime.time(15, 15),
                                            datetime.time(15, 30),
                                            datetime.time(15, 45),
                                            datetime.time(16, 0),
                                            datetime.time(16, 15),
                                            datetime.time(16, 30),
                                            datetime.time(16, 45),
                                            datetime.time(17, 0),
                                            datetime.time(17, 15),
                                            datetime.time(17, 30),
                                            datetime.time(17, 45),
                                            datetime.time(18, 0),
                                            datetime.time(18, 15),
                                            datetime.time(18, 30),
                                            datetime.time(18, 45),
                                            datetime.time(19, 0),
                                            datetime.time(19, 15),
                                            datetime.time(19, 30),
                                            datetime.time(19, 45),
                                            datetime.time(20, 0),
                                            datetime.time(20, 15),
                                            datetime.time(20, 30),
                                            datetime.time(20, 45),
                                            datetime.time(21, 0),
                                            datetime.time(21, 15),
                                            datetime.time(21, 30),
                                            datetime.time(21, 45),
                                            datetime.time(22, 0),
                                            datetime.time(22, 15),
                                            datetime.time(22, 30),
                                            datetime.time(22, 45),
                                            datetime.time(23, 0),
                                            datetime.time(23, 15),
                                            datetime.time(23, 30),
                                            datetime.time(23, 45),
                                        ],
                                    ),
                                    (
                                        "slot_minutes",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("slot_minutes"), "/", models.Value(15)
                                            ),
                                            "*",
                                            models.Value(15),
                                        ),
                                    ),
                                ),
                                name="care_shift_in_whole_quarters",
                                violation_error_message="Care begins and lasts in whole quarters of an hour.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date", None), ("valid_from", None)),
                                fields=("kind", "weekday", "opens"),
                                name="care_shift_once_a_week",
                                violation_error_message="There is already a shift that begins then.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date__isnull", False)),
                                fields=("kind", "date", "opens"),
                                name="care_shift_once_on_a_date",
                                violation_error_message="There is already a shift that begins then.",
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
                    name="Pairing",
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
                                related_name="pairings",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "volunteer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="eldercare.volunteer",
                                verbose_name="volunteer",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                        ("begun_at", models.DateTimeField(verbose_name="since")),
                        (
                            "met_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="first visit at"),
                        ),
                        (
                            "met_with",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="first visit made with",
                            ),
                        ),
                        ("comes_on", models.DateField(blank=True, null=True, verbose_name="comes on")),
                        ("told_of", models.DateField(blank=True, editable=False, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "elder of a volunteer",
                        "verbose_name_plural": "elders of volunteers",
                        "ordering": ["volunteer", "place"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("volunteer", "place"),
                                name="pairing_one_per_place",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("volunteer", "resident"),
                                name="pairing_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__gte", 1), ("place__lte", 5)),
                                name="pairing_five_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("met_at", None), ("met_with", None)),
                                    models.Q(("met_at__isnull", False), ("met_with__isnull", False)),
                                    _connector="OR",
                                ),
                                name="pairing_first_visit_made_with_somebody",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="WorkerShift",
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
                            "worker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shifts",
                                to="eldercare.careworker",
                                verbose_name="care worker",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "working hours",
                        "verbose_name_plural": "working hours",
                        "ordering": ["worker", "weekday", "date", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("date__isnull", False), ("weekday", None)),
                                    models.Q(("date", None), ("weekday__isnull", False)),
                                    _connector="OR",
                                ),
                                name="eldercare_workershift_weekday_or_date",
                                violation_error_message="Say the weekday, or one date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="eldercare_workershift_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date", None), ("valid_from", None)),
                                fields=("worker", "weekday", "opens"),
                                name="worker_shift_once_a_week",
                                violation_error_message="There is already a shift that begins then.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date__isnull", False)),
                                fields=("worker", "date", "opens"),
                                name="worker_shift_once_on_a_date",
                                violation_error_message="There is already a shift that begins then.",
                            ),
                        ],
                        "indexes": [],
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
                                related_name="%(class)ss",
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
                                verbose_name="booking code",
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
                            "resident",
                            models.ForeignKey(
                                db_column="elder_id",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                        ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[("am", "morning"), ("pm", "afternoon")],
                                editable=False,
                                max_length=2,
                                verbose_name="half of the day",
                            ),
                        ),
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
                        (
                            "door",
                            models.CharField(blank=True, max_length=20, verbose_name="entrance and door"),
                        ),
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
                            "passed_check",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="eldercare.carecheck",
                                verbose_name="check of the day",
                            ),
                        ),
                        (
                            "began_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="began at"
                            ),
                        ),
                        (
                            "second_at",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                null=True,
                                verbose_name="second carer confirmed at",
                            ),
                        ),
                        (
                            "home_by",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="home by"
                            ),
                        ),
                        (
                            "crew_told",
                            models.CharField(blank=True, default="", editable=False, max_length=60),
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
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=200, verbose_name="what was found"),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="settled at"
                            ),
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
                            models.Index(
                                fields=["community", "-status_at", "-id"], name="care_booking_latest"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status__in", ["requested", "confirmed", "assigned", "in_service"])
                                ),
                                fields=("resident", "kind", "day", "part"),
                                name="care_booking_one_live_per_day",
                                violation_error_message="This kind of care is already arranged for this person and day.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("day", None), ("status", "requested")),
                                fields=("resident", "kind"),
                                name="care_booking_one_open_wish",
                                violation_error_message="A request of this kind is already waiting for this person.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("status__in", ["requested", "confirmed", "assigned", "in_service"])
                                ),
                                fields=("resident", "starts_at"),
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
                                        (
                                            "status__in",
                                            ["assigned", "in_service", "done", "not_home", "stopped"],
                                        ),
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
                                condition=models.Q(
                                    models.Q(("status__in", ["in_service", "done"]), _negated=True),
                                    ("needs_check", False),
                                    ("passed_check__isnull", False),
                                    _connector="OR",
                                ),
                                name="care_booking_done_after_its_check",
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
                                    ("second_at", None),
                                    models.Q(("assistant__isnull", False), ("began_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="care_booking_second_confirmed_what_began",
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
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="upper blood pressure, mmHg"
                            ),
                        ),
                        (
                            "diastolic",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="lower blood pressure, mmHg"
                            ),
                        ),
                        (
                            "pulse",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="pulse, beats per minute"
                            ),
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
                migrations.CreateModel(
                    name="ServiceRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_record",
                                to="eldercare.carebooking",
                                verbose_name="care booking",
                            ),
                        ),
                        ("began_at", models.DateTimeField(verbose_name="began at")),
                        ("ended_at", models.DateTimeField(verbose_name="ended at")),
                        ("done", models.JSONField(blank=True, default=list, verbose_name="what was done")),
                        (
                            "signature",
                            models.CharField(
                                choices=[
                                    ("paper", "signed on paper"),
                                    ("glass", "signed on this phone"),
                                    ("call", "the station calls back"),
                                ],
                                max_length=5,
                                verbose_name="the elder's word",
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="agreed at")),
                        (
                            "signed_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="agreed to whom",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed afterwards by",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="why closed afterwards"
                            ),
                        ),
                        (
                            "disputed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="disputed at"),
                        ),
                        (
                            "dispute",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="what the elder disputes"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service record",
                        "verbose_name_plural": "service records",
                        "ordering": ["-ended_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gte", models.F("began_at"))),
                                name="service_record_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signature", "call"), ("signed_at", None), ("signed_to", None)),
                                    models.Q(("signed_at__isnull", False), ("signed_to__isnull", False)),
                                    _connector="OR",
                                ),
                                name="service_record_signed_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_by", None), ("reason", "")),
                                    models.Q(
                                        ("closed_by__isnull", False), models.Q(("reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="service_record_closed_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dispute", ""), ("disputed_at", None)),
                                    models.Q(
                                        ("disputed_at__isnull", False),
                                        ("signature", "call"),
                                        models.Q(("dispute", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="service_record_disputed_with_a_reason",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitDuty",
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
                                related_name="visit_duties",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_duties",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        (
                            "every",
                            models.CharField(
                                choices=[
                                    ("week", "every week"),
                                    ("month", "every month"),
                                    ("quarter", "every quarter"),
                                    ("event", "after an event"),
                                ],
                                max_length=8,
                                verbose_name="how often",
                            ),
                        ),
                        ("period", models.CharField(max_length=40, verbose_name="period")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("due_at", models.DateTimeField(verbose_name="until")),
                        (
                            "rule",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.rule",
                            ),
                        ),
                        ("event", models.CharField(blank=True, max_length=120, verbose_name="what happened")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("due", "to be done"),
                                    ("done", "done"),
                                    ("missed", "missed"),
                                    ("resting", "resting"),
                                    ("dropped", "no longer needed"),
                                ],
                                default="due",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                        (
                            "booking",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="eldercare.carebooking",
                                verbose_name="booking",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit duty",
                        "verbose_name_plural": "visit duties",
                        "ordering": ["due_at", "id"],
                        "indexes": [
                            models.Index(fields=["community", "status", "due_at"], name="visit_duty_status"),
                            models.Index(
                                fields=["community", "starts_on", "ends_on"], name="visit_duty_period"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resident", "period"),
                                name="visit_duty_once",
                                violation_error_message="This duty is laid out already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="visit_duty_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("done_at__lte", models.F("due_at")),
                                        ("status", "done"),
                                    ),
                                    models.Q(
                                        models.Q(("status", "done"), _negated=True),
                                        ("booking", None),
                                        ("done_at", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_duty_done_in_its_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("every", "event"), _negated=True),
                                    models.Q(("event", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="visit_duty_event_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                                related_name="elder_visits",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elder_visits",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="eldercare.visitduty",
                                verbose_name="visit duty",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="elder_visits",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who looked in",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("seen", "seen at the door"),
                                    ("phone", "by phone"),
                                    ("neighbour", "through a neighbour"),
                                ],
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("well", "all well"),
                                    ("needs", "needs something"),
                                    ("not_home", "nobody opened"),
                                    ("refused", "wants no visit"),
                                ],
                                max_length=10,
                                verbose_name="what was found",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                    ],
                    options={
                        "verbose_name": "look at an elder",
                        "verbose_name_plural": "looks at elders",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "at"], name="elder_visit_time"),
                            models.Index(fields=["resident", "at"], name="elder_visit_resident"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "needs"), _negated=True),
                                    models.Q(("note", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="elder_visit_need_is_said",
                                violation_error_message="Say what is needed.",
                            )
                        ],
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
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="school_terms",
                                to="circle.community",
                                verbose_name="community",
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
                        (
                            "is_former_first",
                            models.BooleanField(default=False, verbose_name="former pupils first"),
                        ),
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
                            models.CharField(
                                default=eldercare.models.school.new_seed, editable=False, max_length=64
                            ),
                        ),
                        (
                            "drawn_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="drawn at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "school term",
                        "verbose_name_plural": "school terms",
                        "ordering": ["-first_day"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "year", "season"),
                                name="school_term_once",
                                violation_error_message="This term is there already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gt", models.F("first_day"))),
                                name="school_term_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="school_term_window_closes_later",
                                violation_error_message="Enrolment closes after it opens.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "first_day__range",
                                        (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)),
                                    ),
                                    (
                                        "last_day__range",
                                        (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)),
                                    ),
                                ),
                                name="school_term_in_this_century",
                                violation_error_message="Please look at the year again.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("most_courses__gte", 1), ("most_courses__lte", 6)),
                                name="school_term_courses",
                                violation_error_message="A person takes one to six courses.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("filling", "first"),
                                        ("is_former_first", True),
                                        ("others_from__isnull", False),
                                    ),
                                    models.Q(
                                        ("others_from", None),
                                        models.Q(
                                            ("filling", "first"), ("is_former_first", True), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="school_term_others_later",
                                violation_error_message="Say from when others may enrol where former pupils come first without a draw.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
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
                        (
                            "taken",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="taken"),
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
                            "term",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classes",
                                to="eldercare.term",
                                verbose_name="term",
                            ),
                        ),
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
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=80, verbose_name="name (English)"),
                        ),
                        (
                            "what_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what is learnt (Chinese)"
                            ),
                        ),
                        (
                            "what_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what is learnt (English)"
                            ),
                        ),
                        ("teacher", models.CharField(max_length=40, verbose_name="teacher")),
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
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="school_classes",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
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
                            models.PositiveIntegerField(
                                blank=True, editable=False, null=True, verbose_name="asked"
                            ),
                        ),
                        (
                            "drawn_former",
                            models.PositiveIntegerField(
                                blank=True, editable=False, null=True, verbose_name="former pupils among them"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "class of the senior school",
                        "verbose_name_plural": "classes of the senior school",
                        "ordering": ["term", "weekday", "opens", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                                name="eldercare_schoolclass_within_capacity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes__gt", models.F("opens"))),
                                name="school_class_ends_after_it_begins",
                                violation_error_message="A class ends after it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__lte", 6)), name="school_class_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "last_join_day__range",
                                        (datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)),
                                    )
                                ),
                                name="school_class_joined_in_this_century",
                                violation_error_message="Please look at the year again.",
                            ),
                        ],
                        "indexes": [],
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
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="eldercare.schoolclass",
                                verbose_name="class",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="until")),
                        (
                            "roll_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="roll taken at"
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
                    ],
                    options={
                        "verbose_name": "meeting of a class",
                        "verbose_name_plural": "meetings of classes",
                        "ordering": ["day", "starts_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school_class", "day"), name="class_session_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="class_session_ends_later",
                            ),
                        ],
                        "indexes": [],
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
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
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
                            "offer_until",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="answer until"
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("offer_until__isnull", False), ("status", "offered")),
                                    models.Q(
                                        models.Q(("status", "offered"), _negated=True), ("offer_until", None)
                                    ),
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
                        "indexes": [],
                    },
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
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
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
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
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
                        (
                            "is_on_paper",
                            models.BooleanField(default=False, verbose_name="from a form on paper"),
                        ),
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
                    ],
                    options={
                        "verbose_name": "enrolment in the senior school",
                        "verbose_name_plural": "enrolments in the senior school",
                        "ordering": ["-booked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["asked", "enrolled"])),
                                fields=("school_class", "resident"),
                                name="enrolment_once",
                                violation_error_message="This person is enrolled in this class already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["asked", "enrolled"])),
                                fields=("term", "resident", "ordinal"),
                                name="enrolment_most_courses",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ordinal__gte", 1), ("ordinal__lte", 6)),
                                name="enrolment_ordinal",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_on_paper", False),
                                    models.Q(("via", "online"), _negated=True),
                                    _connector="OR",
                                ),
                                name="enrolment_on_paper_by_staff",
                            ),
                        ],
                        "indexes": [],
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
                        ("is_present", models.BooleanField(verbose_name="was there")),
                    ],
                    options={
                        "verbose_name": "attendance at a class",
                        "verbose_name_plural": "attendances at classes",
                        "ordering": ["session", "enrolment"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "enrolment"), name="class_attendance_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CareSeries",
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
                                related_name="care_series",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series",
                                to="eldercare.carekind",
                                verbose_name="kind of care",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="care_series",
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
                                verbose_name="code",
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
                                ],
                                verbose_name="weekday",
                            ),
                        ),
                        ("starts", models.TimeField(blank=True, null=True, verbose_name="from")),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[("am", "morning"), ("pm", "afternoon")],
                                editable=False,
                                max_length=2,
                                verbose_name="half of the day",
                            ),
                        ),
                        (
                            "every",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(4),
                                ],
                                verbose_name="every so many weeks",
                            ),
                        ),
                        ("first_day", models.DateField(verbose_name="first day")),
                        ("last_day", models.DateField(verbose_name="last day")),
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
                        (
                            "door",
                            models.CharField(blank=True, max_length=20, verbose_name="entrance and door"),
                        ),
                        ("address_on", models.DateField(verbose_name="address given on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("requested", "to be confirmed"),
                                    ("running", "running"),
                                    ("ended", "ended"),
                                    ("revoked", "ended by us"),
                                ],
                                default="requested",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "told_end_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="told of its end at"
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                        (
                            "age_reason",
                            models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
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
                                related_name="+",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "series of care",
                        "verbose_name_plural": "series of care",
                        "ordering": ["-booked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["requested", "running"])),
                                fields=("resident", "kind", "weekday", "part"),
                                name="care_series_once_a_weekday",
                                violation_error_message="This care already comes to this person on that weekday.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="care_series_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)),
                                name="care_series_on_a_weekday",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("every__gte", 1), ("every__lte", 4)),
                                name="care_series_every_few_weeks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "revoked"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="care_series_revoked_with_a_reason",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Right",
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
                                related_name="care_rights",
                                to="circle.community",
                                verbose_name="community",
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
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what one gets (English)"
                            ),
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
                    ],
                    options={
                        "verbose_name": "right of older people",
                        "verbose_name_plural": "rights of older people",
                        "ordering": ["community", "order", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="right_code_once",
                                violation_error_message="There is already a right with this short name.",
                            )
                        ],
                        "indexes": [],
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
                        (
                            "right",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="eldercare.right",
                                verbose_name="right",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "from_age",
                            models.PositiveSmallIntegerField(default=0, verbose_name="from this age on"),
                        ),
                        (
                            "below_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="below this age"
                            ),
                        ),
                        (
                            "means",
                            models.JSONField(
                                blank=True, default=list, verbose_name="how the household gets by"
                            ),
                        ),
                        (
                            "abilities",
                            models.JSONField(
                                blank=True, default=list, verbose_name="how much help is needed"
                            ),
                        ),
                        (
                            "living",
                            models.JSONField(blank=True, default=list, verbose_name="with whom they live"),
                        ),
                        (
                            "cents",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="amount (fen)"),
                        ),
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
                        (
                            "source_en",
                            models.CharField(blank=True, max_length=250, verbose_name="source (English)"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                    ],
                    options={
                        "verbose_name": "terms of a right",
                        "verbose_name_plural": "terms of rights",
                        "ordering": ["right", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("right", "valid_from"),
                                name="right_terms_once_a_day",
                                violation_error_message="This right already has terms from that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_age__lte", 130),
                                    models.Q(
                                        ("below_age", None),
                                        ("below_age__gt", models.F("from_age")),
                                        _connector="OR",
                                    ),
                                ),
                                name="right_terms_ages_in_order",
                                violation_error_message="The lower age must lie below the upper one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cents", None), ("per", "")),
                                    models.Q(("cents__isnull", False), models.Q(("per", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="right_terms_amount_for_a_time",
                                violation_error_message="Say for which time the amount is, and only where there is one.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesDate",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dates",
                                to="eldercare.careseries",
                                verbose_name="series",
                            ),
                        ),
                        ("week", models.DateField(editable=False, verbose_name="week of")),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("waiting", "waits for a time"),
                                    ("skipped", "does not take place"),
                                ],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "booking",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="series_date",
                                to="eldercare.carebooking",
                                verbose_name="care booking",
                            ),
                        ),
                        ("cause", models.CharField(blank=True, max_length=30, verbose_name="why it waits")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "date of a series",
                        "verbose_name_plural": "dates of series",
                        "ordering": ["day", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "week"), name="series_date_once_a_week"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("booking__isnull", False), ("status", "booked")),
                                    models.Q(
                                        models.Q(("status", "booked"), _negated=True),
                                        ("booking__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="series_date_booked_with_a_booking",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "waiting"), _negated=True),
                                    models.Q(("cause", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="series_date_waits_for_a_cause",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SeriesPause",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="eldercare.careseries",
                                verbose_name="series",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("said_at", models.DateTimeField(verbose_name="said at")),
                        (
                            "said_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="said by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pause of a series",
                        "verbose_name_plural": "pauses of a series",
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "starts_on", "ends_on"), name="series_pause_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="series_pause_ends_after_it_begins",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="HeldCard",
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
                                related_name="held_cards",
                                to="circle.community",
                                verbose_name="community",
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
                        ("ends_on", models.DateField(verbose_name="last day")),
                        ("noted_at", models.DateTimeField(verbose_name="noted at")),
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
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="right_notices",
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
                                verbose_name="code",
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
                        (
                            "status_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                        ),
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
                        (
                            "is_on_paper",
                            models.BooleanField(default=False, verbose_name="signed on the slip"),
                        ),
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
                    ],
                    options={
                        "verbose_name": "notice of a right",
                        "verbose_name_plural": "notices of rights",
                        "ordering": ["day", "id"],
                        "indexes": [
                            models.Index(fields=["community", "status", "day"], name="right_notice_status")
                        ],
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
                migrations.CreateModel(
                    name="CarePrice",
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
                                related_name="prices",
                                to="eldercare.carekind",
                                verbose_name="kind of care",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alone", "lives alone"),
                                    ("empty_nest", "a couple without children near"),
                                    ("left_behind", "left behind by children who work elsewhere"),
                                    ("no_family", "without any family"),
                                    ("destitute", "in extreme need, supported by the state"),
                                    ("disabled", "cannot look after themselves"),
                                    ("severe", "severe handicap"),
                                    ("bereaved", "family-planning family in special hardship"),
                                    ("aged_80", "eighty or older"),
                                ],
                                help_text="Empty: for everybody else. Of several, the one with which the elder pays least counts.",
                                max_length=12,
                                verbose_name="for elders with this reason",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("visit", "each time"), ("hour", "an hour")],
                                max_length=5,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "elder_cents",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(10000000)],
                                verbose_name="the elder pays (fen)",
                            ),
                        ),
                        (
                            "funder",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("civil", "civil affairs"),
                                    ("disabled", "disabled persons' federation"),
                                    ("insurance", "long-term care insurance"),
                                    ("charity", "community fund"),
                                ],
                                max_length=10,
                                verbose_name="who pays the rest",
                            ),
                        ),
                        (
                            "funder_cents",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(10000000)],
                                verbose_name="they pay (fen)",
                            ),
                        ),
                        ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                        (
                            "source_en",
                            models.CharField(blank=True, max_length=250, verbose_name="source (English)"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                    ],
                    options={
                        "verbose_name": "price of care",
                        "verbose_name_plural": "prices of care",
                        "ordering": ["kind", "reason", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "reason", "valid_from"),
                                name="care_price_once_a_day",
                                violation_error_message="There is already a price from this day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("funder", ""), ("funder_cents", 0)),
                                    models.Q(
                                        models.Q(("funder", ""), _negated=True), ("funder_cents__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="care_price_rest_is_paid_by_somebody",
                                violation_error_message="Say who pays the rest, and how much.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("elder_cents__lte", 10000000), ("funder_cents__lte", 10000000)
                                ),
                                name="care_price_within_reason",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DayAgreement",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="eldercare.carekind",
                                verbose_name="kind of care",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_agreements",
                                to="circle.resident",
                                verbose_name="elder",
                            ),
                        ),
                        ("signed_on", models.DateField(verbose_name="signed on")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "collectors",
                            models.JSONField(blank=True, default=list, verbose_name="who may collect"),
                        ),
                        (
                            "may_leave_alone",
                            models.BooleanField(default=False, verbose_name="may leave alone"),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="written down at")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="ended at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement on day care",
                        "verbose_name_plural": "agreements on day care",
                        "ordering": ["-signed_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("resident", "kind"),
                                name="day_agreement_one_live",
                                violation_error_message="This person has an agreement already. Change or end that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("until__gte", models.F("signed_on")), _connector="OR"
                                ),
                                name="day_agreement_ends_after_it_begins",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DayStay",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stay",
                                to="eldercare.carebooking",
                                verbose_name="care booking",
                            ),
                        ),
                        ("came_at", models.DateTimeField(verbose_name="came at")),
                        ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
                        ("left_with", models.CharField(blank=True, max_length=40, verbose_name="left with")),
                        ("left_alone", models.BooleanField(default=False, verbose_name="left alone")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "day at the station",
                        "verbose_name_plural": "days at the station",
                        "ordering": ["-came_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at", None), ("left_at__gte", models.F("came_at")), _connector="OR"
                                ),
                                name="day_stay_leaves_after_it_comes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_alone", False), ("left_at", None), ("left_with", "")),
                                    models.Q(
                                        ("left_alone", True), ("left_at__isnull", False), ("left_with", "")
                                    ),
                                    models.Q(
                                        ("left_alone", False),
                                        ("left_at__isnull", False),
                                        models.Q(("left_with", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="day_stay_leaves_with_somebody_or_alone",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DrawnSignature",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drawing",
                                to="eldercare.servicerecord",
                                verbose_name="service record",
                            ),
                        ),
                        ("image", models.BinaryField(verbose_name="drawn signature")),
                    ],
                    options={
                        "verbose_name": "drawn signature",
                        "verbose_name_plural": "drawn signatures",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MealProfile",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meal_profile",
                                to="circle.resident",
                                verbose_name="who eats",
                            ),
                        ),
                        (
                            "allergens",
                            models.JSONField(blank=True, default=list, verbose_name="must not eat"),
                        ),
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
                        (
                            "door",
                            models.CharField(blank=True, max_length=20, verbose_name="entrance and door"),
                        ),
                        ("said_at", models.DateTimeField(verbose_name="said at")),
                    ],
                    options={
                        "verbose_name": "what somebody eats",
                        "verbose_name_plural": "what people eat",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("building", None), ("door", "")),
                                    models.Q(
                                        ("building__isnull", False), models.Q(("door", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="meal_profile_whole_address",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MealSubsidy",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=80, verbose_name="name (English)"),
                        ),
                        (
                            "funder",
                            models.CharField(
                                choices=[
                                    ("civil", "civil affairs"),
                                    ("disabled", "disabled persons' federation"),
                                    ("insurance", "long-term care insurance"),
                                    ("charity", "community fund"),
                                ],
                                max_length=10,
                                verbose_name="who pays it",
                            ),
                        ),
                        (
                            "from_age",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(130)],
                                verbose_name="from this age on",
                            ),
                        ),
                        (
                            "to_age",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(130)],
                                verbose_name="up to this age",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alone", "lives alone"),
                                    ("empty_nest", "a couple without children near"),
                                    ("left_behind", "left behind by children who work elsewhere"),
                                    ("no_family", "without any family"),
                                    ("destitute", "in extreme need, supported by the state"),
                                    ("disabled", "cannot look after themselves"),
                                    ("severe", "severe handicap"),
                                    ("bereaved", "family-planning family in special hardship"),
                                    ("aged_80", "eighty or older"),
                                ],
                                help_text="Empty: for everybody of that age.",
                                max_length=12,
                                verbose_name="for elders with this reason",
                            ),
                        ),
                        (
                            "per",
                            models.CharField(
                                choices=[("meal", "each meal"), ("day", "each day, however many meals")],
                                max_length=4,
                                verbose_name="for",
                            ),
                        ),
                        (
                            "cents",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="subsidy (fen)",
                            ),
                        ),
                        (
                            "least_cents",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="only from this price on (fen)",
                            ),
                        ),
                        (
                            "delivery_cents",
                            models.PositiveIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="more for a meal that is brought home (fen)",
                            ),
                        ),
                        (
                            "year_cents",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="at most in a year (fen)"
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                        (
                            "source_en",
                            models.CharField(blank=True, max_length=250, verbose_name="source (English)"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                    ],
                    options={
                        "verbose_name": "subsidy of meals",
                        "verbose_name_plural": "subsidies of meals",
                        "ordering": ["community", "code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code", "valid_from"),
                                name="meal_subsidy_once_a_day",
                                violation_error_message="This scheme already has values from that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_age", None),
                                    ("to_age", None),
                                    ("to_age__gte", models.F("from_age")),
                                    _connector="OR",
                                ),
                                name="meal_subsidy_ages_in_order",
                                violation_error_message="The last age cannot lie before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_age__isnull", False),
                                    ("to_age__isnull", False),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meal_subsidy_for_somebody",
                                violation_error_message="Say for which ages or for which reason.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MenuDay",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="menu_days",
                                to="circle.facility",
                                verbose_name="canteen",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "meal",
                            models.CharField(
                                choices=[("lunch", "lunch"), ("supper", "supper")],
                                max_length=6,
                                verbose_name="meal",
                            ),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="written down at")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "menu of a meal",
                        "verbose_name_plural": "menus of the canteen",
                        "ordering": ["day", "meal", "facility"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("facility", "day", "meal"),
                                name="menu_day_once",
                                violation_error_message="There is a menu for this meal already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="StandingOrder",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_orders",
                                to="circle.resident",
                                verbose_name="who eats",
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
                            "meal",
                            models.CharField(
                                choices=[("lunch", "lunch"), ("supper", "supper")],
                                max_length=6,
                                verbose_name="meal",
                            ),
                        ),
                        ("weekdays", models.JSONField(default=list, verbose_name="weekdays")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("eat_in", "eat at the canteen"),
                                    ("pickup", "fetch it"),
                                    ("delivery", "have it brought home"),
                                ],
                                max_length=8,
                                verbose_name="how it reaches them",
                            ),
                        ),
                        ("portions", models.PositiveSmallIntegerField(default=1, verbose_name="portions")),
                        ("variants", models.JSONField(blank=True, default=list, verbose_name="cooked how")),
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
                        (
                            "door",
                            models.CharField(blank=True, max_length=20, verbose_name="entrance and door"),
                        ),
                        ("address_on", models.DateField(verbose_name="address given on")),
                        ("first_day", models.DateField(verbose_name="first day")),
                        (
                            "status",
                            models.CharField(
                                choices=[("running", "running"), ("ended", "ended")],
                                default="running",
                                max_length=7,
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
                                related_name="+",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "standing order of a meal",
                        "verbose_name_plural": "standing orders of meals",
                        "ordering": ["-booked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "running")),
                                fields=("resident", "meal"),
                                name="standing_order_one_a_meal",
                                violation_error_message="This meal comes to this person already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "running"), ("way", "delivery"), _negated=True),
                                    models.Q(
                                        ("building__isnull", False), models.Q(("door", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="standing_order_brought_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("portions__gte", 1), ("portions__lte", 3)),
                                name="standing_order_portions",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Dish",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "menu",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dishes",
                                to="eldercare.menuday",
                                verbose_name="menu of a meal",
                            ),
                        ),
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
                        ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=80, verbose_name="name (English)"),
                        ),
                        (
                            "price_cents",
                            models.PositiveIntegerField(
                                validators=[django.core.validators.MaxValueValidator(100000)],
                                verbose_name="price (fen)",
                            ),
                        ),
                        ("allergens", models.JSONField(blank=True, default=list, verbose_name="contains")),
                        ("variants", models.JSONField(blank=True, default=list, verbose_name="can be had")),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "verbose_name": "dish",
                        "verbose_name_plural": "dishes",
                        "ordering": ["menu", "order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("menu", "name_zh"), name="dish_once_a_meal"),
                            models.CheckConstraint(
                                condition=models.Q(("price_cents__gte", 0), ("price_cents__lte", 100000)),
                                name="dish_price_within_reason",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MealPause",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "standing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="eldercare.standingorder",
                                verbose_name="standing order",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ],
                    options={
                        "verbose_name": "pause of a standing order",
                        "verbose_name_plural": "pauses of standing orders",
                        "ordering": ["starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="meal_pause_ends_after_it_begins",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MealOrder",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meal_orders",
                                to="circle.resident",
                                verbose_name="who eats",
                            ),
                        ),
                        (
                            "dish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="eldercare.dish",
                                verbose_name="dish",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "meal",
                            models.CharField(
                                choices=[("lunch", "lunch"), ("supper", "supper")],
                                max_length=6,
                                verbose_name="meal",
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
                            "way",
                            models.CharField(
                                choices=[
                                    ("eat_in", "eat at the canteen"),
                                    ("pickup", "fetch it"),
                                    ("delivery", "have it brought home"),
                                ],
                                max_length=8,
                                verbose_name="how it reaches them",
                            ),
                        ),
                        ("portions", models.PositiveSmallIntegerField(default=1, verbose_name="portions")),
                        ("price_cents", models.PositiveIntegerField(verbose_name="price of a portion (fen)")),
                        ("variants", models.JSONField(blank=True, default=list, verbose_name="cooked how")),
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
                        (
                            "door",
                            models.CharField(blank=True, max_length=20, verbose_name="entrance and door"),
                        ),
                        (
                            "eats_anyway",
                            models.JSONField(blank=True, default=list, verbose_name="eats it all the same"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("ordered", "ordered"),
                                    ("cancelled", "cancelled"),
                                    ("revoked", "called off by us"),
                                    ("uneaten", "will not be eaten"),
                                    ("served", "handed over"),
                                    ("missed", "not fetched or nobody at home"),
                                ],
                                default="ordered",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("cut_off_at", models.DateTimeField(verbose_name="can be cancelled until")),
                        (
                            "late_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken down late by",
                            ),
                        ),
                        (
                            "late_reason",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="why after the cut-off"
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
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
                                related_name="+",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "order of a meal",
                        "verbose_name_plural": "orders of meals",
                        "ordering": ["-day", "meal", "-pk"],
                        "indexes": [
                            models.Index(fields=["community", "day", "meal"], name="meal_order_of_a_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "ordered")),
                                fields=("resident", "day", "meal"),
                                name="meal_order_once",
                                violation_error_message="This person has ordered this meal already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "ordered"), ("way", "delivery"), _negated=True),
                                    models.Q(
                                        ("building__isnull", False), models.Q(("door", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="meal_order_brought_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("portions__gte", 1), ("portions__lte", 3)),
                                name="meal_order_portions",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price_cents__gte", 0), ("price_cents__lte", 100000)),
                                name="meal_order_price",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("late_by", None), ("late_reason", "")),
                                    models.Q(
                                        ("late_by__isnull", False),
                                        models.Q(("late_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="meal_order_late_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "revoked"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meal_order_revoked_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Portion",
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
                        (
                            "dish",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="portions",
                                to="eldercare.dish",
                                verbose_name="dish",
                            ),
                        ),
                        (
                            "share",
                            models.CharField(
                                choices=[("reserved", "for orders"), ("walk_in", "for who comes in")],
                                max_length=8,
                                verbose_name="share",
                            ),
                        ),
                        ("pickup_until", models.DateTimeField(verbose_name="orders until")),
                        ("delivery_until", models.DateTimeField(verbose_name="orders to bring home until")),
                    ],
                    options={
                        "verbose_name": "portions of a dish",
                        "verbose_name_plural": "portions of dishes",
                        "ordering": ["dish", "share"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                                name="eldercare_portion_within_capacity",
                            ),
                            models.UniqueConstraint(fields=("dish", "share"), name="portion_one_row_a_share"),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MealCharge",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="charges",
                                to="eldercare.mealorder",
                                verbose_name="order of a meal",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="line")),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "sign",
                            models.SmallIntegerField(
                                choices=[(1, "+"), (-1, "−")], verbose_name="adds or takes back"
                            ),
                        ),
                        ("price_cents", models.PositiveIntegerField(verbose_name="price (fen)")),
                        ("subsidy_cents", models.PositiveIntegerField(verbose_name="subsidy (fen)")),
                        ("own_cents", models.PositiveIntegerField(verbose_name="own share (fen)")),
                        (
                            "scheme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="eldercare.mealsubsidy",
                                verbose_name="subsidy",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
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
                        "verbose_name": "line of meal money",
                        "verbose_name_plural": "lines of meal money",
                        "ordering": ["day", "order", "number"],
                        "indexes": [models.Index(fields=["community", "day"], name="meal_charge_of_a_day")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "number"), name="meal_charge_each_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "price_cents",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("subsidy_cents"), "+", models.F("own_cents")
                                        ),
                                    )
                                ),
                                name="meal_charge_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("own_cents__gte", 0),
                                    ("price_cents__gte", 0),
                                    ("price_cents__lte", 300000),
                                    ("subsidy_cents__gte", 0),
                                ),
                                name="meal_charge_amounts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sign__in", [1, -1])), name="meal_charge_sign"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("subsidy_cents", 0), ("scheme__isnull", False), _connector="OR"
                                ),
                                name="meal_charge_names_its_scheme",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingDate",
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
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "standing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dates",
                                to="eldercare.standingorder",
                                verbose_name="standing order",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("ordered", "ordered"),
                                    ("waiting", "could not be ordered"),
                                    ("paused", "pauses"),
                                    ("settled", "seen to"),
                                ],
                                max_length=7,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("cause", models.CharField(blank=True, max_length=20, verbose_name="cause")),
                        (
                            "order",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_date",
                                to="eldercare.mealorder",
                                verbose_name="order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "date of a standing order",
                        "verbose_name_plural": "dates of standing orders",
                        "ordering": ["day", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("standing", "day"), name="standing_date_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "ordered"), _negated=True),
                                    ("order__isnull", False),
                                    _connector="OR",
                                ),
                                name="standing_date_has_its_order",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
