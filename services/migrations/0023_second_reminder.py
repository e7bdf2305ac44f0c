from django.db import migrations, models


class Migration(migrations.Migration):
    """A second reminder two hours before, where the item asks for it."""

    dependencies = [("services", "0022_special_registers")]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="reminds_again",
            field=models.BooleanField(
                default=False,
                help_text="Besides the reminder of the day before; each text message costs the community.",
                verbose_name="reminds once more two hours before",
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="reminded_again_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="reminded two hours before"
            ),
        ),
    ]
