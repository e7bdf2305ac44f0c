"""Requests for erasure: asked for, taken back, refused."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.models import Erasure, Mandate, Resident, User
from circle.permissions.on_behalf import mandate_for
from circle.privacy.data_export import ErasurePlan, erasure_plans

ASK_PERMISSION = "circle.change_erasure"


def refuse_open_matters(found: Sequence[ErasurePlan]) -> None:
    """Refuses: still_standing (with the list)."""
    open_matters = [str(sentence) for plan in found for sentence in plan.open_matters]
    if open_matters:
        raise ValidationError(
            _("Something still stands: %(what)s. End it first, then nothing is lost unseen."),
            code="still_standing",
            params={"what": "；".join(open_matters)},
        )


@transaction.atomic
def ask_erasure(*, resident: Resident, via: str, at: dt.datetime, by: User) -> Erasure:
    """Request a person's erasure, which staff decide; an open request is returned, not made twice.

    For oneself, or as staff for somebody who asks at the counter.
    Refuses: not_allowed, resident_gone, still_standing.
    """
    mandate = mandate_for(
        by=by, resident=resident, scope=Mandate.Scope.ALL, via=via, staff_permission=ASK_PERMISSION
    )
    if mandate:
        raise ValidationError(_("Only the person may ask for that."), code="not_allowed")
    refuse_open_matters(erasure_plans(resident))
    erasure = Erasure(
        community_id=resident.community_id,
        resident=resident,
        status_at=at,
        asked_at=at,
        asked_by=by,
        via=via,
    )
    try:
        with transaction.atomic():
            erasure.save(force_insert=True)
    except IntegrityError:
        return Erasure.objects.asked().get(resident=resident)
    record(verb="erasure_asked", subject=erasure, community=erasure.community_id, at=at, actor=by, via=via)
    return erasure


@transaction.atomic
def take_back_erasure(*, erasure: Erasure, at: dt.datetime, by: User) -> Erasure:
    """Refuses: already_taken_back, not_possible (it is done or refused)."""
    close_erasure(erasure, "erasure_taken_back", Erasure.Status.TAKEN_BACK, at, by)
    return erasure


@transaction.atomic
def refuse_erasure(*, erasure: Erasure, reason: str, at: dt.datetime, by: User) -> Erasure:
    """Refuses: reason_missing, reason_too_long, already_refused, not_possible."""
    reason = checked_reason(reason)
    close_erasure(erasure, "erasure_refused", Erasure.Status.REFUSED, at, by, reason=reason)
    return erasure


def close_erasure(erasure: Erasure, verb: str, to: str, at: dt.datetime, by: User, **more: Any) -> None:
    change_status(erasure, verb=verb, allowed=[Erasure.Status.ASKED], to=to, at=at, by=by, **more)
