"""Two clerks with the same form: whoever saves second has seen a text that is no longer the one saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _


def claim_revision(row: Any, rows: "QuerySet[Any]", field: str, seen: int | None) -> None:
    """Count the revision on by an UPDATE that asks for the one that was seen; a program passes None.

    Refuses: changed_meanwhile.
    """
    rows = rows.filter(pk=row.pk) if seen is None else rows.filter(pk=row.pk, **{field: seen})
    if not rows.update(**{field: F(field) + 1}):
        raise changed_meanwhile_error()
    if seen is None:
        row.refresh_from_db(fields=[field])
    else:
        setattr(row, field, seen + 1)


def changed_meanwhile_error() -> ValidationError:
    return ValidationError(
        _("Somebody has changed it a moment ago. Please look again."), code="changed_meanwhile"
    )
