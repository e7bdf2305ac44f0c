from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0008_fill_asks_address")]

    operations = [
        migrations.AddField(
            model_name="carebooking",
            name="age_reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
        )
    ]
