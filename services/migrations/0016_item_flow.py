from django.db import migrations, models

FLOWS = [
    ("booking", "a time at the window is booked"),
    ("page", "on a page of the portal"),
    ("spot", "come by, no booking"),
    ("agency", "we do the errands: window and phone"),
    ("register", "staff enter it in a register"),
    ("certificate", "a certificate is made out at the window"),
    ("phone", "by phone"),
]


class Migration(migrations.Migration):
    dependencies = [("services", "0015_item_on_home")]

    operations = [
        migrations.AddField(
            model_name="serviceitem",
            name="flow",
            field=models.CharField(
                choices=FLOWS, default="spot", max_length=12, verbose_name="how it is done"
            ),
        ),
        migrations.AddField(
            model_name="serviceitem",
            name="flow_pages",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Pages of the other parts of the portal on which it is done.",
                max_length=80,
                verbose_name="its pages",
            ),
            preserve_default=False,
        ),
    ]
