"""A round before its draw whose secret is void: a new one is committed to, and the list is open again."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare.actions.rounds import lock_round
from childcare.models import Round, VoidedSecret, drawing
from circle.booking.transitions import change_status
from circle.identifiers.encryption import seal_text
from circle.models import User

Status = Round.Status


@transaction.atomic
def void_secret(*, nursery_round: Round, reason: str, at: dt.datetime, by: User) -> Round:
    """Published with its reason: the old fingerprint counts no more. Lots and wishes stay; list and balls
    come again. Of a round that was drawn nothing is void.

    Refuses: reason_missing (not of the list), already_open (the same moment twice), not_possible.
    """
    if reason not in VoidedSecret.Reason.values:
        raise ValidationError(_("Choose the reason."), code="reason_missing")
    row = lock_round(nursery_round)
    secret = secrets.token_hex(32)
    commitment = drawing.sha256(secret)
    change_status(
        nursery_round,
        verb="round_secret_voided",
        allowed=[Status.OPEN, Status.CLOSED, Status.SEALED],
        to=Status.OPEN,
        at=at,
        by=by,
        details={"reason": reason, "commitment": commitment},
        secret_sealed=seal_text(secret),
        commitment=commitment,
        digest="",
        value="",
        value_by=None,
        confirmed_by=None,
    )
    VoidedSecret.objects.create(
        round=row, commitment=row.commitment, digest=row.digest, reason=reason, at=at, by=by
    )
    return nursery_round
