import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("childcare", "0031_visits")]

    operations = [
        migrations.RemoveConstraint(
            model_name="application", name="application_offer_has_class_price_and_deadline"
        ),
        migrations.AddField(
            model_name="application",
            name="offer",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="childcare.offer",
                verbose_name="offer of a place",
            ),
        ),
    ]
