from django.db import migrations
from django.db.models.functions import Length


class Migration(migrations.Migration):
    dependencies = [("circle", "0003_last_tick")]

    operations = [
        migrations.AlterModelOptions(
            name="building",
            options={
                "ordering": ["community", Length("code"), "code"],
                "verbose_name": "building",
                "verbose_name_plural": "buildings",
            },
        )
    ]
