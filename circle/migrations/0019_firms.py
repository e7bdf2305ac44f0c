import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0018_posts_to_the_residents_group")]

    operations = [
        migrations.CreateModel(
            name="Firm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_zh", models.CharField(max_length=80, verbose_name="name (Chinese)")),
                ("name_en", models.CharField(max_length=120, verbose_name="name (English)")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="firms",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
            ],
            options={
                "verbose_name": "firm",
                "verbose_name_plural": "firms",
                "ordering": ["community", "name_zh"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "name_zh"),
                        name="firm_once_in_a_community",
                        violation_error_message="This firm is already there.",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="staffpost", name="staff_post_limit_fits_its_role"),
        migrations.RemoveConstraint(model_name="staffpost", name="staff_post_once"),
        migrations.RenameField(model_name="staffpost", old_name="firm", new_name="firm_name"),
        migrations.AddField(
            model_name="staffpost",
            name="firm",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a property manager: they see the matters that are assigned to this firm.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="circle.firm",
                verbose_name="firm",
            ),
        ),
    ]
