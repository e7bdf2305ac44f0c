import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("council", "0020_papers_and_proposals")]

    operations = [
        migrations.AddField(
            model_name="bodyrule",
            name="review_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="So many days minutes stay in review before they can be approved; 0: no fixed time.",
                validators=[django.core.validators.MaxValueValidator(30)],
                verbose_name="days to ask for amendments",
            ),
        ),
    ]
