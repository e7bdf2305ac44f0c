from django.db import migrations, models

import circle.codes


class Migration(migrations.Migration):
    dependencies = [("circle", "0014_codes_of_notices_and_messages")]

    operations = [
        migrations.AlterField(
            "notice",
            "short_code",
            models.CharField(
                default=circle.codes.short_code,
                editable=False,
                max_length=8,
                unique=True,
                verbose_name="short link",
            ),
        ),
    ]
