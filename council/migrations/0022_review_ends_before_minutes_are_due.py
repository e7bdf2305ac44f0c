from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """No release had `review_days` before this: there is no row that it refuses."""

    dependencies = [("council", "0021_review_days")]

    operations = [
        migrations.AddConstraint(
            model_name="bodyrule",
            constraint=models.CheckConstraint(
                condition=Q(review_days=0) | Q(review_days__lt=F("minutes_days")),
                name="bodyrule_review_ends_before_minutes_are_due",
                violation_error_code="review_too_long",
                violation_error_message="Minutes would still be in review on the day on which they have to be public.",
            ),
        ),
    ]
