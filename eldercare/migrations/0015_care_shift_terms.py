from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("eldercare", "0014_carebooking_as_appointment"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="careshift",
            options={
                "ordering": ["kind", "weekday", "date", "opens"],
                "verbose_name": "shift",
                "verbose_name_plural": "shifts",
            },
        ),
        migrations.RemoveConstraint(
            model_name="careshift",
            name="care_shift_once",
        ),
        migrations.RemoveConstraint(
            model_name="careshift",
            name="care_shift_ends_after_it_begins",
        ),
        migrations.AddField(
            model_name="carekind",
            name="laid_out",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="carekind",
            name="places",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="Then it is booked whenever its place is open, for the usual length each time.",
                verbose_name="places at a time, without shifts of its own",
            ),
        ),
        migrations.AddField(
            model_name="careshift",
            name="date",
            field=models.DateField(blank=True, null=True, verbose_name="or on this date alone"),
        ),
        migrations.AddField(
            model_name="careshift",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="from"),
        ),
        migrations.AddField(
            model_name="careshift",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="careshift",
            name="weekday",
            field=models.PositiveSmallIntegerField(
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
        migrations.AddConstraint(
            model_name="careshift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date__isnull", False), ("weekday", None)),
                    models.Q(("date", None), ("weekday__isnull", False)),
                    _connector="OR",
                ),
                name="eldercare_careshift_weekday_or_date",
                violation_error_message="Say the weekday, or one date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="careshift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from", None),
                    ("valid_until", None),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="eldercare_careshift_ends_after_it_begins",
                violation_error_message="The last day cannot lie before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="careshift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("date", None), ("valid_from", None)),
                fields=("kind", "weekday", "opens"),
                name="care_shift_once_a_week",
                violation_error_message="There is already a shift that begins then.",
            ),
        ),
        migrations.AddConstraint(
            model_name="careshift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("date__isnull", False)),
                fields=("kind", "date", "opens"),
                name="care_shift_once_on_a_date",
                violation_error_message="There is already a shift that begins then.",
            ),
        ),
    ]
