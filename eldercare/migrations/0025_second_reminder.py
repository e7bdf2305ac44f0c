from django.db import migrations, models


class Migration(migrations.Migration):
    """A second reminder two hours before, where the kind of care asks for it."""

    dependencies = [("eldercare", "0024_care_workers_and_wishes")]

    operations = [
        migrations.AddField(
            model_name="carekind",
            name="reminds_again",
            field=models.BooleanField(
                default=False,
                help_text="Besides the reminder of the day before; each text message costs the community.",
                verbose_name="reminds once more two hours before",
            ),
        ),
        migrations.AddField(
            model_name="carebooking",
            name="reminded_again_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="reminded two hours before"
            ),
        ),
    ]
