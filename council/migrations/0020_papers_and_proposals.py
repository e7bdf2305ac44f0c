import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import council.models.papers


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0019_amendments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="minutes_of",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approved_under",
                to="council.meeting",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="times_put_off",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times put off"),
        ),
        migrations.AddField(
            model_name="resolution",
            name="second",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_zh", models.CharField(max_length=120, verbose_name="title (Chinese)")),
                ("title_en", models.CharField(blank=True, max_length=180, verbose_name="title (English)")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "DOCX")], max_length=4, verbose_name="kind"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120, upload_to=council.models.papers.file_path, verbose_name="file"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circle.community",
                        verbose_name="community",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="council.agendaitem",
                        verbose_name="agenda item",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="council.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a meeting",
                "verbose_name_plural": "papers of meetings",
                "ordering": ["meeting", "item__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "sha256"),
                        name="paper_once_in_a_meeting",
                        violation_error_message="This file is with the meeting already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 10485760)),
                        name="paper_is_not_too_large",
                    ),
                ],
            },
        ),
    ]
