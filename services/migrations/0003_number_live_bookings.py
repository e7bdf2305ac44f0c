from collections import Counter

from django.db import migrations


def number_live_bookings(apps, schema_editor):
    """The live bookings of a resident and day, in the order in which they were made."""
    bookings = apps.get_model("services", "Booking").objects
    seen = Counter()
    live = bookings.filter(status__in=["booked", "arrived"]).order_by("pk")
    for pk, *whose in live.values_list("pk", "resident", "day", "ordinal"):
        *person_and_day, ordinal = whose
        seen[*person_and_day] += 1
        if seen[*person_and_day] != ordinal:
            bookings.filter(pk=pk).update(ordinal=seen[*person_and_day])


class Migration(migrations.Migration):
    dependencies = [("services", "0002_booking_ordinal")]

    operations = [migrations.RunPython(number_live_bookings, migrations.RunPython.noop)]
