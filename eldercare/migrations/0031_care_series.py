import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0018_mandate_for_agency"),
        ("eldercare", "0030_school_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ("door", models.CharField(blank=True, max_length=20, verbose_name="entrance and door")),
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
                        related_name="care_series",
                        to="circle.resident",
                        verbose_name="elder",
                    ),
                ),
            ],
            options={
                "verbose_name": "series of care",
                "verbose_name_plural": "series of care",
                "ordering": ["-booked_at", "-pk"],
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
                ("cause", models.CharField(blank=True, max_length=30, verbose_name="why it waits")),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="reason")),
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
            ],
            options={
                "verbose_name": "date of a series",
                "verbose_name_plural": "dates of series",
                "ordering": ["day", "pk"],
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
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("said_at", models.DateTimeField(verbose_name="said at")),
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
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
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
            ],
            options={
                "verbose_name": "pause of a series",
                "verbose_name_plural": "pauses of a series",
                "ordering": ["starts_on", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["requested", "running"])),
                fields=("resident", "kind", "weekday"),
                name="care_series_once_a_weekday",
                violation_error_message="This care already comes to this person on that weekday.",
            ),
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="care_series_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__gte", 0), ("weekday__lte", 6)), name="care_series_on_a_weekday"
            ),
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 4)), name="care_series_every_few_weeks"
            ),
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "revoked"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="care_series_revoked_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="seriesdate",
            constraint=models.UniqueConstraint(fields=("series", "week"), name="series_date_once_a_week"),
        ),
        migrations.AddConstraint(
            model_name="seriesdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("booking__isnull", False), ("status", "booked")),
                    models.Q(models.Q(("status", "booked"), _negated=True), ("booking__isnull", True)),
                    _connector="OR",
                ),
                name="series_date_booked_with_a_booking",
            ),
        ),
        migrations.AddConstraint(
            model_name="seriesdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True),
                    models.Q(("cause", ""), _negated=True),
                    _connector="OR",
                ),
                name="series_date_waits_for_a_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="seriespause",
            constraint=models.UniqueConstraint(
                fields=("series", "starts_on", "ends_on"), name="series_pause_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="seriespause",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="series_pause_ends_after_it_begins",
            ),
        ),
    ]
