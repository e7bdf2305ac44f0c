import datetime
import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes
import circle.management.migration_operations
import circle.models.base
import services.models.ticket_halls


class Migration(migrations.Migration):
    replaces = [
        ("services", "0001_initial"),
        ("services", "0002_booking_ordinal"),
        ("services", "0003_number_live_bookings"),
        ("services", "0004_booking_ordinal_once_a_day"),
        ("services", "0005_counter_shift"),
        ("services", "0006_counter_laid_out"),
        ("services", "0007_slots_without_places"),
        ("services", "0008_counter_closure"),
        ("services", "0009_shift_terms"),
        ("services", "0010_booking_age_reason"),
        ("services", "0011_residence_rule"),
        ("services", "0012_booking_as_appointment"),
        ("services", "0013_counter_closures_past_midnight"),
        ("services", "0014_hall_waiting"),
        ("services", "0015_item_on_home"),
        ("services", "0016_item_flow"),
        ("services", "0017_times_in_a_row"),
        ("services", "0018_flow_of_each_item"),
        ("services", "0019_no_show_objections"),
        ("services", "0020_item_flow_constraints"),
        ("services", "0021_committee_certificates"),
        ("services", "0022_hall_tickets"),
        ("services", "0022_special_registers"),
        ("services", "0023_second_reminder"),
        ("services", "0024_agency_cases"),
        ("services", "0025_errands_online"),
        ("services", "0026_papers_sent"),
        ("services", "0027_loans_of_aids"),
        ("services", "0027_time_taken"),
        ("services", "0028_repairs"),
        ("services", "0029_rooms_by_the_hour"),
        ("services", "0030_service_item_updated_at"),
    ]

    initial = True

    dependencies = [
        ("circle", "0001_squashed"),
    ]

    operations = [
        circle.management.migration_operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Audience",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="short name in addresses")),
                        ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "verbose_name": "audience",
                        "verbose_name_plural": "audiences",
                        "ordering": ["order", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="short name in addresses")),
                        ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ],
                    options={
                        "verbose_name": "theme",
                        "verbose_name_plural": "themes",
                        "ordering": ["order", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CertificateMatter",
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
                                related_name="certificate_matters",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, verbose_name="short name")),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=90, verbose_name="name (English)")),
                        (
                            "body_zh",
                            models.TextField(
                                blank=True,
                                help_text="May name {name}, {born}, {address} and {purpose}. Empty where others certify it.",
                                verbose_name="text of the certificate (Chinese)",
                            ),
                        ),
                        (
                            "elsewhere_zh",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="who else does it (Chinese)"
                            ),
                        ),
                        (
                            "elsewhere_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="who else does it (English)"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matter of certificates",
                        "verbose_name_plural": "matters of certificates",
                        "ordering": ["community", "order", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"), name="certificate_matter_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("body_zh", ""), ("elsewhere_zh", ""), _connector="XOR"),
                                name="certificate_matter_here_or_elsewhere",
                                violation_error_message="Give the text of the certificate, or who else does it.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="IdentitySeen",
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
                                related_name="identities_seen",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "paper",
                            models.CharField(
                                choices=[
                                    ("id_card", "identity card"),
                                    ("household", "household register"),
                                    ("social_card", "social security card"),
                                    ("passport", "passport or travel permit"),
                                ],
                                max_length=12,
                                verbose_name="which paper was seen",
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
                                verbose_name="where it was seen",
                            ),
                        ),
                        ("seen_at", models.DateTimeField(verbose_name="seen at")),
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
                        "verbose_name": "identity seen",
                        "verbose_name_plural": "identities seen",
                        "ordering": ["-seen_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("via__in", ["window", "door"])),
                                name="identity_seen_face_to_face",
                                violation_error_message="An identity is seen at the window or at the door.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TicketHall",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ticket_hall",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("numbers", "numbers are drawn and called"),
                                    ("list", "a list of arrivals"),
                                ],
                                default="numbers",
                                max_length=8,
                                verbose_name="how people are taken in",
                            ),
                        ),
                        (
                            "device_key",
                            models.CharField(
                                default=services.models.ticket_halls.new_device_key,
                                editable=False,
                                max_length=20,
                                unique=True,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hall with tickets",
                        "verbose_name_plural": "halls with tickets",
                        "ordering": ["community", "facility"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TicketSeries",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ticket_series",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("prefix", models.CharField(max_length=1, verbose_name="prefix")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="last number")),
                    ],
                    options={
                        "verbose_name": "series of ticket numbers",
                        "verbose_name_plural": "series of ticket numbers",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("facility", "day", "prefix"), name="ticket_series_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CommitteeCertificate",
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
                                related_name="committee_certificates",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("serial", models.PositiveIntegerField(verbose_name="number in the year")),
                        (
                            "code",
                            models.CharField(
                                default=circle.identifiers.public_codes.new_code,
                                editable=False,
                                max_length=8,
                                unique=True,
                                verbose_name="check code",
                            ),
                        ),
                        (
                            "matter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="services.certificatematter",
                                verbose_name="matter",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="committee_certificates",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        ("addressed_to", models.CharField(max_length=60, verbose_name="who asks for it")),
                        ("purpose", models.CharField(max_length=60, verbose_name="what for")),
                        ("body", models.TextField(verbose_name="text")),
                        ("copies", models.PositiveSmallIntegerField(default=1, verbose_name="copies sealed")),
                        ("issued_at", models.DateTimeField(verbose_name="sealed at")),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sealed by",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("issued", "issued"), ("revoked", "revoked")],
                                default="issued",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "book of seals",
                        "ordering": ["-issued_at", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "year", "serial"), name="certificate_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("copies__gte", 1), ("copies__lte", 9), ("serial__gte", 1)
                                ),
                                name="certificate_numbers_in_range",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceItem",
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
                                related_name="service_items",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=12,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z0-9-]+$",
                                        "Use capital letters, digits and hyphens only, such as EL02.",
                                    )
                                ],
                                verbose_name="item number",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=160, verbose_name="name (English)")),
                        ("summary_zh", models.TextField(verbose_name="in short (Chinese)")),
                        ("summary_en", models.TextField(blank=True, verbose_name="in short (English)")),
                        (
                            "eligibility_zh",
                            models.TextField(blank=True, verbose_name="who can apply (Chinese)"),
                        ),
                        (
                            "eligibility_en",
                            models.TextField(blank=True, verbose_name="who can apply (English)"),
                        ),
                        ("result_zh", models.TextField(blank=True, verbose_name="what one gets (Chinese)")),
                        ("result_en", models.TextField(blank=True, verbose_name="what one gets (English)")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="services.category",
                                verbose_name="theme",
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
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_items",
                                to="circle.facility",
                                verbose_name="where",
                            ),
                        ),
                        (
                            "provider_zh",
                            models.CharField(max_length=80, verbose_name="who handles it (Chinese)"),
                        ),
                        (
                            "provider_en",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="who handles it (English)"
                            ),
                        ),
                        (
                            "statutory_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty where no law sets one.",
                                null=True,
                                verbose_name="legal limit (working days)",
                            ),
                        ),
                        (
                            "promised_days",
                            models.PositiveSmallIntegerField(
                                help_text="0 means done on the spot.", verbose_name="promised (working days)"
                            ),
                        ),
                        (
                            "visits",
                            models.PositiveSmallIntegerField(default=1, verbose_name="visits in person"),
                        ),
                        (
                            "fee_zh",
                            models.CharField(default="免费", max_length=120, verbose_name="fee (Chinese)"),
                        ),
                        (
                            "fee_en",
                            models.CharField(default="Free", max_length=160, verbose_name="fee (English)"),
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
                            "complaint_phone",
                            models.CharField(
                                blank=True,
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9+][0-9 ,/-]{2,38}$",
                                        "Enter a phone number: digits, spaces and hyphens, such as 0851-0000 0101.",
                                    )
                                ],
                                verbose_name="complaints",
                            ),
                        ),
                        (
                            "flow",
                            models.CharField(
                                choices=[
                                    ("booking", "a time at the window is booked"),
                                    ("page", "on a page of the portal"),
                                    ("spot", "come by, no booking"),
                                    ("agency", "we do the errands for you"),
                                    ("register", "staff enter it in a register"),
                                    ("certificate", "a certificate is made out at the window"),
                                    ("phone", "by phone"),
                                ],
                                default="spot",
                                max_length=12,
                                verbose_name="how it is done",
                            ),
                        ),
                        (
                            "flow_pages",
                            models.CharField(
                                blank=True,
                                help_text="Pages of the other parts of the portal on which it is done.",
                                max_length=80,
                                verbose_name="its pages",
                            ),
                        ),
                        (
                            "is_confidential",
                            models.BooleanField(
                                default=False,
                                help_text="Of a register: only who handles it reads who is in it.",
                                verbose_name="confidential register",
                            ),
                        ),
                        (
                            "is_bookable",
                            models.BooleanField(default=False, verbose_name="can be booked online"),
                        ),
                        (
                            "book_days_ahead",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[django.core.validators.MaxValueValidator(90)],
                                verbose_name="bookable so many days ahead",
                            ),
                        ),
                        (
                            "cancel_hours",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="can be cancelled or moved until so many hours before"
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
                            "times_in_a_row",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="2 for a room that one person may have for two hours running.",
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="times in a row for one person on one day",
                            ),
                        ),
                        (
                            "release_minutes",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Of a room by the hour; an hour that has begun can then be booked. Empty for all others.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="given to the next after so many minutes without a check-in",
                            ),
                        ),
                        (
                            "is_on_home",
                            models.BooleanField(
                                default=False,
                                help_text="With a link that leads to its times at once.",
                                verbose_name="on the home page",
                            ),
                        ),
                        (
                            "has_agency",
                            models.BooleanField(
                                default=False,
                                help_text="全程代理: we do the errands for you.",
                                verbose_name="full agency",
                            ),
                        ),
                        ("introduced_on", models.DateField(verbose_name="in the catalogue since")),
                        (
                            "withdrawn_on",
                            models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("active", "offered"),
                                    ("paused", "paused for now"),
                                ],
                                default="active",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "is_verified",
                            models.BooleanField(
                                default=False,
                                help_text="Without it limits and fees wear the badge “unverified”.",
                                verbose_name="facts verified",
                            ),
                        ),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                        (
                            "time_taken",
                            models.JSONField(
                                blank=True, default=list, editable=False, verbose_name="time taken"
                            ),
                        ),
                        (
                            "measured_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="measured on"
                            ),
                        ),
                        (
                            "audiences",
                            models.ManyToManyField(
                                related_name="items", to="services.audience", verbose_name="audiences"
                            ),
                        ),
                        (
                            "related",
                            models.ManyToManyField(
                                blank=True, to="services.serviceitem", verbose_name="related items"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service item",
                        "verbose_name_plural": "service items",
                        "ordering": ["community", "category__order", "category", "code"],
                        "indexes": [
                            models.Index(
                                fields=["community", "introduced_on"], name="service_item_introduced"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="service_item_code_unique_in_community",
                                violation_error_message="There is already an item with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("statutory_days", None),
                                    ("statutory_days__gte", models.F("promised_days")),
                                    _connector="OR",
                                ),
                                name="service_item_promise_within_the_law",
                                violation_error_message="The promised limit cannot be longer than the legal one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_on_home", False), ("is_bookable", True), _connector="OR"
                                ),
                                name="service_item_on_home_can_be_booked",
                                violation_error_message="Only what can be booked online stands on the home page.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("times_in_a_row__gte", 1)),
                                name="service_item_at_least_one_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("release_minutes", None), ("release_minutes__gte", 5), _connector="OR"
                                ),
                                name="service_item_released_after_some_minutes",
                                violation_error_message="Wait at least five minutes before a room is given to the next.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_bookable", False),
                                    models.Q(
                                        ("flow__in", ["booking", "agency", "certificate"]), ("visits__gte", 1)
                                    ),
                                    _connector="OR",
                                ),
                                name="service_item_booked_at_the_window",
                                violation_error_message="A time can be booked only for what is done at the window, with one visit or more.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("flow", "page"), ("flow_pages", ""), _connector="XOR"),
                                name="service_item_pages_of_its_flow",
                                violation_error_message="Name the page on which it is done, and only where there is one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_confidential", False), ("flow", "register"), _connector="OR"
                                ),
                                name="service_item_confidential_register",
                                violation_error_message="Only a register can be confidential.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_on", None),
                                    ("withdrawn_on__gt", models.F("introduced_on")),
                                    _connector="OR",
                                ),
                                name="service_item_withdrawn_after_introduced",
                                violation_error_message="An item cannot be withdrawn before it was introduced.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyCase",
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
                                related_name="agency_cases",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_cases",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_cases",
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
                                verbose_name="case number",
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
                                verbose_name="asked for",
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300, verbose_name="what was said")),
                        ("requested_at", models.DateTimeField(verbose_name="asked for at")),
                        (
                            "requested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("requested", "asked for: we look at it first"),
                                    ("checked", "looked at: waits for the authorisation"),
                                    ("authorised", "authorised"),
                                    ("accepted", "accepted: papers complete"),
                                    ("supplement", "papers are missing"),
                                    ("submitted", "handed in at the office"),
                                    ("approved", "approved: the result is here"),
                                    ("refused", "refused by the office"),
                                    ("handed_over", "result handed over"),
                                    ("closed", "closed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="requested",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, editable=False, verbose_name="revision"),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handled_cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="handler",
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stands in",
                            ),
                        ),
                        (
                            "authorisation",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_case",
                                to="circle.mandate",
                                verbose_name="authorisation",
                            ),
                        ),
                        (
                            "resumes",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("requested", "asked for: we look at it first"),
                                    ("checked", "looked at: waits for the authorisation"),
                                    ("authorised", "authorised"),
                                    ("accepted", "accepted: papers complete"),
                                    ("supplement", "papers are missing"),
                                    ("submitted", "handed in at the office"),
                                    ("approved", "approved: the result is here"),
                                    ("refused", "refused by the office"),
                                    ("handed_over", "result handed over"),
                                    ("closed", "closed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="goes on as",
                            ),
                        ),
                        (
                            "supplied_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="missing papers sent at"
                            ),
                        ),
                        (
                            "accepted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="accepted at"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="handed in at"),
                        ),
                        (
                            "receipt",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="the office's receipt number"
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                        (
                            "remedy",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what can be done against it"
                            ),
                        ),
                        (
                            "fetch_code",
                            models.CharField(
                                default=circle.identifiers.public_codes.short_code,
                                editable=False,
                                max_length=6,
                                verbose_name="code for the result",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fetched", "fetched"),
                                    ("delivered", "brought home"),
                                    ("posted", "posted"),
                                ],
                                max_length=10,
                                verbose_name="how the result went",
                            ),
                        ),
                        ("handed_to", models.CharField(blank=True, max_length=60, verbose_name="handed to")),
                        (
                            "tracking",
                            models.CharField(blank=True, max_length=40, verbose_name="tracking number"),
                        ),
                        (
                            "papers_held",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="papers not given back"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agency case",
                        "verbose_name_plural": "agency cases",
                        "ordering": ["-requested_at", "-id"],
                        "permissions": [
                            ("read_casephoto", "Can read the photographed papers of every agency case")
                        ],
                        "indexes": [
                            models.Index(
                                fields=["community", "status", "status_at"], name="agency_case_status"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "requested",
                                            "checked",
                                            "authorised",
                                            "accepted",
                                            "supplement",
                                            "submitted",
                                            "approved",
                                            "refused",
                                            "handed_over",
                                        ],
                                    )
                                ),
                                fields=("resident", "item"),
                                name="agency_case_once",
                                violation_error_message="This matter is already being done for this person.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "closed"), _negated=True),
                                    ("papers_held", 0),
                                    _connector="OR",
                                ),
                                name="agency_case_closed_without_papers",
                                violation_error_message="Give every paper back before the case is closed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["requested", "checked", "supplement", "closed", "withdrawn"],
                                    ),
                                    ("authorisation__isnull", False),
                                    _connector="OR",
                                ),
                                name="agency_case_authorised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("receipt", ""), ("submitted_at", None)),
                                    models.Q(
                                        ("submitted_at__isnull", False),
                                        models.Q(("receipt", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_case_handed_in_with_a_receipt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["submitted", "approved", "refused", "handed_over"]),
                                        _negated=True,
                                    ),
                                    models.Q(("handler__isnull", False), ("submitted_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="agency_case_decided_once_handed_in",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "refused"), _negated=True),
                                    models.Q(
                                        models.Q(("reason", ""), _negated=True),
                                        models.Q(("remedy", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_case_refused_with_a_remedy",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="agency_case_withdrawn_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "supplement"), ("resumes", ""), _connector="XOR"
                                ),
                                name="agency_case_goes_on_afterwards",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "supplement"), ("supplied_at", None), _connector="OR"
                                ),
                                name="agency_case_sent_while_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delivery", ""), ("handed_to", "")),
                                    models.Q(
                                        models.Q(("delivery", ""), _negated=True),
                                        models.Q(("handed_to", ""), _negated=True),
                                        models.Q(
                                            models.Q(("delivery", "posted"), _negated=True),
                                            models.Q(("tracking", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_case_handed_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("substitute", None),
                                    models.Q(("substitute", models.F("handler")), _negated=True),
                                    _connector="OR",
                                ),
                                name="agency_case_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counter",
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
                                related_name="counters",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counters",
                                to="circle.facility",
                                verbose_name="facility",
                            ),
                        ),
                        ("code", models.SlugField(max_length=20, verbose_name="code")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=80, verbose_name="name (English)")),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                default=30,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="minutes for one slot",
                            ),
                        ),
                        (
                            "online_places",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="places online in each slot"
                            ),
                        ),
                        (
                            "counter_places",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="places for phone and window in each slot"
                            ),
                        ),
                        (
                            "days_ahead",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[django.core.validators.MaxValueValidator(90)],
                                verbose_name="slots laid out so many days ahead",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="takes bookings")),
                        (
                            "ticket_prefix",
                            models.CharField(
                                default="A",
                                help_text="Counters with the same letter share one line. P stands for the printed numbers.",
                                max_length=1,
                                validators=[django.core.validators.RegexValidator("^[A-OQ-Z]$")],
                                verbose_name="letter of its tickets",
                            ),
                        ),
                        ("laid_out", models.CharField(blank=True, default="", editable=False, max_length=64)),
                        (
                            "items",
                            models.ManyToManyField(
                                blank=True,
                                related_name="counters",
                                to="services.serviceitem",
                                verbose_name="service items",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "counter",
                        "verbose_name_plural": "counters",
                        "ordering": ["community", "facility", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="counter_code_unique_in_community",
                                violation_error_message="There is already a counter with this code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "ticket_prefix__in",
                                        [
                                            "A",
                                            "B",
                                            "C",
                                            "D",
                                            "E",
                                            "F",
                                            "G",
                                            "H",
                                            "I",
                                            "J",
                                            "K",
                                            "L",
                                            "M",
                                            "N",
                                            "O",
                                            "Q",
                                            "R",
                                            "S",
                                            "T",
                                            "U",
                                            "V",
                                            "W",
                                            "X",
                                            "Y",
                                            "Z",
                                        ],
                                    )
                                ),
                                name="counter_ticket_prefix_is_letter",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name (Chinese)")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=160, verbose_name="name (English)"),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("original", "original"),
                                    ("copy", "copy"),
                                    ("original_copy", "original and copy"),
                                    ("electronic", "electronic"),
                                    ("information", "just tell us"),
                                ],
                                default="original",
                                max_length=16,
                                verbose_name="form",
                            ),
                        ),
                        (
                            "condition_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="only if (Chinese)"),
                        ),
                        (
                            "condition_en",
                            models.CharField(blank=True, max_length=160, verbose_name="only if (English)"),
                        ),
                        (
                            "station_can_check",
                            models.BooleanField(
                                default=False, verbose_name="the station can check this itself"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper to bring",
                        "verbose_name_plural": "papers to bring",
                        "ordering": ["item", "order", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterEntry",
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
                                related_name="register_entries",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="register_entries",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="register_entries",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        ("told_by", models.CharField(max_length=60, verbose_name="who told us")),
                        (
                            "needs",
                            models.CharField(max_length=500, verbose_name="what is needed, what was agreed"),
                        ),
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
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
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
                        ("confirm_by", models.DateField(verbose_name="to be confirmed by")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("noted", "noted, to be confirmed"),
                                    ("listed", "in the register"),
                                    ("ended", "taken off the register"),
                                ],
                                default="noted",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "entry in a special register",
                        "verbose_name_plural": "special registers",
                        "ordering": ["item", "-entered_at", "-id"],
                        "permissions": [
                            ("handle_confidential_registerentry", "Can handle confidential registers")
                        ],
                        "indexes": [
                            models.Index(
                                fields=["community", "status", "confirm_by"], name="register_entry_to_confirm"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["noted", "listed"])),
                                fields=("resident", "item"),
                                name="register_entry_once",
                                violation_error_message="This person is in the register already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("told_by", ""), _negated=True),
                                    models.Q(("needs", ""), _negated=True),
                                ),
                                name="register_entry_says_who_and_what",
                                violation_error_message="Say who told us, and what is needed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status", "ended"), ("reason", ""), _connector="XOR"),
                                name="register_entry_ends_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResidenceRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="residence_rules",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("local", "registered here"),
                                    ("permit", "with a residence permit"),
                                    ("living", "just living here"),
                                    ("overseas", "from Hong Kong, Macao, Taiwan or abroad"),
                                ],
                                max_length=10,
                                verbose_name="who",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="from")),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("here", "yes, here"),
                                    ("from_here", "yes, it is passed on from here to the home province"),
                                    ("elsewhere", "not here"),
                                ],
                                max_length=10,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "where_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="where else (Chinese)"),
                        ),
                        (
                            "where_en",
                            models.CharField(blank=True, max_length=160, verbose_name="where else (English)"),
                        ),
                        (
                            "source_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="source (Chinese)"),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="verified")),
                    ],
                    options={
                        "verbose_name": "who is served here",
                        "verbose_name_plural": "who is served here",
                        "ordering": ["item", "status", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "status", "valid_from"),
                                name="residence_rule_once_a_day",
                                violation_error_message="There is already an answer from that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "elsewhere"), _negated=True),
                                    models.Q(("where_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="residence_rule_no_names_the_place",
                                violation_error_message="Say where else they can have it done.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=100, verbose_name="name (English)"),
                        ),
                        (
                            "detail_zh",
                            models.CharField(blank=True, max_length=250, verbose_name="detail (Chinese)"),
                        ),
                        (
                            "detail_en",
                            models.CharField(blank=True, max_length=400, verbose_name="detail (English)"),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "verbose_name_plural": "steps",
                        "ordering": ["item", "order", "id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CasePaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="services.agencycase",
                                verbose_name="case",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="which paper")),
                        ("received_at", models.DateTimeField(verbose_name="taken at")),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken by",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("us", "with us"),
                                    ("office", "at the office"),
                                    ("returned", "given back"),
                                ],
                                default="us",
                                max_length=8,
                                verbose_name="where it is",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="there since")),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_papers",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who has it",
                            ),
                        ),
                        (
                            "returned_to",
                            models.CharField(blank=True, max_length=60, verbose_name="given back to"),
                        ),
                    ],
                    options={
                        "verbose_name": "original of a case",
                        "verbose_name_plural": "originals of cases",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("place", "returned"), ("returned_to", ""), _connector="XOR"
                                ),
                                name="case_paper_returned_to_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="case_paper_has_a_name"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CasePhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="services.agencycase",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "is_authorisation",
                            models.BooleanField(default=False, verbose_name="the signed authorisation"),
                        ),
                        (
                            "image_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photographed paper",
                        "verbose_name_plural": "photographed papers",
                        "ordering": ["id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="services.agencycase",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("requested", "asked for"),
                                    ("assigned", "has a handler"),
                                    ("checked", "papers looked at"),
                                    ("authorised", "authorised"),
                                    ("accepted", "accepted: papers complete"),
                                    ("supplement", "papers are missing"),
                                    ("supplied", "missing papers handed in"),
                                    ("submitted", "handed in at the office"),
                                    ("stopped", "the clock stands still"),
                                    ("corrected", "days of a stop corrected"),
                                    ("approved", "approved"),
                                    ("refused", "refused by the office"),
                                    ("handed_over", "result handed over"),
                                    ("closed", "closed"),
                                    ("withdrawn", "withdrawn"),
                                    ("taken", "an original taken"),
                                    ("paper", "an original passed on"),
                                    ("returned", "an original given back"),
                                    ("noted", "noted"),
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
                        (
                            "public_words",
                            models.CharField(blank=True, max_length=300, verbose_name="said to the resident"),
                        ),
                        (
                            "inner_words",
                            models.CharField(blank=True, max_length=300, verbose_name="for colleagues alone"),
                        ),
                        (
                            "is_visit",
                            models.BooleanField(default=False, verbose_name="the resident came for it"),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an agency case",
                        "verbose_name_plural": "steps of agency cases",
                        "ordering": ["id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stops",
                                to="services.agencycase",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("supplement", "papers are missing"),
                                    ("notice", "public notice"),
                                    ("extension", "extension by the office"),
                                ],
                                max_length=12,
                                verbose_name="why the clock stands still",
                            ),
                        ),
                        (
                            "asked_in",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("requested", "asked for: we look at it first"),
                                    ("checked", "looked at: waits for the authorisation"),
                                    ("authorised", "authorised"),
                                    ("accepted", "accepted: papers complete"),
                                    ("supplement", "papers are missing"),
                                    ("submitted", "handed in at the office"),
                                    ("approved", "approved: the result is here"),
                                    ("refused", "refused by the office"),
                                    ("handed_over", "result handed over"),
                                    ("closed", "closed"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                                verbose_name="asked while",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                        ("is_void", models.BooleanField(default=False, verbose_name="entered by mistake")),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="services.casestop",
                                verbose_name="corrects",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="entered at")),
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
                        "verbose_name": "stop of the clock",
                        "verbose_name_plural": "stops of the clock",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="case_stop_ends_after_it_starts",
                                violation_error_message="A stop cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="case_stop_has_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "supplement"), ("replaces", None)),
                                fields=("case", "asked_in"),
                                name="case_supplement_once_in_a_state",
                                violation_error_message="All missing papers are asked for at once: that was done.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CounterClosure",
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
                            "counter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="closures",
                                to="services.counter",
                                verbose_name="counter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closure of a counter",
                        "verbose_name_plural": "closures of counters",
                        "ordering": ["counter", "starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="counterclosure_ends_after_it_starts",
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
                                name="counterclosure_has_both_times",
                                violation_error_message="Give both times or none; the second after the first, or on the next morning.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CounterShift",
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
                            "counter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shifts",
                                to="services.counter",
                                verbose_name="counter",
                            ),
                        ),
                        (
                            "slot_minutes",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(240),
                                ],
                                verbose_name="minutes for one slot",
                            ),
                        ),
                        (
                            "online_places",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="places online in each slot"
                            ),
                        ),
                        (
                            "counter_places",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="places for phone and window in each slot"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hours of a counter",
                        "verbose_name_plural": "hours of counters",
                        "ordering": ["counter", "weekday", "date", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("date__isnull", False), ("weekday", None)),
                                    models.Q(("date", None), ("weekday__isnull", False)),
                                    _connector="OR",
                                ),
                                name="services_countershift_weekday_or_date",
                                violation_error_message="Say the weekday, or one date.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_until", None),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="services_countershift_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date", None), ("valid_from", None)),
                                fields=("counter", "weekday", "opens"),
                                name="counter_shift_once_a_week",
                                violation_error_message="There are already hours that begin then.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("date__isnull", False)),
                                fields=("counter", "date", "opens"),
                                name="counter_shift_once_on_a_date",
                                violation_error_message="There are already hours that begin then.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Slot",
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
                                related_name="slots",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "counter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slots",
                                to="services.counter",
                                verbose_name="counter",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("online", "online"), ("counter", "phone and window")],
                                max_length=8,
                                verbose_name="share",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "slot",
                        "verbose_name_plural": "slots",
                        "ordering": ["starts_at", "counter", "-channel"],
                        "indexes": [models.Index(fields=["community", "day"], name="slot_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                                name="services_slot_within_capacity",
                            ),
                            models.UniqueConstraint(
                                fields=("counter", "starts_at", "channel"), name="slot_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="slot_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Booking",
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
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="services.slot",
                                verbose_name="time",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bookings",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        ("ordinal", models.PositiveSmallIntegerField(default=1, editable=False)),
                        ("item_ordinal", models.PositiveSmallIntegerField(default=1, editable=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("arrived", "arrived"),
                                    ("served", "served"),
                                    ("no_show", "did not come"),
                                    ("excused", "excused"),
                                    ("cancelled", "cancelled"),
                                    ("revoked", "called off by us"),
                                ],
                                default="booked",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "released_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="given to the next at"
                            ),
                        ),
                        (
                            "objection",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="objection"
                            ),
                        ),
                        (
                            "objected_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="objected at"
                            ),
                        ),
                        (
                            "objection_answer",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=120,
                                verbose_name="answer to the objection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "booking",
                        "verbose_name_plural": "bookings",
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "-day", "-id"], name="booking_latest"),
                            models.Index(fields=["slot", "status"], name="booking_slot"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["booked", "arrived"])),
                                fields=("resident", "item", "day", "item_ordinal"),
                                name="booking_one_live_per_day",
                                violation_error_message="There is already a booking for this person, item and day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_at", None),
                                    ("status__in", ["no_show", "excused"]),
                                    _connector="OR",
                                ),
                                name="booking_released_as_no_show",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("objected_at__isnull", False),
                                    models.Q(("objection", ""), ("objection_answer", "")),
                                    _connector="OR",
                                ),
                                name="booking_objection_has_moment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["booked", "arrived"])),
                                fields=("resident", "day", "ordinal"),
                                name="booking_ordinal_once_a_day",
                                violation_error_message="There is already a booking for this person, item and day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HallWaiting",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waiting",
                                to="services.serviceitem",
                                verbose_name="service item",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="services.slot",
                                verbose_name="time",
                            ),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waited",
                                to="services.booking",
                                verbose_name="booking",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place in the waiting list",
                        "verbose_name_plural": "waiting list",
                        "ordering": ["joined_at", "pk"],
                        "indexes": [
                            models.Index(fields=["community", "status", "joined_at"], name="hallwaiting_line")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("offer_until__isnull", False), ("status", "offered")),
                                    models.Q(
                                        models.Q(("status", "offered"), _negated=True), ("offer_until", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="hallwaiting_offer_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="hallwaiting_ends_after_it_begins",
                                violation_error_message="The last day cannot lie before the first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["waiting", "offered"])),
                                fields=("resident", "item"),
                                name="hallwaiting_once",
                                violation_error_message="This person is waiting for it already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("slot__isnull", False), ("status", "offered")),
                                    models.Q(models.Q(("status", "offered"), _negated=True), ("slot", None)),
                                    _connector="OR",
                                ),
                                name="hallwaiting_offer_holds_place",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ticket",
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
                                related_name="tickets",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        ("prefix", models.CharField(max_length=1, verbose_name="prefix")),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
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
                            "origin",
                            models.CharField(
                                choices=[
                                    ("phone", "own phone"),
                                    ("kiosk", "kiosk"),
                                    ("desk", "by a clerk"),
                                    ("booking", "booked"),
                                    ("pad", "printed number"),
                                ],
                                max_length=8,
                                verbose_name="drawn",
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
                                verbose_name="service item",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "age_reason",
                            models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
                        ),
                        (
                            "booking",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ticket",
                                to="services.booking",
                                verbose_name="booking",
                            ),
                        ),
                        (
                            "priority",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("age", "of high age"),
                                    ("wheelchair", "in a wheelchair"),
                                    ("pregnant", "pregnant"),
                                    ("soldier", "serving or former soldier"),
                                ],
                                max_length=10,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("called", "called"),
                                    ("serving", "at the counter"),
                                    ("parked", "comes back with papers"),
                                    ("skipped", "did not answer the call"),
                                    ("done", "done"),
                                    ("left", "left before being served"),
                                    ("withdrawn", "check-in taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                        ),
                        ("drawn_at", models.DateTimeField(verbose_name="arrived at")),
                        (
                            "first_from",
                            models.DateTimeField(blank=True, null=True, verbose_name="first in line from"),
                        ),
                        ("calls", models.PositiveSmallIntegerField(default=0, verbose_name="calls")),
                        (
                            "counter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to="services.counter",
                                verbose_name="counter",
                            ),
                        ),
                        (
                            "for_counter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="services.counter",
                                verbose_name="sent to",
                            ),
                        ),
                        (
                            "clerk",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="called by",
                            ),
                        ),
                        (
                            "called_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="first called at"),
                        ),
                        (
                            "last_called_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="last called at"),
                        ),
                        (
                            "serving_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="at the counter from"),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                        (
                            "told_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="told to come at"),
                        ),
                        (
                            "more_items",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="services.serviceitem",
                                verbose_name="further service items",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ticket",
                        "verbose_name_plural": "tickets",
                        "ordering": ["-day", "-id"],
                        "indexes": [
                            models.Index(fields=["facility", "day", "status"], name="ticket_line"),
                            models.Index(fields=["community", "-day"], name="ticket_latest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("facility", "day", "prefix", "number"),
                                name="ticket_number_once",
                                violation_error_message="This number has been given already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["called", "serving"])),
                                fields=("clerk",),
                                name="ticket_one_in_hand",
                                violation_error_message="Finish with the last one first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="ticket_number_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("calls__lte", 3)), name="ticket_calls_limited"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["called", "serving"]), _negated=True),
                                    models.Q(("clerk__isnull", False), ("counter__isnull", False)),
                                    _connector="OR",
                                ),
                                name="ticket_in_hand_at_counter",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AidStock",
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
                                related_name="aid_stocks",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aid_stocks",
                                to="circle.facility",
                                verbose_name="where to fetch it",
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, verbose_name="short name in addresses")),
                        ("name_zh", models.CharField(max_length=40, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=60, verbose_name="name (English)")),
                        (
                            "note_zh",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="for whom, which sizes (Chinese)"
                            ),
                        ),
                        (
                            "note_en",
                            models.CharField(
                                blank=True, max_length=160, verbose_name="for whom, which sizes (English)"
                            ),
                        ),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="lent for so many days",
                            ),
                        ),
                        (
                            "held_days",
                            models.PositiveSmallIntegerField(
                                default=2,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(14),
                                ],
                                verbose_name="kept for who reserved it, in days",
                            ),
                        ),
                        ("is_offered", models.BooleanField(default=True, verbose_name="is lent at present")),
                    ],
                    options={
                        "verbose_name": "aid to be lent",
                        "verbose_name_plural": "aids to be lent",
                        "ordering": ["community", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                                name="services_aidstock_within_capacity",
                            ),
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="aid_stock_code_unique_in_community",
                                violation_error_message="There is already an aid with this short name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("held_days__gte", 1)),
                                name="aid_stock_lent_for_a_day_or_more",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AidLoan",
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
                                related_name="aid_loans",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "stock",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="loans",
                                to="services.aidstock",
                                verbose_name="aid",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aid_loans",
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
                                verbose_name="loan number",
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
                                verbose_name="asked for",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked for at")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
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
                        ("fetch_by", models.DateField(verbose_name="to be fetched by")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("reserved", "reserved"),
                                    ("lent", "lent"),
                                    ("returned", "brought back"),
                                    ("lost", "lost"),
                                    ("cancelled", "cancelled"),
                                    ("lapsed", "not fetched"),
                                ],
                                default="reserved",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "lent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="handed out at"),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="to be back on")),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded at"),
                        ),
                        (
                            "told_late_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="told that it is late at"
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                max_length=120,
                                verbose_name="in which state it came back, or why it did not",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "loan of an aid",
                        "verbose_name_plural": "loans of aids",
                        "ordering": ["-asked_at", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "status", "due_on"], name="aid_loan_due")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["reserved", "lent"])),
                                fields=("resident", "stock"),
                                name="aid_loan_once",
                                violation_error_message="This person has one already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_on", None), ("lent_at", None)),
                                    models.Q(("due_on__isnull", False), ("lent_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="aid_loan_lent_until_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["reserved", "cancelled", "lapsed"]),
                                    ("lent_at__isnull", False),
                                    _connector="XOR",
                                ),
                                name="aid_loan_status_of_its_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "lost"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="aid_loan_lost_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Repair",
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
                                related_name="repairs",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repairs",
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
                                verbose_name="repair number",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("water", "water or drains"),
                                    ("power", "electricity"),
                                    ("gas", "gas"),
                                    ("lift", "lift"),
                                    ("light", "light in the stairwell or outside"),
                                    ("door", "door, lock or window"),
                                    ("other", "something else"),
                                ],
                                max_length=8,
                                verbose_name="what is broken",
                            ),
                        ),
                        ("place", models.CharField(max_length=60, verbose_name="where")),
                        ("words", models.CharField(max_length=300, verbose_name="what happened, since when")),
                        (
                            "gives_phone",
                            models.BooleanField(default=False, verbose_name="the firm may ring them"),
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
                                verbose_name="asked for",
                            ),
                        ),
                        ("reported_at", models.DateTimeField(verbose_name="reported at")),
                        (
                            "reported_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
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
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repairs",
                                to="circle.firm",
                                verbose_name="who mends it",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("reported", "reported"),
                                    ("forwarded", "passed on"),
                                    ("done", "done, to be confirmed"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="reported",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "done_words",
                            models.CharField(blank=True, max_length=300, verbose_name="what was done"),
                        ),
                        ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
                    ],
                    options={
                        "verbose_name": "repair",
                        "verbose_name_plural": "repairs",
                        "ordering": ["-reported_at", "-id"],
                        "indexes": [
                            models.Index(fields=["community", "status", "status_at"], name="repair_status")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["reported", "cancelled"]),
                                    ("firm__isnull", False),
                                    _connector="OR",
                                ),
                                name="repair_passed_on_to_a_firm",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["done", "closed"]), _negated=True),
                                    models.Q(("done_words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="repair_done_says_what_was_done",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="repair_cancelled_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", ""), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                ),
                                name="repair_says_what_and_where",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepairLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "repair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="services.repair",
                                verbose_name="repair",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.firm",
                                verbose_name="firm",
                            ),
                        ),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("valid_until", models.DateTimeField(verbose_name="valid until")),
                        ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "link for a firm",
                        "verbose_name_plural": "links for firms",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None), ("used_at", None)),
                                fields=("repair",),
                                name="repair_link_one_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("used_at", None), ("ended_at", None), _connector="OR"),
                                name="repair_link_used_or_ended",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RepairPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "repair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="services.repair",
                                verbose_name="repair",
                            ),
                        ),
                        (
                            "shows_result",
                            models.BooleanField(default=False, verbose_name="shows what was mended"),
                        ),
                        (
                            "image_sealed",
                            circle.models.base.SealedText(blank=True, default="", editable=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="sent at")),
                    ],
                    options={
                        "verbose_name": "photo of a repair",
                        "verbose_name_plural": "photos of repairs",
                        "ordering": ["id"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
