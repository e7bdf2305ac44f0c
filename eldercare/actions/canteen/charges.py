"""Lines of meal money: made once the day of the meal is over, and corrected by further lines only."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import F, Sum

from circle.audit.log import record
from circle.calendar.working_days import ONE_DAY
from circle.models import Community, Resident, User
from circle.models.guardians import age_in_years
from eldercare.actions.bookings import day_of
from eldercare.actions.canteen.shares import MealPrice, Share, share_out
from eldercare.models import MealCharge, MealOrder, MealSubsidy, RiskTag
from eldercare.models.canteen import Meal, Way

BACK = 62  # days of which the clock still makes first lines


def schemes_for(resident: Resident, day: dt.date) -> list[MealSubsidy]:
    """By the age on the day of the meal and the reasons that hold on it.

    Whoever has no home registered here pays the full price.
    """
    if resident.building_id is None or resident.born_on is None:
        return []
    age = age_in_years(resident.born_on, day)
    tags = RiskTag.objects.filter(resident=resident, since__lte=day)
    reasons = {tag.kind for tag in tags if tag.until is None or tag.until >= day}
    return [
        row
        for row in MealSubsidy.objects.in_force(resident.community_id, day)
        if (row.from_age is None or age >= row.from_age)
        and (row.to_age is None or age <= row.to_age)
        and (not row.reason or row.reason in reasons)
    ]


def used_in_year(resident: Resident, day: dt.date) -> dict[int, int]:
    """What each scheme has paid for other days of the year; rows of one scheme are one purse."""
    lines = MealCharge.objects.filter(order__resident=resident, day__year=day.year).exclude(day=day)
    paid: dict[str, int] = defaultdict(int)
    for code, cents in (
        lines.order_by()
        .values("scheme__code")
        .annotate(cents=Sum(F("sign") * F("subsidy_cents")))
        .values_list("scheme__code", "cents")
    ):
        paid[code] += cents
    rows = MealSubsidy.objects.filter(community=resident.community_id).values_list("pk", "code")
    return {pk: paid[code] for pk, code in rows if code in paid}


@transaction.atomic
def charge_day(*, resident: Resident, day: dt.date, at: dt.datetime, by: User | None = None) -> int:
    """Bring the lines of this person's meals of the day in line with what is known now; how many were added.

    What differs is taken back by a line of its own and written anew; without a difference nothing is added.
    """
    # Locked, so that two who reckon the same day, or two days under one cap, do so one after the other.
    Resident.objects.select_for_update(no_key=True, of=("self",)).get(pk=resident.pk)
    orders = list(MealOrder.objects.filter(resident=resident, day=day).prefetch_related("charges"))
    orders.sort(key=lambda order: (Meal.values.index(order.meal), order.pk))
    kept = [order for order in orders if order.status not in MealOrder.FREED]
    meals = [
        MealPrice(order.pk, order.price_cents, order.portions, order.way == Way.DELIVERY) for order in kept
    ]
    shares = share_out(meals, schemes_for(resident, day), used_in_year(resident, day)) if meals else []
    wanted = {share.key: share for share in shares}
    added = [line for order in orders for line in lines_to_add(order, wanted.get(order.pk), at, by)]
    MealCharge.objects.bulk_create(added)
    if added and by:
        record(
            verb="meal_charges_corrected",
            subject=resident,
            community=resident.community_id,
            at=at,
            actor=by,
            day=day.isoformat(),
            lines=len(added),
        )
    return len(added)


def lines_to_add(order: Any, share: Share | None, at: dt.datetime, by: User | None) -> list[MealCharge]:
    lines = sorted(order.charges.all(), key=lambda line: line.number)
    last = lines[-1] if lines and lines[-1].sign > 0 else None
    if last and share and is_same(last, share):
        return []
    common: dict[str, Any] = {
        "community_id": order.community_id,
        "order": order,
        "day": order.day,
        "at": at,
        "by": by,
    }
    added, number = [], len(lines)
    if last:
        number += 1
        amounts = {name: getattr(last, name) for name in ("price_cents", "subsidy_cents", "own_cents")}
        added.append(MealCharge(**common, number=number, sign=-1, scheme_id=last.scheme_id, **amounts))
    if share:
        added.append(
            MealCharge(
                **common,
                number=number + 1,
                sign=1,
                price_cents=share.price,
                subsidy_cents=share.subsidy,
                own_cents=share.own,
                scheme_id=share.scheme,
            )
        )
    return added


def is_same(line: MealCharge, share: Share) -> bool:
    return (line.price_cents, line.subsidy_cents, line.scheme_id) == (
        share.price,
        share.subsidy,
        share.scheme,
    )


def charge_due(*, at: dt.datetime) -> int:
    """First lines of the days that are over; returns how many were added. A second run adds none."""
    today = day_of(at)
    rows = MealOrder.objects.filter(day__lt=today, day__gte=today - BACK * ONE_DAY, charges=None)
    due = rows.exclude(status__in=MealOrder.FREED).filter(resident__is_nobody=False)
    days = due.order_by("day", "resident").values_list("day", "resident").distinct()
    people = {person.pk: person for person in Resident.objects.filter(pk__in={pk for _day, pk in days})}
    return sum(charge_day(resident=people[pk], day=day, at=at) for day, pk in days)


def correct_month(*, community: Community, first: dt.date, last: dt.date, at: dt.datetime, by: User) -> int:
    """Reckon the days of a month that are over anew, such as after a wrong age; how many lines were added."""
    orders = MealOrder.objects.filter(
        community=community, day__range=(first, min(last, day_of(at) - ONE_DAY))
    )
    days = orders.filter(resident__is_nobody=False).order_by("day", "resident")
    added = 0
    for day, pk in days.values_list("day", "resident").distinct():
        added += charge_day(resident=Resident.objects.get(pk=pk), day=day, at=at, by=by)
    return added
