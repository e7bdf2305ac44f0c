from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0009_care_in_service")]

    operations = [
        migrations.AddField(
            model_name="carebooking",
            name="age_reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
        )
    ]
