import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself: PostgreSQL alters no table in the transaction that has filled it."""

    dependencies = [("council", "0024_fill_stations_of_topics")]

    operations = [
        migrations.AlterField(
            model_name="topic",
            name="body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="topics",
                to="council.body",
                verbose_name="body",
            ),
        ),
    ]
