"""Erasure requests: made by residents, decided by staff, carried out by each app over the hook `erasure`."""

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
from circle.privacy.data_export import WIPED_TEXT, ErasurePlan, erasure_plans, retention_reasons

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


@transaction.atomic
def erase_resident(*, erasure: Erasure, at: dt.datetime, by: User) -> Erasure:
    """Anonymise the person in every row; the rows remain, so that no count changes. It cannot be undone.

    Refuses: still_standing, already_done, not_possible.
    """
    found = erasure_plans(erasure.resident)
    refuse_open_matters(found)
    holds = [hold.code for hold in retention_reasons(found)]
    close_erasure(erasure, "erasure_done", Erasure.Status.DONE, at, by, holds=holds)
    wipe_resident(erasure.resident, found, at)
    return erasure


def close_erasure(erasure: Erasure, verb: str, to: str, at: dt.datetime, by: User, **more: Any) -> None:
    change_status(erasure, verb=verb, allowed=[Erasure.Status.ASKED], to=to, at=at, by=by, **more)


@transaction.atomic
def anonymise_resident(resident: Resident, at: dt.datetime) -> bool:
    """Anonymise a person whose retention is over; returns False while a matter is still open."""
    found = erasure_plans(resident)
    if any(plan.open_matters for plan in found):
        return False
    wipe_resident(resident, found, at)
    record(verb="resident_anonymised", subject=resident, community=resident.community_id, at=at)
    return True


def wipe_resident(resident: Resident, found: Sequence[ErasurePlan], at: dt.datetime) -> None:
    for plan in found:
        plan.wipe(at)
    login = resident.login
    resident.name, resident.language = WIPED_TEXT, Resident.Language.ZH
    resident.phone = resident.id_number = resident.id_type = resident.id_needed_for = ""
    resident.born_on = resident.died_on = resident.building = resident.household = resident.login = None
    resident.erased_at = at
    resident.save()
    if login and not Resident.objects.filter(login=login).exists():
        close_login(login)


def close_login(login: User) -> None:
    """Close the login for good, also to the next owner of the number.

    Left open where it has a post or acts for others.
    """
    if login.is_staff or login.posts.exists() or Mandate.objects.active().filter(agent=login).exists():
        return
    login.phone, login.name, login.is_active = "", "", False
    login.email = f"erased-{login.pk}@example.invalid"
    login.save()
    login.wechat_logins.all().delete()
