import datetime as dt

from django.db import migrations
from django.db.models import Q

STATUS = {"offered": "pending", "declined": "declined", "lapsed": "lapsed"} | dict.fromkeys(
    ["accepted", "enrolled", "withdrawn", "left"], "accepted"
)


def name_offers(apps, schema_editor):
    """Each application names its last offer. Before 0018 there were none: what its own columns say of one that
    has ended, or that got no seat in 0019, is written down."""
    offers = apps.get_model("childcare", "Offer").objects
    rows = apps.get_model("childcare", "Application").objects
    incomplete = Q(offered_price=None) | Q(offered_start_on=None) | Q(offer_expires_at=None)
    placed = rows.filter(offered_class__isnull=False, status__in=STATUS).exclude(incomplete)
    for row in placed.order_by("pk"):
        offer = offers.filter(application=row).order_by("made_at", "pk").last()
        if offer:  # as it was promised, and the child has changed class since
            offer.nursery_class_id = row.offered_class_id
            offer.save(update_fields=["nursery_class"])
        rows.filter(pk=row.pk).update(offer=offer or write_offer(offers, row))


def write_offer(offers, row):
    status = STATUS[row.status]
    return offers.create(
        application=row,
        nursery_class_id=row.offered_class_id,
        price_id=row.offered_price_id,
        starts_on=row.offered_start_on,
        made_at=min(row.status_at, row.offer_expires_at - dt.timedelta(minutes=1)),
        expires_at=row.offer_expires_at,
        status=status,
        ended_at=None if status == "pending" else row.status_at,
    )


def copy_offers(apps, schema_editor):
    rows = apps.get_model("childcare", "Application").objects
    for row in rows.exclude(offer=None).select_related("offer"):
        rows.filter(pk=row.pk).update(
            offered_class=row.offer.nursery_class_id,
            offered_price=row.offer.price_id,
            offered_start_on=row.offer.starts_on,
            offer_expires_at=row.offer.expires_at,
        )


class Migration(migrations.Migration):
    dependencies = [("childcare", "0032_offer_of_an_application")]

    operations = [migrations.RunPython(name_offers, copy_offers)]
