from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0008_counter_closure")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="age_reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
        )
    ]
