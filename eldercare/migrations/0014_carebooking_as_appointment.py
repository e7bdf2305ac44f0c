import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

LIVE = ["requested", "confirmed", "assigned", "in_service"]


class Migration(migrations.Migration):
    """The fields come from circle/booking/appointments.py; the table stays as it is, with its column elder_id.

    The constraints name the column's field, so they are named anew as well: in the state alone.
    """

    dependencies = [("eldercare", "0013_certificates")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("carebooking", "care_booking_one_live_per_day"),
                migrations.RemoveConstraint("carebooking", "care_booking_one_open_wish"),
                migrations.RemoveConstraint("carebooking", "care_booking_one_live_per_time"),
                migrations.RenameField("carebooking", "elder", "resident"),
                migrations.AlterField(
                    model_name="carebooking",
                    name="resident",
                    field=models.ForeignKey(
                        db_column="elder_id",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="circle.resident",
                        verbose_name="elder",
                    ),
                ),
                migrations.AddConstraint(
                    "carebooking",
                    models.UniqueConstraint(
                        fields=["resident", "kind", "day"],
                        condition=Q(status__in=LIVE),
                        name="care_booking_one_live_per_day",
                        violation_error_message=(
                            "This kind of care is already arranged for this person and day."
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    "carebooking",
                    models.UniqueConstraint(
                        fields=["resident", "kind"],
                        condition=Q(status="requested", day=None),
                        name="care_booking_one_open_wish",
                        violation_error_message="A request of this kind is already waiting for this person.",
                    ),
                ),
                migrations.AddConstraint(
                    "carebooking",
                    models.UniqueConstraint(
                        fields=["resident", "starts_at"],
                        condition=Q(status__in=LIVE),
                        name="care_booking_one_live_per_time",
                        violation_error_message="Something else is booked for this person at this time.",
                    ),
                ),
            ]
        ),
        migrations.AlterField(
            model_name="carebooking",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="circle.community",
                verbose_name="community",
            ),
        ),
        migrations.AlterField(
            model_name="carebooking",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="circle.mandate",
                verbose_name="mandate",
            ),
        ),
    ]
