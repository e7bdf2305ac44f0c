import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0012_chain_anchors")]

    operations = [
        # What is there already has been published; only what is written from now on begins as a draft.
        migrations.AddField(
            "notice",
            "status",
            models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                    ("expired", "expired"),
                ],
                default="published",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AlterField(
            "notice",
            "status",
            models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("published", "published"),
                    ("withdrawn", "withdrawn"),
                    ("expired", "expired"),
                ],
                default="draft",
                editable=False,
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            "notice",
            "status_at",
            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
        ),
        migrations.AddField(
            "notice",
            "reason",
            models.CharField(blank=True, editable=False, max_length=120, verbose_name="why it was withdrawn"),
        ),
        migrations.AddField(
            "notice",
            "short_code",
            models.CharField(editable=False, max_length=8, null=True, unique=True, verbose_name="short link"),
        ),
        migrations.AlterField(
            "notice",
            "is_pinned",
            models.BooleanField(default=False, editable=False, verbose_name="pinned to the top"),
        ),
    ]
