from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0003_number_live_bookings")]

    operations = [
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["booked", "arrived"])),
                fields=("resident", "day", "ordinal"),
                name="booking_ordinal_once_a_day",
                violation_error_message="There is already a booking for this person, item and day.",
            ),
        )
    ]
