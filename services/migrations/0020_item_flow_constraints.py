from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("services", "0019_no_show_objections")]

    operations = [
        migrations.AddConstraint(
            model_name="serviceitem",
            constraint=models.CheckConstraint(
                condition=Q(is_bookable=False)
                | Q(flow__in=["booking", "agency", "certificate"], visits__gte=1),
                name="service_item_booked_at_the_window",
                violation_error_message="A time can be booked only for what is done at the window, with one visit or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceitem",
            constraint=models.CheckConstraint(
                condition=Q(flow="page") ^ Q(flow_pages=""),
                name="service_item_pages_of_its_flow",
                violation_error_message="Name the page on which it is done, and only where there is one.",
            ),
        ),
    ]
