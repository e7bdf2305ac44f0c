import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The fields come from circle/booking/appointments.py; the table stays as it is."""

    dependencies = [("services", "0011_residence_rule")]

    operations = [
        migrations.AlterField(
            model_name="booking",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="circle.community",
                verbose_name="community",
            ),
        ),
        migrations.AlterField(
            model_name="booking",
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
        migrations.AlterField(
            model_name="booking",
            name="resident",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="circle.resident",
                verbose_name="resident",
            ),
        ),
    ]
