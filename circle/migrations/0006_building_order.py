from django.db import migrations
from django.db.models.functions import Length


class Migration(migrations.Migration):
    dependencies = [("circle", "0005_closures_of_some_hours")]

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
