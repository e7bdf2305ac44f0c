from django.db import migrations

LIVE = ["requested", "confirmed", "assigned"]


def promise_two_carers_and_a_check(apps, schema_editor):
    """What the page of the bath has always said. Baths that are over stay as they were given."""
    kinds = apps.get_model("eldercare", "CareKind").objects
    kinds.filter(code="bathing").update(crew_size=2, needs_check=True, needs_trained_lead=True)
    kinds.filter(code="doctor").update(needs_trained_lead=True)
    bookings = apps.get_model("eldercare", "CareBooking").objects
    bookings.filter(kind__code="bathing", status__in=LIVE).update(crew_size=2, needs_check=True)


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0003_care_crew_and_check")]

    operations = [migrations.RunPython(promise_two_carers_and_a_check, migrations.RunPython.noop)]
