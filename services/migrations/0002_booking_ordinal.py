from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="ordinal",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        )
    ]
