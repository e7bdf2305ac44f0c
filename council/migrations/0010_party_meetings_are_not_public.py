from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0009_party_bodies_show_decisions"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "party_joint"), ("visibility", "public"), _negated=True),
                name="body_party_meetings_are_not_public",
                violation_error_message="A joint Party-building meeting shows its decisions at most.",
            ),
        ),
    ]
