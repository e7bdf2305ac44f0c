"""Who stays away too often books by phone only, where the community says so; and what they say against it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.change_rules import mandate_for_change, notify_of_change
from circle.booking.transitions import checked_reason, transition_refusal
from circle.calendar import legal_parameters
from circle.calendar.rule_numbers import Bounds, checked_numbers
from circle.calendar.working_days import SHANGHAI
from circle.models import Resident, User
from circle.permissions.on_behalf import lock_mandate, mandate_details
from services.actions.hall_rules import HALL
from services.models import Booking

RULE = "hall_no_shows"  # {"most": 3, "days": 90}; without a row, or with most 0, nobody is limited
# Of at most so many days, since a booking looks no further back: A_YEAR in other_bookings.py.
BOUNDS: Bounds = {"most": (0, 99), "days": (1, 366)}
OBJECTION_LENGTH = 200
Status = Booking.Status


def refuse_after_no_shows(resident: Resident, at: dt.datetime) -> None:
    """Counted per person, whoever books; an excused absence does not count.

    Refuses: by_phone_only.
    """
    today = at.astimezone(SHANGHAI).date()
    limit = no_show_limit(today)
    if limit is None:
        return
    most, days = limit
    own = Booking.objects.filter(resident=resident)
    counted = own.no_shows_after(today - dt.timedelta(days=days)).count()
    if counted >= most:
        raise ValidationError(
            _(
                "%(count)s times in %(days)s days nobody came and nobody cancelled. Please book by phone:"
                " %(phone)s. If that is wrong, say so on the page of the booking."
            ),
            code="by_phone_only",
            params={"count": counted, "days": days, "phone": resident.community.phone},
        )


def no_show_limit(day: dt.date) -> tuple[int, int] | None:
    """How many within how many days, by the rule in force; None where it is switched off or unreadable."""
    try:
        numbers = checked_numbers(legal_parameters.rule_in_force(RULE, on=day).params, BOUNDS)
    except ValidationError:
        return None
    return (numbers["most"], numbers["days"]) if numbers["most"] else None


@transaction.atomic
def object_to_no_show(
    *,
    booking: Booking,
    objection: str,
    at: dt.datetime,
    via: str,
    by: User | None = None,
    is_proved: bool = False,
) -> Booking:
    """Say, once, why it is not to be counted; staff decide. `is_proved` as for `cancel_booking`.

    Refuses: not_possible (no no-show), already_objected, reason_missing, reason_too_long, not_allowed.
    """
    objection = checked_reason(objection, OBJECTION_LENGTH)
    mandate = mandate_for_change(HALL, booking, via, by, is_proved=is_proved)
    lock_mandate(mandate, at)
    values = {"objection": objection, "objected_at": at}
    if not change_no_show(booking, Q(objected_at=None), values):
        raise ValidationError(_("You have told us already."), code="already_objected")
    record(
        verb="no_show_objected",
        subject=booking,
        community=booking.community_id,
        at=at,
        actor=by,
        via=via,
        **mandate_details(mandate),
    )
    return booking


@transaction.atomic
def reject_objection(*, booking: Booking, at: dt.datetime, by: User, reason: str) -> Booking:
    """The no-show stays counted, and the person is told why. It is granted by `excuse_absence`.

    Refuses: reason_missing, reason_too_long, not_possible, already_answered.
    """
    reason = checked_reason(reason)
    if not change_no_show(
        booking, Q(objected_at__isnull=False, objection_answer=""), {"objection_answer": reason}
    ):
        raise ValidationError(_("Nothing waits for an answer here."), code="already_answered")
    record(
        verb="no_show_objection_rejected", subject=booking, community=booking.community_id, at=at, actor=by
    )
    notify_of_change(HALL, booking, "objection_rejected", at, reason=reason)
    return booking


def change_no_show(booking: Booking, condition: Q, values: dict[str, object]) -> bool:
    """Whether it was changed: one conditional UPDATE.

    Refuses: not_possible.
    """
    rows = Booking.objects.filter(condition, pk=booking.pk, status=Status.NO_SHOW)
    if rows.update(**values):
        for name, value in values.items():
            setattr(booking, name, value)
        return True
    booking.refresh_from_db()
    if booking.status != Status.NO_SHOW:
        raise transition_refusal(booking, Status.NO_SHOW)
    return False
