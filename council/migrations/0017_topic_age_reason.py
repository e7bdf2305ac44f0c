from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0016_waivers_and_paper_meetings"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="age_reason",
            field=models.CharField(blank=True, max_length=120, verbose_name="why outside the ages"),
        ),
    ]
