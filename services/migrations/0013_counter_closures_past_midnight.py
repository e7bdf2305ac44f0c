import datetime as dt

from django.db import migrations, models

CONDITION = (
    models.Q(("from_time", None), ("until_time", None))
    | models.Q(
        ("from_time__isnull", False), ("until_time__gt", models.F("from_time")), ("until_time__isnull", False)
    )
    | models.Q(
        ("from_time__gte", dt.time(12)),
        ("from_time__isnull", False),
        ("until_time__isnull", False),
        ("until_time__lt", dt.time(12)),
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0012_booking_as_appointment"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="counterclosure", name="counterclosure_has_both_times"),
        migrations.AddConstraint(
            model_name="counterclosure",
            constraint=models.CheckConstraint(
                condition=CONDITION,
                name="counterclosure_has_both_times",
                violation_error_message="Give both times or none; the second after the first, or on the next morning.",
            ),
        ),
    ]
