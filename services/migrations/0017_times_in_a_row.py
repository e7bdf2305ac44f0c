from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0016_item_flow"),
    ]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="times_in_a_row",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="2 for a room that one person may have for two hours running.",
                validators=[MinValueValidator(1), MaxValueValidator(12)],
                verbose_name="times in a row for one person on one day",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceitem",
            constraint=models.CheckConstraint(
                condition=Q(times_in_a_row__gte=1), name="service_item_at_least_one_time"
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="item_ordinal",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.RemoveConstraint(model_name="booking", name="booking_one_live_per_day"),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=Q(status__in=["booked", "arrived"]),
                fields=("resident", "item", "day", "item_ordinal"),
                name="booking_one_live_per_day",
                violation_error_message="There is already a booking for this person, item and day.",
            ),
        ),
    ]
