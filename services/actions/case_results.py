"""An agency case ends: the result is handed over, every paper is back, the case is closed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.identifiers.public_codes import typed_code
from circle.models import User
from services.actions.case_changes import (
    add_step,
    lock_case,
    move_case,
    notify_case,
    refuse_unseen,
    touch_case,
)
from services.actions.case_requests import end_authorisation
from services.models import AgencyCase, CaseStatus, CaseStep
from services.models.cases import RECEIPT_LENGTH

Kind, Delivery = CaseStep.Kind, AgencyCase.Delivery
HANDED_TO_LENGTH = 60


@transaction.atomic
def hand_over_result(
    *,
    case: AgencyCase,
    delivery: str,
    handed_to: str,
    proof: str,
    at: dt.datetime,
    by: User,
    read: int | None = None,
) -> AgencyCase:
    """Fetched or brought home against the code that the person was told, or posted under a tracking number.

    Refuses: reason_missing, reason_too_long, identity_not_seen (face to face), code_wrong,
    already_handed_over, not_possible, changed_meanwhile.
    """
    case = lock_case(case, read)
    receiver = checked_reason(handed_to, HANDED_TO_LENGTH)
    if case.status == CaseStatus.APPROVED and delivery != Delivery.POSTED:
        refuse_unseen(case)
        if typed_code(proof) != case.fetch_code:
            raise ValidationError(_("This is not the code for the result of this case."), code="code_wrong")
    tracking = checked_reason(proof, RECEIPT_LENGTH) if delivery == Delivery.POSTED else ""
    move_case(
        case,
        kind=Kind.HANDED_OVER,
        allowed=[CaseStatus.APPROVED],
        to=CaseStatus.HANDED_OVER,
        at=at,
        by=by,
        is_visit=delivery == Delivery.FETCHED,
        delivery=delivery,
        handed_to=receiver,
        tracking=tracking,
    )
    notify_case(case, "case_handed_over", at)
    return case


@transaction.atomic
def close_case(*, case: AgencyCase, at: dt.datetime, by: User, read: int | None = None) -> AgencyCase:
    """Nothing is left to do; the authorisation ends.

    Refuses: holds_original (a paper was not given back), already_closed, not_possible, changed_meanwhile.
    """
    case = lock_case(case, read)
    if case.papers_held:
        raise ValidationError(_("Give every paper back before the case is closed."), code="holds_original")
    move_case(
        case,
        kind=Kind.CLOSED,
        allowed=[CaseStatus.HANDED_OVER, CaseStatus.REFUSED],
        to=CaseStatus.CLOSED,
        at=at,
        by=by,
    )
    end_authorisation(case, at, by)
    return case


@transaction.atomic
def note_case(
    *,
    case: AgencyCase,
    at: dt.datetime,
    by: User,
    public: str = "",
    inner: str = "",
    read: int | None = None,
) -> AgencyCase:
    """A step that changes nothing: for the person, for colleagues, or for both.

    Refuses: reason_missing (neither), reason_too_long, changed_meanwhile.
    """
    case = lock_case(case, read)
    checked_reason(public + inner, len(public + inner) + 1)
    touch_case(case)
    add_step(case, kind=Kind.NOTED, at=at, by=by, public=public, inner=inner)
    record(verb="case_noted", subject=case, community=case.community_id, at=at, actor=by)
    return case
