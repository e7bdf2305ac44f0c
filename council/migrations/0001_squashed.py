import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import circle.management.migration_operations
import council.models.papers
import council.models.rules
import council.models.stations


class Migration(migrations.Migration):
    replaces = [
        ("council", "0001_initial"),
        ("council", "0002_rules_and_seats_of_meetings"),
        ("council", "0003_fill_rules_and_seats_of_meetings"),
        ("council", "0004_rules_and_seats_of_meetings_required"),
        ("council", "0005_revisions"),
        ("council", "0006_annulled_resolutions"),
        ("council", "0007_stays"),
        ("council", "0008_visibility"),
        ("council", "0009_party_bodies_show_decisions"),
        ("council", "0010_party_meetings_are_not_public"),
        ("council", "0011_presentations"),
        ("council", "0012_ballots"),
        ("council", "0013_successors"),
        ("council", "0014_confirmed_parts_and_redaction"),
        ("council", "0015_postings_and_action_items"),
        ("council", "0016_waivers_and_paper_meetings"),
        ("council", "0017_topic_age_reason"),
        ("council", "0018_seats_represented_and_options"),
        ("council", "0019_amendments"),
        ("council", "0020_papers_and_proposals"),
        ("council", "0021_review_days"),
        ("council", "0022_review_ends_before_minutes_are_due"),
        ("council", "0023_stations_of_topics"),
        ("council", "0024_fill_stations_of_topics"),
        ("council", "0025_topic_has_its_body"),
    ]

    initial = True

    dependencies = [
        ("circle", "0001_squashed"),
    ]

    operations = [
        circle.management.migration_operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Body",
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
                                related_name="bodies",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "code",
                            models.SlugField(
                                max_length=30,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z][a-z-]*$", "Small letters and hyphens only."
                                    )
                                ],
                                verbose_name="short name in addresses",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("residents_council", "residents' council"),
                                    ("co_governance", "co-governance committee"),
                                    ("party_joint", "joint Party-building meeting"),
                                    ("assembly", "residents' assembly"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=60, verbose_name="name (Chinese)")),
                        ("name_en", models.CharField(max_length=90, verbose_name="name (English)")),
                        (
                            "sign",
                            models.CharField(
                                help_text="One or two characters, such as 议 in 议〔2026〕11-03.",
                                max_length=4,
                                verbose_name="sign in the numbers of resolutions",
                            ),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "public"),
                                    ("decisions", "only its decisions, once the minutes are published"),
                                    ("closed", "closed"),
                                ],
                                default="public",
                                help_text="Of a closed body nothing is published. A joint Party-building meeting is not public.",
                                max_length=9,
                                verbose_name="what the public sees of its meetings",
                            ),
                        ),
                        (
                            "names_residents",
                            models.BooleanField(
                                default=False,
                                help_text="Who holds another seat with a vote is named in any case; observers as residents are.",
                                verbose_name="minutes name residents' representatives",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "body",
                        "verbose_name_plural": "bodies",
                        "ordering": ["community", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "code"),
                                name="body_code_unique_in_community",
                                violation_error_message="There is already a body with this short name.",
                            ),
                            models.UniqueConstraint(
                                fields=("community", "sign"),
                                name="body_sign_unique_in_community",
                                violation_error_message="Another body numbers its resolutions with this sign.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "residents_council")),
                                fields=("community",),
                                name="body_one_residents_council",
                                violation_error_message="A community has one residents' council.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "party_joint"), ("visibility", "public"), _negated=True
                                ),
                                name="body_party_meetings_are_not_public",
                                violation_error_message="A joint Party-building meeting shows its decisions at most.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True)),
                        ("last", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="BodyRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rules",
                                to="council.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(
                                help_text="For meetings on that day and later.", verbose_name="counts from"
                            ),
                        ),
                        (
                            "seats",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="voting seats by the statutes",
                            ),
                        ),
                        (
                            "quorum_num",
                            models.PositiveSmallIntegerField(default=2, verbose_name="quorum: numerator"),
                        ),
                        (
                            "quorum_den",
                            models.PositiveSmallIntegerField(default=3, verbose_name="quorum: denominator"),
                        ),
                        (
                            "quorum_base",
                            models.CharField(
                                choices=[
                                    ("members", "voting members"),
                                    ("seats", "all voting seats, vacant ones included"),
                                ],
                                default="members",
                                max_length=10,
                                verbose_name="quorum: of whom",
                            ),
                        ),
                        (
                            "quorum_is_strict",
                            models.BooleanField(default=False, verbose_name="quorum: more than that share"),
                        ),
                        (
                            "pass_num",
                            models.PositiveSmallIntegerField(default=1, verbose_name="to pass: numerator"),
                        ),
                        (
                            "pass_den",
                            models.PositiveSmallIntegerField(default=2, verbose_name="to pass: denominator"),
                        ),
                        (
                            "pass_base",
                            models.CharField(
                                choices=[
                                    ("cast", "hands for and against"),
                                    ("present", "voting members present"),
                                    ("members", "all voting members"),
                                ],
                                default="present",
                                max_length=10,
                                verbose_name="to pass: of whom",
                            ),
                        ),
                        (
                            "pass_is_strict",
                            models.BooleanField(default=True, verbose_name="to pass: more than that share"),
                        ),
                        (
                            "seats_represented",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="While one of them is missing nothing is decided, however many members are there.",
                                validators=[council.models.rules.check_seats],
                                verbose_name="seats that must be represented",
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="So many days before a meeting its agenda is published.",
                                verbose_name="days of notice",
                            ),
                        ),
                        (
                            "posting_days",
                            models.PositiveSmallIntegerField(
                                default=7,
                                help_text="So many days a resolution is posted before it counts.",
                                verbose_name="days of posting",
                            ),
                        ),
                        (
                            "objection_days",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="days to answer an objection"
                            ),
                        ),
                        (
                            "minutes_days",
                            models.PositiveSmallIntegerField(
                                default=14,
                                help_text="Counted from the day of the meeting.",
                                verbose_name="days until the minutes are public",
                            ),
                        ),
                        (
                            "review_days",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="So many days minutes stay in review before they can be approved; 0: no fixed time.",
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="days to ask for amendments",
                            ),
                        ),
                        (
                            "source_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="source of the rule (Chinese)"
                            ),
                        ),
                        (
                            "source_en",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="source of the rule (English)"
                            ),
                        ),
                        ("is_verified", models.BooleanField(default=False, verbose_name="rule verified")),
                    ],
                    options={
                        "verbose_name": "rule of procedure",
                        "verbose_name_plural": "rules of procedure",
                        "ordering": ["body", "valid_from", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quorum_num__gte", 1),
                                    ("quorum_num__lte", models.F("quorum_den")),
                                    ("pass_num__gte", 1),
                                    ("pass_num__lte", models.F("pass_den")),
                                ),
                                name="bodyrule_shares_are_shares",
                                violation_error_message="A share lies between nothing and the whole.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("review_days", 0),
                                    ("review_days__lt", models.F("minutes_days")),
                                    _connector="OR",
                                ),
                                name="bodyrule_review_ends_before_minutes_are_due",
                                violation_error_code="review_too_long",
                                violation_error_message="Minutes would still be in review on the day on which they have to be public.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="council.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="circle.resident",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                choices=[
                                    ("resident", "residents' representative"),
                                    ("committee", "neighbourhood committee"),
                                    ("owners", "owners' committee"),
                                    ("property", "property manager"),
                                    ("party", "Party branch"),
                                    ("unit", "local unit"),
                                    ("observer", "observer"),
                                ],
                                default="resident",
                                max_length=12,
                                verbose_name="seat",
                            ),
                        ),
                        ("is_voting", models.BooleanField(default=True, verbose_name="votes")),
                        ("starts_on", models.DateField(verbose_name="first day")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["body", "seat", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("seat", "observer"), _negated=True),
                                    ("is_voting", False),
                                    _connector="OR",
                                ),
                                name="membership_observer_has_no_vote",
                                violation_error_message="An observer has no vote.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_it_starts",
                                violation_error_message="A seat cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on", None)),
                                fields=("body", "resident"),
                                name="membership_open_once",
                                violation_error_message="This person already has a seat in this body.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                                related_name="meetings",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="council.body",
                                verbose_name="body",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("month", models.PositiveSmallIntegerField(verbose_name="month")),
                        (
                            "part",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="1 is the regular meeting; a further one in the same month is 2, then 3.",
                                verbose_name="which of the month",
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="from")),
                        ("ends_at", models.DateTimeField(verbose_name="until")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="circle.facility",
                                verbose_name="place",
                            ),
                        ),
                        ("call_opens_at", models.DateTimeField(verbose_name="call for topics opens")),
                        ("call_closes_at", models.DateTimeField(verbose_name="call for topics closes")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("call_open", "taking topics"),
                                    ("noticed", "agenda published"),
                                    ("in_session", "in session"),
                                    ("held", "minutes to follow"),
                                    ("closed", "completed"),
                                    ("adjourned", "adjourned, no quorum"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=12,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                        (
                            "rule",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meetings",
                                to="council.bodyrule",
                                verbose_name="rule of procedure",
                            ),
                        ),
                        (
                            "continues",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="council.meeting",
                            ),
                        ),
                        (
                            "late_notice_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why the notice is late"
                            ),
                        ),
                        (
                            "is_from_paper",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="entered from paper"
                            ),
                        ),
                        (
                            "noticed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="agenda published at"),
                        ),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="opened at")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        ("reminded_at", models.DateTimeField(editable=False, null=True)),
                        ("roll_revision", models.PositiveIntegerField(default=0, editable=False)),
                        ("ical_uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("ical_sequence", models.PositiveIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": ["-starts_at", "-pk"],
                        "indexes": [models.Index(fields=["community", "-starts_at"], name="meeting_latest")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("body", "year", "month", "part"),
                                name="meeting_once_in_a_month",
                                violation_error_message="This body already has that meeting in this month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("month__gte", 1),
                                    ("month__lte", 12),
                                    ("part__gte", 1),
                                    ("part__lte", 9),
                                    ("year__gte", 2000),
                                ),
                                name="meeting_month_exists",
                                violation_error_message="There is no such month.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="meeting_ends_after_it_starts",
                                violation_error_message="A meeting cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("call_closes_at__lte", models.F("starts_at")),
                                    ("call_opens_at__lt", models.F("call_closes_at")),
                                ),
                                name="meeting_call_before_it_starts",
                                violation_error_message="The call opens, then closes, then the meeting begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["planned", "call_open", "cancelled"]),
                                    ("rule__isnull", False),
                                    _connector="OR",
                                ),
                                name="meeting_noticed_has_its_rule",
                                violation_error_message="Its body has no rule yet for that day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roll",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="council.membership",
                                verbose_name="seat",
                            ),
                        ),
                        (
                            "seat",
                            models.CharField(
                                choices=[
                                    ("resident", "residents' representative"),
                                    ("committee", "neighbourhood committee"),
                                    ("owners", "owners' committee"),
                                    ("property", "property manager"),
                                    ("party", "Party branch"),
                                    ("unit", "local unit"),
                                    ("observer", "observer"),
                                ],
                                max_length=12,
                                verbose_name="seat",
                            ),
                        ),
                        ("is_voting", models.BooleanField(verbose_name="votes")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("present", "present"),
                                    ("excused", "excused"),
                                    ("absent", "absent"),
                                ],
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "arrived_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="came later, at"),
                        ),
                        (
                            "left_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="left earlier, at"),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "roll",
                        "ordering": ["meeting", "membership"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "membership"),
                                name="attendance_once",
                                violation_error_message="This seat is on the roll already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "present"),
                                    models.Q(("arrived_at", None), ("left_at", None)),
                                    _connector="OR",
                                ),
                                name="attendance_times_of_those_present",
                                violation_error_message="Only who was there came or left.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("arrived_at", None),
                                    ("left_at", None),
                                    ("left_at__gt", models.F("arrived_at")),
                                    _connector="OR",
                                ),
                                name="attendance_leaves_after_coming",
                                violation_error_message="Nobody leaves before they came.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MinutesVersion",
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
                                related_name="minutes",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("body", models.TextField(editable=False, verbose_name="text")),
                        ("revision", models.PositiveIntegerField(default=0, editable=False)),
                        ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "correction",
                            models.CharField(blank=True, max_length=200, verbose_name="what was corrected"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("superseded", "replaced"),
                                    ("redacted", "text withdrawn"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "note",
                            models.CharField(blank=True, max_length=200, verbose_name="why it was returned"),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="drafted by",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="published at"),
                        ),
                        (
                            "redaction_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why the text is withdrawn"
                            ),
                        ),
                        (
                            "redaction_asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who asked to withdraw it",
                            ),
                        ),
                        (
                            "redacted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="withdrawn by",
                            ),
                        ),
                        (
                            "writers",
                            models.ManyToManyField(
                                related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="written by"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of minutes",
                        "verbose_name_plural": "minutes",
                        "ordering": ["-meeting", "-version"],
                        "permissions": [("approve_minutesversion", "Can approve minutes")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "version"), name="minutes_version_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "published")),
                                fields=("meeting",),
                                name="minutes_one_published",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["draft", "in_review", "approved"])),
                                fields=("meeting",),
                                name="minutes_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by", None),
                                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="minutes_approved_by_another",
                                violation_error_message="Whoever wrote the minutes cannot approve them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "in_review"]),
                                    ("approved_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="minutes_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ["published", "superseded", "redacted"]), _negated=True
                                    ),
                                    models.Q(
                                        ("published_at__isnull", False),
                                        models.Q(("sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_published_has_its_hash",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("version", 1),
                                    models.Q(("correction", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="minutes_correction_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("redaction_asked_by", None), ("redaction_reason", "")),
                                    models.Q(
                                        ("redaction_asked_by__isnull", False),
                                        models.Q(("redaction_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_redaction_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            ("redacted_by", models.F("redaction_asked_by")), _negated=True
                                        ),
                                        ("body", ""),
                                        ("redacted_by__isnull", False),
                                        ("redaction_asked_by__isnull", False),
                                        ("status", "redacted"),
                                    ),
                                    models.Q(
                                        models.Q(("status", "redacted"), _negated=True), ("redacted_by", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_redacted_by_two",
                                violation_error_message="Whoever asked for it cannot withdraw the text.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
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
                                related_name="topics",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="council.body",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "is_queued",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="waits for the next meeting"
                            ),
                        ),
                        (
                            "receipt",
                            models.CharField(
                                editable=False, max_length=16, unique=True, verbose_name="receipt number"
                            ),
                        ),
                        (
                            "dimension",
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
                                verbose_name="part of life",
                            ),
                        ),
                        ("text", models.TextField(max_length=1000, verbose_name="as it was written")),
                        (
                            "public_text_zh",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="for everybody (Chinese)"
                            ),
                        ),
                        (
                            "public_text_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="for everybody (English)"
                            ),
                        ),
                        (
                            "scenario",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="circle.scenario",
                                verbose_name="what if",
                            ),
                        ),
                        (
                            "facts_zh",
                            models.CharField(blank=True, max_length=300, verbose_name="facts (Chinese)"),
                        ),
                        (
                            "facts_en",
                            models.CharField(blank=True, max_length=300, verbose_name="facts (English)"),
                        ),
                        (
                            "facts_url",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="page of the facts"
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="circle.resident",
                                verbose_name="raised by",
                            ),
                        ),
                        (
                            "mandate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="circle.mandate",
                                verbose_name="mandate",
                            ),
                        ),
                        (
                            "via",
                            models.CharField(
                                choices=[
                                    ("online", "online"),
                                    ("phone", "by phone"),
                                    ("window", "at the window"),
                                    ("paper", "on paper"),
                                    ("door", "at the door"),
                                    ("meeting", "in a meeting"),
                                    ("box", "card in the box"),
                                    ("deputy", "day of the deputies"),
                                    ("wechat", "WeChat group"),
                                    ("hotline", "hotline 12345"),
                                ],
                                max_length=8,
                                verbose_name="came",
                            ),
                        ),
                        ("came_at", models.DateTimeField(verbose_name="came at")),
                        (
                            "age_reason",
                            models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("accepted", "taken up"),
                                    ("declined", "not taken up"),
                                    ("answered", "answered"),
                                    ("merged", "joined with another"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "answer_zh",
                            models.TextField(blank=True, max_length=1000, verbose_name="answer (Chinese)"),
                        ),
                        (
                            "answer_en",
                            models.TextField(blank=True, max_length=1000, verbose_name="answer (English)"),
                        ),
                        (
                            "office",
                            models.CharField(
                                choices=[
                                    ("committee", "residents' committee"),
                                    ("owners", "owners' committee"),
                                    ("property", "property management"),
                                    ("council", "residents' council"),
                                ],
                                default="committee",
                                max_length=10,
                                verbose_name="responsible office",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="council.topic",
                                verbose_name="joined with",
                            ),
                        ),
                        ("due_from", models.DateField(editable=False, null=True)),
                        ("due_days", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "respond_by",
                            models.DateField(editable=False, null=True, verbose_name="first answer due on"),
                        ),
                        (
                            "responded_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="first answer at"),
                        ),
                        (
                            "is_extended",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="deadline extended"
                            ),
                        ),
                        (
                            "reopened",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="opened again"
                            ),
                        ),
                        (
                            "households",
                            models.PositiveIntegerField(
                                editable=False, null=True, verbose_name="households on that day"
                            ),
                        ),
                        (
                            "outside_number",
                            models.CharField(blank=True, max_length=40, verbose_name="number of the hotline"),
                        ),
                        (
                            "outside_due_on",
                            models.DateField(blank=True, null=True, verbose_name="date of the hotline"),
                        ),
                        (
                            "hidden_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="taken off at"),
                        ),
                        (
                            "hidden_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="why taken off"
                            ),
                        ),
                        (
                            "responsible",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics_in_care",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who sees to it",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="circle.firm",
                                verbose_name="firm",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "topic",
                        "verbose_name_plural": "topics",
                        "ordering": ["-came_at", "-pk"],
                        "permissions": [
                            ("assign_topic", "Can say who sees to a topic"),
                            ("reply_topic", "Can see and answer the topics that are assigned to their firm"),
                        ],
                        "indexes": [
                            models.Index(fields=["community", "-came_at"], name="topic_latest"),
                            models.Index(fields=["meeting", "status"], name="topic_of_meeting"),
                            models.Index(fields=["community", "status", "due_on"], name="topic_by_due"),
                            models.Index(fields=["community", "respond_by"], name="topic_by_first_date"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["answered", "declined"]), _negated=True),
                                    models.Q(("answer_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_ends_with_an_answer",
                                violation_error_message="A topic ends with an answer in words.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["accepted", "answered"]), _negated=True),
                                    models.Q(("public_text_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_taken_up_has_public_words",
                                violation_error_message="Say in public words what it is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("responsible", None), ("firm", None), _connector="OR"),
                                name="topic_has_one_who_sees_to_it",
                                violation_error_message="Either a colleague or a firm sees to it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("firm", None),
                                    models.Q(("public_text_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_of_a_firm_has_public_words",
                                violation_error_message="Say in public words what it is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("via", "online"), _negated=True),
                                    ("raised_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="topic_online_has_its_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("status", "merged")),
                                    models.Q(
                                        models.Q(("status", "merged"), _negated=True), ("merged_into", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="topic_merged_into_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into", None),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="topic_not_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outside_due_on", None), ("outside_number", "")),
                                    ("via", "hotline"),
                                    _connector="OR",
                                ),
                                name="topic_outside_number_of_hotline",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfirmedPart",
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
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmed_parts",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmed_parts",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("phone", "phone"),
                                    ("flat", "flat"),
                                    ("name", "name of a resident"),
                                ],
                                max_length=5,
                                verbose_name="kind",
                            ),
                        ),
                        ("index", models.CharField(editable=False, max_length=64)),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        ("confirmed_at", models.DateTimeField(verbose_name="confirmed at")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "confirmed part of a text",
                        "verbose_name_plural": "confirmed parts of texts",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "index"), name="confirmedpart_once_a_meeting"
                            ),
                            models.UniqueConstraint(
                                fields=("topic", "index"), name="confirmedpart_once_a_topic"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("meeting__isnull", False), ("topic", None)),
                                    models.Q(("meeting", None), ("topic__isnull", False)),
                                    _connector="OR",
                                ),
                                name="confirmedpart_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="confirmedpart_says_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="FirmReply",
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
                                related_name="firm_replies",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="circle.firm",
                                verbose_name="firm",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("under_way", "under way"),
                                    ("done", "done"),
                                    ("not_ours", "not a matter of the firm"),
                                ],
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("text", models.TextField(max_length=500, verbose_name="what the firm says")),
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
                        "verbose_name": "answer of a firm",
                        "verbose_name_plural": "answers of firms",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [],
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
                            "attendance",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stays",
                                to="council.attendance",
                                verbose_name="attendance",
                            ),
                        ),
                        ("came_at", models.DateTimeField(verbose_name="came back, at")),
                        (
                            "left_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="left again, at"),
                        ),
                    ],
                    options={
                        "verbose_name": "further stay",
                        "verbose_name_plural": "further stays",
                        "ordering": ["attendance", "came_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("attendance", "came_at"),
                                name="stay_begins_once",
                                violation_error_message="This person came back at that time already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("left_at", None)),
                                fields=("attendance",),
                                name="stay_one_to_the_end",
                                violation_error_message="Nobody stays to the end twice.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at", None), ("left_at__gt", models.F("came_at")), _connector="OR"
                                ),
                                name="stay_ends_after_it_begins",
                                violation_error_message="Nobody leaves before they came.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Resolution",
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
                                related_name="resolutions",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolution",
                                to="council.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=30, verbose_name="number")),
                        ("text_zh", models.TextField(max_length=2000, verbose_name="text (Chinese)")),
                        (
                            "text_en",
                            models.TextField(blank=True, max_length=3000, verbose_name="text (English)"),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("hands", "by hands"),
                                    ("recorded", "by name"),
                                    ("secret", "by secret slips"),
                                ],
                                default="hands",
                                max_length=8,
                                verbose_name="counted",
                            ),
                        ),
                        ("voted_at", models.DateTimeField(verbose_name="hands counted at")),
                        ("entitled", models.PositiveSmallIntegerField(verbose_name="entitled to vote")),
                        ("present", models.PositiveSmallIntegerField(verbose_name="present")),
                        ("quorum", models.PositiveSmallIntegerField(verbose_name="had to be present")),
                        ("yes", models.PositiveSmallIntegerField(verbose_name="for")),
                        ("no", models.PositiveSmallIntegerField(verbose_name="against")),
                        ("abstain", models.PositiveSmallIntegerField(verbose_name="abstained")),
                        ("second", models.PositiveSmallIntegerField(editable=False, null=True)),
                        (
                            "invalid",
                            models.PositiveSmallIntegerField(default=0, verbose_name="invalid slips"),
                        ),
                        (
                            "counted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="council.membership",
                                verbose_name="who counts",
                            ),
                        ),
                        (
                            "watched_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="council.membership",
                                verbose_name="who watches",
                            ),
                        ),
                        ("needed", models.PositiveSmallIntegerField(verbose_name="had to be for it")),
                        ("rule", models.JSONField(verbose_name="rule")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("adopted", "adopted"), ("rejected", "rejected")],
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "resolution",
                        "verbose_name_plural": "resolutions",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "number"), name="resolution_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "present__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("yes"), "+", models.F("no")
                                                ),
                                                "+",
                                                models.F("abstain"),
                                            ),
                                            "+",
                                            models.F("invalid"),
                                        ),
                                    ),
                                    ("present__lte", models.F("entitled")),
                                ),
                                name="resolution_hands_within_those_present",
                                violation_error_message="There cannot be more hands than members present.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("abstain__gte", 0), ("no__gte", 0), ("yes__gte", 0)),
                                name="resolution_hands_are_counts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("invalid__gte", 0), ("method", "secret")),
                                    ("invalid", 0),
                                    _connector="OR",
                                ),
                                name="resolution_only_slips_are_invalid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("counted_by", models.F("watched_by")), _negated=True),
                                        ("counted_by__isnull", False),
                                        ("method", "secret"),
                                        ("watched_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("method", "secret"), _negated=True),
                                        ("counted_by", None),
                                        ("watched_by", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="resolution_slips_have_two_tellers",
                                violation_error_message="Of secret slips one member counts and another one watches.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("present__gte", models.F("quorum"))),
                                name="resolution_needs_its_quorum",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "adopted"), ("yes__gte", models.F("needed"))),
                                    models.Q(("outcome", "rejected"), ("yes__lt", models.F("needed"))),
                                    _connector="OR",
                                ),
                                name="resolution_outcome_follows_the_rule",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActionItem",
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
                                related_name="action_items",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="council.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        (
                            "title_zh",
                            models.CharField(max_length=120, verbose_name="what is to be done (Chinese)"),
                        ),
                        (
                            "title_en",
                            models.CharField(
                                blank=True, max_length=180, verbose_name="what is to be done (English)"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="colleague",
                            ),
                        ),
                        (
                            "firm",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="circle.firm",
                                verbose_name="firm",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="action_items",
                                to="council.body",
                                verbose_name="body",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "urgent_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="why it is urgent"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "not begun"),
                                    ("doing", "under way"),
                                    ("reported", "said to be done"),
                                    ("verified", "verified"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "reported_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reported by",
                            ),
                        ),
                        (
                            "verified_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verified by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "action",
                        "verbose_name_plural": "actions",
                        "ordering": ["due_on", "pk"],
                        "permissions": [("verify_actionitem", "Can verify that an action is done")],
                        "indexes": [
                            models.Index(fields=["community", "status", "due_on"], name="actionitem_by_due")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body", None), ("firm", None), ("person__isnull", False)),
                                    models.Q(("body", None), ("firm__isnull", False), ("person", None)),
                                    models.Q(("body__isnull", False), ("firm", None), ("person", None)),
                                    _connector="OR",
                                ),
                                name="actionitem_has_one_owner",
                                violation_error_message="One colleague, one firm or one body does it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["open", "doing"]),
                                    ("reported_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="actionitem_reported_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            models.Q(("verified_by", models.F("reported_by")), _negated=True),
                                            models.Q(
                                                ("person", None),
                                                models.Q(("verified_by", models.F("person")), _negated=True),
                                                _connector="OR",
                                            ),
                                        ),
                                        ("status", "verified"),
                                        ("verified_by__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("status", "verified"), _negated=True), ("verified_by", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="actionitem_verified_by_another",
                                violation_error_message="Whoever did or reported it cannot verify it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "report"),
                                    ("presentation", "presentation"),
                                    ("deliberation", "deliberation"),
                                    ("decision", "decision"),
                                ],
                                default="deliberation",
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120, verbose_name="title (Chinese)")),
                        ("title_en", models.CharField(max_length=180, verbose_name="title (English)")),
                        (
                            "text_zh",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what it is about (Chinese)"
                            ),
                        ),
                        (
                            "text_en",
                            models.TextField(
                                blank=True, max_length=3000, verbose_name="what it is about (English)"
                            ),
                        ),
                        (
                            "continues",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="council.agendaitem",
                            ),
                        ),
                        (
                            "times_put_off",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="times put off"
                            ),
                        ),
                        (
                            "minutes_of",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approved_under",
                                to="council.meeting",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("published", "on the agenda"),
                                    ("noted", "noted"),
                                    ("decided", "decided"),
                                    ("deferred", "put off"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "is_late",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="put on after the notice"
                            ),
                        ),
                        (
                            "topics",
                            models.ManyToManyField(
                                blank=True,
                                related_name="items",
                                to="council.topic",
                                verbose_name="from these topics",
                            ),
                        ),
                        (
                            "action_items",
                            models.ManyToManyField(
                                editable=False,
                                related_name="items",
                                to="council.actionitem",
                                verbose_name="open actions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agenda item",
                        "verbose_name_plural": "agenda items",
                        "ordering": ["meeting", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "number"),
                                name="agendaitem_number_once",
                                violation_error_message="This number is taken on the agenda.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "decided"), _negated=True),
                                    ("kind", "decision"),
                                    _connector="OR",
                                ),
                                name="agendaitem_only_decisions_decide",
                            ),
                        ],
                        "indexes": [],
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
                            "community",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="council.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        ("title_zh", models.CharField(max_length=120, verbose_name="title (Chinese)")),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=180, verbose_name="title (English)"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pdf", "PDF"), ("docx", "DOCX")], max_length=4, verbose_name="kind"
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=120, upload_to=council.models.papers.file_path, verbose_name="file"
                            ),
                        ),
                        ("size", models.PositiveIntegerField(verbose_name="bytes")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper of a meeting",
                        "verbose_name_plural": "papers of meetings",
                        "ordering": ["meeting", "item__number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "sha256"),
                                name="paper_once_in_a_meeting",
                                violation_error_message="This file is with the meeting already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gte", 1), ("size__lte", 10485760)),
                                name="paper_is_not_too_large",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AnnulledResolution",
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
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annulled",
                                to="council.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="number")),
                        ("content", models.JSONField(verbose_name="text and hands")),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        ("annulled_at", models.DateTimeField(verbose_name="annulled at")),
                        (
                            "annulled_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="annulled by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annulled resolution",
                        "verbose_name_plural": "annulled resolutions",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("community", "number"), name="annulled_number_once"
                            )
                        ],
                        "indexes": [],
                    },
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
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amendments",
                                to="council.minutesversion",
                                verbose_name="minutes",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="council.membership",
                                verbose_name="who asks for it",
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
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
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
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ActionStep",
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
                            "action_item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="council.actionitem",
                                verbose_name="action",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("begun", "begun"),
                                    ("progress", "progress"),
                                    ("reported", "said to be done"),
                                    ("returned", "not done yet"),
                                    ("verified", "verified"),
                                ],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "text",
                            models.CharField(blank=True, max_length=500, verbose_name="in public words"),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="evidence")),
                        ("said_at", models.DateTimeField(verbose_name="said at")),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="said by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an action",
                        "verbose_name_plural": "steps of actions",
                        "ordering": ["action_item", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Waiver",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="council.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="given at")),
                        ("present", models.PositiveSmallIntegerField(verbose_name="present")),
                        ("in_favour", models.PositiveSmallIntegerField(verbose_name="in favour")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "waiver of notice",
                        "verbose_name_plural": "waivers of notice",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("item", None)),
                                fields=("meeting",),
                                name="waiver_once_a_meeting",
                            ),
                            models.UniqueConstraint(fields=("item",), name="waiver_once_an_item"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_favour__lte", models.F("present")), ("present__gte", 1)
                                ),
                                name="waiver_of_those_present",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.GreaterThanOrEqual(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("in_favour"), "*", models.Value(3)
                                    ),
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("present"), "*", models.Value(2)
                                    ),
                                ),
                                name="waiver_by_two_thirds",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="council.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("text_zh", models.CharField(max_length=120, verbose_name="option (Chinese)")),
                        (
                            "text_en",
                            models.CharField(blank=True, max_length=180, verbose_name="option (English)"),
                        ),
                        ("votes", models.PositiveSmallIntegerField(verbose_name="votes for it")),
                    ],
                    options={
                        "verbose_name": "option of a count",
                        "verbose_name_plural": "options of a count",
                        "ordering": ["resolution", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resolution", "number"), name="option_number_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Posting",
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
                                related_name="postings",
                                to="circle.community",
                                verbose_name="community",
                            ),
                        ),
                        (
                            "resolution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="posting",
                                to="council.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        ("posted_on", models.DateField(verbose_name="posted from")),
                        (
                            "ends_on",
                            models.DateField(help_text="That day included.", verbose_name="posted until"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("posted", "posted"),
                                    ("in_force", "in force"),
                                    ("sent_back", "back to the meeting"),
                                ],
                                default="posted",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                    ],
                    options={
                        "verbose_name": "posting",
                        "verbose_name_plural": "postings",
                        "ordering": ["-posted_on", "-pk"],
                        "indexes": [models.Index(fields=["community", "status"], name="posting_by_status")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("posted_on"))),
                                name="posting_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="council.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="council.membership",
                                verbose_name="seat",
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[("yes", "for"), ("no", "against"), ("abstain", "abstained")],
                                max_length=7,
                                verbose_name="vote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote by name",
                        "verbose_name_plural": "votes by name",
                        "ordering": ["resolution", "membership"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("resolution", "membership"),
                                name="vote_once",
                                violation_error_message="This seat has voted already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                            "posting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="council.posting",
                                verbose_name="posting",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="received on")),
                        ("due_on", models.DateField(verbose_name="to be answered by")),
                        ("text", models.CharField(max_length=500, verbose_name="objection in public words")),
                        (
                            "answer_zh",
                            models.CharField(blank=True, max_length=500, verbose_name="answer (Chinese)"),
                        ),
                        (
                            "answer_en",
                            models.CharField(blank=True, max_length=500, verbose_name="answer (English)"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("open", "open"), ("answered", "answered"), ("upheld", "upheld")],
                                default="open",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("status_at", models.DateTimeField(verbose_name="since")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "objection",
                        "verbose_name_plural": "objections",
                        "ordering": ["posting", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "open"),
                                    models.Q(("answer_zh", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="objection_ends_with_an_answer",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PublicAnswer",
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
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("interim", "interim answer"),
                                    ("final", "answer"),
                                    ("correction", "correction"),
                                    ("declined", "why it is not taken up"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "office",
                            models.CharField(
                                choices=[
                                    ("committee", "residents' committee"),
                                    ("owners", "owners' committee"),
                                    ("property", "property management"),
                                    ("council", "residents' council"),
                                ],
                                max_length=10,
                                verbose_name="office",
                            ),
                        ),
                        ("text_zh", models.TextField(max_length=1000, verbose_name="answer (Chinese)")),
                        (
                            "text_en",
                            models.TextField(blank=True, max_length=1000, verbose_name="answer (English)"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "resolution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="council.resolution",
                                verbose_name="resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a topic",
                        "verbose_name_plural": "answers to topics",
                        "ordering": ["topic", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text_zh", ""), _negated=True),
                                name="publicanswer_says_something",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Station",
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
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stations",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("noted", "read by the office"),
                                    ("accepted", "taken up"),
                                    ("words", "public words changed"),
                                    ("referred", "referred"),
                                    ("returned", "returned: not theirs"),
                                    ("extended", "deadline extended"),
                                    ("merged", "joined with another topic"),
                                    ("placed", "left to a meeting"),
                                    ("queued", "meeting called off: waits for the next one"),
                                    ("agenda", "on the agenda"),
                                    ("signing", "households may ask for a meeting"),
                                    ("requested", "meeting requested by one fifth"),
                                    ("interim", "interim answer"),
                                    ("answered", "answered"),
                                    ("corrected", "answer corrected"),
                                    ("declined", "not taken up"),
                                    ("asked", "the person said how it was"),
                                    ("reopened", "not solved: open again"),
                                    ("withdrawn", "withdrawn"),
                                    ("hidden", "words taken off the page"),
                                ],
                                max_length=10,
                                verbose_name="kind",
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
                                verbose_name="who",
                            ),
                        ),
                        (
                            "office",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("committee", "residents' committee"),
                                    ("owners", "owners' committee"),
                                    ("property", "property management"),
                                    ("council", "residents' council"),
                                ],
                                max_length=10,
                                verbose_name="office",
                            ),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="due on")),
                        (
                            "note_zh",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="in public words (Chinese)"
                            ),
                        ),
                        (
                            "note_en",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="in public words (English)"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="council.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="council.topic",
                                verbose_name="the other topic",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "station of a topic",
                        "verbose_name_plural": "stations of topics",
                        "ordering": ["topic", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "merged"), _negated=True),
                                    ("target__isnull", False),
                                    _connector="OR",
                                ),
                                name="station_merged_into_another",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topic_supports",
                                to="circle.resident",
                                verbose_name="resident",
                            ),
                        ),
                        (
                            "via",
                            models.CharField(
                                choices=[
                                    ("online", "online"),
                                    ("phone", "by phone"),
                                    ("window", "at the window"),
                                    ("paper", "on paper"),
                                    ("door", "at the door"),
                                    ("meeting", "in a meeting"),
                                    ("box", "card in the box"),
                                    ("deputy", "day of the deputies"),
                                    ("wechat", "WeChat group"),
                                    ("hotline", "hotline 12345"),
                                ],
                                max_length=8,
                                verbose_name="came",
                            ),
                        ),
                        ("came_at", models.DateTimeField(verbose_name="came at")),
                    ],
                    options={
                        "verbose_name": "support of a topic",
                        "verbose_name_plural": "supports of topics",
                        "ordering": ["topic", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("topic", "resident"),
                                name="support_once",
                                violation_error_message="This person supports it already.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Evaluation",
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
                            "topic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="council.topic",
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "answer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluation",
                                to="council.publicanswer",
                                verbose_name="answer to a topic",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=council.models.stations.new_link_code,
                                editable=False,
                                max_length=10,
                                unique=True,
                                verbose_name="code",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("until", models.DateTimeField(verbose_name="may be answered until")),
                        ("given_at", models.DateTimeField(null=True, verbose_name="said at")),
                        ("is_reached", models.BooleanField(default=True, verbose_name="reached")),
                        ("is_solved", models.BooleanField(null=True, verbose_name="solved")),
                        (
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (1, "very dissatisfied"),
                                    (2, "dissatisfied"),
                                    (3, "so-so"),
                                    (4, "satisfied"),
                                    (5, "very satisfied"),
                                ],
                                null=True,
                                verbose_name="satisfied",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(blank=True, max_length=200, verbose_name="in their words"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                blank=True,
                                choices=[("link", "by the link"), ("call", "by phone, typed in")],
                                max_length=4,
                                verbose_name="came",
                            ),
                        ),
                        (
                            "typed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="typed in by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evaluation of an answer",
                        "verbose_name_plural": "evaluations of answers",
                        "ordering": ["topic", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("given_at", None), ("is_solved", None), ("level", None)),
                                    models.Q(
                                        ("given_at__isnull", False),
                                        ("is_reached", True),
                                        ("is_solved__isnull", False),
                                    ),
                                    models.Q(
                                        ("given_at__isnull", False),
                                        ("is_reached", False),
                                        ("is_solved", None),
                                        ("level", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="evaluation_given_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level", None),
                                    models.Q(("level__gte", 1), ("level__lte", 5)),
                                    _connector="OR",
                                ),
                                name="evaluation_level_exists",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("asked_at"))),
                                name="evaluation_can_be_given",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
