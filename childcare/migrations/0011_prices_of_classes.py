from django.db import migrations
from django.db.models import Min


def copy_fees(apps, schema_editor):
    """The one known fee counts from the day on which the class, or its first place, began."""
    nursery_class = apps.get_model("childcare", "NurseryClass")
    price = apps.get_model("childcare", "ClassPrice")
    application = apps.get_model("childcare", "Application")
    for group in nursery_class.objects.annotate(first=Min("holders__offered_start_on")):
        row = price.objects.create(
            nursery_class=group,
            valid_from=min(group.starts_on, group.first or group.starts_on),
            cents=group.fee_cents,
            source_zh=group.fee_source_zh,
            source_en=group.fee_source_en,
        )
        application.objects.filter(offered_class=group).update(offered_price=row)


def restore_fees(apps, schema_editor):
    """The latest price of each class; earlier ones and those promised are lost."""
    nursery_class = apps.get_model("childcare", "NurseryClass")
    price = apps.get_model("childcare", "ClassPrice")
    apps.get_model("childcare", "Application").objects.update(offered_price=None)
    for group in nursery_class.objects.all():
        row = price.objects.filter(nursery_class=group).order_by("-valid_from").first()
        if row:
            nursery_class.objects.filter(pk=group.pk).update(
                fee_cents=row.cents, fee_source_zh=row.source_zh, fee_source_en=row.source_en
            )
    price.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("childcare", "0010_class_prices"),
    ]

    operations = [migrations.RunPython(copy_fees, restore_fees)]
