"""Missing papers that the person sends from home: nothing goes on before staff have looked at them."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason, transition_refusal
from circle.models import User, Via
from circle.permissions.on_behalf import mandate_details, mandate_to_represent
from services.actions.case_changes import add_step, lock_case, notify_case, touch_case
from services.actions.case_requests import SCOPE
from services.models import AgencyCase, CaseStatus, CaseStep
from services.models.cases import WORDS_LENGTH

Kind = CaseStep.Kind


@transaction.atomic
def send_papers(*, case: AgencyCase, at: dt.datetime, by: User, read: int | None = None) -> AgencyCase:
    """The person says that their photographs are all that was missing; from then on it is our turn.

    Refuses: not_allowed, not_possible, already_sent, photo_missing (none since we asked), changed_meanwhile.
    """
    case = lock_case(case, read)
    mandate = mandate_to_represent(by, case.resident, SCOPE)
    if case.status != CaseStatus.SUPPLEMENT:
        raise transition_refusal(case, "")
    if case.supplied_at:
        raise ValidationError(_("You have said so: we look at what you sent."), code="already_sent")
    asked = case.steps.filter(kind=Kind.SUPPLEMENT).latest("pk")
    if not case.photos.filter(at__gte=asked.at, is_authorisation=False).exists():
        raise ValidationError(_("Send a photo of what is missing first."), code="photo_missing")
    touch_case(case, supplied_at=at)
    add_step(case, kind=Kind.SUPPLIED, at=at, by=by)
    record(
        verb="case_supplied",
        subject=case,
        community=case.community_id,
        at=at,
        actor=by,
        via=Via.ONLINE,
        **mandate_details(mandate),
    )
    return case


@transaction.atomic
def ask_again(
    *, case: AgencyCase, missing: str, at: dt.datetime, by: User, read: int | None = None
) -> AgencyCase:
    """What was sent is not all that the notice named, or cannot be read; the notice stays open.

    Refuses: reason_missing, reason_too_long, not_possible (nothing was sent), changed_meanwhile.
    """
    case = lock_case(case, read)
    if case.supplied_at is None:
        raise transition_refusal(case, "")
    words = checked_reason(missing, WORDS_LENGTH)
    touch_case(case, supplied_at=None)
    add_step(case, kind=Kind.SUPPLEMENT, at=at, by=by, public=words)
    record(verb="case_supplement", subject=case, community=case.community_id, at=at, actor=by)
    notify_case(case, "case_supplement", at)
    return case
