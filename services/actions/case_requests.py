"""An agency case begins: asked for, handled by somebody, looked at, authorised; or is withdrawn."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.actions import authorise_staff, revoke_mandate
from circle.audit.log import record
from circle.booking.transitions import checked_reason, transition_refusal
from circle.models import Mandate, Resident, StaffPost, User, Via
from circle.permissions.on_behalf import (
    lock_mandate,
    mandate_details,
    mandate_for,
    mandate_to_represent,
)
from services.actions.case_changes import (
    add_step,
    lock_case,
    move_case,
    notify_case,
    optional_words,
    refuse_unseen,
    touch_case,
)
from services.models import AgencyCase, CaseStatus, CaseStep, Flow, ServiceItem
from services.models.case_states import WITHDRAWABLE
from services.models.cases import ADD, CHANGE, WORDS_LENGTH

SCOPE = Mandate.Scope.BOOKINGS  # who may book at the hall may ask there for errands
Kind = CaseStep.Kind
LONGEST_AUTHORISATION = dt.timedelta(days=366)


@transaction.atomic
def request_case(
    *, item: ServiceItem, resident: Resident, via: str, at: dt.datetime, by: User, words: str = ""
) -> AgencyCase:
    """Ask us to do the errands for this item.

    Refuses: no_agency (not one of those items, or not offered now), other_community, not_allowed,
    resident_gone, number_in_doubt, already_requested, reason_too_long.
    """
    if item.flow != Flow.AGENCY or not item.is_offered_on(localdate(at)):
        raise ValidationError(_("We do no errands for this item at the moment."), code="no_agency")
    if resident.community_id != item.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    mandate = mandate_for(by=by, resident=resident, scope=SCOPE, via=via, staff_permission=ADD)
    lock_mandate(mandate, at)
    case = AgencyCase(
        community_id=item.community_id,
        item=item,
        resident=resident,
        via=via,
        words=optional_words(words),
        requested_at=at,
        requested_by=by,
        mandate=mandate,
        status_at=at,
    )
    insert_case(case)
    add_step(case, kind=Kind.REQUESTED, at=at, by=by, is_visit=via == Via.WINDOW)
    record(
        verb="case_requested",
        subject=case,
        community=case.community_id,
        at=at,
        actor=by,
        after=case.status,
        via=via,
        **mandate_details(mandate),
    )
    notify_case(case, "case_requested", at)
    return case


def insert_case(case: AgencyCase) -> None:
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(
            _("This matter is already being done for this person."), code="already_requested"
        ) from clash


@transaction.atomic
def assign_case(
    *,
    case: AgencyCase,
    handler: User,
    at: dt.datetime,
    by: User,
    substitute: User | None = None,
    read: int | None = None,
) -> AgencyCase:
    """Who does the errands, and who stands in. The same people again change nothing.

    An authorisation for somebody who does neither from now on ends, and the person is asked for another.

    Refuses: not_possible (over), not_on_staff, same_person, changed_meanwhile.
    """
    case = lock_case(case, read)
    if not case.is_live:
        raise transition_refusal(case, "")
    if substitute == handler:
        raise ValidationError(_("Somebody else has to stand in."), code="same_person")
    for each in filter(None, [handler, substitute]):
        refuse_outsider(case, each, at)
    if (case.handler_id, case.substitute_id) == (handler.pk, substitute.pk if substitute else None):
        return case
    touch_case(case, handler=handler, substitute=substitute)
    add_step(case, kind=Kind.ASSIGNED, at=at, by=by)
    record(
        verb="case_assigned",
        subject=case,
        community=case.community_id,
        at=at,
        actor=by,
        handler=handler.pk,
        substitute=substitute.pk if substitute else None,
    )
    end_foreign_authorisation(case, at, by)
    return case


def end_foreign_authorisation(case: AgencyCase, at: dt.datetime, by: User) -> None:
    """The person authorised somebody by name; where nobody of that name handles it, they are asked anew."""
    given = case.authorisation
    if given is None or given.revoked_at or given.agent_id in (case.handler_id, case.substitute_id):
        return
    end_authorisation(case, at, by)
    if {case.status, case.resumes} & {CaseStatus.AUTHORISED, CaseStatus.ACCEPTED}:
        notify_case(case, "case_checked", at)


def refuse_outsider(case: AgencyCase, worker: User, at: dt.datetime) -> None:
    posts = StaffPost.objects.active(localdate(at)).giving(CHANGE)
    if not posts.filter(user=worker, community=case.community_id).exists():
        raise ValidationError(_("This colleague does no errands here."), code="not_on_staff")


@transaction.atomic
def check_case(
    *, case: AgencyCase, at: dt.datetime, by: User, public: str = "", read: int | None = None
) -> AgencyCase:
    """The photographed papers were looked at; whoever does it handles the case unless somebody does.

    Refuses: already_checked, not_possible, changed_meanwhile, reason_too_long.
    """
    case = lock_case(case, read)
    own: dict[str, Any] = {} if case.handler_id else {"handler": by}
    move_case(
        case,
        kind=Kind.CHECKED,
        allowed=[CaseStatus.REQUESTED],
        to=CaseStatus.CHECKED,
        at=at,
        by=by,
        public=public,
        **own,
    )
    notify_case(case, "case_checked", at)
    return case


@transaction.atomic
def authorise_case(
    *,
    case: AgencyCase,
    valid_until: dt.date,
    via: str,
    at: dt.datetime,
    by: User,
    read: int | None = None,
) -> AgencyCase:
    """The person authorises the handler for this case: online with their own login, else on signed paper.

    Also anew, where the first authorisation has ended before the matter is handed in; the state remains.

    Refuses: already_authorised, not_possible, changed_meanwhile, not_allowed (online, and not the person's
    own login), identity_not_seen, until_past, until_too_far (more than a year), own_phone,
    refused_by_principal, resident_gone.
    """
    case = lock_case(case, read)
    if via == Via.ONLINE and case.resident.login_id != by.pk:
        raise ValidationError(
            _("Only the person themselves can authorise us here; others sign on paper."), code="not_allowed"
        )
    if case.handler is None or not case.waits_for_authorisation(localdate(at)):
        raise transition_refusal(case, CaseStatus.AUTHORISED)
    refuse_unseen(case)
    if valid_until > localdate(at) + LONGEST_AUTHORISATION:
        raise ValidationError(_("An authorisation holds for a year at most."), code="until_too_far")
    basis = Mandate.Basis.CODE if via == Via.ONLINE else Mandate.Basis.PAPER
    given = authorise_staff(
        principal=case.resident, agent=case.handler, basis=basis, valid_until=valid_until, at=at, by=by
    )
    step: dict[str, Any] = {"kind": Kind.AUTHORISED, "at": at, "by": by, "is_visit": via == Via.WINDOW}
    if case.status == CaseStatus.CHECKED:
        states: dict[str, Any] = {"allowed": [CaseStatus.CHECKED], "to": CaseStatus.AUTHORISED}
        return move_case(case, authorisation=given, **step, **states)
    touch_case(case, authorisation=given)
    add_step(case, **step)
    record(verb="case_authorised", subject=case, community=case.community_id, at=at, actor=by)
    return case


@transaction.atomic
def withdraw_case(
    *, case: AgencyCase, reason: str, via: str, at: dt.datetime, by: User, read: int | None = None
) -> AgencyCase:
    """The person no longer wants it; the authorisation ends with it. Papers are given back as before.

    Refuses: reason_missing, reason_too_long, not_allowed, already_withdrawn, not_possible (decided and
    handed over), changed_meanwhile.
    """
    case = lock_case(case, read)
    details = {}
    if via == Via.ONLINE:
        details = mandate_details(mandate_to_represent(by, case.resident, SCOPE))
    move_case(
        case,
        kind=Kind.WITHDRAWN,
        allowed=WITHDRAWABLE,
        to=CaseStatus.WITHDRAWN,
        at=at,
        by=by,
        public=reason,
        reason=checked_reason(reason, WORDS_LENGTH),
        resumes="",
        supplied_at=None,
        details=details | {"via": via},
    )
    end_authorisation(case, at, by)
    notify_case(case, "case_withdrawn", at)
    return case


def end_authorisation(case: AgencyCase, at: dt.datetime, by: User) -> None:
    if case.authorisation:
        revoke_mandate(mandate=case.authorisation, at=at, by=by)
