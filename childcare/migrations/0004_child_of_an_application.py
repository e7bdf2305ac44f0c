import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0003_one_application_per_child"),
        ("circle", "0015_notices_have_codes"),
    ]

    operations = [
        # Before the columns they are about: going back they come last, when the columns are filled again.
        migrations.RemoveConstraint(
            model_name="application",
            name="application_one_live_per_child",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_one_empty_draft",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_sent_in_is_complete",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_starts_after_birth",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_one_sent_per_child",
        ),
        migrations.AddField(
            model_name="application",
            name="born_year",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="application",
            name="child",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nursery_ways",
                to="circle.resident",
                verbose_name="child",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="entered_child",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
