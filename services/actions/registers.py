"""Special registers: a person is noted, confirmed by a call back, brought up to date, taken off."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import calculate_due_date
from circle.models import Resident, User
from circle.permissions.age_bands import exception_details, refuse_unsuited
from services.models import Flow, RegisterEntry, ServiceItem
from services.models.registers import LIVE, NEEDS_LENGTH, TOLD_BY_LENGTH

Status = RegisterEntry.Status


@transaction.atomic
def enter_in_register(
    *,
    item: ServiceItem,
    resident: Resident,
    told_by: str,
    needs: str,
    via: str,
    at: dt.datetime,
    by: User,
    age_reason: str = "",
) -> RegisterEntry:
    """To be confirmed within the working days that the item promises.

    The lock on the resident makes two desks wait for each other, so the second one reads why it is refused.
    Refuses: not_a_register, other_community, gone (dead, moved away or erased), not_for_age (without a
    reason), already_listed, reason_missing, reason_too_long.
    """
    person = Resident.objects.select_for_update(no_key=True).get(pk=resident.pk)
    refuse_entry(item, person)
    age_reason = refuse_unsuited(item.age_bands, person, via=via, at=at, reason=age_reason)
    due = calculate_due_date(localdate(at), item.promised_days)
    entry = RegisterEntry.objects.create(
        community=item.community,
        item=item,
        resident=person,
        told_by=checked_reason(told_by, TOLD_BY_LENGTH),
        needs=checked_reason(needs, NEEDS_LENGTH),
        age_reason=age_reason,
        via=via,
        entered_at=at,
        entered_by=by,
        confirm_by=due.on if due else localdate(at),
        status_at=at,
    )
    details = exception_details(age_reason) | {"item": item.code, "via": via}
    record(
        verb="register_entered",
        subject=entry,
        community=item.community,
        at=at,
        actor=by,
        after=Status.NOTED,
        **details,
    )
    return entry


def refuse_entry(item: ServiceItem, person: Resident) -> None:
    if item.flow != Flow.REGISTER:
        raise ValidationError(_("There is no register for this."), code="not_a_register")
    if person.community_id != item.community_id:
        raise ValidationError(_("This person belongs to another community."), code="other_community")
    if not Resident.objects.living().filter(pk=person.pk).exists():
        raise ValidationError(_("This person does not live here any more."), code="gone")
    if RegisterEntry.objects.live().filter(item=item, resident=person).exists():
        raise ValidationError(_("This person is in the register already."), code="already_listed")


@transaction.atomic
def confirm_entry(
    *, entry: RegisterEntry, needs: str, at: dt.datetime, by: User, read: str = ""
) -> RegisterEntry:
    """After the call back, with what was agreed in it; `read` is the text that it replaces.

    Refuses: reason_missing, reason_too_long, already_listed, not_possible, changed_meanwhile (another text
    stands there now).
    """
    change_status(
        entry,
        verb="register_confirmed",
        allowed=[Status.NOTED],
        to=Status.LISTED,
        at=at,
        by=by,
        rows=RegisterEntry.objects.filter(needs=read or entry.needs),
        needs=checked_reason(needs, NEEDS_LENGTH),
    )
    return entry


@transaction.atomic
def revise_entry(
    *, entry: RegisterEntry, needs: str, at: dt.datetime, by: User, read: str = ""
) -> RegisterEntry:
    """Something else is needed or agreed now; `read` is the text that it replaces.

    Refuses: reason_missing, reason_too_long, not_possible, changed_meanwhile (another text stands there now).
    """
    change_status(
        entry,
        verb="register_revised",
        allowed=[Status.LISTED],
        to=Status.LISTED,
        at=at,
        by=by,
        rows=RegisterEntry.objects.filter(needs=read or entry.needs),
        needs=checked_reason(needs, NEEDS_LENGTH),
    )
    return entry


@transaction.atomic
def end_entry(*, entry: RegisterEntry, reason: str, at: dt.datetime, by: User) -> RegisterEntry:
    """Refuses: reason_missing, reason_too_long, already_ended."""
    change_status(
        entry,
        verb="register_ended",
        allowed=LIVE,
        to=Status.ENDED,
        at=at,
        by=by,
        reason=checked_reason(reason),
    )
    return entry
