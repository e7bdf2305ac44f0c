"""Before a series runs out its elder is told once, and it can go on until a later day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status
from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.rule_numbers import checked_numbers
from circle.calendar.working_days import ONE_DAY
from circle.models import User, Via
from circle.permissions.on_behalf import mandate_details
from eldercare.actions.bookings import day_of
from eldercare.actions.series import LONGEST, Status, lay_out_days, lock_series
from eldercare.actions.series_changes import mandate_for_series, refuse_ended
from eldercare.actions.series_words import tell_of_series
from eldercare.models import CareSeries

RULE = "series_ending"
BOUNDS = {"days": (1, 90)}


@transaction.atomic
def extend_series(
    *, series: CareSeries, last_day: dt.date, at: dt.datetime, via: str, by: User
) -> CareSeries:
    """It goes on until that day, a year from today at most; asked for online it waits to be confirmed.

    The same day again changes nothing.
    Refuses: not_allowed, not_possible, series_too_short (not after its last day), series_too_long.
    """
    mandate = mandate_for_series(series, via, by, at)
    lock_series(series)
    refuse_ended(series)
    if last_day == series.last_day:
        return series
    if last_day < series.last_day:
        raise ValidationError(_("It comes until a later day anyway."), code="series_too_short")
    if last_day > day_of(at) + LONGEST:
        raise ValidationError(
            _("A series lasts a year at most. After that we ask again."), code="series_too_long"
        )
    change_status(
        series,
        verb="series_extended",
        allowed=CareSeries.LIVE,
        to=Status.REQUESTED if via == Via.ONLINE else series.status,
        at=at,
        by=by,
        details={"via": via} | mandate_details(mandate),
        last_day=last_day,
        told_end_at=None,
    )
    lay_out_days(series, list(series.pauses.all()), at)
    tell_of_series(series, "care_series_extended", at, once=at.isoformat())
    return series


def tell_ending_series(*, at: dt.datetime) -> int:
    """Those that run out within so many days, as the rule says, and that were longer; each is told once."""
    today = day_of(at)
    running = CareSeries.objects.filter(status=Status.RUNNING, told_end_at=None, last_day__gte=today)
    near = running.filter(last_day__lte=today + BOUNDS["days"][1] * ONE_DAY).shown()
    found = list(near.order_by("pk"))
    if not found:
        return 0
    try:
        span = checked_numbers(rule_in_force(RULE, on=today).params, BOUNDS)["days"] * ONE_DAY
    except ValidationError:
        return 0  # as long as the rule has no values
    return sum(
        tell_of_end(series, at)
        for series in found
        if series.last_day <= today + span and series.first_day < series.last_day - span
    )


@transaction.atomic
def tell_of_end(series: CareSeries, at: dt.datetime) -> bool:
    """False where it was changed meanwhile, or somebody else has just told them."""
    still = CareSeries.objects.filter(pk=series.pk, status=Status.RUNNING, last_day=series.last_day)
    if not still.filter(told_end_at=None).update(told_end_at=at):
        return False
    tell_of_series(series, "care_series_ending", at, once=series.last_day.isoformat())
    return True
