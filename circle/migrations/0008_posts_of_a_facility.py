import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("circle", "0007_alarms_about_adults")]

    operations = [
        migrations.AddField(
            model_name="staffpost",
            name="facility",
            field=models.ForeignKey(
                blank=True,
                help_text="Of the head or a nurse of one nursery among several: they see the matters of this one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="circle.facility",
                verbose_name="facility",
            ),
        ),
        migrations.RemoveConstraint(model_name="staffpost", name="staff_post_once"),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.UniqueConstraint(
                condition=Q(grid=None, building=None, firm=None, facility=None),
                fields=("community", "user", "role", "starts_on"),
                name="staff_post_once",
                violation_error_message="This post is already held from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "facility", "starts_on"),
                name="staff_post_once_per_facility",
                violation_error_message="This post is already held from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.CheckConstraint(
                condition=Q(facility=None) | Q(role__in=["nursery_head", "nurse"]),
                name="staff_post_facility_fits_its_role",
                violation_error_message="Only the head and the nurses of a nursery have a facility.",
            ),
        ),
    ]
