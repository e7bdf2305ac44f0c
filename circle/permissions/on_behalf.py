"""Who may act for whom: for oneself, under a mandate, or as staff for a resident without a phone."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.identifiers.phone_numbers import is_mobile
from circle.models import Community, Mandate, Resident, User, Via, ids_represented_by, within_posts

# Of grid workers on home visits: for the residents of their own grid.
HOME_VISIT_PERMISSION = "circle.file_resident"


def mandate_for(
    *, by: User, resident: Resident, scope: str, via: str, staff_permission: str
) -> Mandate | None:
    """The mandate under which `by` acts for the resident; None for their own matter and for staff.

    Online one acts as oneself or under a mandate for the scope; on a home visit as the grid worker of the
    building; over every other channel as staff, who need the permission in the resident's community.
    Refuses: resident_gone, not_allowed, number_in_doubt.
    """
    refuse_gone(resident)
    if via != Via.ONLINE:
        if not can_act_as_staff(by, resident, via, staff_permission):
            raise ValidationError(_("Only staff may do it in this way."), code="not_allowed")
        return None
    if by.in_doubt_since:
        raise ValidationError(
            _("Your number was not used for a long time. Please say under “My matters” who you are."),
            code="number_in_doubt",
        )
    if resident.login_id == by.pk:
        return None
    return mandate_to_represent(by, resident, scope)


def refuse_gone(resident: Resident) -> None:
    """Refuses: resident_gone."""
    if resident.died_on or resident.merged_into_id or resident.erased_at:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")


def mandate_to_represent(by: User, resident: Resident, scope: str) -> Mandate | None:
    """As `mandate_in_force`, for an action online that `by` takes as the person or in their name.

    A right to see the row is no such thing: who sees it as staff changes it in the back office.
    Refuses: not_allowed.
    """
    if resident.pk not in ids_represented_by(by, scope):
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    return mandate_in_force(by, resident, scope)


def mandate_in_force(by: User, resident: Resident, scope: str) -> Mandate | None:
    """The mandate in force that covers the scope; None for the resident's own login and for a guardian."""
    if resident.login_id == by.pk:
        return None
    return resident.mandates_given.active().covering(scope).filter(agent=by).first()


def can_act_as_staff(by: User, resident: Resident, via: str, permission: str) -> bool:
    if via == Via.DOOR:
        near = Resident.objects.filter(within_posts(by, HOME_VISIT_PERMISSION, near="building__"))
        return near.filter(pk=resident.pk).exists()
    posts = Community.objects.filter(within_posts(by, permission, "pk"))
    return posts.filter(pk=resident.community_id).exists()


def lock_mandate(mandate: Mandate | None, at: dt.datetime) -> None:
    """Lock the mandate until this transaction ends, so that nobody revokes it meanwhile.

    Call it in the transaction that writes what is done under the mandate, before the writes.
    Refuses: not_allowed (it ended before the lock).
    """
    if mandate is None:
        return
    rows = Mandate.objects.active(localtime(at).date()).filter(pk=mandate.pk)
    if not list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk")):
        raise ValidationError(_("You may not act for this person."), code="not_allowed")


def mandate_details(mandate: Mandate | None) -> dict[str, Any]:
    """The details for the audit record of an action under a mandate; empty without one."""
    return {"mandate": mandate.pk} if mandate else {}


def login_to_notify(resident: Resident, mandate: Mandate | None, at: dt.datetime) -> User | None:
    """The login over which to reach a resident without a mobile number: their own, else their agent's.

    None where they have a mobile number, and where no mandate is in force: then staff notify them in person.
    """
    if is_mobile(resident.phone):
        return None
    if resident.login:
        return resident.login
    in_force = Mandate.objects.active(localtime(at).date()).filter(pk=mandate.pk) if mandate else None
    return mandate.agent if mandate and in_force else None
