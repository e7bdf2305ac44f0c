"""Refused attempts that stay on record: what no meeting may do, and files that nobody should send."""

from collections.abc import Iterable
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from circle.audit.log import record_refusal
from circle.models import Community, User

ON_RECORD = {
    "no_quorum",
    "not_represented",
    "not_entitled",
    "waiver_missing",
    "items_open",
    "minutes_missing",
    "unanswered",
    "file_macros",
    "file_too_large",
}


def errors_of(form: Form) -> list[ValidationError]:
    """Of the whole form and of each field."""
    return [error for errors in form.errors.as_data().values() for error in errors]


def record_attempts(
    request: HttpRequest, row: Model, community: Community, verb: str, refusals: Iterable[ValidationError]
) -> None:
    """Those of these refusals that stay on record; call it after the refused transaction has rolled back."""
    for refusal in refusals:
        if refusal.code in ON_RECORD:
            record_refusal(
                verb=verb,
                code=refusal.code,
                subject=row,
                community=community,
                at=timezone.now(),
                actor=cast(User, request.user),
            )
