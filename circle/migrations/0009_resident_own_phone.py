from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0008_posts_of_a_facility")]

    operations = [
        migrations.AddIndex(
            model_name="resident",
            index=models.Index(
                fields=["phone_index"],
                condition=models.Q(phone_index__isnull=False),
                name="resident_own_phone",
            ),
        ),
    ]
