"""Transitions between statuses in any app: a conditional UPDATE and its audit record."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.models import User


def change_status(
    row: Any,
    *,
    verb: str,
    allowed: Sequence[str],
    to: str,
    at: dt.datetime,
    by: User | None,
    rows: "models.QuerySet[Any] | None" = None,
    details: Mapping[str, object] | None = None,
    **fields: object,
) -> None:
    """Change `row` from one of the allowed statuses to `to`, with further `fields`; the object as well.

    The row has `status`, `status_at` and `community`. `rows` narrows the UPDATE further, also by other
    tables. Call it in a transaction: it writes the row and the audit record.
    Refuses: already_<to>, not_possible, changed_meanwhile (no longer among `rows`).
    """
    values = {"status": to, "status_at": at} | fields
    before = apply_transition(row, rows, allowed, values)
    if before is None:  # the object may be stale
        row.refresh_from_db()
        before = apply_transition(row, rows, allowed, values)
    if before is None:
        raise transition_refusal(row, to, allowed)
    for name, value in values.items():
        setattr(row, name, value)
    record(
        verb=verb,
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        before=before,
        after=to,
        **details or {},
    )


def apply_transition(
    row: Any, rows: "models.QuerySet[Any] | None", allowed: Sequence[str], values: Mapping[str, object]
) -> str | None:
    """The status that the UPDATE replaced, for the audit record; None where the row had another."""
    before: str = row.status
    if before not in allowed:
        return None
    own = type(row)._default_manager.filter(pk=row.pk, status=before)
    if rows is not None:
        # A join or subquery in `rows` is evaluated before the UPDATE waits for another writer, and PostgreSQL
        # does not evaluate it again afterwards. So the row is locked first, in a statement of its own.
        if not own.select_for_update(no_key=True).exists():
            return None
        own = own.filter(pk__in=rows.filter(pk=row.pk).values("pk"))
    return before if own.update(**values) == 1 else None


def transition_refusal(row: Any, to: str, allowed: Sequence[str] = ()) -> ValidationError:
    values = {"status": row.get_status_display()}
    if row.status in allowed:
        return ValidationError(
            _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
        )
    if row.status == to:
        return ValidationError(_("It is already: %(status)s."), code=f"already_{to}", params=values)
    return ValidationError(
        _("That is not possible any more: it is %(status)s."), code="not_possible", params=values
    )


def checked_reason(reason: str, length: int = 120) -> str:
    """The reason as it is stored, without line breaks.

    Refuses: reason_missing, reason_too_long.
    """
    reason = " ".join(reason.replace("\x00", " ").split())
    if not reason:
        raise ValidationError(_("Say why, in a few words."), code="reason_missing")
    if len(reason) > length:
        raise ValidationError(
            _("Say it in at most %(length)s characters."), code="reason_too_long", params={"length": length}
        )
    return reason
