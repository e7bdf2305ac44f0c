from django.db import migrations, models

SEATS = [
    ("resident", "residents' representative"),
    ("committee", "neighbourhood committee"),
    ("owners", "owners' committee"),
    ("property", "property manager"),
    ("party", "Party branch"),
    ("unit", "local unit"),
    ("observer", "observer"),
]
MOVED = [
    "seats",
    "quorum_num",
    "quorum_den",
    "quorum_base",
    "quorum_is_strict",
    "pass_num",
    "pass_den",
    "pass_base",
    "pass_is_strict",
    "source_zh",
    "source_en",
    "is_verified",
]


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0003_fill_rules_and_seats_of_meetings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="seat",
            field=models.CharField(choices=SEATS, max_length=12, verbose_name="seat"),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="is_voting",
            field=models.BooleanField(verbose_name="votes"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["planned", "call_open", "cancelled"]))
                | models.Q(("rule__isnull", False)),
                name="meeting_noticed_has_its_rule",
                violation_error_message="Its body has no rule yet for that day.",
            ),
        ),
        migrations.RemoveConstraint(model_name="body", name="body_shares_are_shares"),
        # With a value for the rows that are there, so that it can be put back.
        migrations.AlterField(
            model_name="body",
            name="seats",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="voting seats by the statutes"),
        ),
        *(migrations.RemoveField(model_name="body", name=name) for name in MOVED),
    ]
