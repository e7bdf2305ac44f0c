from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0018_flow_of_each_item"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="objection",
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="objection"),
        ),
        migrations.AddField(
            model_name="booking",
            name="objected_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="objected at"),
        ),
        migrations.AddField(
            model_name="booking",
            name="objection_answer",
            field=models.CharField(
                blank=True, editable=False, max_length=120, verbose_name="answer to the objection"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=Q(objected_at__isnull=False) | Q(objection="", objection_answer=""),
                name="booking_objection_has_moment",
            ),
        ),
    ]
