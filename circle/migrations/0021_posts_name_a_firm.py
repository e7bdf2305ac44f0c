from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circle", "0020_firms_of_posts")]

    operations = [
        migrations.RemoveField(model_name="staffpost", name="firm_name"),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.UniqueConstraint(
                condition=models.Q(("building", None), ("firm", None), ("grid", None)),
                fields=("community", "user", "role", "starts_on"),
                name="staff_post_once",
                violation_error_message="This post is already held from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.UniqueConstraint(
                fields=("user", "firm", "starts_on"),
                name="staff_post_once_per_firm",
                violation_error_message="This post is already held from that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="staffpost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("grid", None)),
                        models.Q(("building", None)),
                        models.Q(("firm", None)),
                        models.Q(
                            ("role__in", ["grid_worker", "building_head", "property_manager"]), _negated=True
                        ),
                    ),
                    models.Q(
                        models.Q(("building", None)),
                        models.Q(("firm", None)),
                        ("role", "grid_worker"),
                        models.Q(("grid", None), _negated=True),
                    ),
                    models.Q(
                        models.Q(("grid", None)),
                        models.Q(("firm", None)),
                        ("role", "building_head"),
                        models.Q(("building", None), _negated=True),
                    ),
                    models.Q(
                        models.Q(("grid", None)),
                        models.Q(("building", None)),
                        ("role", "property_manager"),
                        models.Q(("firm", None), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="staff_post_limit_fits_its_role",
                violation_error_message="A grid worker needs a grid, the head of a building a building, a property manager a firm; no other role has one.",
            ),
        ),
    ]
