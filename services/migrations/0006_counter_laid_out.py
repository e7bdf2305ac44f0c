from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0005_counter_shift")]

    operations = [
        migrations.AddField(
            model_name="counter",
            name="laid_out",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        )
    ]
