"""The check of the day, before care that needs it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions import consent_missing_error, has_consent
from circle.audit.log import record
from circle.booking.transitions import transition_refusal
from circle.calendar.legal_parameters import rule_in_force
from circle.models import Rule, User
from eldercare.actions.answers import CONSENT
from eldercare.actions.bookings import day_of
from eldercare.models import CareBooking, CareCheck

Status = CareBooking.Status
CHECK_LIMITS = "care_check_limits"
# Beyond these a value was mistyped.
PLAUSIBLE = {"systolic": (50, 280), "diastolic": (20, 180), "pulse": (20, 250), "temperature": (30, 45)}


@dataclass(frozen=True)
class Measured:
    """Blood pressure in mmHg, pulse per minute, temperature in °C."""

    systolic: int
    diastolic: int
    pulse: int
    temperature: Decimal


@transaction.atomic
def record_check(
    *,
    booking: CareBooking,
    conditions: Collection[str],
    at: dt.datetime,
    by: User,
    measured: Measured | None = None,
) -> CareBooking:
    """Store what was measured, and the codes of the conditions of the day that hold.

    A check that is not passed is stored as well: the latest one counts, and the care may not be given until
    one is passed.
    Refuses: measure_missing (the kind asks for it), not_plausible, need_unknown, not_yours, wrong_day (not
    the day of the care), not_possible (nobody is assigned, over), consent_missing, rule_missing.
    """
    rule = rule_for(booking, measured, at)
    asked = {each.code for each in booking.kind.day_conditions}
    if set(conditions) - asked:
        raise ValidationError(_("This is not asked for this kind of care."), code="need_unknown")
    refuse_not_yours(booking, by)
    own = CareBooking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    if own.status != Status.ASSIGNED:
        raise transition_refusal(own, Status.DONE)
    if own.day != day_of(at):
        raise ValidationError(_("The check is taken on the day of the care."), code="wrong_day")
    if not has_consent(CONSENT, booking.resident):
        raise consent_missing_error()
    is_within = rule is None or (measured is not None and is_within_limits(measured, rule))
    check = CareCheck.objects.create(
        booking=booking,
        taken_at=at,
        taken_by=by,
        conditions=sorted(conditions),
        is_passed=is_within and set(conditions) == asked,
        rule=rule,
        **(asdict(measured) if measured and rule else {}),
    )
    booking.passed_check = check if check.is_passed else None
    booking.save(update_fields=["passed_check"])
    record(
        verb="care_checked",
        subject=booking,
        community=booking.community_id,
        at=at,
        actor=by,
        is_passed=check.is_passed,
        rule=rule.pk if rule else None,
    )
    return booking


def rule_for(booking: CareBooking, measured: Measured | None, at: dt.datetime) -> Rule | None:
    """The limits of the day; None where nothing is measured.

    Refuses: measure_missing, not_plausible, rule_missing.
    """
    if not booking.kind.needs_check:
        return None
    if measured is None:
        raise ValidationError(
            _("Measure blood pressure, pulse and temperature first."), code="measure_missing"
        )
    refuse_implausible(measured)
    return rule_in_force(CHECK_LIMITS, on=day_of(at))


def refuse_implausible(measured: Measured) -> None:
    values = asdict(measured)
    is_plausible = all(low <= values[name] <= high for name, (low, high) in PLAUSIBLE.items())
    if not is_plausible or measured.systolic <= measured.diastolic:
        raise ValidationError(
            _("These values cannot be right. Please look at the device again."), code="not_plausible"
        )


def refuse_not_yours(booking: CareBooking, by: User) -> None:
    """Refuses: not_yours."""
    if not CareBooking.objects.closable_by(by).filter(pk=booking.pk).exists():
        raise ValidationError(
            _("Only who is assigned, or who coordinates the care, can enter this."), code="not_yours"
        )


def is_within_limits(measured: Measured, rule: Rule) -> bool:
    """Limits belong to the range themselves."""
    values = asdict(measured)
    limits = {name: rule.params[name] for name in PLAUSIBLE}
    return all(
        Decimal(str(low)) <= values[name] <= Decimal(str(high)) for name, (low, high) in limits.items()
    )


def refuse_unready(booking: CareBooking) -> None:
    """Refuses: crew_missing, check_missing, out_of_range (the latest check was outside the limits)."""
    row = CareBooking.objects.filter(pk=booking.pk)
    if not row.filter(status=Status.ASSIGNED).exists() or row.ready_for_care().exists():
        return
    if not row.with_full_crew().exists():
        raise ValidationError(
            _("This care takes two people: assign the second one first."), code="crew_missing"
        )
    if booking.checks.exists():
        raise ValidationError(
            _("The latest check was not passed: the care must not be given."), code="out_of_range"
        )
    raise ValidationError(_("Enter the check of the day first."), code="check_missing")
