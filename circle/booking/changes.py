"""The verbs of an appointment in any app: cancel, revoke, move, remind, undo; each once.

One order of locks: the mandate, the appointment's row, then the line that waits for
its place, last the rows of its slots, for which a crowd waits. Whoever changes several in one
transaction calls `lock_together` first.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.booking.capacity import TimeSlot
from circle.booking.change_rules import Row, Rules, mandate_for_change, notify_of_change, refuse_late
from circle.booking.slots import claim, lock_slots
from circle.booking.transitions import change_status
from circle.models import User
from circle.permissions.on_behalf import lock_mandate, mandate_details

NOT_REMINDED: dict[str, Any] = {"reminded_at": None, "reminded_again_at": None}


@transaction.atomic
def cancel(
    rules: Rules[Row],
    row: Row,
    *,
    at: dt.datetime,
    via: str,
    by: User | None,
    is_proved: bool = False,
    is_told: bool = True,
) -> Row:
    """Cancel at the resident's wish, online until the deadline.

    `is_proved`: phone number and booking code stand for the person, whoever is signed in; `by` may be None.
    Refuses: too_late, already_cancelled, not_possible, changed_meanwhile, not_allowed (online `by` may not
    act for the resident, or the mandate has ended meanwhile).
    """
    refuse_late(rules, row, at, via)
    mandate = mandate_for_change(rules, row, via, by, is_proved=is_proved)
    lock_mandate(mandate, at)
    free_place(rules, row, "cancelled", at=at, by=by, details={"via": via} | mandate_details(mandate))
    if is_told:
        notify_of_change(rules, row, "cancelled", at)
    return row


def free_place(
    rules: Rules[Row],
    row: Row,
    to: str,
    *,
    at: dt.datetime,
    by: User | None,
    allowed: Sequence[str] = (),
    **more: Any,
) -> None:
    """End it, and give its place and all that it takes back."""
    change_status(
        row,
        verb=f"{rules.prefix}_{to}",
        allowed=allowed or rules.changeable,
        to=to,
        at=at,
        by=by,
        rows=same_slot(rules, row),  # the place that is given back below
        **more,
    )
    if row.slot:
        rules.lock_lines(row.slot)
        row.slot.give_back(1)
        rules.serve_line(row.slot, at)
    rules.free_others(row, at)


def lock_together(rules: Rules[Row], rows: "models.QuerySet[Any]", *more: TimeSlot) -> list[Row]:
    """Lock all of them in the one order of locks, each kind by its key; as they are then.

    Else the second one would be locked after the slot of the first, and whoever changes it at that moment
    would wait in a circle with us. `more`: slots of other rows, which are locked already.
    """
    own = rules.rows.filter(pk__in=list(rows.values_list("pk", flat=True)))
    list(own.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    found: list[Row] = list(rows.all())
    slots = [row.slot for row in found if row.slot] + list(more)
    if slots:
        rules.lock_lines(*slots)
        lock_slots(*slots)
    return found


@transaction.atomic
def revoke(
    rules: Rules[Row],
    row: Row,
    *,
    at: dt.datetime,
    by: User,
    reason: str,
    allowed: Sequence[str] = (),
    is_told: bool = True,
) -> Row:
    """Call it off from our side. `reason`: as `checked_reason` gives it.

    Refuses: already_revoked, not_possible, changed_meanwhile.
    """
    free_place(rules, row, "revoked", at=at, by=by, allowed=allowed, reason=reason)
    if is_told:
        notify_of_change(rules, row, "revoked", at, reason=reason)
    return row


@dataclass(frozen=True)
class Move:
    """Where an appointment goes: to a slot, or without one to a day; with what the app stores besides."""

    slot: TimeSlot | None
    day: dt.date | None
    to: str  # its status afterwards
    columns: Mapping[str, object]
    rows: "models.QuerySet[Any] | None" = None  # it is still among these


def move(
    rules: Rules[Row],
    row: Row,
    where: Move,
    *,
    at: dt.datetime,
    via: str,
    by: User | None,
    is_proved: bool = False,
    is_told: bool = True,
    reason: str = "",
) -> Row:
    """Give it another time; its code stays the same. Whether the time fits is asked by the app beforehand.

    Refuses: slot_closed, slot_past, full, not_possible, changed_meanwhile, not_allowed, and the app's clash.
    """
    old, mandate = row.slot, mandate_for_change(rules, row, via, by, is_proved=is_proved)
    details = {"via": via} | mandate_details(mandate)
    if old and where.slot:
        details |= {"source": old.pk, "target": where.slot.pk}
    values = {"slot": where.slot, "day": where.day, "reason": reason, **NOT_REMINDED, **where.columns}
    try:
        with transaction.atomic():
            lock_mandate(mandate, at)
            change_status(
                row,
                verb=f"{rules.prefix}_moved",
                allowed=rules.changeable,
                to=where.to,
                at=at,
                by=by,
                rows=same_slot(rules, row, where.rows),  # nobody has moved it meanwhile
                details=details,
                **values,
            )
            rules.take_others(row)
            change_place(rules, old, where.slot, at)
            if is_told:
                notify_of_change(rules, row, "moved", at, once=at.isoformat())
    except IntegrityError as clash:
        row.refresh_from_db()
        raise rules.clash(clash) from clash
    except ValidationError:
        row.refresh_from_db()
        raise
    return row


def change_place(rules: Rules[Row], old: TimeSlot | None, new: TimeSlot | None, at: dt.datetime) -> None:
    if old:
        rules.lock_lines(old)
    if old and new:
        lock_slots(old, new)
    if old:
        old.give_back(1)
    if new:
        claim(new, Q(starts_at__gt=at))
    if old:
        rules.serve_line(old, at)


@transaction.atomic
def remind(rules: Rules[Row], row: Row, at: dt.datetime) -> bool:
    """Once for each time that it has had; nothing where it was changed since it was read."""
    return remind_once(rules, row, "reminded_at", at, once=str(row.slot_id or row.day))


@transaction.atomic
def remind_again(rules: Rules[Row], row: Row, at: dt.datetime) -> bool:
    """Shortly before, once for each time that it has had; nothing where it was changed since it was read."""
    return remind_once(rules, row, "reminded_again_at", at, once=f"again:{row.slot_id}")


def remind_once(rules: Rules[Row], row: Row, noted: str, at: dt.datetime, *, once: str) -> bool:
    still = same_slot(rules, row).filter(pk=row.pk, status=row.status, day=row.day, **{noted: None})
    if not still.update(**{noted: at}):
        return False
    notify_of_change(rules, row, "reminder", at, once=once)
    return True


def undo(
    rules: Rules[Row],
    row: Row,
    to: str,
    *,
    allowed: Sequence[str],
    at: dt.datetime,
    by: User,
    rows: "models.QuerySet[Row] | None" = None,
    **columns: Any,
) -> Row:
    """Take the last step back, to the status before it; `rows` as for `change_status`.

    Refuses: too_late (made on another day), not_possible, changed_meanwhile, and the app's clash.
    """
    if row.status in allowed and localdate(row.status_at) != localdate(at):
        raise late_undo_error()
    try:
        with transaction.atomic():
            change_status(
                row,
                verb=f"{rules.prefix}_undone",
                allowed=allowed,
                to=to,
                at=at,
                by=by,
                rows=rows,
                reason="",
                **columns,
            )
    except IntegrityError as clash:
        row.refresh_from_db()
        raise rules.clash(clash) from clash
    return row


def late_undo_error() -> ValidationError:
    return ValidationError(_("It can be taken back on the same day only."), code="too_late")


def same_slot(
    rules: Rules[Row], row: Row, rows: "models.QuerySet[Any] | None" = None
) -> "models.QuerySet[Any]":
    return (rules.rows if rows is None else rows).filter(slot=row.slot_id)
