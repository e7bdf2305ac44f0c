"""Erasure requests: made by residents, decided by staff, carried out by each app over the hook `erasure`."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from circle.actions.erasure_requests import close_erasure, refuse_open_matters
from circle.audit.log import record
from circle.models import Erasure, Mandate, Resident, User
from circle.privacy.data_export import WIPED_TEXT, ErasurePlan, erasure_plans, retention_reasons


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
