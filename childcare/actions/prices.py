"""What a class costs from a day on: set ahead, never overwritten."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.models import ClassPrice, NurseryClass, Offer
from circle.audit.log import record
from circle.models import User


@transaction.atomic
def set_price(
    *,
    nursery_class: NurseryClass,
    valid_from: dt.date,
    cents: int,
    source_zh: str,
    source_en: str,
    at: dt.datetime,
    by: User,
) -> ClassPrice:
    """The price of a class from that day until the next row; open offers and places stay at theirs.

    Refuses: price_past (before today, where the class has a price already), price_exists, source_missing.
    """
    if not source_zh.strip():
        raise ValidationError(_("Say where the fee comes from."), code="source_missing")
    earlier = ClassPrice.objects.filter(nursery_class=nursery_class)
    if valid_from < localdate(at) and earlier.exists():
        raise ValidationError(_("A price cannot change on a day that is over."), code="price_past")
    values = {"cents": cents, "source_zh": source_zh.strip(), "source_en": source_en.strip()}
    try:
        with transaction.atomic():
            price = ClassPrice.objects.create(nursery_class=nursery_class, valid_from=valid_from, **values)
    except IntegrityError as clash:
        raise ValidationError(_("There is already a price from this day."), code="price_exists") from clash
    record_price(price, "class_price_set", at, by)
    return price


@transaction.atomic
def drop_price(*, price: ClassPrice, at: dt.datetime, by: User) -> None:
    """Take a price back that has not begun and that no offer names.

    Refuses: price_in_force, price_promised.
    """
    if price.valid_from <= localdate(at):
        raise ValidationError(
            _("This price has begun. Set another one from a later day."), code="price_in_force"
        )
    # Locked against an offer that would name it: that offer locks the class first.
    list(NurseryClass.objects.filter(pk=price.nursery_class_id).select_for_update().values_list("pk"))
    if Offer.objects.filter(price=price).exists():
        raise ValidationError(_("An offer promises this price already."), code="price_promised")
    record_price(price, "class_price_dropped", at, by)
    ClassPrice.objects.filter(pk=price.pk).delete()


def record_price(price: ClassPrice, verb: str, at: dt.datetime, by: User) -> None:
    record(
        verb=verb,
        subject=price.nursery_class,
        community=price.nursery_class.community_id,
        at=at,
        actor=by,
        price=price.pk,
        valid_from=price.valid_from.isoformat(),
        cents=price.cents,
    )


def price_on(nursery_class: NurseryClass, day: dt.date) -> ClassPrice:
    """Refuses: price_missing."""
    found = ClassPrice.objects.filter(nursery_class=nursery_class).in_force(day).first()
    if found is None:
        raise ValidationError(_("Set the price of this class first."), code="price_missing")
    return found
