import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0009_application_channel"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassPrice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("cents", models.PositiveIntegerField(verbose_name="fee a month (fen)")),
                (
                    "source_zh",
                    models.CharField(max_length=120, verbose_name="where the fee comes from (Chinese)"),
                ),
                (
                    "source_en",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="where the fee comes from (English)"
                    ),
                ),
                (
                    "nursery_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="childcare.nurseryclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "price of a class",
                "verbose_name_plural": "prices of classes",
                "ordering": ["nursery_class", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("nursery_class", "valid_from"),
                        name="class_price_once_a_day",
                        violation_error_message="There is already a price from this day.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="offered_price",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="childcare.classprice",
                verbose_name="price offered",
            ),
        ),
        # So that the columns can come back when 0012 is taken back.
        migrations.AlterField(
            model_name="nurseryclass",
            name="fee_cents",
            field=models.PositiveIntegerField(default=0, verbose_name="fee a month (fen)"),
        ),
        migrations.AlterField(
            model_name="nurseryclass",
            name="fee_source_zh",
            field=models.CharField(
                default="", max_length=120, verbose_name="where the fee comes from (Chinese)"
            ),
        ),
    ]
