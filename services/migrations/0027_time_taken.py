from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0026_papers_sent"),
    ]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="measured_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="measured on"),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="time_taken",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="time taken"),
        ),
    ]
