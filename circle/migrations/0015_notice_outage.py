from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("circle", "0014_alarm_facility")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="buildings",
            field=models.ManyToManyField(
                blank=True,
                help_text="None means all of them.",
                related_name="notices",
                to="circle.building",
                verbose_name="buildings that it is about",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="outage_from",
            field=models.DateTimeField(blank=True, null=True, verbose_name="something is off from"),
        ),
        migrations.AddField(
            model_name="notice",
            name="outage_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then it stands in red on the home page of who lives there.",
                null=True,
                verbose_name="off until",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=Q(outage_from=None, outage_until=None)
                | Q(outage_from__isnull=False, outage_until__isnull=False, outage_until__gt=F("outage_from")),
                name="notice_outage_ends_after_it_begins",
                violation_error_message="Give both times of the outage, the later one second.",
            ),
        ),
    ]
