from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0025_errands_online"),
    ]

    operations = [
        migrations.AddField(
            model_name="agencycase",
            name="supplied_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="missing papers sent at"),
        ),
        migrations.AddConstraint(
            model_name="agencycase",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "supplement"), ("supplied_at", None), _connector="OR"),
                name="agency_case_sent_while_missing",
            ),
        ),
    ]
