import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0008_counter_closure"),
    ]

    operations = [
        migrations.AddField(
            model_name="countershift",
            name="counter_places",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="places for phone and window in each slot"
            ),
        ),
        migrations.AddField(
            model_name="countershift",
            name="online_places",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="places online in each slot"
            ),
        ),
        migrations.AddField(
            model_name="countershift",
            name="slot_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(5),
                    django.core.validators.MaxValueValidator(240),
                ],
                verbose_name="minutes for one slot",
            ),
        ),
    ]
