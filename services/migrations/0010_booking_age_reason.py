from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0009_shift_terms")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="age_reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
        )
    ]
