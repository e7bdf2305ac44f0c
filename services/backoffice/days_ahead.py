"""How far ahead an item can really be booked: as its own number says, or as far as its counters lay out."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from services.models import Counter, ServiceItem


def limits_of_counter(counter: Counter) -> list[str]:
    """Of the items that could be booked further ahead than this counter lays out."""
    items = counter.items.bookable().filter(book_days_ahead__gt=counter.days_ahead).order_by("code")
    return [limit_text(counter, item) for item in items]


def limits_of_item(item: ServiceItem) -> list[str]:
    if not item.is_bookable:
        return []
    counters = Counter.objects.working().filter(items=item, days_ahead__lt=item.book_days_ahead)
    return [limit_text(counter, item) for counter in counters.order_by("code")]


def limit_text(counter: Counter, item: ServiceItem) -> str:
    return gettext(
        "%(item)s can be booked %(days)s days ahead, but %(counter)s is laid out for %(less)s days only."
    ) % {
        "item": f"{item.code} {item.name}",
        "days": item.book_days_ahead,
        "counter": counter.name,
        "less": counter.days_ahead,
    }


def show_limits(request: HttpRequest, limits: Iterable[str]) -> None:
    for sentence in limits:
        messages.warning(request, sentence, "limits_days_ahead")
