from django.db import migrations
from django.db.models.functions import Greatest


def set_flows(apps, schema_editor):
    """As the pages of the items said until now; who books a time comes at least once."""
    items = apps.get_model("services", "ServiceItem").objects
    items.filter(has_agency=True).update(flow="agency")
    items.filter(has_agency=False, is_bookable=True).update(flow="booking")
    items.filter(is_bookable=True).update(visits=Greatest("visits", 1))


class Migration(migrations.Migration):
    dependencies = [("services", "0017_times_in_a_row")]

    operations = [migrations.RunPython(set_flows, migrations.RunPython.noop)]
