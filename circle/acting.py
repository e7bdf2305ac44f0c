"""Who may act for whom: for oneself, under a mandate, or as staff for whoever has no phone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Community, Mandate, Resident, User, Via, within_posts


def mandate_for(
    *, by: User, resident: Resident, scope: str, via: str, staff_permission: str
) -> Mandate | None:
    """The mandate under which `by` acts for the resident; None for their own matter and for staff.

    Online one acts as oneself or under a mandate for the scope; in every other way as staff, who need the
    permission in the resident's community.
    Refuses: resident_gone, not_allowed.
    """
    if resident.died_on:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    if via != Via.ONLINE:
        posts = Community.objects.filter(within_posts(by, staff_permission, "pk"))
        if not posts.filter(pk=resident.community_id).exists():
            raise ValidationError(_("Only staff may do it in this way."), code="not_allowed")
        return None
    if resident.login_id == by.pk:
        return None
    if not Resident.objects.represented_by(by, scope).filter(pk=resident.pk).exists():
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    return resident.mandates_given.active().covering(scope).filter(agent=by).first()
