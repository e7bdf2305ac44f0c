from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0007_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="body",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("public", "public"),
                    ("decisions", "only its decisions, once the minutes are published"),
                    ("closed", "closed"),
                ],
                default="public",
                help_text=(
                    "Of a closed body nothing is published. A joint Party-building meeting is not public."
                ),
                max_length=9,
                verbose_name="what the public sees of its meetings",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
