"""Messages of each month by channel, and what its text messages cost by the price of their day."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from circle.calendar.rule_numbers import Bounds
from circle.calendar.working_days import SHANGHAI
from circle.models import Message, Rule

RULE = "text_message_price"  # {"yuan_per_thousand": 45}; each of ours fits into one part
BOUNDS: Bounds = {"yuan_per_thousand": (0, 10_000)}


@dataclass
class MonthOfMessages:
    """Counts by channel of what was sent or told, and of what could not be delivered.

    `cost` in yuan; None where a text message went out on a day for which no price is entered.
    """

    first: dt.date
    sent: Counter[str] = field(default_factory=Counter)
    undelivered: int = 0
    cost: Decimal | None = Decimal(0)
    is_verified: bool = True

    def add(self, channel: str, count: int, price: Rule | None) -> None:
        self.sent[channel] += count
        if channel != Message.Channel.SMS:
            return
        self.is_verified = self.is_verified and bool(price and price.is_verified)
        if price is None or self.cost is None:
            self.cost = None
        else:
            self.cost += Decimal(count * price.params["yuan_per_thousand"]) / 1000


def message_figures(rows: "QuerySet[Message]") -> list[MonthOfMessages]:
    """The months in which any of these messages went out or was given up, the latest first; three queries."""
    months: dict[dt.date, MonthOfMessages] = {}
    prices = list(Rule.objects.filter(kind=RULE).order_by("-valid_from"))
    for day, channel, count in counts_by_day(rows.filter(status=Message.Status.SENT), "sent_at"):
        month_of(months, day).add(channel, count, price_on(prices, day))
    for day, _channel, count in counts_by_day(rows.filter(status=Message.Status.DEAD), "due_at"):
        month_of(months, day).undelivered += count
    return [months[first] for first in sorted(months, reverse=True)]


def counts_by_day(rows: "QuerySet[Message]", moment: str) -> "QuerySet[Message, tuple[dt.date, str, int]]":
    by_day = rows.order_by().annotate(on=TruncDate(moment, tzinfo=SHANGHAI))
    return by_day.values_list("on", "channel").annotate(Count("pk"))


def month_of(months: dict[dt.date, MonthOfMessages], day: dt.date) -> MonthOfMessages:
    first = day.replace(day=1)
    return months.setdefault(first, MonthOfMessages(first))


def price_on(prices: Sequence[Rule], day: dt.date) -> Rule | None:
    return next((price for price in prices if price.valid_from <= day), None)
