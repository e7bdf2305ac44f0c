"""What an app says about its appointments, so that circle/booking/changes.py has each verb once."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.booking.appointments import Appointment
from circle.calendar.opening_hours import clock_text
from circle.models import Mandate, User, Via
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify, mandate_in_force, mandate_to_represent

Row = TypeVar("Row", bound=Appointment)


def do_nothing(*rows: Any) -> None:
    """Of an app whose appointments take a place of their slot and nothing else."""


@dataclass(frozen=True)
class Rules(Generic[Row]):
    """What differs between the apps: names, statuses, checks and words."""

    prefix: str  # of audit verbs and events, such as booking_cancelled
    model: type[Row]
    changeable: Sequence[str]  # the statuses in which it is cancelled, called off or moved
    values: Callable[[Row, str], Mapping[str, Value]]  # of its messages; the second is the reason
    scope: Callable[[Row, User], str]  # of the mandate that who acts for the resident needs
    deadline: Callable[[Row, str, dt.datetime], dt.datetime | None]  # for this channel; None: at any time
    clash: Callable[[IntegrityError], ValidationError]  # another live one has its unique key
    free_others: Callable[[Row, dt.datetime], None] = do_nothing  # what it takes besides a place of its slot
    take_others: Callable[[Row], None] = do_nothing  # the same, for the time that it has now
    lock_lines: Callable[..., None] = do_nothing  # of those who wait for a place of these slots
    serve_line: Callable[[Any, dt.datetime], object] = do_nothing  # the place that became free in this slot

    @property
    def rows(self) -> "models.QuerySet[Row]":
        return self.model._default_manager.all()


def notify_of_change(
    rules: Rules[Row],
    row: Row,
    event: str,
    at: dt.datetime,
    *,
    once: str = "",
    reason: str = "",
    more: Mapping[str, Value] | None = None,
) -> None:
    """Notify the resident, or who acts for them where they have no phone.

    `event`: without the prefix. Each is told once for an appointment, or once for each value of `once`.
    """
    name = f"{rules.prefix}_{event}"
    notify(
        event=name,
        community=row.community_id,
        resident=row.resident,
        user=login_to_notify(row.resident, row.mandate, at),
        at=at,
        dedupe=f"{name}:{row.pk}:{once}" if once else f"{name}:{row.pk}",
        values={**rules.values(row, reason), **(more or {})},
    )


def mandate_for_change(
    rules: Rules[Row], row: Row, via: str, by: User | None, *, is_proved: bool
) -> Mandate | None:
    """The mandate of who changes it online in the resident's name.

    Where phone number and code stand for the person and the resident has neither phone nor login, it was the
    number of who booked for them.
    Refuses: not_allowed.
    """
    if via != Via.ONLINE:
        return None
    if by and is_proved:
        return mandate_in_force(by, row.resident, rules.scope(row, by))
    if by:
        return mandate_to_represent(by, row.resident, rules.scope(row, by))
    has_number = row.resident.phone_index or row.resident.login_id
    return None if has_number else row.mandate


def refuse_late(rules: Rules[Row], row: Row, at: dt.datetime, via: str) -> None:
    """Only for one that can be changed: `change_status` refuses every other one, with its own reason.

    Refuses: too_late.
    """
    until = rules.deadline(row, via, at)
    if until and row.status in rules.changeable and at > until and not may_change_late(row, at):
        raise ValidationError(
            _("It could be changed here until %(until)s. Please phone us."),
            code="too_late",
            params={"until": format_day_and_time(until)},
        )


def may_change_late(row: Appointment, at: dt.datetime) -> bool:
    """Whose time no longer takes place may take another one or give up until it would have begun."""
    return type(row)._default_manager.filter(row.stranded_at(at), pk=row.pk).exists()


def format_day_and_time(at: dt.datetime) -> str:
    local = localtime(at)
    return gettext("%(day)s, %(time)s") % {
        "day": date_format(local, "MONTH_DAY_FORMAT"),
        "time": clock_text(local),
    }
