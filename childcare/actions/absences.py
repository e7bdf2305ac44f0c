"""A child stays at home: reported for one day or several, by a guardian, who they empowered, or staff."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from childcare.actions.days import get_or_create_day
from childcare.actions.open_days import OpenDays
from childcare.actions.rules import application_mandate
from childcare.models import Application, ChildDay
from circle.booking.transitions import change_status
from circle.calendar import legal_parameters
from circle.models import Mandate, User
from circle.permissions.on_behalf import lock_mandate, mandate_details

Status = ChildDay.Status
CUT_OFF = "nursery_absence"
MOST_DAYS = 31
STAFF = "childcare.change_childday"


@transaction.atomic
def report_absence(
    *,
    application: Application,
    first_day: dt.date,
    last_day: dt.date,
    reason: str,
    via: str,
    at: dt.datetime,
    by: User,
) -> list[ChildDay]:
    """The child stays at home on the open days from the first to the last; twice is one absence.

    Today counts as late after the time of the dated rule; it is recorded all the same, as somebody waits.
    Refuses: reason_missing, day_over, days_in_order, too_long (31 days), no_day (nothing but days off),
    not_enrolled, child_here (has come already on one of these days), not_allowed, number_in_doubt.
    """
    mandate = application_mandate(application, by=by, via=via, permission=STAFF)
    if reason not in ChildDay.Reason.values:
        raise ValidationError(_("Say why the child is absent."), code="reason_missing")
    check_days(first_day, last_day, at)
    open_days = OpenDays.load(application.offered_class, first_day, last_day)
    days = [day for day in each_day(first_day, last_day) if open_days.is_open(day)]
    if not days:
        raise ValidationError(_("The nursery is closed on these days."), code="no_day")
    lock_mandate(mandate, at)
    return [record_absent_day(application, day, reason, via, mandate, at, by) for day in days]


def check_days(first_day: dt.date, last_day: dt.date, at: dt.datetime) -> None:
    if first_day < localtime(at).date():
        raise ValidationError(_("This day is over. Please choose another."), code="day_over")
    if last_day < first_day:
        raise ValidationError(_("The last day comes before the first."), code="days_in_order")
    if (last_day - first_day).days >= MOST_DAYS:
        raise ValidationError(
            _("Report at most %(days)s days at once."), code="too_long", params={"days": MOST_DAYS}
        )


def each_day(first_day: dt.date, last_day: dt.date) -> Iterator[dt.date]:
    for number in range((last_day - first_day).days + 1):
        yield first_day + dt.timedelta(days=number)


def record_absent_day(
    application: Application,
    day: dt.date,
    reason: str,
    via: str,
    mandate: Mandate | None,
    at: dt.datetime,
    by: User,
) -> ChildDay:
    row, late = get_or_create_day(application, day, at), is_late(day, at)
    try:
        change_status(
            row,
            verb="child_absent",
            allowed=[Status.EXPECTED],
            to=Status.ABSENT,
            at=at,
            by=by,
            details={"via": via} | mandate_details(mandate),
            reason=reason,
            is_late=late,
            mandate=mandate,
        )
    except ValidationError as refusal:
        if refusal.code != "already_absent":
            raise ValidationError(_("The child has come already."), code="child_here") from None
    return row


def is_late(day: dt.date, at: dt.datetime) -> bool:
    """Refuses: rule_missing."""
    now = localtime(at)
    until = dt.time.fromisoformat(legal_parameters.rule_value(CUT_OFF, "until", on=now.date()))
    return day == now.date() and now.time() > until


@transaction.atomic
def cancel_absence(*, child_day: ChildDay, via: str, at: dt.datetime, by: User) -> ChildDay:
    """The child comes after all on that day. A second time changes nothing.

    Refuses: day_over, not_possible (it is not absent), not_allowed, number_in_doubt.
    """
    mandate = application_mandate(child_day.application, by=by, via=via, permission=STAFF)
    if child_day.day < localtime(at).date():
        raise ValidationError(_("This day is over. Please choose another."), code="day_over")
    lock_mandate(mandate, at)
    try:
        change_status(
            child_day,
            verb="child_absence_cancelled",
            allowed=[Status.ABSENT],
            to=Status.EXPECTED,
            at=at,
            by=by,
            details={"via": via} | mandate_details(mandate),
            reason="",
            is_late=False,
            mandate=None,
        )
    except ValidationError as refusal:
        if refusal.code != "already_expected":
            raise
    return child_day
