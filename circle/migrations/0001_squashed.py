import datetime
import uuid

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import circle.management.migration_operations
import circle.models.base


class Migration(migrations.Migration):
    replaces = [
        ("circle", "0001_initial"),
        ("circle", "0002_key_canary"),
        ("circle", "0003_last_tick"),
        ("circle", "0004_alarms"),
        ("circle", "0005_closures_of_some_hours"),
        ("circle", "0006_building_order"),
        ("circle", "0007_alarms_about_adults"),
        ("circle", "0008_posts_of_a_facility"),
        ("circle", "0009_resident_own_phone"),
        ("circle", "0010_address_confirmed"),
        ("circle", "0011_busy"),
        ("circle", "0012_closures_past_midnight"),
        ("circle", "0013_community_host"),
        ("circle", "0014_alarm_facility"),
        ("circle", "0015_notice_outage"),
        ("circle", "0016_signposts"),
        ("circle", "0017_signpost_hours"),
        ("circle", "0018_mandate_for_agency"),
        ("circle", "0019_ratings"),
        ("circle", "0020_community_postal_address"),
        ("circle", "0020_surveys"),
        ("circle", "0021_monthly_reports"),
        ("circle", "0022_official_forms"),
        ("circle", "0023_town_stamp"),
        ("circle", "0024_indexes_of_long_lists"),
        ("circle", "0025_estates_and_optional_addresses"),
        ("circle", "0026_always_open_kinds"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        circle.management.migration_operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField(verbose_name="date")),
                        ("is_workday", models.BooleanField(default=False, verbose_name="working day")),
                        (
                            "is_holiday",
                            models.BooleanField(
                                default=True,
                                help_text="A statutory holiday or a day off by the notice.",
                                verbose_name="public holiday",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name in Chinese")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=60, verbose_name="name in English"),
                        ),
                        ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                    ],
                    options={
                        "verbose_name": "calendar day",
                        "verbose_name_plural": "calendar days",
                        "ordering": ["date"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("date",),
                                name="calendarday_once",
                                violation_error_message="This day is already in the calendar.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_holiday", False), ("is_workday", True)),
                                    models.Q(("is_holiday", True), ("is_workday", False)),
                                    _connector="OR",
                                ),
                                name="calendarday_workday_or_holiday",
                                violation_error_message="A day is either a working day or a public holiday, not both or neither.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "notice",
                            models.CharField(
                                blank=True,
                                help_text="Title and number of the State Council notice.",
                                max_length=200,
                                verbose_name="State Council notice",
                            ),
                        ),
                        (
                            "confirmed_on",
                            models.DateField(
                                blank=True,
                                help_text="Date of the notice. Leave empty while the holidays are not announced yet.",
                                null=True,
                                verbose_name="confirmed on",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar year",
                        "verbose_name_plural": "calendar years",
                        "ordering": ["-year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year",),
                                name="calendaryear_once",
                                violation_error_message="This year is already in the calendar.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_on__isnull", True),
                                    models.Q(("notice", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="calendaryear_confirmed_names_its_notice",
                                violation_error_message="Name the notice that confirms this year.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Community",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-85),
                                    django.core.validators.MaxValueValidator(85),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "datum_entered",
                            models.CharField(
                                choices=[
                                    ("wgs84", "WGS-84 / CGCS2000 (GPS, Tianditu)"),
                                    ("gcj02", "GCJ-02 (Amap, Tencent)"),
                                    ("bd09", "BD-09 (Baidu)"),
                                ],
                                default="wgs84",
                                max_length=5,
                                verbose_name="datum entered",
                            ),
                        ),
                        (
                            "longitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="longitude as entered",
                            ),
                        ),
                        (
                            "latitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="latitude as entered",
                            ),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="short name in addresses")),
                        (
                            "host",
                            models.CharField(
                                blank=True,
                                help_text="Under it visitors are in this community; it must be one of the portal's hosts, too.",
                                max_length=120,
                                null=True,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9.-]+\\Z", "A host name, such as jinyuan.example.org."
                                    )
                                ],
                                verbose_name="host name of its own",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        (
                            "district_zh",
                            models.CharField(blank=True, max_length=80, verbose_name="district (Chinese)"),
                        ),
                        (
                            "district_en",
                            models.CharField(blank=True, max_length=120, verbose_name="district (English)"),
                        ),
                        (
                            "address_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="address (Chinese)"),
                        ),
                        (
                            "address_en",
                            models.CharField(blank=True, max_length=250, verbose_name="address (English)"),
                        ),
                        (
                            "province_zh",
                            models.CharField(blank=True, max_length=40, verbose_name="province (Chinese)"),
                        ),
                        (
                            "province_en",
                            models.CharField(blank=True, max_length=60, verbose_name="province (English)"),
                        ),
                        (
                            "city_zh",
                            models.CharField(blank=True, max_length=40, verbose_name="city (Chinese)"),
                        ),
                        (
                            "city_en",
                            models.CharField(blank=True, max_length=60, verbose_name="city (English)"),
                        ),
                        (
                            "postal_code",
                            models.CharField(
                                blank=True,
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{6}\\Z", "Six digits, such as 550081."
                                    )
                                ],
                                verbose_name="postal code",
                            ),
                        ),
                        (
                            "gate_zh",
                            models.CharField(
                                default="社区正门",
                                max_length=40,
                                verbose_name="what the starting point is called (Chinese)",
                            ),
                        ),
                        (
                            "gate_en",
                            models.CharField(
                                default="the main gate",
                                max_length=60,
                                verbose_name="what the starting point is called (English)",
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9+][0-9 ,/-]{2,38}$",
                                        "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                                    )
                                ],
                                verbose_name="phone",
                            ),
                        ),
                        (
                            "phone_hours_zh",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="phone answered (Chinese)"
                            ),
                        ),
                        (
                            "phone_hours_en",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="phone answered (English)"
                            ),
                        ),
                        (
                            "is_demo",
                            models.BooleanField(
                                default=False, help_text="Every page then says so.", verbose_name="demo data"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "community",
                        "verbose_name_plural": "communities",
                        "ordering": ["id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FacilityKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(unique=True, verbose_name="code")),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        (
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("education", "education"),
                                    ("employment", "work and business"),
                                    ("culture", "culture"),
                                    ("health", "health"),
                                    ("sport", "sport"),
                                    ("elderly", "elder care"),
                                    ("children", "small children"),
                                    ("food", "food"),
                                    ("housing", "housing"),
                                    ("transport", "transport"),
                                    ("civic", "desk matters"),
                                ],
                                max_length=12,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "always_open",
                            models.BooleanField(
                                default=False,
                                help_text="A stop, a park, a square: counts as open wherever no hours are registered.",
                                verbose_name="has no opening hours by nature",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kind of facility",
                        "verbose_name_plural": "kinds of facility",
                        "ordering": ["dimension", "code"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="KeyCanary",
                    fields=[
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        (
                            "text_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "text_index",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="key_canary_is_one")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="LastTick",
                    fields=[
                        ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("pk", 1)), name="last_tick_is_one")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Once",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor", models.CharField(max_length=64)),
                        ("key", models.CharField(max_length=36)),
                        ("outcome", models.CharField(blank=True, max_length=200)),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["at"], name="once_age")],
                        "constraints": [
                            models.UniqueConstraint(fields=("actor", "key"), name="once_per_actor_and_key")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.SlugField(max_length=60, verbose_name="kind")),
                        ("valid_from", models.DateField(verbose_name="from")),
                        (
                            "params",
                            models.JSONField(help_text='Such as {"days": 183}.', verbose_name="values"),
                        ),
                        ("source_zh", models.CharField(max_length=200, verbose_name="source (Chinese)")),
                        (
                            "source_en",
                            models.CharField(blank=True, max_length=250, verbose_name="source (English)"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                    ],
                    options={
                        "verbose_name": "rule",
                        "verbose_name_plural": "rules",
                        "ordering": ["kind", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "valid_from"),
                                name="rule_once_per_day",
                                violation_error_message="This rule already has values from that day.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SmsTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("vendor", models.SlugField(max_length=20, verbose_name="vendor")),
                        ("event", models.CharField(max_length=40, verbose_name="event")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "中文"), ("en", "English")],
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "template",
                            models.CharField(max_length=40, verbose_name="template id at the vendor"),
                        ),
                    ],
                    options={
                        "verbose_name": "approved text message",
                        "verbose_name_plural": "approved text messages",
                        "ordering": ["vendor", "event", "language"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("vendor", "event", "language"),
                                name="sms_template_once",
                                violation_error_message="This vendor already has a template for that event and language.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                max_length=254,
                                null=True,
                                unique=True,
                                verbose_name="e-mail address",
                            ),
                        ),
                        (
                            "phone_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "phone_index",
                            circle.models.base.SealedIndex(
                                blank=True,
                                default=None,
                                editable=False,
                                max_length=64,
                                null=True,
                                unique=True,
                            ),
                        ),
                        (
                            "phone_verified_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="phone verified at"
                            ),
                        ),
                        (
                            "in_doubt_since",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="number in doubt since"
                            ),
                        ),
                        ("doubt_attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                        (
                            "is_staff",
                            models.BooleanField(default=False, verbose_name="may enter the back office"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "password_set_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="password set at"
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="date joined"
                            ),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "login",
                        "verbose_name_plural": "logins",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_email_unique_in_any_case",
                                violation_error_message="There is already a login with this e-mail address.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email__isnull", False), ("phone_index__isnull", False), _connector="OR"
                                ),
                                name="user_has_email_or_phone",
                                violation_error_message="A login needs an e-mail address or a mobile number.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Anchor",
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
                            ),
                        ),
                        ("day", models.DateField()),
                        ("position", models.PositiveBigIntegerField()),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["community", "day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("community", "day"), name="anchor_once_a_day")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CandidateSite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-85),
                                    django.core.validators.MaxValueValidator(85),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "datum_entered",
                            models.CharField(
                                choices=[
                                    ("wgs84", "WGS-84 / CGCS2000 (GPS, Tianditu)"),
                                    ("gcj02", "GCJ-02 (Amap, Tencent)"),
                                    ("bd09", "BD-09 (Baidu)"),
                                ],
                                default="wgs84",
                                max_length=5,
                                verbose_name="datum entered",
                            ),
                        ),
                        (
                            "longitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="longitude as entered",
                            ),
                        ),
                        (
                            "latitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="latitude as entered",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidate_sites",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="code")),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        ("is_free", models.BooleanField(default=True, verbose_name="offered for what-if")),
                    ],
                    options={
                        "verbose_name": "candidate site",
                        "verbose_name_plural": "candidate sites",
                        "ordering": ["community", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"), name="candidate_site_code_unique_in_community"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Coverage",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="coverages",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "stamp",
                            models.CharField(
                                choices=[
                                    ("workday", "a working day, 9 am"),
                                    ("evening", "a working day, 7 pm"),
                                    ("sunday", "a Sunday, 10 am"),
                                    ("festival", "the first day of Spring Festival, 10 am"),
                                ],
                                max_length=8,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "pace",
                            models.CharField(
                                choices=[
                                    ("planning", "at planning pace (1 m a second)"),
                                    ("elder", "at an elder's pace (0.8 m a second)"),
                                ],
                                max_length=8,
                                verbose_name="pace",
                            ),
                        ),
                        ("moment", models.DateTimeField(verbose_name="the moment meant")),
                        (
                            "is_tentative",
                            models.BooleanField(
                                default=False, verbose_name="leans on holidays that are not announced yet"
                            ),
                        ),
                        ("computed_at", models.DateTimeField(verbose_name="computed at")),
                        (
                            "is_estimate",
                            models.BooleanField(default=False, verbose_name="some ways are estimated"),
                        ),
                        ("source", models.JSONField(default=dict, verbose_name="streets used")),
                        ("places", models.PositiveIntegerField(default=0, verbose_name="places counted")),
                        (
                            "places_shut",
                            models.PositiveIntegerField(default=0, verbose_name="places closed then"),
                        ),
                        (
                            "places_unknown",
                            models.PositiveIntegerField(
                                default=0, verbose_name="places without opening hours"
                            ),
                        ),
                        ("homes", models.PositiveIntegerField(verbose_name="buildings")),
                        ("residents", models.PositiveIntegerField(verbose_name="residents")),
                        ("elders", models.PositiveIntegerField(verbose_name="elders")),
                        ("mean", models.FloatField(null=True, verbose_name="mean of the dimensions")),
                        (
                            "mean_sure",
                            models.FloatField(
                                null=True, verbose_name="mean, with places known to be open only"
                            ),
                        ),
                        ("lowest", models.FloatField(null=True, verbose_name="lowest of the dimensions")),
                        (
                            "lowest_dimension",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("education", "education"),
                                    ("employment", "work and business"),
                                    ("culture", "culture"),
                                    ("health", "health"),
                                    ("sport", "sport"),
                                    ("elderly", "elder care"),
                                    ("children", "small children"),
                                    ("food", "food"),
                                    ("housing", "housing"),
                                    ("transport", "transport"),
                                    ("civic", "desk matters"),
                                ],
                                max_length=12,
                                verbose_name="which one",
                            ),
                        ),
                        (
                            "mean_elders",
                            models.FloatField(null=True, verbose_name="mean of the dimensions, for elders"),
                        ),
                        (
                            "lowest_elders",
                            models.FloatField(null=True, verbose_name="lowest of the dimensions, for elders"),
                        ),
                        (
                            "full_residents",
                            models.PositiveIntegerField(verbose_name="residents with every required kind"),
                        ),
                        (
                            "full_elders",
                            models.PositiveIntegerField(verbose_name="elders with every required kind"),
                        ),
                        ("home_minutes", models.FloatField(verbose_name="mean minutes of a home")),
                        ("gini", models.FloatField(verbose_name="Gini")),
                        ("gini_elders", models.FloatField(verbose_name="Gini, for elders")),
                    ],
                    options={
                        "verbose_name": "coverage",
                        "verbose_name_plural": "coverage",
                        "ordering": ["community", "stamp", "pace"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "stamp", "pace"), name="coverage_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DutyShift",
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
                                related_name="duty_shifts",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duty_shifts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who is on duty",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="until")),
                    ],
                    options={
                        "verbose_name": "duty",
                        "verbose_name_plural": "duty roster",
                        "ordering": ["-starts_at", "id"],
                        "indexes": [models.Index(fields=["community", "ends_at"], name="duty_shift_end")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "user", "starts_at"),
                                name="duty_shift_once",
                                violation_error_message="This duty is on the roster already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="duty_shift_ends_after_it_starts",
                                violation_error_message="A duty ends after it begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Facility",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-85),
                                    django.core.validators.MaxValueValidator(85),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "datum_entered",
                            models.CharField(
                                choices=[
                                    ("wgs84", "WGS-84 / CGCS2000 (GPS, Tianditu)"),
                                    ("gcj02", "GCJ-02 (Amap, Tencent)"),
                                    ("bd09", "BD-09 (Baidu)"),
                                ],
                                default="wgs84",
                                max_length=5,
                                verbose_name="datum entered",
                            ),
                        ),
                        (
                            "longitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="longitude as entered",
                            ),
                        ),
                        (
                            "latitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="latitude as entered",
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
                                related_name="facilities",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facilities",
                                to="circle.facilitykind",
                                verbose_name="kind",
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="short name in addresses")),
                        (
                            "short_code",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="poster code",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        (
                            "address_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="address (Chinese)"),
                        ),
                        (
                            "address_en",
                            models.CharField(blank=True, max_length=250, verbose_name="address (English)"),
                        ),
                        (
                            "landmark_zh",
                            models.CharField(
                                blank=True,
                                help_text="Such as: by the south gate, with steps.",
                                max_length=80,
                                verbose_name="landmark (Chinese)",
                            ),
                        ),
                        (
                            "landmark_en",
                            models.CharField(blank=True, max_length=120, verbose_name="landmark (English)"),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True,
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9+][0-9 ,/-]{2,38}$",
                                        "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                                    )
                                ],
                                verbose_name="phone",
                            ),
                        ),
                        (
                            "area_m2",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="area (m²)"),
                        ),
                        (
                            "photo",
                            models.ImageField(blank=True, upload_to="facilities", verbose_name="photo"),
                        ),
                        (
                            "photo_alt_zh",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="what the photo shows (Chinese)"
                            ),
                        ),
                        (
                            "photo_alt_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="what the photo shows (English)"
                            ),
                        ),
                        (
                            "activities_zh",
                            models.TextField(blank=True, verbose_name="what is done there (Chinese)"),
                        ),
                        (
                            "activities_en",
                            models.TextField(blank=True, verbose_name="what is done there (English)"),
                        ),
                        (
                            "notice_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="temporary notice (Chinese)"
                            ),
                        ),
                        (
                            "notice_en",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="temporary notice (English)"
                            ),
                        ),
                        (
                            "follows_workdays",
                            models.BooleanField(
                                default=False,
                                help_text="Closed on public holidays, open on the working weekends that make up for them.",
                                verbose_name="keeps the working calendar",
                            ),
                        ),
                        ("step_free", models.BooleanField(default=False, verbose_name="step-free entrance")),
                        (
                            "is_published",
                            models.BooleanField(default=True, verbose_name="shown to residents"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                    ],
                    options={
                        "verbose_name": "facility",
                        "verbose_name_plural": "facilities",
                        "ordering": ["community", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"), name="facility_code_unique_in_community"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Firm",
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
                                related_name="firms",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                    ],
                    options={
                        "verbose_name": "firm",
                        "verbose_name_plural": "firms",
                        "ordering": ["community", "name_zh"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "name_zh"),
                                name="firm_once_in_a_community",
                                violation_error_message="This firm is already there.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Grid",
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
                                related_name="grids",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        (
                            "worker_zh",
                            models.CharField(blank=True, max_length=40, verbose_name="grid worker (Chinese)"),
                        ),
                        (
                            "worker_en",
                            models.CharField(blank=True, max_length=60, verbose_name="grid worker (English)"),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True,
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9+][0-9 ,/-]{2,38}$",
                                        "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                                    )
                                ],
                                verbose_name="phone",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grid",
                        "verbose_name_plural": "grids",
                        "ordering": ["community", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"), name="grid_code_unique_in_community"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Inventory",
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
                                related_name="inventories",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inventories",
                                to="circle.facilitykind",
                                verbose_name="kind",
                            ),
                        ),
                        ("confirmed_on", models.DateField(verbose_name="complete as of")),
                    ],
                    options={
                        "verbose_name": "complete inventory",
                        "verbose_name_plural": "complete inventories",
                        "ordering": ["community", "kind"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "kind"),
                                name="inventory_once_per_kind",
                                violation_error_message="This kind already has its date.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MissedSearch",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="missed_searches",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("words", models.CharField(max_length=40, verbose_name="words")),
                        ("count", models.PositiveIntegerField(default=1, verbose_name="times")),
                        ("last_at", models.DateTimeField(verbose_name="last searched")),
                    ],
                    options={
                        "verbose_name": "search without a result",
                        "verbose_name_plural": "searches without a result",
                        "ordering": ["-count", "-last_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "words"), name="missed_search_once_per_community"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Norm",
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
                                related_name="norms",
                                to="circle.facilitykind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "name_zh",
                            models.CharField(
                                max_length=80, verbose_name="what the standard calls it (Chinese)"
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                max_length=120, verbose_name="what the standard calls it (English)"
                            ),
                        ),
                        ("standard", models.CharField(max_length=120, verbose_name="standard")),
                        ("clause", models.CharField(blank=True, max_length=200, verbose_name="clause")),
                        (
                            "tier",
                            models.PositiveSmallIntegerField(
                                choices=[(5, "5 minutes"), (10, "10 minutes"), (15, "15 minutes")],
                                verbose_name="within",
                            ),
                        ),
                        (
                            "radius_m",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Measured along the way on foot. Empty: the standard names minutes only.",
                                null=True,
                                verbose_name="radius (m)",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(
                                default=True, help_text="Otherwise advised.", verbose_name="required"
                            ),
                        ),
                        (
                            "is_counted",
                            models.BooleanField(
                                default=False,
                                help_text="At most one norm of each kind: the figures judge by it.",
                                verbose_name="counts in the figures",
                            ),
                        ),
                        (
                            "was_seen",
                            models.BooleanField(
                                default=False,
                                help_text="In a copy; otherwise from memory.",
                                verbose_name="text seen",
                            ),
                        ),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Somebody has compared it with the standard's own text.",
                                verbose_name="verified",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "norm",
                        "verbose_name_plural": "norms",
                        "ordering": ["kind", "standard"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "standard"),
                                name="norm_once_per_standard",
                                violation_error_message="This standard already has a norm for this kind.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_counted", True)),
                                fields=("kind",),
                                name="norm_counted_once_per_kind",
                                violation_error_message="Another norm of this kind counts in the figures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tier__in", [5, 10, 15])), name="norm_tier_is_5_10_or_15"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PageReport",
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
                                related_name="page_reports",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("page", models.CharField(max_length=300, verbose_name="page")),
                        ("message", models.TextField(max_length=1000, verbose_name="what is wrong")),
                        ("created_at", models.DateTimeField(verbose_name="reported at")),
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
                                default="online",
                                max_length=8,
                                verbose_name="came",
                            ),
                        ),
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
                            "settled_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="settled at"),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settled_reports",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="settled by",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="what was done"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported page error",
                        "verbose_name_plural": "reported page errors",
                        "ordering": ["-created_at", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "-created_at"], name="page_report_latest")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at", None), ("settled_by", None)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="page_report_settled_by_someone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entered_by", None), ("via", "online")),
                                    models.Q(
                                        models.Q(("via", "online"), _negated=True),
                                        ("entered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="page_report_typed_in_by_someone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Purge",
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
                            ),
                        ),
                        ("older_than", models.DateTimeField(verbose_name="older than")),
                        (
                            "last_position",
                            models.PositiveBigIntegerField(verbose_name="last place in the chain"),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="records deleted")),
                    ],
                    options={
                        "ordering": ["-at"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PurgePermit",
                    fields=[
                        (
                            "community",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="circle.community",
                            ),
                        ),
                        ("older_than", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Record",
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
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        ("verb", models.CharField(max_length=40, verbose_name="what")),
                        ("subject_type", models.CharField(max_length=60, verbose_name="kind of row")),
                        ("subject_id", models.BigIntegerField(verbose_name="row")),
                        ("from_state", models.CharField(blank=True, max_length=40, verbose_name="from")),
                        ("to_state", models.CharField(blank=True, max_length=40, verbose_name="to")),
                        (
                            "details",
                            models.JSONField(
                                default=dict,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="details",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "record",
                        "verbose_name_plural": "records",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["community", "-id"], name="record_latest"),
                            models.Index(fields=["community", "-at"], name="record_by_day"),
                            models.Index(fields=["community", "verb", "-id"], name="record_by_verb"),
                            models.Index(fields=["subject_type", "subject_id"], name="record_subject"),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Signpost",
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
                                related_name="signposts",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, verbose_name="short name in addresses")),
                        (
                            "name_zh",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="matter (Chinese)",
                            ),
                        ),
                        (
                            "name_en",
                            models.CharField(
                                max_length=90,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="matter (English)",
                            ),
                        ),
                        (
                            "office_zh",
                            models.CharField(
                                max_length=80,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="who does it (Chinese)",
                            ),
                        ),
                        (
                            "office_en",
                            models.CharField(
                                max_length=120,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="who does it (English)",
                            ),
                        ),
                        (
                            "address_zh",
                            models.CharField(
                                max_length=120,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="address (Chinese)",
                            ),
                        ),
                        (
                            "address_en",
                            models.CharField(
                                max_length=160,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="address (English)",
                            ),
                        ),
                        (
                            "hours_zh",
                            models.CharField(
                                blank=True,
                                max_length=120,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="more about the hours (Chinese)",
                            ),
                        ),
                        (
                            "hours_en",
                            models.CharField(
                                blank=True,
                                max_length=160,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="more about the hours (English)",
                            ),
                        ),
                        (
                            "follows_workdays",
                            models.BooleanField(
                                default=True,
                                help_text="An office: closed on public holidays, and with Monday's hours on make-up working days.",
                                verbose_name="keeps the working calendar",
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9+][0-9 ,/-]{2,38}$",
                                        "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                                    )
                                ],
                                verbose_name="phone",
                            ),
                        ),
                        (
                            "advice_zh",
                            models.CharField(
                                blank=True,
                                max_length=250,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="what to know before (Chinese)",
                            ),
                        ),
                        (
                            "advice_en",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[^<>]*$", "Plain words only, without < and >.", code="markup"
                                    )
                                ],
                                verbose_name="what to know before (English)",
                            ),
                        ),
                        ("is_published", models.BooleanField(default=True, verbose_name="published")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                    ],
                    options={
                        "verbose_name": "signpost",
                        "verbose_name_plural": "signposts",
                        "ordering": ["community", "name_zh"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "slug"),
                                name="signpost_slug_unique_in_community",
                                violation_error_message="There is already a signpost with this short name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("phone", ""), _negated=True),
                                    models.Q(("address_zh", ""), _negated=True),
                                ),
                                name="signpost_says_where_and_by_which_number",
                                violation_error_message="Give the address and the phone number.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="StreetNetwork",
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
                                related_name="street_networks",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="source")),
                        (
                            "attribution",
                            models.CharField(blank=True, max_length=200, verbose_name="attribution"),
                        ),
                        (
                            "source_on",
                            models.DateField(blank=True, null=True, verbose_name="date of the source"),
                        ),
                        (
                            "filter_version",
                            models.CharField(max_length=20, verbose_name="version of the walk filter"),
                        ),
                        (
                            "has_cycleways",
                            models.BooleanField(
                                default=True, verbose_name="cycleways counted as ways on foot"
                            ),
                        ),
                        (
                            "crossing_wait_s",
                            models.PositiveSmallIntegerField(verbose_name="wait at a crossing (seconds)"),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        ("figures", models.JSONField(default=dict, verbose_name="what was kept and dropped")),
                        ("content", models.BinaryField()),
                        ("is_current", models.BooleanField(default=True, verbose_name="in use")),
                        ("imported_at", models.DateTimeField(verbose_name="imported at")),
                    ],
                    options={
                        "verbose_name": "street network",
                        "verbose_name_plural": "street networks",
                        "ordering": ["community", "-imported_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_current", True)),
                                fields=("community",),
                                name="street_network_one_current",
                            ),
                            models.UniqueConstraint(
                                fields=("community", "sha256"), name="street_network_imported_once"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="WeChatLogin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wechat_logins",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        ("openid_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("connected_at", models.DateTimeField(verbose_name="connected at")),
                    ],
                    options={
                        "verbose_name": "sign-in with WeChat",
                        "verbose_name_plural": "sign-ins with WeChat",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Building",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6,
                                max_digits=9,
                                validators=[
                                    django.core.validators.MinValueValidator(-85),
                                    django.core.validators.MaxValueValidator(85),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "datum_entered",
                            models.CharField(
                                choices=[
                                    ("wgs84", "WGS-84 / CGCS2000 (GPS, Tianditu)"),
                                    ("gcj02", "GCJ-02 (Amap, Tencent)"),
                                    ("bd09", "BD-09 (Baidu)"),
                                ],
                                default="wgs84",
                                max_length=5,
                                verbose_name="datum entered",
                            ),
                        ),
                        (
                            "longitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="longitude as entered",
                            ),
                        ),
                        (
                            "latitude_entered",
                            models.DecimalField(
                                decimal_places=6,
                                editable=False,
                                max_digits=9,
                                verbose_name="latitude as entered",
                            ),
                        ),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="buildings",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "grid",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="buildings",
                                to="circle.grid",
                                verbose_name="grid",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        (
                            "short_code",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="poster code",
                            ),
                        ),
                        (
                            "estate_zh",
                            models.CharField(
                                blank=True,
                                help_text="Shown before the name: two estates may each have a building 1.",
                                max_length=60,
                                verbose_name="estate (Chinese)",
                            ),
                        ),
                        (
                            "estate_en",
                            models.CharField(blank=True, max_length=80, verbose_name="estate (English)"),
                        ),
                        ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                        (
                            "address_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="address (Chinese)"),
                        ),
                        (
                            "address_en",
                            models.CharField(blank=True, max_length=250, verbose_name="address (English)"),
                        ),
                        ("entrances", models.PositiveSmallIntegerField(default=1, verbose_name="entrances")),
                        ("households", models.PositiveIntegerField(default=0, verbose_name="households")),
                        ("residents", models.PositiveIntegerField(default=0, verbose_name="residents")),
                        (
                            "elders_60",
                            models.PositiveIntegerField(default=0, verbose_name="residents aged 60 and over"),
                        ),
                        (
                            "elders_80",
                            models.PositiveIntegerField(default=0, verbose_name="residents aged 80 and over"),
                        ),
                        (
                            "head_zh",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="building head (Chinese)"
                            ),
                        ),
                        (
                            "head_en",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="building head (English)"
                            ),
                        ),
                        (
                            "own_path",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="From the entrance to the gate: points of longitude and latitude, in order.",
                                verbose_name="own path to the street",
                            ),
                        ),
                        (
                            "gate_note_zh",
                            models.CharField(
                                blank=True,
                                help_text="Such as: closed from 22:00 to 6:00; with a card only. Shown, not counted.",
                                max_length=120,
                                verbose_name="about the gate (Chinese)",
                            ),
                        ),
                        (
                            "gate_note_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="about the gate (English)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "building",
                        "verbose_name_plural": "buildings",
                        "ordering": ["community", django.db.models.functions.text.Length("code"), "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"), name="building_code_unique_in_community"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("elders_80__lte", models.F("elders_60")),
                                    ("elders_60__lte", models.F("residents")),
                                ),
                                name="building_elders_within_residents",
                                violation_error_message="There cannot be more elders than residents, nor more over 80 than over 60.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day closed")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day closed")),
                        (
                            "from_time",
                            models.TimeField(
                                blank=True,
                                help_text="Without times: closed the whole day.",
                                null=True,
                                verbose_name="from",
                            ),
                        ),
                        ("until_time", models.TimeField(blank=True, null=True, verbose_name="until")),
                        ("reason_zh", models.CharField(max_length=120, verbose_name="reason (Chinese)")),
                        (
                            "reason_en",
                            models.CharField(blank=True, max_length=160, verbose_name="reason (English)"),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="circle.facility",
                                verbose_name="facility",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closure",
                        "verbose_name_plural": "closures",
                        "ordering": ["facility", "starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="closure_ends_after_it_starts",
                                violation_error_message="The last day closed cannot lie before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_time", None), ("until_time", None)),
                                    models.Q(
                                        ("from_time__isnull", False),
                                        ("until_time__gt", models.F("from_time")),
                                        ("until_time__isnull", False),
                                    ),
                                    models.Q(
                                        ("from_time__gte", datetime.time(12, 0)),
                                        ("from_time__isnull", False),
                                        ("until_time__isnull", False),
                                        ("until_time__lt", datetime.time(12, 0)),
                                    ),
                                    _connector="OR",
                                ),
                                name="closure_has_both_times",
                                violation_error_message="Give both times or none; the second after the first, or on the next morning.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "coverage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shares",
                                to="circle.coverage",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("education", "education"),
                                    ("employment", "work and business"),
                                    ("culture", "culture"),
                                    ("health", "health"),
                                    ("sport", "sport"),
                                    ("elderly", "elder care"),
                                    ("children", "small children"),
                                    ("food", "food"),
                                    ("housing", "housing"),
                                    ("transport", "transport"),
                                    ("civic", "desk matters"),
                                ],
                                max_length=12,
                                verbose_name="dimension",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.facilitykind",
                            ),
                        ),
                        ("homes_5", models.PositiveIntegerField()),
                        ("homes_10", models.PositiveIntegerField()),
                        ("homes_15", models.PositiveIntegerField()),
                        ("residents_5", models.PositiveIntegerField()),
                        ("residents_10", models.PositiveIntegerField()),
                        ("residents_15", models.PositiveIntegerField()),
                        ("elders_5", models.PositiveIntegerField()),
                        ("elders_10", models.PositiveIntegerField()),
                        ("elders_15", models.PositiveIntegerField()),
                        ("required", models.FloatField(null=True)),
                        ("required_elders", models.FloatField(null=True)),
                    ],
                    options={
                        "ordering": ["coverage", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind__isnull", False)),
                                fields=("coverage", "kind"),
                                name="coverage_share_of_kind",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", None)),
                                fields=("coverage", "dimension"),
                                name="coverage_share_of_dimension",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="FacilityChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="circle.facility",
                                verbose_name="facility",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("opened", "opened"), ("enlarged", "enlarged"), ("moved", "moved")],
                                max_length=8,
                                verbose_name="what happened",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="date")),
                        (
                            "from_m2",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="area before (m²)"
                            ),
                        ),
                        (
                            "to_m2",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="area after (m²)"
                            ),
                        ),
                        (
                            "note_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="note (Chinese)"),
                        ),
                        (
                            "note_en",
                            models.CharField(blank=True, max_length=250, verbose_name="note (English)"),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a facility",
                        "verbose_name_plural": "changes of facilities",
                        "ordering": ["-happened_on", "-id"],
                        "indexes": [
                            models.Index(fields=["facility", "-happened_on"], name="facility_change_latest")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "enlarged"), _negated=True),
                                    models.Q(
                                        ("from_m2__isnull", False),
                                        ("to_m2__gt", models.F("from_m2")),
                                        ("to_m2__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="facility_enlarged_means_larger",
                                violation_error_message="For an enlargement give both areas; the new one must be larger.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opening_hours",
                                to="circle.facility",
                                verbose_name="facility",
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
                        ("opens", models.TimeField(verbose_name="opens")),
                        ("closes", models.TimeField(verbose_name="closes")),
                    ],
                    options={
                        "verbose_name": "opening hours",
                        "verbose_name_plural": "opening hours",
                        "ordering": ["facility", "weekday", "opens"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("facility", "weekday", "opens"), name="opening_hours_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Scenario",
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
                                related_name="scenarios",
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
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.facilitykind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "moved",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.facility",
                                verbose_name="place that moves",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.candidatesite",
                                verbose_name="candidate site",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=6, max_digits=9, verbose_name="longitude"),
                        ),
                        (
                            "latitude",
                            models.DecimalField(decimal_places=6, max_digits=9, verbose_name="latitude"),
                        ),
                        (
                            "stamp",
                            models.CharField(
                                choices=[
                                    ("workday", "a working day, 9 am"),
                                    ("evening", "a working day, 7 pm"),
                                    ("sunday", "a Sunday, 10 am"),
                                    ("festival", "the first day of Spring Festival, 10 am"),
                                ],
                                max_length=8,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "pace",
                            models.CharField(
                                choices=[
                                    ("planning", "at planning pace (1 m a second)"),
                                    ("elder", "at an elder's pace (0.8 m a second)"),
                                ],
                                max_length=8,
                                verbose_name="pace",
                            ),
                        ),
                        ("figures", models.JSONField(default=dict, verbose_name="what it changes")),
                        ("saved_at", models.DateTimeField(verbose_name="saved at")),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="saved by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scenario",
                        "verbose_name_plural": "scenarios",
                        "ordering": ["-saved_at"],
                        "indexes": [models.Index(fields=["saved_by", "-saved_at"], name="scenario_of_user")],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
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
                            ),
                        ),
                        ("position", models.PositiveBigIntegerField()),
                        (
                            "record",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="seal",
                                to="circle.record",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                    ],
                    options={
                        "ordering": ["community", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "position"), name="seal_position_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SignpostHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "signpost",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="opening_hours",
                                to="circle.signpost",
                                verbose_name="signpost",
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
                        ("opens", models.TimeField(verbose_name="opens")),
                        ("closes", models.TimeField(verbose_name="closes")),
                    ],
                    options={
                        "verbose_name": "hours of a signpost",
                        "verbose_name_plural": "hours of a signpost",
                        "ordering": ["signpost", "weekday", "opens"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("signpost", "weekday", "opens"), name="signpost_hours_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="WalkRun",
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
                                related_name="walk_runs",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="walk_runs",
                                to="circle.facilitykind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "network",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="circle.streetnetwork",
                                verbose_name="street network",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting to be computed"),
                                    ("computing", "being computed"),
                                    ("published", "shown to residents"),
                                    ("superseded", "replaced by a newer one"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("inputs", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "off_street",
                            models.JSONField(default=dict, verbose_name="too far from any street"),
                        ),
                        ("counts", models.JSONField(default=dict, verbose_name="counts")),
                        (
                            "queued_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="asked for at"
                            ),
                        ),
                        ("lease_until", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="begun at")),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="finished at"),
                        ),
                    ],
                    options={
                        "verbose_name": "computation of walking times",
                        "verbose_name_plural": "computations of walking times",
                        "ordering": ["community", "kind", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "superseded"), _negated=True),
                                fields=("community", "kind", "state"),
                                name="walk_run_one_in_each_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("finished_at__isnull", False), ("network__isnull", False)),
                                    _connector="OR",
                                ),
                                name="walk_run_published_is_finished",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageGap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "coverage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gaps",
                                to="circle.coverage",
                            ),
                        ),
                        (
                            "norm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.norm",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        ("homes", models.PositiveIntegerField()),
                        ("residents", models.PositiveIntegerField()),
                        ("elders", models.PositiveIntegerField()),
                        ("late_residents", models.PositiveIntegerField()),
                        ("far_residents", models.PositiveIntegerField(null=True)),
                        (
                            "worst",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.building",
                            ),
                        ),
                        ("minutes", models.FloatField(null=True)),
                    ],
                    options={
                        "ordering": ["coverage", "order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("coverage", "norm"), name="coverage_gap_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoverageHome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "coverage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="by_home",
                                to="circle.coverage",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.building",
                            ),
                        ),
                        ("minutes", models.JSONField(default=dict)),
                        ("mean", models.FloatField()),
                        ("longest", models.FloatField(null=True)),
                        (
                            "longest_kind",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="circle.facilitykind",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["coverage", "building__code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("coverage", "building"), name="coverage_home_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Household",
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
                                related_name="registered_households",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registered_households",
                                to="circle.building",
                                verbose_name="building",
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="Such as 2-501.", max_length=20, verbose_name="entrance and door"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "household",
                        "verbose_name_plural": "registered households",
                        "ordering": ["community", "building", "door"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("building", "door"),
                                name="household_door_once",
                                violation_error_message="This door is already registered.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                                related_name="notices",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60, verbose_name="short name in addresses")),
                        ("title_zh", models.CharField(max_length=120, verbose_name="title (Chinese)")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=160, verbose_name="title (English)"),
                        ),
                        (
                            "body_zh",
                            models.TextField(
                                help_text="An empty line starts a new paragraph.",
                                verbose_name="text (Chinese)",
                            ),
                        ),
                        ("body_en", models.TextField(blank=True, verbose_name="text (English)")),
                        (
                            "publish_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="published from"
                            ),
                        ),
                        (
                            "expires_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="shown until"),
                        ),
                        (
                            "outage_from",
                            models.DateTimeField(blank=True, null=True, verbose_name="something is off from"),
                        ),
                        (
                            "outage_until",
                            models.DateTimeField(
                                blank=True,
                                help_text="Until then it stands in red on the home page of who lives there.",
                                null=True,
                                verbose_name="off until",
                            ),
                        ),
                        (
                            "is_pinned",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="pinned to the top"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="since"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=120,
                                verbose_name="why it was withdrawn",
                            ),
                        ),
                        (
                            "short_code",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="short link",
                            ),
                        ),
                        (
                            "buildings",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None means all of them.",
                                related_name="notices",
                                to="circle.building",
                                verbose_name="buildings that it is about",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ["-publish_at"],
                        "indexes": [models.Index(fields=["community", "-publish_at"], name="notice_latest")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "slug"), name="notice_slug_unique_in_community"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires_at", None),
                                    ("expires_at__gt", models.F("publish_at")),
                                    _connector="OR",
                                ),
                                name="notice_expires_after_it_is_published",
                                violation_error_message="A notice cannot expire before it is published.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outage_from", None), ("outage_until", None)),
                                    models.Q(
                                        ("outage_from__isnull", False),
                                        ("outage_until__gt", models.F("outage_from")),
                                        ("outage_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="notice_outage_ends_after_it_begins",
                                violation_error_message="Give both times of the outage, the later one second.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffPost",
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
                                related_name="posts",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("director", "director"),
                                    ("hall_clerk", "hall clerk"),
                                    ("elder_coordinator", "elder-care coordinator"),
                                    ("care_worker", "care worker"),
                                    ("canteen", "canteen"),
                                    ("volunteer_leader", "leader of the volunteers"),
                                    ("volunteer", "volunteer"),
                                    ("nursery_head", "head of the nursery"),
                                    ("nurse", "nurse or teacher of the nursery"),
                                    ("council_secretary", "council secretary"),
                                    ("council_chair", "council chair"),
                                    ("supervisor", "supervision committee"),
                                    ("grid_worker", "grid worker"),
                                    ("building_head", "head of a building"),
                                    ("property_manager", "property manager"),
                                    ("district_planner", "district planner"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "grid",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of a grid worker: they see people of this grid only.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="circle.grid",
                                verbose_name="grid",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of the head of a building.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="circle.building",
                                verbose_name="building",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of a property manager: they see the matters that are assigned to this firm.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="circle.firm",
                                verbose_name="firm",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                help_text="Of the head or a nurse of one nursery among several: they see the matters of this one.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="circle.facility",
                                verbose_name="facility",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ],
                    options={
                        "verbose_name": "post",
                        "verbose_name_plural": "posts",
                        "ordering": ["community", "role", "starts_on"],
                        "permissions": [
                            ("hand_over_staffpost", "Can hand over the open work of colleagues"),
                            ("appoint_staffpost", "Can give and end posts of the community"),
                            ("unlock_staffpost", "Can take a lost second step off a colleague"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("building", None), ("facility", None), ("firm", None), ("grid", None)
                                ),
                                fields=("community", "user", "role", "starts_on"),
                                name="staff_post_once",
                                violation_error_message="This post is already held from that day.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "role", "facility", "starts_on"),
                                name="staff_post_once_per_facility",
                                violation_error_message="This post is already held from that day.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "grid", "starts_on"),
                                name="staff_post_once_per_grid",
                                violation_error_message="This post is already held from that day.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "building", "starts_on"),
                                name="staff_post_once_per_building",
                                violation_error_message="This post is already held from that day.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "firm", "starts_on"),
                                name="staff_post_once_per_firm",
                                violation_error_message="This post is already held from that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="staff_post_ends_after_it_starts",
                                violation_error_message="A post cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("grid", None)),
                                        models.Q(("building", None)),
                                        models.Q(("firm", None)),
                                        models.Q(
                                            (
                                                "role__in",
                                                ["grid_worker", "building_head", "property_manager"],
                                            ),
                                            _negated=True,
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(("building", None)),
                                        models.Q(("firm", None)),
                                        ("role", "grid_worker"),
                                        models.Q(("grid", None), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("grid", None)),
                                        models.Q(("firm", None)),
                                        ("role", "building_head"),
                                        models.Q(("building", None), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("grid", None)),
                                        models.Q(("building", None)),
                                        ("role", "property_manager"),
                                        models.Q(("firm", None), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="staff_post_limit_fits_its_role",
                                violation_error_message="A grid worker needs a grid, the head of a building a building, a property manager a firm; no other role has one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("facility", None),
                                    ("role__in", ["nursery_head", "nurse"]),
                                    _connector="OR",
                                ),
                                name="staff_post_facility_fits_its_role",
                                violation_error_message="Only the head and the nurses of a nursery have a facility.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="WalkTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="times",
                                to="circle.walkrun",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="walk_times",
                                to="circle.building",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="walk_times",
                                to="circle.facility",
                            ),
                        ),
                        ("distance_dm", models.PositiveIntegerField(verbose_name="distance (dm)")),
                        ("wait_s", models.PositiveSmallIntegerField(verbose_name="waiting at crossings (s)")),
                        (
                            "step_free_dm",
                            models.PositiveIntegerField(
                                null=True, verbose_name="distance without stairs (dm)"
                            ),
                        ),
                        (
                            "step_free_wait_s",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="waiting at crossings without stairs (s)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "walking time",
                        "verbose_name_plural": "walking times",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("building", "facility", "run"), name="walk_time_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("building", None)),
                                fields=("run", "facility"),
                                name="walk_time_from_gate_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("step_free_dm", None), ("step_free_wait_s", None)),
                                    models.Q(
                                        ("step_free_dm__isnull", False), ("step_free_wait_s__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="walk_time_step_free_whole",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="circle.staffpost",
                                verbose_name="post",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day away")),
                        ("ends_on", models.DateField(verbose_name="last day away")),
                        (
                            "substitute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stands_in",
                                to="circle.staffpost",
                                verbose_name="who stands in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "absence",
                        "verbose_name_plural": "absences",
                        "ordering": ["post", "starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="absence_ends_after_it_starts",
                                violation_error_message="An absence cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("substitute", models.F("post")), _negated=True),
                                name="absence_has_somebody_else_stand_in",
                                violation_error_message="Name a colleague: nobody stands in for themselves.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Resident",
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
                                related_name="people",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("born_on", models.DateField(blank=True, null=True, verbose_name="born on")),
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
                        (
                            "phone_tail",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                        (
                            "id_type",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resident", "resident identity card"),
                                    ("passport", "passport"),
                                    ("hmt", "residence permit for Hong Kong, Macao and Taiwan residents"),
                                    ("foreign", "foreign permanent resident card"),
                                ],
                                max_length=10,
                                verbose_name="kind of paper",
                            ),
                        ),
                        (
                            "id_number_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "id_number_index",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                        (
                            "id_needed_for",
                            models.CharField(
                                blank=True,
                                help_text="The item or the check that asks for it, such as the old-age allowance.",
                                max_length=60,
                                verbose_name="what the number is needed for",
                            ),
                        ),
                        (
                            "login",
                            models.ForeignKey(
                                blank=True,
                                help_text="One phone may serve several people, and many have none.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="residents",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="circle.building",
                                verbose_name="building",
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="circle.household",
                                verbose_name="household",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "died_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="died on"),
                        ),
                        ("death_reported_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="circle.resident",
                                verbose_name="duplicate of",
                            ),
                        ),
                        ("search_key", models.TextField(default="", editable=False)),
                        (
                            "erased_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="forgotten at"
                            ),
                        ),
                        ("is_nobody", models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        "verbose_name": "resident",
                        "verbose_name_plural": "registered residents",
                        "ordering": ["community", "name", "id"],
                        "permissions": [
                            ("reveal_resident", "Can have a whole number shown"),
                            ("file_resident", "Can file for residents at their door"),
                        ],
                        "indexes": [
                            models.Index(fields=["community", "phone_index"], name="resident_phone"),
                            models.Index(
                                condition=models.Q(("phone_index__isnull", False)),
                                fields=["phone_index"],
                                name="resident_own_phone",
                            ),
                            models.Index(fields=["community", "name"], name="resident_name"),
                            models.Index(
                                condition=models.Q(("death_reported_at__isnull", False)),
                                fields=["death_reported_at"],
                                name="resident_deaths",
                            ),
                            models.Index(fields=["community", "phone_tail"], name="resident_phone_tail"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "id_number_index"),
                                name="resident_id_number_once",
                                violation_error_message="There is already a resident with this ID number.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_nobody", True)),
                                fields=("community",),
                                name="resident_nobody_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at", None),
                                    models.Q(
                                        ("id_number_index", None), ("login", None), ("phone_index", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="resident_erased_has_no_way_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("id_number_index", None),
                                    models.Q(("id_type", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="resident_id_number_has_its_kind",
                                violation_error_message="Say what kind of paper the number is from.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("id_number_index", None),
                                    models.Q(("id_needed_for", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="resident_id_number_has_its_need",
                                violation_error_message="Say what the number is needed for. Without a need we keep none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="resident_merged_into_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActingBan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "principal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="acting_bans",
                                to="circle.resident",
                                verbose_name="of",
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: nobody may.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who may not act",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="since")),
                        ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted at")),
                    ],
                    options={
                        "verbose_name": "refusal to be acted for",
                        "verbose_name_plural": "refusals to be acted for",
                        "ordering": ["principal", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("agent__isnull", False), ("lifted_at", None)),
                                fields=("principal", "agent"),
                                name="acting_ban_of_one_person_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("agent", None), ("lifted_at", None)),
                                fields=("principal",),
                                name="acting_ban_of_everybody_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Alarm",
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
                                related_name="alarms",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alarms",
                                to="circle.resident",
                                verbose_name="about whom",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alarms",
                                to="circle.facility",
                                verbose_name="facility",
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
                            "source",
                            models.CharField(
                                choices=[
                                    ("not_home", "not at home"),
                                    ("late", "not back from a visit with an escort"),
                                    ("help", "call for help"),
                                    ("not_collected", "child not collected"),
                                ],
                                max_length=20,
                                verbose_name="what raised it",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=200, verbose_name="what was said")),
                        ("raised_at", models.DateTimeField(verbose_name="raised at")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "nobody sees to it"),
                                    ("acknowledged", "somebody sees to it"),
                                    ("closed", "closed"),
                                ],
                                default="open",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                        ("waits_from", models.DateTimeField(verbose_name="the clock runs from")),
                        (
                            "acknowledged_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken on at"),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who sees to it",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=200, verbose_name="what was found"),
                        ),
                    ],
                    options={
                        "verbose_name": "alarm",
                        "verbose_name_plural": "alarms",
                        "ordering": ["-raised_at", "-id"],
                        "permissions": [
                            ("adult_alarm", "Can see alarms about adults"),
                            ("child_alarm", "Can see alarms about children"),
                        ],
                        "indexes": [
                            models.Index(fields=["community", "status", "raised_at"], name="alarm_status")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "closed"), _negated=True),
                                fields=("resident",),
                                name="alarm_one_open_per_person",
                                violation_error_message="An alarm about this person is open already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("acknowledged_at", None),
                                        ("acknowledged_by", None),
                                        ("status", "open"),
                                    ),
                                    models.Q(
                                        ("status__in", ["acknowledged", "closed"]),
                                        ("acknowledged_at__isnull", False),
                                        ("acknowledged_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="alarm_acknowledged_by_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("status", "closed"), _negated=True),
                                        ("closed_at", None),
                                        ("closed_by", None),
                                        ("outcome", ""),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("status", "closed"),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="alarm_closed_with_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Busy",
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
                            "worker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="busy_quarters",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="worker",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="busy_quarters",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "quarter",
                            models.PositiveIntegerField(
                                help_text="Since 1970 in UTC.", verbose_name="quarter hour"
                            ),
                        ),
                        ("subject_type", models.CharField(max_length=60, verbose_name="taken by")),
                        ("subject_id", models.PositiveBigIntegerField(verbose_name="its number")),
                    ],
                    options={
                        "verbose_name": "taken quarter hour",
                        "verbose_name_plural": "taken quarter hours",
                        "ordering": ["quarter"],
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id"], name="busy_subject"),
                            models.Index(fields=["quarter"], name="busy_quarter"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("worker__isnull", False)),
                                fields=("worker", "quarter"),
                                name="busy_worker_in_one_place",
                                violation_error_message="This person is somewhere else at that time.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("resident__isnull", False)),
                                fields=("resident", "quarter"),
                                name="busy_resident_in_one_place",
                                violation_error_message="This person is somewhere else at that time.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resident", None), ("worker__isnull", False)),
                                    models.Q(("resident__isnull", False), ("worker", None)),
                                    _connector="OR",
                                ),
                                name="busy_of_a_worker_or_a_resident",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                                related_name="consents",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=30, verbose_name="purpose")),
                        (
                            "text_version",
                            models.PositiveSmallIntegerField(verbose_name="version of the text"),
                        ),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "guardian",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents_for_children",
                                to="circle.resident",
                                verbose_name="guardian",
                            ),
                        ),
                        ("matter", models.CharField(blank=True, max_length=20, verbose_name="matter")),
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
                                verbose_name="given",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="given at")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn at")),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["community", "-id"], name="consent_latest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("resident", "purpose", "matter"),
                                name="consent_one_live",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                                    models.Q(
                                        ("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="consent_withdrawn_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasures",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("done", "done"),
                                    ("refused", "refused"),
                                    ("taken_back", "taken back"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
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
                                verbose_name="came",
                            ),
                        ),
                        ("holds", models.JSONField(default=list, verbose_name="kept all the same")),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "request to be forgotten",
                        "verbose_name_plural": "requests to be forgotten",
                        "ordering": ["-id"],
                        "indexes": [models.Index(fields=["community", "status"], name="erasure_status")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "asked")),
                                fields=("resident",),
                                name="erasure_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="erasure_refused_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guardianship",
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
                                related_name="guardianships",
                                to="circle.resident",
                                verbose_name="child",
                            ),
                        ),
                        (
                            "adult",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wards",
                                to="circle.resident",
                                verbose_name="guardian",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveSmallIntegerField(default=1, verbose_name="whom to reach first"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="ended at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guardianship",
                        "verbose_name_plural": "guardianships",
                        "ordering": ["child", "rank", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "adult"),
                                name="guardianship_once",
                                violation_error_message="This person is a guardian of the child already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("child", models.F("adult")), _negated=True),
                                name="guardianship_of_another",
                                violation_error_message="Nobody is their own guardian.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rank__gte", 1), ("rank__lte", 9)),
                                name="guardianship_rank_from_1_to_9",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "principal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates_given",
                                to="circle.resident",
                                verbose_name="for",
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates_held",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who acts",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("family", "family"),
                                    ("window", "given at the window"),
                                    ("volunteer", "volunteer"),
                                    ("legal", "legal guardian"),
                                    ("paper", "signed paper"),
                                    ("code", "confirmed with the own phone"),
                                ],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("all", "everything"),
                                    ("bookings", "bookings"),
                                    ("meals", "meals"),
                                    ("health", "health matters"),
                                    (
                                        "childcare",
                                        "nursery: apply, report absence, read the day page, collect",
                                    ),
                                    ("agency", "one agency case"),
                                ],
                                default="all",
                                max_length=10,
                                verbose_name="scope",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="from")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "is_confirmed",
                            models.BooleanField(
                                default=True, editable=False, verbose_name="confirmed by who acts"
                            ),
                        ),
                        (
                            "revoked_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="ended at"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mandate",
                        "verbose_name_plural": "mandates",
                        "ordering": ["principal", "-valid_from", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="mandate_ends_after_it_starts",
                                violation_error_message="A mandate cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None), ("valid_until", None)),
                                fields=("principal", "agent", "scope"),
                                name="mandate_open_once",
                                violation_error_message="This person already holds that mandate.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.resident",
                                verbose_name="kept",
                            ),
                        ),
                        (
                            "duplicate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.resident",
                                verbose_name="duplicate",
                            ),
                        ),
                        ("moved", models.JSONField(default=dict, verbose_name="rows that moved")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merged duplicate",
                        "verbose_name_plural": "merged duplicates",
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kept", models.F("duplicate")), _negated=True),
                                name="merge_of_two_rows",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                                related_name="messages",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="circle.resident",
                                verbose_name="to (resident)",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages_sent",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to (login)",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("sms", "SMS"),
                                    ("email", "e-mail"),
                                    ("wechat", "WeChat"),
                                    ("desk", "in person"),
                                    ("group", "residents' group"),
                                ],
                                max_length=8,
                                verbose_name="channel",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                db_index=True,
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=8,
                                verbose_name="message code",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="zh-hans", max_length=10, verbose_name="language"),
                        ),
                        ("event", models.CharField(max_length=40, verbose_name="event")),
                        ("values", models.JSONField(default=dict, verbose_name="values")),
                        ("secret_sealed", models.TextField(default="", editable=False)),
                        ("dedupe", models.CharField(editable=False, max_length=120, unique=True)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("sending", "being sent"),
                                    ("sent", "sent"),
                                    ("dead", "not delivered"),
                                    ("dropped", "no longer needed"),
                                ],
                                default="queued",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="written at")),
                        ("due_at", models.DateTimeField(verbose_name="due at")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                        ("lease_until", models.DateTimeField(editable=False, null=True)),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("told", "told in person"),
                                    ("note", "a note was left"),
                                    ("not_met", "nobody was met"),
                                ],
                                max_length=8,
                                verbose_name="at the door",
                            ),
                        ),
                        (
                            "assigned_to",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="knocks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who goes there",
                            ),
                        ),
                        ("fault", models.CharField(blank=True, max_length=120, verbose_name="last fault")),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["community", "-id"], name="message_latest"),
                            models.Index(fields=["community", "status", "-id"], name="message_by_status"),
                            models.Index(
                                condition=models.Q(("status", "sent"), _negated=True),
                                fields=["due_at"],
                                name="message_due",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resident__isnull", False),
                                    ("user__isnull", False),
                                    ("channel", "group"),
                                    _connector="OR",
                                ),
                                name="message_has_a_recipient",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("channel", "group"), _negated=True),
                                    models.Q(("resident", None), ("user", None)),
                                    _connector="OR",
                                ),
                                name="message_to_the_group_names_nobody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_sent_has_its_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessagePreference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resident",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="message_preference",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "first_channel",
                            models.CharField(
                                choices=[
                                    ("sms", "SMS"),
                                    ("email", "e-mail"),
                                    ("wechat", "WeChat"),
                                    ("desk", "in person"),
                                ],
                                default="sms",
                                max_length=8,
                                verbose_name="first by",
                            ),
                        ),
                        ("at_any_hour", models.BooleanField(default=False, verbose_name="also at night")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_to", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        (
                            "wechat_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "wechat_index",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                        (
                            "email_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        (
                            "email_index",
                            circle.models.base.SealedIndex(
                                blank=True, default=None, editable=False, max_length=64, null=True
                            ),
                        ),
                        ("wechat_confirmed_at", models.DateTimeField(editable=False, null=True)),
                        ("email_confirmed_at", models.DateTimeField(editable=False, null=True)),
                        ("code_sent_at", models.DateTimeField(editable=False, null=True)),
                        ("code_attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "wish how to be told",
                        "verbose_name_plural": "wishes how to be told",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from", None), ("quiet_to", None)),
                                    models.Q(("quiet_from__isnull", False), ("quiet_to__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_preference_quiet_has_both_ends",
                                violation_error_message="Quiet hours need a beginning and an end.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("wechat_confirmed_at", None),
                                    ("wechat_index__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_preference_confirmed_wechat",
                                violation_error_message="There is no address to confirm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email_confirmed_at", None),
                                    ("email_index__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_preference_confirmed_email",
                                violation_error_message="There is no address to confirm.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Residence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residences",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "building",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residences",
                                to="circle.building",
                                verbose_name="building",
                            ),
                        ),
                        (
                            "household",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="residences",
                                to="circle.household",
                                verbose_name="household",
                            ),
                        ),
                        ("moved_in_on", models.DateField(verbose_name="moved in on")),
                        (
                            "moved_out_on",
                            models.DateField(blank=True, null=True, verbose_name="moved out on"),
                        ),
                    ],
                    options={
                        "verbose_name": "residence",
                        "verbose_name_plural": "residences",
                        "ordering": ["resident", "-moved_in_on", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("moved_out_on", None)),
                                fields=("resident",),
                                name="residence_one_at_a_time",
                                violation_error_message="This person lives somewhere already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moved_out_on", None),
                                    ("moved_out_on__gte", models.F("moved_in_on")),
                                    _connector="OR",
                                ),
                                name="residence_ends_after_it_begins",
                                violation_error_message="Nobody moves out before they moved in.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Reveal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reveals",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                choices=[("id_number", "ID number"), ("phone", "phone")],
                                max_length=10,
                                verbose_name="what",
                            ),
                        ),
                        ("reason", models.CharField(max_length=120, verbose_name="reason")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "number shown",
                        "verbose_name_plural": "numbers shown",
                        "ordering": ["-id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SignInPass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_in_passes",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_in_passes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="login",
                            ),
                        ),
                        ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="given at")),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="used at")),
                    ],
                    options={
                        "verbose_name": "sign-in by a clerk",
                        "verbose_name_plural": "sign-ins by clerks",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("used_at", None)),
                                fields=("user",),
                                name="sign_in_pass_one_waiting",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("used_at", None),
                                    ("used_at__lt", models.F("expires_at")),
                                    _connector="OR",
                                ),
                                name="sign_in_pass_used_in_time",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AlarmStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "alarm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="circle.alarm",
                                verbose_name="alarm",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("raised", "raised"),
                                    ("joined", "reported again"),
                                    ("retry", "second try"),
                                    ("contact", "told a relative"),
                                    ("nearby", "told who is near"),
                                    ("leader", "told the leader"),
                                    ("director", "told the director"),
                                    ("acknowledged", "taken on"),
                                    ("noted", "noted"),
                                    ("closed", "closed"),
                                ],
                                max_length=12,
                                verbose_name="step",
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
                        ("words", models.CharField(blank=True, max_length=200, verbose_name="words")),
                        ("round", models.PositiveSmallIntegerField(null=True, verbose_name="round")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="place among the contacts"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_home", "not at home"),
                                    ("late", "not back from a visit with an escort"),
                                    ("help", "call for help"),
                                    ("not_collected", "child not collected"),
                                ],
                                max_length=20,
                                verbose_name="what raised it",
                            ),
                        ),
                        (
                            "subject_type",
                            models.CharField(blank=True, max_length=60, verbose_name="kind of row"),
                        ),
                        ("subject_id", models.BigIntegerField(null=True, verbose_name="row")),
                    ],
                    options={
                        "verbose_name": "step of an alarm",
                        "verbose_name_plural": "steps of alarms",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id"], name="alarm_step_subject")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("round__isnull", False)),
                                fields=("alarm", "round", "kind", "position"),
                                name="alarm_step_taken_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("position", None), ("round", None)),
                                    models.Q(
                                        ("by", None), ("position__isnull", False), ("round__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="alarm_step_of_the_clock",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["acknowledged", "noted", "closed"]), _negated=True
                                    ),
                                    ("by__isnull", False),
                                    _connector="OR",
                                ),
                                name="alarm_step_of_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                                related_name="ratings",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("subject_type", models.CharField(max_length=60, verbose_name="kind of row")),
                        ("subject_id", models.BigIntegerField(verbose_name="row")),
                        ("about_type", models.CharField(max_length=60)),
                        ("about_id", models.BigIntegerField()),
                        ("title_zh", models.CharField(max_length=200, verbose_name="what was done")),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what was done (English)"
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        ("served_at", models.DateTimeField(verbose_name="served at")),
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
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked at")),
                        ("until", models.DateTimeField(verbose_name="may be rated until")),
                        ("rated_at", models.DateTimeField(blank=True, null=True, verbose_name="rated at")),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (5, "very satisfied"),
                                    (4, "satisfied"),
                                    (3, "basically satisfied"),
                                    (2, "not satisfied"),
                                    (1, "very dissatisfied"),
                                ],
                                null=True,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "reasons",
                            models.CharField(blank=True, max_length=120, verbose_name="what was good or bad"),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=300, verbose_name="in their words"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("link", "by the link"),
                                    ("call", "by phone, typed in"),
                                    ("paper", "on paper, typed in"),
                                    ("device", "on a device of ours"),
                                ],
                                max_length=6,
                                verbose_name="came",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="typed in by",
                            ),
                        ),
                        (
                            "served_by",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who served",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "verbose_name_plural": "ratings",
                        "ordering": ["-served_at", "-id"],
                        "indexes": [
                            models.Index(fields=["about_type", "about_id", "rated_at"], name="rating_about"),
                            models.Index(fields=["community", "-served_at"], name="rating_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_type", "subject_id"),
                                name="rating_once_per_thing",
                                violation_error_message="This has been rated already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("channel", ""),
                                        ("level", None),
                                        ("rated_at", None),
                                        ("reasons", ""),
                                        ("words", ""),
                                    ),
                                    models.Q(
                                        ("level__isnull", False),
                                        ("level__range", (1, 5)),
                                        ("rated_at__isnull", False),
                                        models.Q(("channel", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rating_has_a_level",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("typed_by", None), ("channel__in", ["call", "paper"]), _connector="OR"
                                ),
                                name="rating_typed_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingFollowUp",
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
                            "rating",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_up",
                                to="circle.rating",
                                verbose_name="rating",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "to be called back"),
                                    ("called", "called back, to be answered"),
                                    ("answered", "answered"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("call_by", models.DateField(verbose_name="call back by")),
                        ("answer_by", models.DateField(verbose_name="answer by")),
                        (
                            "called_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="called back at"),
                        ),
                        (
                            "called_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="called back by",
                            ),
                        ),
                        (
                            "call_words",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what was said on the phone"
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="our answer")),
                    ],
                    options={
                        "verbose_name": "low rating",
                        "verbose_name_plural": "low ratings",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["community", "status"], name="rating_follow_up_status")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("called_at", None), ("status", "open")),
                                    models.Q(
                                        models.Q(("status", "open"), _negated=True),
                                        models.Q(("call_words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rating_follow_up_called",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), ("status", "answered"), _negated=True),
                                name="rating_follow_up_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthlyReport",
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
                                related_name="monthly_reports",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("month", models.DateField(verbose_name="month")),
                        ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="why a further edition"
                            ),
                        ),
                        ("content", models.JSONField(verbose_name="figures")),
                        ("digest", models.CharField(max_length=64, verbose_name="hash (SHA-256)")),
                        (
                            "words",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="in the director's words"
                            ),
                        ),
                        ("checked_at", models.DateTimeField(verbose_name="checked at")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "monthly report",
                        "verbose_name_plural": "monthly reports",
                        "ordering": ["-month", "community", "-edition"],
                        "permissions": [("check_monthlyreport", "Can check the monthly report")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "month", "edition"),
                                name="monthly_report_edition_once",
                                violation_error_message="This report has already been checked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("edition", 1), ("reason", "")),
                                    models.Q(models.Q(("reason", ""), _negated=True), ("edition__gt", 1)),
                                    _connector="OR",
                                ),
                                name="monthly_report_further_edition_has_a_reason",
                                violation_error_message="Say why a further edition is needed.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="OfficialForm",
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
                                related_name="official_forms",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("list_key", models.SlugField(max_length=30, verbose_name="filled with")),
                        ("workbook", models.BinaryField(verbose_name="empty form (.xlsx)")),
                        (
                            "head_row",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="row of the headings",
                            ),
                        ),
                        ("columns", models.JSONField(blank=True, default=dict, verbose_name="columns")),
                        ("changed_at", models.DateTimeField(verbose_name="last changed")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "form of the district",
                        "verbose_name_plural": "forms of the district",
                        "ordering": ["community", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "name"),
                                name="official_form_name_once",
                                violation_error_message="There is already a form with this name.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Survey",
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
                                related_name="surveys",
                                to="circle.community",
                                verbose_name="community",
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
                    ],
                    options={
                        "verbose_name": "survey",
                        "verbose_name_plural": "surveys",
                        "ordering": ["-year", "-quarter", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "year", "quarter"), name="survey_once_a_quarter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quarter__range", (1, 4))), name="survey_quarter"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                                name="survey_closes_after_it_opens",
                            ),
                        ],
                        "indexes": [],
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
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="circle.survey",
                                verbose_name="survey",
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
                    ],
                    options={
                        "verbose_name": "answer to a survey",
                        "verbose_name_plural": "answers to surveys",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("gain__range", (1, 5)), ("happy__range", (1, 5)), ("safe__range", (1, 5))
                                ),
                                name="survey_answer_levels",
                            )
                        ],
                        "indexes": [],
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
                            "survey",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="circle.survey",
                                verbose_name="survey",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "invitation to a survey",
                        "verbose_name_plural": "invitations to surveys",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TownStamp",
                    fields=[
                        ("scope", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField()),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
