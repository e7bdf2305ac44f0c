import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("circle", "0020_surveys"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="community",
                name=name,
                field=models.CharField(blank=True, max_length=length, verbose_name=label),
            )
            for name, length, label in (
                ("province_zh", 40, "province (Chinese)"),
                ("province_en", 60, "province (English)"),
                ("city_zh", 40, "city (Chinese)"),
                ("city_en", 60, "city (English)"),
            )
        ),
        migrations.AddField(
            model_name="community",
            name="postal_code",
            field=models.CharField(
                blank=True,
                max_length=6,
                validators=[
                    django.core.validators.RegexValidator("^[0-9]{6}\\Z", "Six digits, such as 550081.")
                ],
                verbose_name="postal code",
            ),
        ),
    ]
