from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0029_rooms_by_the_hour"),
    ]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, default=timezone.now, verbose_name="last changed"),
            preserve_default=False,
        ),
    ]
