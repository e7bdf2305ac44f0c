from django.db import migrations, models
from django.db.models import Q

import circle.identifiers.public_codes


class Migration(migrations.Migration):
    dependencies = [("eldercare", "0020_visit_volunteers")]

    operations = [
        migrations.AddField(
            "volunteer",
            "number",
            models.CharField("staff number", max_length=8, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AlterField(
            "volunteer",
            "number",
            models.CharField(
                default=circle.identifiers.public_codes.short_code,
                editable=False,
                max_length=8,
                verbose_name="staff number",
            ),
        ),
        migrations.AddConstraint(
            "volunteer",
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="volunteer_number_once"),
        ),
    ]
