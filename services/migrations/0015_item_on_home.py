from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0014_hall_waiting"),
    ]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="is_on_home",
            field=models.BooleanField(
                default=False,
                help_text="With a link that leads to its times at once.",
                verbose_name="on the home page",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceitem",
            constraint=models.CheckConstraint(
                condition=Q(is_on_home=False) | Q(is_bookable=True),
                name="service_item_on_home_can_be_booked",
                violation_error_message="Only what can be booked online stands on the home page.",
            ),
        ),
    ]
