"""Children present against carers with the class, by the dated ratio: a gate for the next arrival only."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.models import Band, CarerCount, ChildDay, ClassTeacher, NurseryClass, RatioConfirmation
from childcare.models.ages import months_old
from circle.audit.log import record
from circle.calendar import legal_parameters
from circle.models import User
from circle.models.posts import logins_with_role
from circle.models.roles import Role
from circle.notifications import notify

RULE = "nursery_ratio"
OWN_AGES = [Band.INFANTS, Band.TODDLERS, Band.OLDER]  # the mixed band counts by these
OLDER_FROM = 24  # months


@dataclass(frozen=True)
class Ratio:
    """`needed` is None where no ratio is set for that day, `carers` where nobody has said who is there."""

    children: int
    carers: int | None
    needed: int | None

    @property
    def is_short(self) -> bool:
        return self.needed is not None and self.carers is not None and self.needed > self.carers


def children_per_carer(day: dt.date) -> dict[str, int] | None:
    """None where there is no rule, or none that carers can be counted by: no child waits for it."""
    try:
        params: dict[str, int] = legal_parameters.rule_in_force(RULE, on=day).params
    except ValidationError:
        return None
    return params if is_ratio(params) else None


def is_ratio(params: Any) -> bool:
    if not isinstance(params, dict):
        return False
    numbers = [params.get(band) for band in OWN_AGES]
    return all(type(number) is int and number >= 1 for number in numbers)


def carers_needed(band: str, births: Sequence[dt.date], day: dt.date, per_carer: dict[str, int]) -> int:
    """Of mixed ages each child counts by its own age, in exact fractions, and the sum is rounded up."""
    if band != Band.MIXED:
        return math.ceil(Fraction(len(births), per_carer[band]))
    bands = [Band.OLDER if months_old(born, day) >= OLDER_FROM else Band.TODDLERS for born in births]
    return math.ceil(sum((Fraction(1, per_carer[each]) for each in bands), Fraction()))


def carers_on(nursery_class: NurseryClass, day: dt.date) -> int | None:
    """As was said last on that day; else those who look after the class, where anybody is named."""
    said = CarerCount.objects.filter(nursery_class=nursery_class, day=day).first()
    named = ClassTeacher.objects.current().filter(nursery_class=nursery_class)
    return said.carers if said else named.count() or None


def class_ratio(nursery_class: NurseryClass, day: dt.date, *coming: dt.date) -> Ratio:
    """With the children present on that day, and those of these birthdays who come."""
    per_carer = children_per_carer(day)
    if per_carer is None:
        return Ratio(0, None, None)
    present = ChildDay.objects.on(day).filter(nursery_class=nursery_class, status=ChildDay.Status.PRESENT)
    births = [born for born in present.values_list("application__child__born_on", flat=True) if born]
    births += coming
    needed = carers_needed(nursery_class.band, births, day, per_carer)
    return Ratio(len(births), carers_on(nursery_class, day), needed)


def check_gate(nursery_class: NurseryClass, born_on: dt.date | None, day: dt.date) -> None:
    """Before a child comes in; who is there already is never counted out. Locked: one arrival at a time.

    Refuses: too_few_carers (unless confirmed for so many, or with so few carers).
    """
    if children_per_carer(day) is None or born_on is None:
        return
    rows = NurseryClass.objects.filter(pk=nursery_class.pk).select_for_update(no_key=True, of=("self",))
    list(rows.values_list("pk"))
    ratio = class_ratio(nursery_class, day, born_on)
    if ratio.is_short and not is_confirmed(nursery_class, day, ratio):
        raise ValidationError(
            _(
                "%(children)s children need %(needed)s carers, and %(carers)s are with the class. Whoever "
                "leads the shift can confirm it."
            ),
            code="too_few_carers",
            params={"children": ratio.children, "needed": ratio.needed, "carers": ratio.carers},
        )


def is_confirmed(nursery_class: NurseryClass, day: dt.date, ratio: Ratio) -> bool:
    rows = RatioConfirmation.objects.filter(nursery_class=nursery_class, day=day)
    return rows.filter(needed__gte=ratio.needed or 0, carers__lte=ratio.carers or 0).exists()


def is_gated(nursery_class: NurseryClass, day: dt.date) -> bool:
    """Whether the next child of the class would be one too many, and nobody has confirmed it."""
    ratio = class_ratio(nursery_class, day, youngest_birthday(nursery_class, day))
    return ratio.is_short and not is_confirmed(nursery_class, day, ratio)


@transaction.atomic
def count_carers(*, nursery_class: NurseryClass, carers: int, at: dt.datetime, by: User) -> CarerCount:
    """So many carers are with the class from now on.

    Refuses: number_wrong (0 to 20).
    """
    if not 0 <= carers <= 20:
        raise ValidationError(_("Enter how many carers are with the class."), code="number_wrong")
    found = CarerCount.objects.create(
        nursery_class=nursery_class, day=localdate(at), at=at, carers=carers, by=by
    )
    community = nursery_class.community_id
    record(verb="carers_counted", subject=nursery_class, community=community, at=at, actor=by, carers=carers)
    return found


@transaction.atomic
def confirm_ratio(
    *, nursery_class: NurseryClass, reason: str, at: dt.datetime, by: User
) -> RatioConfirmation:
    """The next child comes in all the same; the head is told at once.

    Refuses: reason_missing (not of the list), not_short (there are carers enough).
    """
    if reason not in RatioConfirmation.Reason.values:
        raise ValidationError(_("Choose the reason."), code="reason_missing")
    day = localdate(at)
    # The next one is of the youngest age of the class: whoever comes is covered.
    ratio = class_ratio(nursery_class, day, youngest_birthday(nursery_class, day))
    if not ratio.is_short or ratio.needed is None or ratio.carers is None:
        raise ValidationError(_("There are carers enough for the next child."), code="not_short")
    numbers: dict[str, Any] = {"children": ratio.children, "needed": ratio.needed, "carers": ratio.carers}
    found = RatioConfirmation.objects.create(
        nursery_class=nursery_class, day=day, at=at, reason=reason, by=by, **numbers
    )
    record(
        verb="ratio_confirmed",
        subject=nursery_class,
        community=nursery_class.community_id,
        at=at,
        actor=by,
        reason=reason,
        **numbers,
    )
    tell_head(found, at)
    return found


def youngest_birthday(nursery_class: NurseryClass, day: dt.date) -> dt.date:
    """A birthday of the youngest age of the class."""
    year, month = divmod(day.year * 12 + day.month - 1 - nursery_class.from_months, 12)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


def tell_head(confirmation: RatioConfirmation, at: dt.datetime) -> None:
    group = confirmation.nursery_class
    heads = logins_with_role(group.community_id, Role.NURSERY_HEAD, localdate(at), group.facility_id)
    for login in heads:
        notify(
            event="ratio_confirmed",
            community=group.community_id,
            user=login,
            at=at,
            dedupe=f"ratio_confirmed:{confirmation.pk}:{login.pk}",
            values={
                "group": (group.name_zh, group.name_en),
                "children": str(confirmation.children),
                "carers": str(confirmation.carers),
            },
        )
