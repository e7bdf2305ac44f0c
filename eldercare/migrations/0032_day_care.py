import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0018_mandate_for_agency"),
        ("eldercare", "0031_care_series"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DayAgreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("collectors", models.JSONField(blank=True, default=list, verbose_name="who may collect")),
                ("may_leave_alone", models.BooleanField(default=False, verbose_name="may leave alone")),
                ("entered_at", models.DateTimeField(verbose_name="written down at")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at"),
                ),
            ],
            options={
                "verbose_name": "agreement on day care",
                "verbose_name_plural": "agreements on day care",
                "ordering": ["-signed_on", "-pk"],
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
                ("came_at", models.DateTimeField(verbose_name="came at")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left at")),
                ("left_with", models.CharField(blank=True, max_length=40, verbose_name="left with")),
                ("left_alone", models.BooleanField(default=False, verbose_name="left alone")),
            ],
            options={
                "verbose_name": "day at the station",
                "verbose_name_plural": "days at the station",
                "ordering": ["-came_at"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="carebooking",
            name="care_booking_one_live_per_day",
        ),
        migrations.RemoveConstraint(
            model_name="careseries",
            name="care_series_once_a_weekday",
        ),
        migrations.AddField(
            model_name="carebooking",
            name="part",
            field=models.CharField(
                blank=True,
                choices=[("am", "morning"), ("pm", "afternoon")],
                editable=False,
                max_length=2,
                verbose_name="half of the day",
            ),
        ),
        migrations.AddField(
            model_name="carekind",
            name="is_halved",
            field=models.BooleanField(
                default=False,
                help_text="Morning and afternoon are times of their own; whoever stays all day has both.",
                verbose_name="in half-days",
            ),
        ),
        migrations.AddField(
            model_name="carekind",
            name="needs_agreement",
            field=models.BooleanField(
                default=False,
                help_text="It says who may collect the elder; arrival and leaving are written down.",
                verbose_name="needs an agreement",
            ),
        ),
        migrations.AddField(
            model_name="careseries",
            name="part",
            field=models.CharField(
                blank=True,
                choices=[("am", "morning"), ("pm", "afternoon")],
                editable=False,
                max_length=2,
                verbose_name="half of the day",
            ),
        ),
        migrations.AddConstraint(
            model_name="carebooking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["requested", "confirmed", "assigned", "in_service"])),
                fields=("resident", "kind", "day", "part"),
                name="care_booking_one_live_per_day",
                violation_error_message="This kind of care is already arranged for this person and day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="careseries",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["requested", "running"])),
                fields=("resident", "kind", "weekday", "part"),
                name="care_series_once_a_weekday",
                violation_error_message="This care already comes to this person on that weekday.",
            ),
        ),
        migrations.AddField(
            model_name="dayagreement",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="circle.community",
                verbose_name="community",
            ),
        ),
        migrations.AddField(
            model_name="dayagreement",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="dayagreement",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="eldercare.carekind",
                verbose_name="kind of care",
            ),
        ),
        migrations.AddField(
            model_name="dayagreement",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="day_agreements",
                to="circle.resident",
                verbose_name="elder",
            ),
        ),
        migrations.AddField(
            model_name="daystay",
            name="booking",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stay",
                to="eldercare.carebooking",
                verbose_name="care booking",
            ),
        ),
        migrations.AddField(
            model_name="daystay",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="circle.community",
                verbose_name="community",
            ),
        ),
        migrations.AddField(
            model_name="daystay",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddConstraint(
            model_name="dayagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("resident", "kind"),
                name="day_agreement_one_live",
                violation_error_message="This person has an agreement already. Change or end that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dayagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("signed_on")), _connector="OR"),
                name="day_agreement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="daystay",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_at", None), ("left_at__gte", models.F("came_at")), _connector="OR"),
                name="day_stay_leaves_after_it_comes",
            ),
        ),
        migrations.AddConstraint(
            model_name="daystay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_alone", False), ("left_at", None), ("left_with", "")),
                    models.Q(("left_alone", True), ("left_at__isnull", False), ("left_with", "")),
                    models.Q(
                        ("left_alone", False),
                        ("left_at__isnull", False),
                        models.Q(("left_with", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="day_stay_leaves_with_somebody_or_alone",
            ),
        ),
    ]
