"""What was given in a month, by elder, kind and who pays, with the price of each day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from circle.models import Community, Resident
from eldercare.models import CareBooking, CareKind, CarePrice, RiskTag
from eldercare.models.bookings import OPEN_DISPUTE

ELDER = "elder"
HOUR = 60  # minutes; also of care without a usual length


@dataclass(frozen=True)
class SettlementLine:
    """Of one elder, kind, payer and price row. Without a price nothing is charged until one is entered."""

    elder: Resident
    kind: CareKind
    payer: str  # ELDER, or a funder
    price: CarePrice | None
    visits: int
    minutes: int
    cents: int | None

    @property
    def each_cents(self) -> int | None:
        if self.price is None:
            return None
        return self.price.elder_cents if self.payer == ELDER else self.price.funder_cents


@dataclass(frozen=True)
class Settlement:
    lines: list[SettlementLine]
    disputed: int  # which the elder says were not given so: in no line

    @property
    def cents(self) -> dict[str, int]:
        """The sum of each payer; no line without a price is in it."""
        sums: dict[str, int] = defaultdict(int)
        for line in self.lines:
            sums[line.payer] += line.cents or 0
        return dict(sums)

    @property
    def without_price(self) -> int:
        return sum(line.visits for line in self.lines if line.price is None)


def settle_month(community: Community, first: dt.date, last: dt.date) -> Settlement:
    """What is done, of these days; what was stopped for safety costs nothing. Four queries."""
    done = CareBooking.objects.filter(
        community=community, status=CareBooking.Status.DONE, day__range=(first, last)
    )
    shown = done.given().select_related("kind", "slot", "resident__building")
    bookings = list(shown.order_by("resident__name", "resident", "kind__order", "kind", "day", "pk"))
    prices = prices_by_kind(community, last)
    reasons = reasons_of({booking.resident_id for booking in bookings}, first, last)
    groups: dict[tuple[int, int, str, int | None], list[CareBooking]] = defaultdict(list)
    rows: dict[int | None, CarePrice | None] = {None: None}
    for booking in bookings:
        price = price_of(booking, prices[booking.kind_id], reasons[booking.resident_id])
        rows[price.pk if price else None] = price
        for payer in payers_of(price):
            key = (booking.resident_id, booking.kind_id, payer, price.pk if price else None)
            groups[key].append(booking)
    lines = [line_of(given, key[2], rows[key[3]]) for key, given in groups.items()]
    return Settlement(lines, done.filter(OPEN_DISPUTE).count())


def prices_by_kind(community: Community, last: dt.date) -> dict[int, list[CarePrice]]:
    """The latest first."""
    found: dict[int, list[CarePrice]] = defaultdict(list)
    rows = CarePrice.objects.filter(kind__community=community, valid_from__lte=last)
    for row in rows.order_by("-valid_from", "pk"):
        found[row.kind_id].append(row)
    return found


def reasons_of(people: set[int], first: dt.date, last: dt.date) -> dict[int, list[RiskTag]]:
    found: dict[int, list[RiskTag]] = defaultdict(list)
    held = RiskTag.objects.filter(Q(until=None) | Q(until__gte=first), since__lte=last, resident__in=people)
    for tag in held:
        found[tag.resident_id].append(tag)
    return found


def price_of(booking: CareBooking, prices: Iterable[CarePrice], tags: Iterable[RiskTag]) -> CarePrice | None:
    """In force on the day of the care: of the reasons that held then the cheapest for the elder."""
    day = booking.day
    if day is None:
        return None
    held = {tag.kind for tag in tags if tag.since <= day <= (tag.until or day)}
    newest: dict[str, CarePrice] = {}
    for price in prices:
        if price.valid_from <= day and (not price.reason or price.reason in held):
            newest.setdefault(price.reason, price)
    own = [price for reason, price in newest.items() if reason]
    return min(own, key=lambda price: (price.elder_cents, price.pk), default=newest.get(""))


def payers_of(price: CarePrice | None) -> list[str]:
    return [ELDER, price.funder] if price and price.funder else [ELDER]


def line_of(given: list[CareBooking], payer: str, price: CarePrice | None) -> SettlementLine:
    minutes = [minutes_of(booking) for booking in given]
    cents = None
    if price:
        each = price.elder_cents if payer == ELDER else price.funder_cents
        cents = sum(amount(each, price.unit, length) for length in minutes)
    first = given[0]
    return SettlementLine(first.resident, first.kind, payer, price, len(given), sum(minutes), cents)


def minutes_of(booking: CareBooking) -> int:
    """As it was booked: who works faster or slower changes no bill."""
    if booking.slot:
        return int((booking.slot.ends_at - booking.slot.starts_at).total_seconds()) // 60
    return booking.kind.minutes or HOUR


def amount(cents: int, unit: str, minutes: int) -> int:
    """Of one visit, in whole fen."""
    if unit == CarePrice.Unit.VISIT:
        return cents
    return int((Decimal(cents) * minutes / HOUR).quantize(Decimal(1), ROUND_HALF_UP))
