import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0006_building_order"),
        ("services", "0013_counter_closures_past_midnight"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.facility",
                        verbose_name="place",
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
            ],
            options={
                "verbose_name": "place in the waiting list",
                "verbose_name_plural": "waiting list",
                "ordering": ["joined_at", "pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["community", "status", "joined_at"], name="hallwaiting_line")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offer_until__isnull", False), ("status", "offered")),
                            models.Q(models.Q(("status", "offered"), _negated=True), ("offer_until", None)),
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
    ]
