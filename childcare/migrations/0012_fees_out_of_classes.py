from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0011_prices_of_classes"),
    ]

    operations = [
        migrations.RemoveField(model_name="nurseryclass", name="fee_cents"),
        migrations.RemoveField(model_name="nurseryclass", name="fee_source_zh"),
        migrations.RemoveField(model_name="nurseryclass", name="fee_source_en"),
        migrations.RemoveConstraint(
            model_name="application", name="application_offer_has_class_and_deadline"
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=~Q(status__in=["offered", "accepted", "enrolled"])
                | Q(
                    offered_class__isnull=False,
                    offered_start_on__isnull=False,
                    offered_price__isnull=False,
                    offer_expires_at__isnull=False,
                ),
                name="application_offer_has_class_price_and_deadline",
                violation_error_message="An offer names a class, a first day, a price and a deadline.",
            ),
        ),
    ]
